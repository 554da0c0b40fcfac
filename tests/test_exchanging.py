"""A survey with an entry exchanged is the survey of today's content, or there is none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from small import project, write
from warming import sample

from site_builder.exchanging import exchanged
from site_builder.intake.content import read_content, read_file
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Place
from site_builder.survey import Survey
from site_builder.surveying import surveyed
from site_builder.warm.comparing import differing
from site_builder.warm.reading import BODIES, KEYS, NESTED, SHOWN, Facts, mappings_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = Exhibition(name="样本展", current_edition="2026")
CONTENT = {
    "awards/yang-ben-jiang.yml": "name: 样本奖\ngrades: [{name: 一等奖, rank: 1}]\nsources: 样本来源\n",
    "editions/2026.yml": (
        "title: 2026 样本展期\nyears: 2024—2025\n"
        "halls:\n- {id: chu, title: 样本厅, where: {year: [2025]}}\n- {id: kong, title: 样本空厅, where: {year: [1999]}}\n"
    ),
    "unions/yang-ben-zong.yml": "name: 样本总工会\nsources: 样本来源\n",
    "unions/yang-ben-fen.yml": "name: 样本分工会\nparent: yang-ben-zong\nsources: 样本来源\n",
    "events/yang-ben-sai.md": "---\ntitle: 样本赛\nperiod: {start: 2025-05-01}\nkind: 竞赛\n---\n",
    "events/yang-ben-hui.md": "---\ntitle: 样本会\nperiod: {start: 2025-06-01}\nkind: 论坛\n---\n",
    "teams/yang-ben-zu.md": "---\nname: 样本组\nleader: yang-ben-ren\nsources: 样本来源\n---\n",
    "projects/2026/yang-ben-wu.md": project(title="样本戊成果", year="2025", aliases="[jiu-wu]", region="上海"),
    "projects/2026/yang-ben-ji.md": project(title="样本己成果", year="2025", studio="yang-ben-shi"),
    "projects/2026/yang-ben-cao.md": project(title="样本稿", status="draft"),
    "pages/yang-ben-qiang.md": "# 样本墙\n\n[[展品墙: 年份=2025]]\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Entries of all kinds that name each other."""
    root = sample(tmp_path_factory.mktemp("exchanging"))
    return write(root, CONTENT)


@pytest.fixture(scope="module")
def before(root: Path) -> Survey:
    """Their survey."""
    found = look(root)
    assert {problem.code for problem in found.problems} == {"empty-hall"}
    return found


def look(root: Path) -> Survey:
    """A whole survey."""
    return surveyed(root, SETTINGS, content=read_content(root))


def seen(found: Survey) -> list[Any]:
    """All that a survey says, so that it can be compared."""
    media = [(one.key, one.addresses) for one in found.media]
    parts = {name: told(dict(values)) for name, values in mappings_of(found.deck).items()}
    rest = (found.deck.catalogue.exhibition, found.deck.catalogue.editions, found.embedded, found.ledger, found.charts)
    return [parts, found.problems, media, told(rest)]


def facts_of(*surveys: Survey) -> set[tuple[Any, ...]]:
    """All facts that there are of their decks."""
    found: set[tuple[Any, ...]] = set()
    for one in surveys:
        for name, values in mappings_of(one.deck).items():
            found |= {(name, KEYS), *((name, key) for key in values)}
            if name in NESTED:
                found |= {(name, key, inner) for key, nested in values.items() for inner in (KEYS, *nested)}
        found |= {(apart, key) for apart in (BODIES, SHOWN) for key in one.deck.catalogue.entries}
    return found


def exchange(root: Path, found: Survey, source: str) -> Survey | None:
    """The survey with what now stands in a file."""
    entry, problems = read_file(root, source)
    assert entry is not None
    assert not problems
    return exchanged(found, {entry.key: entry}, root=root)


