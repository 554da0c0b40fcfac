"""After a save the preview knows the whole as surveying everything gives it, and does so only where others are concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small import write
from test_exchanging import CONTENT, OTHERS, OWN, SETTINGS, YI, look, seen
from warming import sample

from site_builder.intake.content import read_file
from site_builder.preview.whole import Whole
from site_builder.warm.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from site_builder.survey import Survey

CHANGES = {
    **{name: [OWN[name]] for name in ("title", "text", "year")},
    "two at once": [OWN["title"], OWN["industry"]],
    "nothing": [(YI, "---\ntitle", "---\ntitle")],
    **{name: [OTHERS[name]] for name in ("a name of a person", "a draft", "a term", "a story")},
    "a text and a name": [OWN["text"], OTHERS["a name"]],
    "a fault": [(YI, "title: 样本乙成果", "year: 2025")],
    "a page": [("pages/yang-ben-qiang.md", "年份=2025", "年份=2016")],
}
"""What is saved: files, what stands there, what stands there now."""
SHORT = {"title", "text", "year", "two at once", "nothing"}


@pytest.fixture(scope="module")
def exhibition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Entries of all kinds that name each other."""
    return write(sample(tmp_path_factory.mktemp("whole")), CONTENT)


@pytest.fixture(scope="module")
def whole(exhibition: Path) -> Whole:
    """As it was before anything was saved."""
    return Whole.of(exhibition, SETTINGS, former=records(exhibition, empty=True))


@pytest.fixture
def root(exhibition: Path) -> Iterator[Path]:
    """The same for every test; what it saves is put back, and what it adds goes."""
    before = {path: path.read_bytes() for path in (exhibition / "content").rglob("*") if path.is_file()}
    yield exhibition
    for path in [path for path in (exhibition / "content").rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    put_back(before)


def put_back(before: dict[Path, bytes]) -> None:
    """Files get these bytes again; those that have them are left alone."""
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)


def saved(root: Path, name: str) -> dict[Path, bytes]:
    """Saves a change; what its files held before."""
    before = {root / "content" / source: (root / "content" / source).read_bytes() for source, _, _ in CHANGES[name]}
    for source, then, now in CHANGES[name]:
        path = root / "content" / source
        path.write_text(path.read_text(encoding="utf-8").replace(then, now, 1), encoding="utf-8")
    return before


def is_former(now: Survey, former: Survey) -> bool:
    """Whether it was had of the former one: a whole survey opens a store of its own."""
    return now.store is former.store


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_what_surveying_everything_gives(name: str, root: Path, whole: Whole) -> None:
    """Once changed, and once more when all is as it was before."""
    before = saved(root, name)
    renewed = whole.renewed()
    assert seen(renewed.survey) == seen(look(root))
    assert renewed.reads.keys() == whole.reads.keys()
    assert is_former(renewed.survey, whole.survey) == (name in SHORT)
    put_back(before)
    assert seen(renewed.renewed().survey) == seen(whole.survey)


@pytest.mark.parametrize(
    "source",
    ["projects/2026/yang-ben-xin.md", "media/yang-ben-xin.jpg", "charts/yang-ben-xin.yml", "projects/yang-ben.txt"],
)
def test_a_file_that_comes_or_goes_asks_for_everything(source: str, root: Path, whole: Whole) -> None:
    """Entries and what lies beside them, though only a text was saved besides."""
    write(root, {source: "---\ntitle: 样本新成果\nsources: 样本来源\n---\n"})
    with_file = whole.renewed()
    assert not is_former(with_file.survey, whole.survey)
    assert seen(with_file.survey) == seen(look(root))
    (root / "content" / source).unlink()
    without = with_file.renewed()
    assert not is_former(without.survey, with_file.survey)
    assert seen(without.survey) == seen(whole.survey)


@pytest.mark.parametrize("name", ["title", "a name of a person", "a fault"])
def test_a_draft_is_shown_as_if_it_were_saved(name: str, root: Path, whole: Whole) -> None:
    """Nothing of it lies in the content."""
    [(path, content)] = saved(root, name).items()
    source = path.relative_to(root).as_posix()
    read, expected = read_file(root, source), look(root)
    path.write_bytes(content)
    drafted = whole.with_file(source, read)
    assert is_former(drafted, whole.survey) == (name in SHORT)
    told = [{one.code for one in found.problems if one.place.path == source} for found in (drafted, expected)]
    assert told[0] == told[1]
    assert seen(drafted)[0] == seen(expected)[0]
