"""Nobody is named or shown without a basis: consent, or a public list with its source; the register says which."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small import PLAIN, catalogue_of, project, write
from whole import PROJECT

from site_builder.catalogue.basis import is_entitled, overdue, shown_of
from site_builder.catalogue.withholding import publishable
from site_builder.cli import cli
from site_builder.intake.content import read_content
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import KINDS
from site_builder.model.publication import BASES, SCOPE_WORDS, Allowance, Consent, Policy

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.catalogue.withholding import Published
    from site_builder.model.entry import Entry

DAY = "2026-11-21"


def person(**fields: str) -> str:
    """The file of a made-up person."""
    lines = "".join(f"{name}: {value}\n" for name, value in {"name": "样本人", **fields}.items())
    return f"---\n{lines}---\n"


def published(root: Path, files: dict[str, str], policy: Policy = "member") -> Published:
    """What may be published of these entries."""
    write(root, PLAIN | files)
    return publishable(read_content(root).entries, policy=policy, as_of=DAY)


def named(entries: tuple[Entry, ...], key: str) -> list[str]:
    """Whom an entry still credits."""
    return [one.person for entry in entries if entry.key == key for one in entry.data.people]


@pytest.mark.parametrize(
    "fields, basis",
    [
        ({"sources": "样本名单", "honours": "样本工匠"}, "list"),
        ({"sources": "样本报道"}, "report"),
        ({"consent": "样本同意书"}, "consent"),
        ({"consent": "[{scope: 姓名, expires: 2026-12}]"}, "consent"),
        ({"consent": "[{scope: 姓名, expires: 2026-11-21}]"}, "consent"),
        ({"consent": "[{scope: 姓名, expires: 2026-11-20}]", "sources": "样本"}, ""),
        ({"consent": "[{scope: 姓名, expires: 2025}]"}, ""),
        ({"consent": "[{scope: 肖像}]"}, ""),
        ({"consent": "[{person: 另一人}]"}, ""),
        ({"consent": "[{person: a}]"}, "consent"),
        ({"consent": "[{minor: 是, guardian: 样本监护人}]"}, "consent"),
        ({"consent": "[{minor: 是}]", "sources": "样本名单"}, ""),
        ({}, ""),
    ],
)
def test_the_basis_of_a_name(tmp_path: Path, fields: dict[str, str], basis: str) -> None:
    """A consent that holds, or the entry's own sources; a lapsed consent or a child without guardian outranks a list."""
    write(tmp_path, {"craftsmen/a.md": person(**fields)})
    (entry,) = read_content(tmp_path).entries
    (shown,) = shown_of(entry, {}, as_of=DAY)
    assert shown.basis.name == basis
    assert basis in BASES


def test_a_portrait_wants_consent(tmp_path: Path) -> None:
    """No list entitles to a portrait; without consent it is left out and the name stays."""
    files = {"craftsmen/a.md": person(sources="样本名单", portrait="a.jpg")}
    found = published(tmp_path, files)
    assert [one.code for one in found.problems] == ["no-basis"]
    (entry,) = (one for one in found.entries if one.kind == "craftsman")
    assert entry.data.portrait is None
    assert entry.data.status == "published"
    files = {"craftsmen/a.md": person(sources="样本名单", portrait="a.jpg", consent="[{scope: [姓名, 照片]}]")}
    assert published(tmp_path, files).problems == ()


def test_a_film_of_a_person_wants_a_consent_that_says_film(tmp_path: Path) -> None:
    """A consent to name and portrait is none to a film; a film of a work is no film of a person."""
    film = "[{file: a.mp4, title: 样本}]"
    bare = {"craftsmen/a.md": person(sources="样本名单", videos=film, consent="[{evidence: 样本一号}]")}
    found = published(tmp_path, bare)
    assert [(one.code, one.place.field) for one in found.problems] == [("no-basis", ("videos", 0))]
    (entry,) = (one for one in found.entries if one.kind == "craftsman")
    assert entry.data.videos == ()
    said = {"craftsmen/a.md": person(sources="样本名单", videos=film, consent="[{scope: [姓名, 影像]}]")}
    assert published(tmp_path, said).problems == ()
    work = f"---\ntitle: 样本成果\nedition: '2026'\nvideos: {film}\n---\n"
    assert published(tmp_path, {"projects/2026/b.md": work} | said).problems == ()


