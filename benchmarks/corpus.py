"""A number of entries comes in; a deterministic, recognisably made-up exhibition of that size goes out.

    python benchmarks/corpus.py DIR --entries 10000 [--layout exhibition|mkdocs]

Six in ten entries are projects, three craftsmen, one a studio, as in the collections this builder is for. The same number
gives the same bytes everywhere. ``--layout mkdocs`` writes the same entries and lists as plain Material pages.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vocabulary import text as spoken

SENTENCES = (
    "原有工序依靠人工反复调整，班次之间差别大，返工率居高不下。",
    "改造后把经验写成参数，操作者按提示完成，首件合格率明显提高。",
    "团队在三个月内做了二十七次试验，逐一排除温度、振动和装夹的影响。",
    "装置用现场废旧材料改制，成本低，拆装方便，其他车间已经照样做了几台。",
    "使用一年后复查，磨损在允许范围内，维护周期由一周延长到一个月。",
    "热轧、焊接、数控机床和检测岗位都可以参照这种做法。",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
GRADES = ("特等奖", "一等奖", "二等奖", "三等奖", "优秀奖")
INDUSTRIES = (
    "电力",
    "冶金",
    "采矿",
    "桥梁",
    "装备制造",
    "船舶",
    "轨道交通",
    "医疗健康",
    "化工",
    "轻工纺织",
    "信息通信",
    "水利水务",
)
REGIONS = tuple(f"样本区{number:02d}" for number in range(1, 17))
EDITIONS = ("2016", "2018", "2020", "2022", "2024", "2026")
PICTURE = "{:04}.jpg"
"""Name of a photograph, as benchmarks/media.py makes them."""
EDITORIAL = "---\ntitle: {0}\ndescription: {0}\n---\n\n# {0}\n\n测试用的页面。\n"


@dataclass(frozen=True)
class Sample:
    """One made-up entry: kind, id, the folder it lies in, its facts and its text."""

    kind: str
    id: str
    folder: str
    facts: tuple[tuple[str, str], ...]
    nested: str
    body: str

    @property
    def title(self) -> str:
        """Its title or name."""
        return self.facts[0][1]


def samples(entries: int, *, seed: str = "", words: int = 0) -> Iterator[Sample]:
    """The made-up entries, one after the other; another ``seed`` makes others of the same kinds and ids.

    With ``words`` their texts are of so many made-up words, not of the six sentences.
    """
    for at, sample in enumerate(_samples(entries, seed)):
        yield replace(sample, body=spoken(_rng(f"{seed}text", at), words)) if words else sample


def _samples(entries: int, seed: str) -> Iterator[Sample]:
    people = max(1, entries * 3 // 10)
    studios = max(1, entries // 10)
    for number in range(entries - people - studios):
        yield _project(_rng(f"{seed}project", number), number, people=people, studios=studios)
    for number in range(people):
        yield _craftsman(_rng(f"{seed}craftsman", number), number)
    for number in range(studios):
        yield _studio(_rng(f"{seed}studio", number), number, people=people)


def _rng(kind: str, number: int) -> random.Random:
    return random.Random(f"{kind}-{number}")


def _project(rng: random.Random, number: int, *, people: int, studios: int) -> Sample:
    edition = rng.choice(EDITIONS)
    year = int(edition) - rng.choice((1, 2))
    facts = (
        ("title", f"样本成果第{number:05d}号{rng.choice(INDUSTRIES)}工装改进"),
        ("edition", edition),
        ("year", str(year)),
        ("industry", rng.choice(INDUSTRIES)),
        ("region", rng.choice(REGIONS)),
        ("enterprise_type", rng.choice(("国有企业", "非公企业"))),
        ("studio", f"s{rng.randrange(studios):05d}"),
        ("summary", rng.choice(SENTENCES)),
    )
    crew = "".join(f"\n  - c{rng.randrange(people):05d}" for _ in range(rng.randint(1, 5)))
    nested = (
        f"awards:\n  - award: 样本奖{rng.randrange(8)}\n    grade: {rng.choice(GRADES)}\n    year: {year}\n"
        f"organisations:\n  - 样本单位{rng.randrange(400):03d}\npeople:{crew}\n"
        f"benefit:\n  annual: {rng.randrange(10, 5000)}万元\nsources:\n  - title: 样本来源\n"
    )
    return Sample("project", f"p{number:05d}", f"projects/{edition}", facts, nested, _text(rng))


def _craftsman(rng: random.Random, number: int) -> Sample:
    name = f"{rng.choice(SURNAMES)}{rng.choice(GIVEN)}{rng.choice(GIVEN)}"
    facts = (
        ("name", name),
        ("organisation", f"样本单位{rng.randrange(400):03d}"),
        ("trade", rng.choice(("焊工", "钳工", "数控车工", "电工"))),
        ("industry", rng.choice(INDUSTRIES)),
        ("region", rng.choice(REGIONS)),
        ("summary", rng.choice(SENTENCES)),
    )
    nested = f"honours:\n  - honour: 样本称号{rng.randrange(5)}\n    year: {rng.randint(2014, 2025)}\nsources:\n  - title: 样本来源\n"
    return Sample("craftsman", f"c{number:05d}", "craftsmen", facts, nested, _text(rng))


def _studio(rng: random.Random, number: int, *, people: int) -> Sample:
    facts = (
        ("name", f"样本{number:05d}创新工作室"),
        ("type", "职工创新工作室"),
        ("industry", rng.choice(INDUSTRIES)),
        ("region", rng.choice(REGIONS)),
        ("summary", rng.choice(SENTENCES)),
    )
    nested = (
        f"leads:\n  - c{rng.randrange(people):05d}\norganisations:\n  - 样本单位{rng.randrange(400):03d}\n"
        f"levels:\n  - level: 市级\n    year: {rng.randint(2014, 2025)}\nsources:\n  - title: 样本来源\n"
    )
    return Sample("studio", f"s{number:05d}", "studios", facts, nested, _text(rng))


def _text(rng: random.Random) -> str:
    """About 390 characters in three sections."""
    parts = [f"## {head}\n\n{''.join(rng.choices(SENTENCES, k=5))}\n" for head in ("难题", "做法", "效果")]
    return "\n".join(parts)


def write_exhibition(root: Path, entries: int, *, pictures: int = 0, seed: str = "", words: int = 0) -> None:
    """The corpus as content of an exhibition, with editions, settings and pages; the first ``pictures`` entries name a photograph each."""
    content = root / "content"
    for at, sample in enumerate(samples(entries, seed=seed, words=words)):
        front = "".join(f"{name}: {value}\n" for name, value in sample.facts)
        if at < pictures:
            front += f"pictures:\n  - file: {PICTURE.format(at)}\n    alt: 样本照片\n    credit: 样本\n"
        _write(content / sample.folder / f"{sample.id}.md", f"---\n{front}{sample.nested}---\n\n{sample.body}")
    for edition in EDITIONS:
        halls = "".join(
            f"  - id: hall{at}\n    title: {name}厅\n    where: {{行业: [{name}]}}\n"
            for at, name in enumerate(INDUSTRIES[:6])
        )
        _write(
            content / "editions" / f"{edition}.yml", f"title: {edition} 样本展期\nsummary: 样本前言。\nhalls:\n{halls}"
        )
    for page in ("about", "participate", "correction", "privacy", "accessibility"):
        _write(content / "pages" / f"{page}.md", EDITORIAL.format(page))
    _write(
        root / "mkdocs.yml",
        "site_name: 样本展\nsite_url: https://example.org/\ndocs_dir: content/pages\n"
        "theme:\n  name: material\n  language: zh-CN\n  font: false\n"
        "plugins:\n  - exhibition:\n      share_cards: false  # pictures are measured apart, in media.py\n"
        "not_in_nav: |\n  *\nmarkdown_extensions:\n  - tables\n",
    )


EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.betterem pymdownx.caret pymdownx.details "
    "pymdownx.emoji pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.mark pymdownx.smartsymbols "
    "pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
)
"""What Material's own manual recommends as its usual set."""


