"""Tables to take away: only what is public, rows that are right, no formulas, the same bytes twice, a page that tells of them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sample_open import ENTRIES, SECRET, SETTINGS
from small import deck_at, project, write
from whole import SMALL, bytes_of, exhibition

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.cli import cli
from site_builder.model.declaration import Declared, fields_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, kind_named
from site_builder.opendata.columns import columns_of
from site_builder.opendata.documents import Archive
from site_builder.opendata.group import Strand
from site_builder.opendata.groups import strands_of
from site_builder.opendata.making import join_shares, whole_data
from site_builder.opendata.schemas import public_schema
from site_builder.opendata.shape import private_names, shape_of
from site_builder.opendata.work import Bench, Made, dealt, group_share, groups_of
from site_builder.press.crew import unheard
from site_builder.press.laid import Laid
from site_builder.press.pressing import Press
from site_builder.press.shelf import Shelf, shelf_at
from site_builder.publish.deck import deck_of
from site_builder.publish.takeaway import FEWEST, kind_links, takeaways
from site_builder.sheets.listing import LONGEST_CELL, Listing, write_workbook
from site_builder.sheets.rapid_workbook import Sheet, cell_of, workbook_bytes
from site_builder.warm.data import DataWork
from site_builder.warm.desk import Desk
from site_builder.warm.reading import BODIES
from site_builder.warm.recording import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from site_builder.model.pages import OutputFile
    from site_builder.opendata.work import Share
    from site_builder.publish.deck import Deck

FORMULAS = {"deng": "=1+1", "jia": "+86", "jian": "-样本", "at": "@样本"}
MORE = {
    **{
        f"projects/2024/duo-{number:02d}.md": project(title=f"样本多{number:02d}", edition="2024")
        for number in range(FEWEST)
    },
    **{
        f"projects/2026/shi-{name}.md": project(title=json.dumps(text), edition="2026")
        for name, text in FORMULAS.items()
    },
    "editions/2018.yml": "title: 2018 样本展期\nhalls:\n- {id: dian-li, title: 电力厅, where: {行业: [电力]}}\n",
    "craftsmen/yang-ben-che-xia.md": "---\nname: 样本隐去人\nsummary: 样本撤下的事\nstatus: 撤下\nsources: 样本来源\n---\n",
    "craftsmen/yang-ben-cao-gao.md": "---\nname: 样本草稿人\nsummary: 样本草稿的事\nstatus: 草稿\nsources: 样本来源\n---\n",
}


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """An entry of every kind, lists that are long enough, texts like formulas, people who are not shown."""
    root = write(tmp_path_factory.mktemp("downloads"), ENTRIES | MORE)
    return deck_at(root, **SETTINGS, licence="CC-BY-4.0")


@pytest.fixture(scope="module")
def files(deck: Deck) -> Mapping[str, OutputFile]:
    """All open data."""
    return whole_data(deck)[0]


def table(content: bytes) -> list[dict[str, str]]:
    """Rows of a CSV file by heading."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_kind_has_four_formats_that_agree(deck: Deck, files: Mapping[str, OutputFile]) -> None:
    """CSV, workbook, JSON and JSON Lines hold the same entries."""
    for kind in KINDS:
        ids = [key.partition("/")[2] for key in deck.catalogue.of_kind(kind.name)]
        if not kind.listed:
            continue
        stem = f"data/{kind.folder}"
        assert [row["条目编号"] for row in table(files[f"{stem}.csv"].content)] == ids
        sheet = load_workbook(io.BytesIO(files[f"{stem}.xlsx"].content)).active
        assert [cells[1].value for cells in sheet.iter_rows(min_row=3)] == ids
        assert sheet.auto_filter.ref.endswith(str(len(ids) + 2))
        assert (
            sheet["A1"].value
            == f"{kind.label}（样本网上展，2026-11-21，知识共享 署名 4.0 国际，{SETTINGS['url']}data/）"
        )
        assert [one["id"] for one in json.loads(files[f"{stem}.json"].content)] == ids
        assert [json.loads(line)["id"] for line in files[f"{stem}.jsonl"].content.decode().splitlines()] == ids


