"""The made-up exhibition comes in; a Hugo project whose pages say and hold what this builder's pages do goes out.

The templates lie in ``benchmarks/peers/comparable/`` and are an ordinary Hugo project. What is written here is its content: an
entry as its own page or as the page of a term, the terms it belongs to, and the lists that this builder has beside them. What
can be known beforehand (which lists are long enough to be, an entry's place in its list) is told in the front matter, so that
Hugo need not find it out.
"""

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from corpus import EDITIONS, GRADES, INDUSTRIES, Sample, samples

PROJECT = Path(__file__).resolve().parent / "peers" / "comparable"
FOLDERS = {"project": "projects", "craftsman": "craftsmen", "studio": "studios"}
SLUGS = {
    "电力": "dian-li",
    "冶金": "ye-jin",
    "采矿": "cai-kuang",
    "桥梁": "qiao-liang",
    "装备制造": "zhuang-bei-zhi-zao",
    "船舶": "chuan-bo",
    "轨道交通": "gui-dao-jiao-tong",
    "医疗健康": "yi-liao-jian-kang",
    "化工": "hua-gong",
    "轻工纺织": "qing-gong-fang-zhi",
    "信息通信": "xin-xi-tong-xin",
    "水利水务": "shui-li-shui-wu",
    "焊工": "han-gong",
    "钳工": "qian-gong",
    "数控车工": "shu-kong-che-gong",
    "电工": "dian-gong",
    "国有企业": "guo-you-qi-ye",
    "非公企业": "fei-gong-qi-ye",
}
SPOKEN = {
    "样本单位": "yang-ben-dan-wei-",
    "样本奖": "yang-ben-jiang-",
    "样本称号": "yang-ben-cheng-hao-",
    "样本区": "yang-ben-qu-",
}
NUMERALS = "一二三四五六"
KINDS = {"projects": "成果", "craftsmen": "人物", "studios": "创新工作室"}
OWN, TOPIC = 12, 8
"""Cards of a group on an entry's page and on a trade's or region's; of more there is a list."""
WRITTEN = (
    "about",
    "accessibility",
    "correction",
    "data",
    "favourites",
    "kiosk",
    "offline",
    "participate",
    "privacy",
    "search",
)
HIDDEN = {"build": {"render": "never"}}
PLAIN = {"plain": True}
"""A list that cannot be narrowed."""
Front = dict[str, Any]


@dataclass(frozen=True)
class Shelf:
    """A list of its own: its term, title, address, the way to it, and how many its entries must exceed."""

    id: str
    title: str
    address: str
    crumbs: tuple[tuple[str, str], ...]
    over: int = 0
    more: Front = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Page:
    """An entry as Hugo reads it: section, id, front matter, text and the lists it may stand in."""

    section: str
    id: str
    front: Front
    text: str
    shelves: tuple[Shelf, ...]


def write_comparable(root: Path, entries: int) -> None:
    """The project: templates, entries, terms, lists and written pages."""
    shutil.copytree(PROJECT, root, dirs_exist_ok=True)
    content = root / "content"
    pages, houses, shelves = held(entries)
    for page in _placed([*pages, *houses, *_awards(pages)]):
        lists = {"lists": [shelf.id for shelf in page.shelves if shelf.id in shelves]}
        _put(content / _place(page.section, page.id), page.front | lists, page.text)
    for shelf in shelves.values():
        crumbs = [{"title": title, "address": address} for title, address in shelf.crumbs]
        front = {"title": shelf.title, "url": shelf.address, "crumbs": crumbs}
        _put(content / "lists" / shelf.id / "_index.md", front | shelf.more)
    for path, front in (*_terms(pages), *_editions(pages, shelves), *_written(shelves)):
        _put(content / path, front)


def held(entries: int) -> tuple[list[Page], list[Page], dict[str, Shelf]]:
    """Entries, organisations, and by id the lists that are long enough to be."""
    pages = [*map(_page, samples(entries))]
    houses = _houses(pages)
    counted = Counter(shelf.id for page in (*pages, *houses) for shelf in page.shelves)
    shelves = {
        shelf.id: shelf for page in (*pages, *houses) for shelf in page.shelves if counted[shelf.id] > shelf.over
    }
    return pages, houses, shelves