def write_mkdocs(root: Path, entries: int, *, search: bool, listed: int = 24) -> None:
    """The same entries, lists and pages of organisations, awards, industries and regions as plain Markdown for Material.

    Its search cuts Chinese into words only where ``jieba`` is installed.
    """
    docs = root / "docs"
    everything = list(samples(entries))
    groups: dict[str, list[Sample]] = {}
    for sample in everything:
        for name in _named(sample):
            groups.setdefault(name, []).append(sample)
        groups.setdefault(f"kind/{sample.kind}", []).append(sample)
    for at, sample in enumerate(everything):
        near = "".join(f"- [{one.title}](../{one.kind}/{one.id}.md)\n" for one in everything[at + 1 : at + 9])
        rows = "".join(f"| {name} | {value} |\n" for name, value in facts_of(sample))
        text = f"# {sample.title}\n\n| 字段 | 内容 |\n| --- | --- |\n{rows}\n{sample.body}\n## 相关\n\n{near}"
        _write(docs / sample.kind / f"{sample.id}.md", text)
    for name, found in groups.items():
        for page, start in enumerate(range(0, len(found), listed)):
            part = found[start : start + listed]
            rows = "".join(f"- [{one.title}](../../../{one.kind}/{one.id}.md)\n" for one in part)
            _write(docs / "lists" / name / f"{page + 1}.md", f"# {name.partition('/')[2]}\n\n{rows}")
    _write(docs / "index.md", "# 样本展\n")
    write_material(root, search=search)


def write_material(root: Path, *, search: bool) -> None:
    """The settings of a site with Material."""
    plugins = "plugins:\n  - search:\n      lang: zh\n" if search else "plugins: []\n"
    extensions = "".join(f"  - {name}\n" for name in EXTENSIONS.split())
    _write(
        root / "mkdocs.yml",
        "site_name: 样本展\nsite_url: https://example.org/\ntheme:\n  name: material\n  language: zh\n  font: false\n"
        f"{plugins}nav:\n  - index.md\nnot_in_nav: |\n  *\nmarkdown_extensions:\n{extensions}",
    )


def facts_of(sample: Sample) -> Iterator[tuple[str, str]]:
    """The facts as rows of a table, those of nested records as well."""
    yield from sample.facts[1:]
    for line in sample.nested.splitlines():
        name, _, value = line.strip(" -").partition(":")
        yield name, value.strip() or name


def _named(sample: Sample) -> Iterator[str]:
    """The groups whose pages list this entry."""
    facts = dict(sample.facts)
    for name in ("industry", "region", "edition"):
        if name in facts:
            yield f"{name}/{facts[name]}"
    for line in sample.nested.splitlines():
        for word in ("样本单位", "样本奖", "样本称号"):
            if word in line:
                yield f"named/{line[line.index(word) :].strip()}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Writes a corpus from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--layout", choices=("exhibition", "mkdocs"), default="exhibition")
    given = parser.parse_args()
    if given.layout == "exhibition":
        write_exhibition(given.directory, given.entries)
    else:
        write_mkdocs(given.directory, given.entries, search=True)


if __name__ == "__main__":
    main()