def test_cells_say_names_and_numbers_stay_numbers(files: Mapping[str, OutputFile]) -> None:
    """References are names, credits have their roles, years are numbers."""
    row = next(row for row in table(files["data/projects.csv"].content) if row["条目编号"] == "yang-ben-jia")
    assert row["创新工作室"] == "样本工作室"
    assert row["主要完成人"].startswith("样本人（主创）、样本乙")
    assert row["奖项"] == "样本奖｜等级：一等奖｜届次：第三届｜年份：2023"
    sheet = load_workbook(io.BytesIO(files["data/projects.xlsx"].content)).active
    headings = [cell.value for cell in sheet[2]]
    years = [cells[headings.index("年份")].value for cells in sheet.iter_rows(min_row=3)]
    assert 2023 in years


def test_conditions_of_a_hall_are_told_with_what_they_ask(files: Mapping[str, OutputFile]) -> None:
    """They are mappings of lists, which no other field is."""
    edition = next(one for one in json.loads(files["data/editions.json"].content) if one["id"] == "2018")
    assert edition["fields"]["halls"] == [{"id": "dian-li", "title": "电力厅", "where": {"行业": ["电力"]}}]


def test_no_text_becomes_a_formula(files: Mapping[str, OutputFile]) -> None:
    """An apostrophe in CSV, a marked text in workbooks."""
    titles = {row["条目编号"]: row["成果名称"] for row in table(files["data/projects.csv"].content)}
    assert {name: titles[f"shi-{name}"] for name in FORMULAS} == {name: f"'{text}" for name, text in FORMULAS.items()}
    for address in ("data/projects.xlsx", "data/all.xlsx", "data/editions/2024.xlsx"):
        sheet = load_workbook(io.BytesIO(files[address].content)).active
        assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "inlineStr"}
    cells = load_workbook(io.BytesIO(files["data/projects.xlsx"].content)).active.iter_rows(min_row=3)
    assert FORMULAS["deng"] in [cell.value for row in cells for cell in row if cell.quotePrefix]


def test_lists_of_editions_and_awards(files: Mapping[str, OutputFile]) -> None:
    """Each edition has its table, however short, for none of them may seem to be missing; a short list of an award has none."""
    rows = table(files["data/editions/2024.csv"].content)
    assert len(rows) >= FEWEST
    assert {row["展期"] for row in rows} == {"2024 样本展期"}
    assert {row["展期"] for row in table(files["data/editions/2026.csv"].content)} == {"2026 样本展期"}
    assert "data/awards/yang-ben-jiang.csv" not in files
    everything = table(files["data/all.csv"].content)
    assert len(everything) == len(json.loads(files["data/all.json"].content))


def test_sums_are_right(files: Mapping[str, OutputFile]) -> None:
    """SHA256SUMS names every table with the digest of its bytes."""
    lines = dict(reversed(line.split("  ")) for line in files["data/SHA256SUMS"].content.decode().splitlines())
    assert lines.keys() == {address.removeprefix("data/") for address in files if address.startswith("data/")} - {
        "SHA256SUMS"
    }
    for name, digest in lines.items():
        assert hashlib.sha256(files[f"data/{name}"].content).hexdigest() == digest


def test_any_number_of_workers_makes_the_same(deck: Deck, files: Mapping[str, OutputFile]) -> None:
    """The work is dealt out whole: every file once, the same bytes."""
    for workers in (2, 3, 5):
        made: list[OutputFile] = []
        with shelf_at(None) as shelf:
            groups = tuple(groups_of(deck))
            told = {
                share.name: share.make(Bench(deck, shelf, made.append))
                for share in shared(map(group_share, groups), workers)
            }
            joins = join_shares(deck, groups, made=[told[group.name] for group in groups])
            for share in shared(joins, workers):
                share.make(Bench(deck, shelf, made.append))
        assert len(made) == len({file.address for file in made})
        assert all(files[file.address].content == file.content for file in made)