@pytest.mark.parametrize(
    "scope, field", [("照片", "portrait: a.jpg"), ("影像", "videos: [{file: a.mp4, title: 样本}]")]
)
def test_a_face_is_withheld_from_the_day_after_its_consent_ends(tmp_path: Path, scope: str, field: str) -> None:
    """The day is given, never asked of the clock; a child's without guardian never holds."""
    name, value = field.split(": ", 1)
    for consent, codes in {
        f"[{{scope: [姓名, {scope}], expires: '{DAY}'}}]": [],
        f"[{{scope: [姓名, {scope}], expires: 2000-01-01}}]": ["consent-over", "consent-over"],
        f"[{{scope: [姓名, {scope}], minor: 是}}]": ["no-basis", "no-basis"],
        f"[{{scope: [姓名, {scope}], minor: 是, guardian: 样本监护人}}]": [],
    }.items():
        found = published(tmp_path, {"craftsmen/a.md": person(**{name: value, "consent": consent})})
        assert [one.code for one in found.problems] == codes, consent


TEAM = (
    "---\ntitle: 样本成果\nedition: '2026'\npeople:\n  - person: a\n    role: 主持\n  - person: 样本乙\n  - 样本丙\n"
    "consent: [{person: 样本丙, scope: 姓名}]\nsummary: 样本乙做成\n---\n"
)


@pytest.mark.parametrize(
    "policy, credits, page",
    [
        ("withhold", ["样本丙"], False),
        ("member", ["团队成员", "团队成员", "样本丙"], False),
        ("show", ["a", "样本乙", "样本丙"], True),
    ],
)
def test_what_becomes_of_those_without_a_basis(tmp_path: Path, policy: Policy, credits: list[str], page: bool) -> None:
    """Left out, one of the team, or shown all the same; whatever is chosen, it is told, and so are names in other words."""
    found = published(tmp_path, {"craftsmen/a.md": person(), "projects/2026/b.md": TEAM}, policy)
    assert named(found.entries, "project/b") == credits
    (entry,) = (one for one in found.entries if one.kind == "craftsman")
    assert (entry.data.status == "published") is page
    codes = sorted((one.code, one.place.field) for one in found.problems)
    assert codes == [
        ("name-in-text", ("summary",)),
        ("no-basis", ("name",)),
        ("no-basis", ("people", 0, "person")),
        ("no-basis", ("people", 1, "person")),
    ]


def test_one_member_stands_for_all_of_whom_nothing_else_is_said(tmp_path: Path) -> None:
    """In whatever order they are named; who has a part in the work keeps it."""
    team = "people: [样本乙, {person: 样本丙, order: 2}, {person: 样本丁, role: 绘图}]"
    entry = f"---\ntitle: 样本成果\nedition: '2026'\n{team}\n---\n"
    (found,) = (one for one in published(tmp_path, {"projects/2026/b.md": entry}).entries if one.key == "project/b")
    assert [(one.person, one.role) for one in found.data.people] == [("团队成员", None), ("团队成员", "绘图")]


def test_who_is_held_back_is_chosen_for_nothing(tmp_path: Path) -> None:
    """A place in which a work may stand as well stays to the works, for no name leads to a page that is not there."""
    edition = "title: 2024 样本展期\nfeatured: [a, b]\nhalls: [{id: c, title: 样本厅, picks: [b, a]}]\n"
    files = {"editions/2024.yml": edition, "craftsmen/a.md": person(), "projects/2024/b.md": project()}
    (found,) = (one for one in published(tmp_path, files).entries if one.key == "edition/2024")
    assert (found.data.featured, found.data.halls[0].picks) == (("b",), ("b",))