def place_of(sample: Sample) -> str:
    """Where an entry lies below ``content/``."""
    return _place(FOLDERS[sample.kind], sample.id)


def _place(section: str, name: str) -> str:
    """Projects are pages; what others belong to is the page of a term."""
    return f"{section}/{name}.md" if section == "projects" else f"{section}/{name}/_index.md"


def _page(sample: Sample) -> Page:
    nested: Front = yaml.load(sample.nested, Loader=yaml.CSafeLoader)
    facts: Front = dict(sample.facts) | nested
    section = FOLDERS[sample.kind]
    people = nested.get("people") or nested.get("leads") or []
    names = nested.get("organisations") or [facts["organisation"]]
    front: Front = {
        "title": sample.title,
        "id": sample.id,
        "summary": facts["summary"],
        **_identified(sample.kind, sample.id),
        "sources": [one["title"] for one in nested["sources"]],
        "craftsmen": list(dict.fromkeys(people)),
        "organisations": [*map(slug, names)],
        "industries": [slug(facts["industry"])],
        "regions": [slug(facts["region"])],
    }
    told, shelves = {"project": _project, "craftsman": _craftsman, "studio": _studio}[sample.kind](facts)
    return Page(section, sample.id, front | told, sample.body, (*shelves, *_overflowing(front | told, section)))


def _project(facts: Front) -> tuple[Front, Iterable[Shelf]]:
    edition, award = facts["edition"], facts["awards"][0]
    rank = GRADES.index(award["grade"])
    front = {
        "year": int(facts["year"]),
        "date": f"{int(facts['year']) + 1}-01-01",
        "edition": edition,
        "editions": [edition],
        "studios": [facts["studio"]],
        "awards": [slug(award["award"])],
        "award": slug(award["award"]),
        "grade": award["grade"],
        "rank": rank,
        "honour": f"{award['award']}，{facts['year']}年，{award['grade']}",
        "enterprise_type": facts["enterprise_type"],
        "benefit": int(facts["benefit"]["annual"].removesuffix("万元")),
        "weight": (2030 - int(edition)) * 10 + rank,
    }
    return front, _lists_of_a_project(facts, edition, rank)


def _lists_of_a_project(facts: Front, edition: str, rank: int) -> Iterator[Shelf]:
    title, home, way = f"{edition} 样本展期", f"/editions/{edition}/", (("展期", "/editions/"),)
    here = (*way, (title, home))
    yield Shelf(f"results-{edition}", f"{title}：全部成果", f"{home}results/", here)
    hall = INDUSTRIES.index(facts["industry"])
    if hall < len(NUMERALS):
        more = {"layout": "hall", "number": NUMERALS[hall], "edition": edition, "code": f"{edition}/hall{hall}"}
        yield Shelf(f"hall-{edition}-{hall}", f"{facts['industry']}厅", f"{home}hall{hall}/", here, more=more)
    compared = (*way, ("各展期对比", "/editions/compare/"))
    grade = f"/editions/compare/{edition}/grades/{rank}/"
    yield Shelf(f"compare-{edition}-{rank}", f"{title}：{GRADES[rank]}", grade, compared, more=PLAIN)
    numbers = (("数据看板", "/numbers/"),)
    yield Shelf(f"grades-{rank}", f"奖项等级：{GRADES[rank]}", f"/numbers/grades/{rank}/", numbers, more=PLAIN)
    yield Shelf("benefit", "写明效益的成果", "/numbers/benefit/", numbers, more=PLAIN)
    kind = facts["enterprise_type"]
    yield Shelf(slug(kind), f"单位性质：{kind}", f"/numbers/enterprise-types/{slug(kind)}/", numbers)