def test_who_is_free_takes_the_next(deck: Deck, files: Mapping[str, OutputFile], tmp_path: Path) -> None:
    """In turns nothing is dealt beforehand: one worker that is asked alone makes all, the heaviest first, and leaves nothing."""
    press = Press(deck.catalogue.exhibition, {}, (), tmp_path, laid=Laid())
    with shelf_at(None) as shelf:
        data = DataWork.of(Desk(deck), map(group_share, groups_of(deck)), press=press, shelf=shelf)
        with data.in_turns() as taking:
            first, second = (taking(part, 2, tick=unheard).pieces for part in (1, 0))
    weights = {f"data {share.name}": share.weight for share in data.shares}
    assert (list(first), list(second)) == (sorted(weights, key=lambda name: -weights[name]), [])
    assert all((tmp_path / name).read_bytes() == files[name].content for one in first.values() for name in one.files)


def shared(shares: Iterable[Share], workers: int) -> list[Share]:
    """The shares in the order in which so many workers take them, one worker after the other."""
    whole = tuple(shares)
    return [share for part in reversed(range(workers)) for share in dealt(whole, part=part, of=workers)]


def test_an_edit_joins_only_what_may_differ(tmp_path: Path) -> None:
    """A body stands in no workbook and in no list; a title stands in all of them, and where others name it. Lost strands come back."""
    root = write(tmp_path / "exhibition", ENTRIES | MORE)
    shelf = Shelf(tmp_path)
    before = strands(deck_at(root, **SETTINGS), shelf)
    own = root / "content/projects/2024/yang-ben-jia.md"
    own.write_text(own.read_text(encoding="utf-8") + "\n样本又一段。\n", encoding="utf-8")
    body = deck_at(root, **SETTINGS)
    assert differing(before, strands(body, shelf)) == {("project", one) for one in (Strand.LINE, Strand.BODY)}
    own.write_text(own.read_text(encoding="utf-8").replace("样本甲成果", "样本新名"), encoding="utf-8")
    title = deck_at(root, **SETTINGS)
    changed = differing(strands(body, shelf), strands(title, shelf))
    assert {("project", one) for one in Strand} - changed == {("project", Strand.BODY), ("project", Strand.LINKS)}
    groups = tuple(groups_of(title))
    made = [group_share(group).make(Bench(title, shelf, lambda _: None)) for group in groups]
    for name in (made[0].names[Strand.STORED], made[0].names[Strand.CELLS]):
        (tmp_path / name).write_bytes(b"broken")
    (tmp_path / made[0].names[Strand.LINE]).unlink()
    files: list[OutputFile] = []
    for share in join_shares(title, groups, made=made):
        share.make(Bench(title, shelf, files.append))
    whole = whole_data(title)[0]
    assert all(whole[file.address].content == file.content for file in files)
    kept = made[1].names[Strand.LINE]
    shelf.clear(but={kept})
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [kept]


def test_a_text_is_said_by_its_own_entry_alone(deck: Deck) -> None:
    """So of a group of which only texts differ no other entry need be told again."""
    for group in groups_of(deck):
        for key in group.keys:
            recorder = Recorder(deck)
            recorder.opened()
            strands_of(group, recorder.deck, keys=(key,))
            assert {fact for fact in recorder.recorded().facts if fact[0] == BODIES} == {(BODIES, key)}


def test_an_award_leans_on_no_field_of_who_holds_it(deck: Deck) -> None:
    """That it is not said who may get one is asked of the notices, so a title of theirs concerns no award."""
    recorder = Recorder(deck)
    recorder.opened()
    holders: set[str] = set()
    for group in groups_of(deck):
        if group.kind.name == "award":
            strands_of(group, recorder.deck)
            holders.update(source for key in group.keys for source, _ in deck.catalogue.backlinks[key])
    read = {fact[1] for fact in recorder.recorded().facts if fact[0] in ("entries", "cards")}
    assert holders
    assert holders.isdisjoint(read)


def strands(deck: Deck, shelf: Shelf) -> dict[str, Made]:
    """What each group puts on the shelf."""
    return {group.name: group_share(group).make(Bench(deck, shelf, lambda _: None)) for group in groups_of(deck)}


def differing(before: Mapping[str, Made], after: Mapping[str, Made]) -> set[tuple[str, Strand]]:
    """(kind, strand) of what is not the same."""
    return {
        (name.partition(" ")[0], strand)
        for name, made in after.items()
        for strand, kept in made.names.items()
        if before[name].names[strand] != kept
    }


# --- only what is public ---------------------------------------------------------------------------------------------