YI, JI, WU, CAO = (f"projects/2026/yang-ben-{name}.md" for name in ("yi", "ji", "wu", "cao"))
OWN = {
    "title": (YI, "title: 样本乙成果", "title: 样本乙改"),
    "summary": (YI, "---\ntitle", "---\nsummary: 样本简介\ntitle"),
    "text": (YI, "\n---\n", "\n---\n\n样本文字。\n"),
    "year": (YI, "---\ntitle", "---\nyear: 2025\ntitle"),
    "year again": (WU, "year: 2025", "year: 2016"),
    "industry": (JI, "---\ntitle", "---\nindustry: 电力\ntitle"),
    "region": (WU, "region: 上海", "region: 江苏"),
    "tags": (WU, "---\ntitle", "---\ntags: [样本标签]\ntitle"),
    "benefit": (JI, "---\ntitle", "---\nbenefit: {annual: 1200万元}\ntitle"),
    "patents": (JI, "---\ntitle", "---\npatents: [{type: 发明专利, count: 2}]\ntitle"),
    "day of an event": ("events/yang-ben-sai.md", "2025-05-01", "2025-07-01"),
    "title of an event": ("events/yang-ben-sai.md", "title: 样本赛", "title: 样本大赛"),
    "summary of a person": ("craftsmen/yang-ben-ren.md", "---\nname", "---\nsummary: 样本简介\nname"),
    "pinyin of a person": ("craftsmen/yang-ben-ren.md", "---\nname", "---\npinyin: Yang Benren\nname"),
    "trade of a person": ("craftsmen/yang-ben-ren.md", "---\nname", "---\ntrade: 焊工\nname"),
    "summary of an organisation": ("organisations/yang-ben-yi-chang.yml", "name:", "summary: 样本简介\nname:"),
    "name of a team": ("teams/yang-ben-zu.md", "name: 样本组", "name: 样本一组"),
    "level of a studio": (
        "studios/yang-ben-shi.md",
        "---\nname",
        "---\nlevels: [{level: 国家级, year: 2020}]\nname",
    ),
    "people a studio trained": ("studios/yang-ben-shi.md", "---\nname", "---\ntrained_count: 12\nname"),
    "summary of a union": ("unions/yang-ben-zong.yml", "name:", "summary: 样本简介\nname:"),
}
"""What concerns nobody else: the file, what stands there, what stands there now."""
OTHERS = {
    "a name": ("organisations/yang-ben-yi-chang.yml", "name: 样本一厂", "name: 样本新厂"),
    "another name": ("organisations/yang-ben-yi-chang.yml", "name:", "short_name: 一厂\nname:"),
    "a name of a person": ("craftsmen/yang-ben-ren.md", "name: 样本人", "name: 样本新人"),
    "the title of a studio": ("studios/yang-ben-shi.md", "name: 样本工作室", "name: 样本新室"),
    "a reference": (YI, "---\ntitle", "---\nunion: 样本新工会\ntitle"),
    "one reference less": (JI, "studio: yang-ben-shi\n", ""),
    "what stands above": ("unions/yang-ben-fen.yml", "parent: yang-ben-zong\n", ""),
    "a former address": (WU, "[jiu-wu]", "[jiu-wu, geng-jiu]"),
    "a notice": (WU, "---\ntitle", "---\nstatus: withdrawn\ntitle"),
    "a draft": (CAO, "status: draft\n", ""),
    "a picture": ("projects/2026/yang-ben-bing.md", "alt: 样本画面", "alt: 样本画面, original: true"),
    "a consent": (
        YI,
        "---\ntitle",
        "---\nconsent: [{person: 样本某, scope: [肖像], evidence: 样本-1}]\ntitle",
    ),
    "grades": ("awards/yang-ben-jiang.yml", "rank: 1", "rank: 2"),
    "an edition": ("editions/2026.yml", "years:", "summary: 样本简介\nyears:"),
    "a hall that fills": (WU, "year: 2025", "year: 1999"),
    "a term": ("vocabularies/regions.yml", "label: 上海", "label: 上海\n    intro: 样本"),
    "a story": ("stories/yang-ben-zhuan-ti.md", "## 头一节", "## 头一节改"),
}


@contextmanager
def edited(root: Path, edit: tuple[str, str, str]) -> Iterator[str]:
    """Does an edit and undoes it; gives the file's path below the root."""
    source, old, new = edit
    path = root / "content" / source
    text = path.read_text(encoding="utf-8")
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        yield f"content/{source}"
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("edit", OWN.values(), ids=OWN.keys())
def test_what_concerns_nobody_else_is_exchanged(root: Path, before: Survey, edit: tuple[str, str, str]) -> None:
    """As a whole survey has it; and every fact that differs is among those that may."""
    with edited(root, edit) as source:
        found, whole = exchange(root, before, source), look(root)
        assert found is not None
        assert seen(found) == seen(whole)
        then, now = Facts(before.deck), Facts(whole.deck)
        changed = {fact for fact in facts_of(before, whole) if then.digest(fact) != now.digest(fact)}
        assert changed
        assert changed <= set(differing(before.deck, found.deck))


@pytest.mark.parametrize("edit", OTHERS.values(), ids=OTHERS.keys())
def test_what_concerns_others_is_not(root: Path, before: Survey, edit: tuple[str, str, str]) -> None:
    """Whoever names, orders, shows, counts or is told of must be asked."""
    with edited(root, edit) as source:
        assert exchange(root, before, source) is None


@pytest.mark.parametrize("asked", [True, False])
def test_a_note_moves_with_what_is_written_above_it(tmp_path: Path, *, asked: bool) -> None:
    """The name that many entries say is told of the first; where nobody asks for lines of notes, it keeps its field alone."""
    many = {f"projects/2026/{one}.md": project(title=f"样本{one}", organisations="样本常见厂") for one in "abcde"}
    root = write(sample(tmp_path), CONTENT | many)
    former = look(root)
    with edited(root, ("projects/2026/a.md", "---\ntitle", "---\n# 样本\ntitle")) as source:
        entry, _ = read_file(root, source)
        assert entry is not None
        found = exchanged(former, {entry.key: entry}, root=root, notes=asked)
        (then,), (now,) = (
            [one for one in survey.problems if one.code == "frequent-name"] for survey in (former, look(root))
        )
        assert now.place.line == then.place.line + 1
        assert found is not None
        bare = Place(now.place.path, now.place.field)
        assert [one.place for one in found.problems if one.code == now.code] == [now.place if asked else bare]