def _craftsman(facts: Front) -> tuple[Front, Iterable[Shelf]]:
    honour = facts["honours"][0]
    front = {
        "trade": facts["trade"],
        "spoken": " ".join(f"Pin{ord(letter) % 90}" for letter in facts["name"]),
        "awards": [slug(honour["honour"])],
        "year": honour["year"],
        "date": f"{honour['year']}-01-01",
        "honour": f"{honour['honour']}，{honour['year']}年",
    }
    way = (("人才库", "/talent/"),)
    words = (("trade", "工种"), ("industry", "行业"), ("region", "地区"))
    return front, (
        Shelf(
            f"talent-{name}-{slug(facts[name])}",
            f"人才库·{label}：{facts[name]}",
            f"/talent/{name}/{slug(facts[name])}/",
            way,
            more=PLAIN,
        )
        for name, label in words
    )


def _studio(facts: Front) -> tuple[Front, Iterable[Shelf]]:
    level = facts["levels"][0]
    front = {
        "studio_type": facts["type"],
        "level": level["level"],
        "year": level["year"],
        "date": f"{level['year']}-01-01",
    }
    way = (("创新工作室", "/studios/"), ("工作室目录", "/studios/cycle/"))
    kind, high = "zhi-gong-chuang-xin-gong-zuo-shi", "shi-ji"
    return front, (
        Shelf("studio-type", f"工作室类型：{facts['type']}", f"/studios/type/{kind}/", way, more=PLAIN),
        Shelf("studio-level", f"工作室级别：{level['level']}", f"/studios/level/{high}/", way, more=PLAIN),
    )


def _overflowing(front: Front, section: str) -> Iterator[Shelf]:
    """Lists of what does not fit on the pages of terms."""
    most = {"organisations": OWN, "industries": TOPIC, "regions": TOPIC}
    if section == "projects":
        most |= {"craftsmen": OWN, "studios": OWN}
    for taxonomy, over in most.items():
        for term in front.get(taxonomy, ()):
            address = f"/{taxonomy}/{term}/"
            yield Shelf(
                f"{taxonomy}-{term}-{section}",
                f"{term}：{KINDS[section]}",
                f"{address}{section}/",
                ((term, address),),
                over,
                PLAIN if taxonomy == "craftsmen" else {},
            )


def _houses(pages: Iterable[Page]) -> list[Page]:
    """Organisations: what editions each took part in decides where it is listed."""
    seen: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for name in page.front["organisations"]:
            seen[name] |= {page.front["edition"]} if page.section == "projects" else set()
    return [
        Page("organisations", name, _term(name, "organisation"), "", tuple(_lists_of_a_house(sorted(editions))))
        for name, editions in sorted(seen.items())
    ]


def _lists_of_a_house(editions: list[str]) -> Iterator[Shelf]:
    shows = PLAIN | {"shows": "organisations"}
    for at, edition in enumerate(editions):
        way = (("展期", "/editions/"), (f"{edition} 样本展期", f"/editions/{edition}/"))
        title = f"{edition} 样本展期：单位"
        yield Shelf(f"organisations-{edition}", title, f"/editions/{edition}/organisations/", way, more=shows)
        before, words = ("returned", "以前来过的单位") if at else ("first", "首次来的单位")
        address = f"/editions/compare/{edition}/{before}/"
        yield Shelf(f"{before}-{edition}", f"{edition} 样本展期：{words}", address, way, more=shows)


def _awards(pages: Iterable[Page]) -> list[Page]:
    names = sorted({name for page in pages for name in page.front.get("awards", ())})
    fed = {"outputs": ["html", "atom", "feed"]}
    return [Page("awards", name, _term(name, "award") | fed, "", ()) for name in names]


def _placed(pages: Iterable[Page]) -> Iterator[Page]:
    """Each with its place in the lists that its page turns: results in their edition and hall, others in that of their kind."""
    groups: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        groups[page.front.get("edition", page.section)].append(page)
    for group in groups.values():
        group.sort(key=lambda page: (page.front.get("weight", 0), page.id))
        totals, hung = Counter(map(_hall, group)), Counter[str]()
        for at, page in enumerate(group):
            page.front["place"] = [at + 1, len(group)]
            if hall := _hall(page):
                hung[hall] += 1
                page.front["hall"] = {"id": hall, "place": [hung[hall], totals[hall]]}
            yield page