def test_nothing_private_and_nobody_withheld_is_in_any_file(files: Mapping[str, OutputFile]) -> None:
    """Private fields, what is on notice, drafts and those who were taken back."""
    for file in files.values():
        text = file.content if not file.address.endswith(".xlsx") else b"".join(_members(file.content))
        for words in (SECRET, "样本隐去人", "样本撤下的事", "样本草稿", "保密等级", "样本撤下成果"):
            assert words.encode() not in text, f"{words} in {file.address}"


def _members(content: bytes) -> Iterator[bytes]:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as book:
        yield from map(book.read, book.namelist())


def filled(model: type, word: str) -> dict[str, Any]:
    """A value for every private field of a model, those in records included, as text that can be found again."""
    private = {name for where, name in private_names(model) if where is model}
    return {field.name: f"{word}-{field.name}" for field in fields_of(model) if field.name in private}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_private_field_of_the_model_stays(kind: Any) -> None:
    """No column, no property of the schema, no part of the shape is a private field, however deep."""
    private = {name for where, name in private_names(kind.model) if where is kind.model}
    assert "consent" in private
    assert not private & {part.name for part in shape_of(kind.model)}
    assert not private & {column.name for column in columns_of(kind)}
    assert not private & public_schema(kind)["properties"].keys()
    source = next(part for part in shape_of(kind.model) if part.name == "sources")
    assert "url" not in {part.name for part in source.inner}
    assert "url" not in public_schema(kind)["$defs"]["Source"]["properties"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.listed], ids=lambda kind: kind.name)
def test_a_private_field_added_to_a_kind_leaves_in_no_file(kind: Any, deck: Deck) -> None:
    """Entries are given a field that nobody has thought of; every format leaves it behind."""
    entry = deck.catalogue.entries[deck.catalogue.of_kind(kind.name)[0]]
    secret = {"secret": Annotated[str, Declared("样本新栏", public=False)]}
    model = frozen(kw_only=True)(type("Later", (kind.model,), {"__annotations__": secret}))
    held = {field.name: getattr(entry.data, field.name) for field in fields(entry.data)}
    later = type(entry)(entry.kind, entry.id, entry.source, model(**held, secret=SECRET), entry.body, entry.body_line)
    others = [one for one in deck.catalogue.entries.values() if one.source and one.key != entry.key]
    again = deck_of(compile_catalogue([*others, later], Exhibition()))
    assert is_dataclass(again.catalogue.entries[entry.key].data)
    archive = Archive(again)
    assert SECRET.encode() not in archive.line(archive.document(again.catalogue.entries[entry.key]))
    for file in whole_data(again)[0].values():
        text = file.content if not file.address.endswith(".xlsx") else b"".join(_members(file.content))
        assert SECRET.encode() not in text, file.address
        assert "样本新栏".encode() not in text, file.address


# --- the workbook ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("widths", [(9, 9, 9), (6, 16, 16, 48, 11, 11), (6, *(16, 24, 24) * 12)])
def test_a_rapid_workbook_is_framed_like_a_listing(widths: tuple[int, ...], tmp_path: Path) -> None:
    """Columns side by side of one width, beyond Z, over several pages: but for its cells each part has the very bytes."""
    headings = tuple(f"第{at}列<&" for at in range(len(widths)))
    row = ("样", 1, "=样", *(None,) * (len(widths) - 3))
    listing = Listing("样 本", "样本<表>", headings, widths, lambda: iter([row] * 5))
    write_workbook(tmp_path / "slow.xlsx", [listing])
    cells = [cell_of(value).encode() for value in row]
    (tmp_path / "rapid.xlsx").write_bytes(workbook_bytes(Sheet("样 本", "样本<表>", headings, widths), [cells] * 5))

    def framed(name: str) -> list[tuple[str, bytes]]:
        with ZipFile(tmp_path / name) as packed:
            parts = [(one, packed.read(one)) for one in packed.namelist()]
        return [(one, re.sub(rb'<row r="[3-9]">.*?</row>', b"", content)) for one, content in parts]

    assert framed("rapid.xlsx") == framed("slow.xlsx")