def test_an_editions_consent_covers_its_entries(tmp_path: Path) -> None:
    """One file of signed forms for a whole edition; another edition's entries are not covered."""
    edition = "title: 2026 样本展期\nyears: 2024—2025\nconsent: [{scope: 姓名, date: 2026-03, evidence: 样本卷宗}]\n"
    entry = "---\ntitle: 样本\nedition: '{}'\npeople: 样本乙\n---\n"
    files = {"editions/2026.yml": edition, "projects/2026/b.md": entry.format(2026)}
    found = published(tmp_path, files | {"projects/2024/c.md": entry.format(2024)})
    assert named(found.entries, "project/b") == ["样本乙"]
    assert named(found.entries, "project/c") == ["团队成员"]


def test_a_person_with_a_page_may_be_named_elsewhere(tmp_path: Path) -> None:
    """Whose own page has a basis needs no second one; whose has none is a plain name where another entry's source names them."""
    entry = "---\ntitle: 样本\nedition: '2026'\npeople: a\n{}---\n"
    found = published(tmp_path, {"craftsmen/a.md": person(sources="样本名单"), "projects/2026/b.md": entry.format("")})
    assert (named(found.entries, "project/b"), found.problems) == (["a"], ())
    files = {"craftsmen/a.md": person(), "projects/2026/b.md": entry.format("sources: 样本名单\n")}
    found = published(tmp_path, files)
    assert named(found.entries, "project/b") == ["样本人"]
    assert found.hidden == {"craftsman/a"}


def test_the_real_content_has_a_basis_for_everybody() -> None:
    """Every name stands in an entry with the source of its public list; nothing is held back."""
    entries = read_content(PROJECT).entries
    found = publishable(entries, policy="withhold", as_of=DAY)
    assert found.entries == entries
    assert found.problems == ()
    people = [entry for entry in entries if entry.kind == "craftsman"]
    assert len(people) > 150
    assert all(one.basis for entry in people for one in shown_of(entry, {}, as_of=DAY))


def test_who_need_not_be_looked_through_shows_nothing_without_a_basis() -> None:
    """Most entries of the real content are such; a portrait, a consent and a film of a person are looked at, and what has no source."""
    entries = read_content(PROJECT).entries
    editions = {one.id: one for one in entries if one.kind == "edition"}
    entitled = [one for one in entries if is_entitled(one, editions)]
    assert len(entitled) > len(entries) / 2
    assert all(
        shown.scope == "name" and shown.basis for one in entitled for shown in shown_of(one, editions, as_of=DAY)
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"sources": "样本", "consent": "样本同意书"},
        {"sources": "样本", "portrait": "a.jpg"},
        {"sources": "样本", "pictures": "[{file: a.jpg, role: portrait}]"},
        {"sources": "样本", "videos": "[{file: a.mp4, title: 样本}]"},
    ],
)
def test_who_is_looked_through(tmp_path: Path, fields: dict[str, str]) -> None:
    """Whoever shows more than names, was asked, or names no source."""
    write(tmp_path, {"craftsmen/a.md": person(**fields)})
    (entry,) = (one for one in read_content(tmp_path).entries if one.kind == "craftsman")
    assert not is_entitled(entry, {})


def test_drafts_are_not_judged(tmp_path: Path) -> None:
    """They are not published."""
    assert published(tmp_path, {"craftsmen/a.md": person(status="草稿")}).problems == ()


def test_lapsed_consents_are_told_as_of_a_day(tmp_path: Path) -> None:
    """``check --as-of`` asks the day, a build asks none but the exhibition's own."""
    write(tmp_path, {"craftsmen/a.md": person(consent="[{expires: 2026-06-30}]", sources="样本")})
    entries = read_content(tmp_path).entries
    assert [one.code for one in overdue(entries, as_of="2026-07-01")] == ["consent-over"]
    assert list(overdue(entries, as_of="2026-06-30")) == []
    assert publishable(entries, policy="member", as_of="").problems == ()