def _hall(page: Page) -> str:
    """The list that is its hall; empty where it hangs in none."""
    return next((shelf.id for shelf in page.shelves if shelf.id.startswith("hall-")), "")


def _terms(pages: Iterable[Page]) -> Iterator[tuple[str, Front]]:
    for facet in ("industries", "regions"):
        for name in sorted({name for page in pages for name in page.front[facet]}):
            yield f"{facet}/{name}/_index.md", {"title": label_of(name)}
    titles = KINDS | {
        "organisations": "单位",
        "awards": "奖项",
        "industries": "行业",
        "regions": "地区",
        "editions": "展期",
    }
    for folder, title in titles.items():
        yield f"{folder}/_index.md", {"title": title, "narrowed": folder in KINDS}


def _editions(pages: Iterable[Page], shelves: dict[str, Shelf]) -> Iterator[tuple[str, Front]]:
    counts = Counter(shelf.id for page in pages for shelf in page.shelves)
    for edition in EDITIONS:
        title, home = f"{edition} 样本展期", f"/editions/{edition}/"
        halls = [name for at in range(len(NUMERALS)) if (name := f"hall-{edition}-{at}") in shelves]
        front = {
            "title": title,
            "id": edition,
            "summary": "样本前言。",
            "halls": halls,
            "outputs": ["html", "atom", "feed"],
        }
        yield f"editions/{edition}/_index.md", front | _identified("edition", edition)
        way = [{"title": "展期", "address": "/editions/"}, {"title": title, "address": home}]
        places = {"title": f"{title}：地区", "url": f"{home}regions/", "crumbs": way, "counted": ["regions"]}
        if counts[f"results-{edition}"]:
            yield f"pages/regions-{edition}.md", places
        for name in (name for name in halls if counts[name] > 1):
            hall = shelves[name]
            toured = {
                "title": f"{hall.title}导览｜{title}",
                "url": f"{hall.address}tour/",
                "layout": "tour",
                "hall": name,
            }
            yield f"pages/tour-{name}.md", toured | {"crumbs": [*way, {"title": hall.title, "address": hall.address}]}


def _written(shelves: dict[str, Shelf]) -> Iterator[tuple[str, Front]]:
    yield "_index.md", {"title": "样本展", "edition": EDITIONS[-1]}
    for folder in ("pages", "lists"):
        yield f"{folder}/_index.md", HIDDEN
    for name in WRITTEN:
        yield f"pages/{name}.md", {"title": name, "url": f"/{name}/", "written": True}
    facets = ["editions", "industries", "regions", "awards"]
    yield "pages/numbers.md", {"title": "数据看板", "url": "/numbers/", "counted": facets}
    yield "pages/compare.md", {"title": "各展期对比", "url": "/editions/compare/", "counted": ["editions"]}
    for title, address, start in (("人才库", "/talent/", "talent-"), ("工作室目录", "/studios/cycle/", "studio-")):
        shown = [name for name in shelves if name.startswith(start)]
        yield f"pages/{start}index.md", {"title": title, "url": address, "lists_shown": shown}


def _term(name: str, noun: str) -> Front:
    return {"title": label_of(name), "id": name} | _identified(noun, name)


def _identified(noun: str, name: str) -> Front:
    """The permanent address, and what makes Hugo write the page there."""
    return {"uri": f"https://example.org/id/{noun}/{name}/", "aliases": [f"/id/{noun}/{name}/"]}


def slug(label: str) -> str:
    """A label as it stands in addresses."""
    start = re.sub(r"\d+$", "", label)
    return SLUGS[label] if label in SLUGS else f"{SPOKEN[start]}{label.removeprefix(start)}"


def label_of(name: str) -> str:
    """What a name in addresses is the slug of."""
    back = {spoken: label for label, spoken in SLUGS.items()}
    start = next((one for one in SPOKEN if name.startswith(SPOKEN[one])), "")
    return back[name] if name in back else f"{start}{name.removeprefix(SPOKEN[start])}"


def _put(path: Path, front: Front, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{text}", encoding="utf-8")