def test_a_rapid_workbook_says_what_a_listing_says() -> None:
    """Texts, numbers, blanks, signs and texts that no cell can hold; same lists, same bytes."""
    rows = [
        ["甲<&>\"'", 1.5, None, 7],
        ["'=样", -2, "\x07响\ufffe", "长" * (LONGEST_CELL + 9)],
        ["  留白\n两行 ", 0, "=1", ""],
    ]
    sheet = Sheet("样本 甲&乙", "样本<表>", ("一", "二", "三", "四"), (9, 9, 9, 9))
    content = workbook_bytes(sheet, [[cell_of(value).encode() for value in row] for row in rows])
    assert workbook_bytes(sheet, [[cell_of(value).encode() for value in row] for row in rows]) == content
    book = load_workbook(io.BytesIO(content))
    found = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert found[0] == ["甲<&>\"'", 1.5, None, 7]
    assert found[1][:3] == ["''=样", -2, "响"]
    assert len(found[1][3]) == LONGEST_CELL
    assert found[1][3].endswith("（全文见 CSV）")
    assert found[2] == ["  留白\n两行 ", 0, "=1", None]
    assert book.active.auto_filter.ref == "A2:D5"
    assert (book.active.title, book.active["A1"].value) == ("样本 甲&乙", "样本<表>")
    assert book.active.print_title_rows == "$1:$2"
    empty = load_workbook(io.BytesIO(workbook_bytes(Sheet("空", "空", ("一", "二", "三"), (9, 9, 9)), [])))
    assert empty.active.max_row == 2


# --- in the built site -----------------------------------------------------------------------------------------------


def test_the_page_and_the_lists_lead_to_files_that_are_there(built_site: Path) -> None:
    """Every file that the page names lies there with the digest that the page says; lists lead to theirs."""
    page = (built_site / "data/index.html").read_text(encoding="utf-8")
    for name in ("projects.csv", "projects.xlsx", "all.jsonl", "exhibition.sqlite", "datapackage.json"):
        assert f'href="../data/{name}"' in page
        digest = hashlib.sha256((built_site / "data" / name).read_bytes()).hexdigest()
        assert digest in page or name in {"all.jsonl", "datapackage.json"}
    assert 'href="../data/projects.csv"' in (built_site / "projects/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_has_no_violation(
    built_site: Path, serve_directory: Any, browser: Any, width: int, scheme: str
) -> None:
    """No overflow, all details open, axe finds nothing, targets are large enough."""
    from axe_playwright_python.sync_playwright import Axe

    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{serve_directory(built_site)}/data/")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "[...document.querySelectorAll('.offered__f a,.opendata__p a,.opendata__d summary')]"
            ".filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.textContent)"
        )
        assert small == []
        tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
        assert Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).violations_count == 0


def test_an_exhibition_may_keep_its_data_to_itself(tmp_path: Path) -> None:
    """Neither files nor their page, and no page leads to them; all else is as before."""
    many = {f"projects/2024/duo-{number:02d}.md": project(title=f"样本多{number:02d}") for number in range(FEWEST)}
    root = exhibition(tmp_path, SMALL | many)
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("  - exhibition:\n", "  - exhibition:\n      open_data: false\n"), encoding="utf-8"
    )
    done = CliRunner().invoke(cli, ["build", "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    made = bytes_of(root / "site")
    assert "projects/duo-00/index.html" in made
    assert "id/project/duo-00/index.html" in made
    assert not [name for name in made if name.startswith(("data/", "api/"))]
    assert not [
        name for name, content in made.items() if name.endswith((".html", ".txt", ".xml")) and b"data/" in content
    ]


def test_an_exhibition_without_entries_has_lists_of_nothing(tmp_path: Path) -> None:
    """Who reads the lists of an exhibition that is being set up meets valid JSON."""
    made, _ = whole_data(deck_at(write(tmp_path, {"fonts/none.txt": ""})))
    assert json.loads(made["data/all.json"].content) == []
    assert made["data/all.jsonl"].content == b""


def test_without_open_data_no_list_is_offered(deck: Deck) -> None:
    """As it is with them."""
    closed = compile_catalogue(deck.catalogue.entries.values(), Exhibition(**SETTINGS, open_data=False))
    without = deck_of(closed, {})
    assert list(takeaways(deck))
    assert not list(takeaways(without))
    assert [kind_links(one, kind_named("project")) != () for one in (deck, without)] == [True, False]
    assert whole_data(without) == ({}, ())