def test_nothing_of_a_consent_is_public() -> None:
    """Every field of consents and exceptions is declared private, and so is what holds them, in all kinds."""
    for model in (Consent, Allowance):
        assert not [field.name for field in fields_of(model) if field.declared.public]
    for kind in KINDS:
        private = {field.name for field in fields_of(kind.model) if field.record in {Consent, Allowance}}
        assert private == {"consent", "privacy_exceptions"}
        assert not [one for one in fields_of(kind.model) if one.name in private and one.declared.public]
    assert set(SCOPE_WORDS.values()) == {"name", "portrait", "film"}


def test_a_minors_consent_names_the_guardian(tmp_path: Path) -> None:
    """Else it is an error, at the record."""
    write(tmp_path, {"craftsmen/a.md": person(consent="\n  - minor: 是\n    scope: 姓名", sources="样本")})
    (found,) = (one for one in read_content(tmp_path).problems if one.code == "bad-consent")
    assert found.place.words == "content/craftsmen/a.md:4:5"


def test_the_register(tmp_path: Path) -> None:
    """Who, what, basis, since when, until when, guardian, where; private, and never where things are published."""
    consent = (
        "[{person: 样本丙, scope: 姓名, date: 2026-03-01, evidence: 样本卷宗三号, expires: 2028, guardian: 样本监护人}]"
    )
    files = {
        "craftsmen/a.md": person(
            sources="[{title: 样本名单, outlet: 样本报, date: 2025-05}]", honours="样本工匠", portrait="a.jpg"
        ),
        "projects/2026/b.md": f"---\ntitle: 样本成果\npeople: [a, 样本丙, =样本丁]\nconsent: {consent}\n---\n",
    }
    write(tmp_path, PLAIN | files)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 样本\ndocs_dir: content/pages\ntheme: {name: material}\nplugins: [exhibition]\n", encoding="utf-8"
    )
    (tmp_path / "content/pages").mkdir()
    for inside in ("content/登记.xlsx", "site/登记.xlsx", "content/pages/../登记.xlsx", "登记.csv"):
        done = CliRunner().invoke(cli, ["register", "-o", str(tmp_path / inside), "--root", str(tmp_path)])
        assert done.exit_code == 2, inside
        assert not (tmp_path / inside).exists()
    target = tmp_path / "私有/登记.xlsx"
    done = CliRunner().invoke(cli, ["register", "-o", str(target), "--as-of", DAY, "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    rows = [list(row) for row in load_workbook(target).active.iter_rows(values_only=True)]
    start = next(number for number, row in enumerate(rows) if row[0] == "姓名")
    told = {(row[0], row[1], row[3]): row[4:] for row in rows[start + 1 :] if row[0]}
    where = "projects/b/"
    assert told["样本人", "姓名", "craftsmen/a/"] == [
        "公开的荣誉名单",
        "样本报，样本名单",
        "2025-05",
        None,
        None,
        "公开",
    ]
    assert told["样本人", "肖像", "craftsmen/a/"][0] == "没有依据"
    assert told["样本丙", "姓名", where] == ["本人单独同意", "样本卷宗三号", "2026-03-01", "2028", "样本监护人", "公开"]
    assert told["=样本丁", "姓名", where][-1] == "没有依据，写作团队成员"


def test_a_catalogue_knows_only_what_may_be_published(tmp_path: Path) -> None:
    """A person held back is in no list, group or facet; their name is nobody's."""
    write(tmp_path, PLAIN | {"craftsmen/a.md": person(), "projects/2026/b.md": TEAM})
    assert "craftsman/a" in catalogue_of(tmp_path).facets
    found = publishable(read_content(tmp_path).entries, policy="member", as_of=DAY)
    texts = "".join(str(entry) for entry in found.entries if entry.key == "project/b")
    assert "样本人" not in texts
