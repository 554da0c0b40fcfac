"""Content is read by processes of their own while the first one does something else: what comes of it is what that one would read."""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from site_builder.intake.folders import listing, standing_of
from site_builder.intake.record_cache import Records
from site_builder.intake.stamps import digest_of
from site_builder.intake.validation import adapter_of
from site_builder.press.apart import apart
from site_builder.press.readers import Reading
from site_builder.warm.settled import Look
from site_builder.warm.visit import Visit
from tests.ending import nobody_is_left
from tests.small import PLAIN, project, write

MANY = 400


@pytest.fixture(autouse=True)
def _nobody_else() -> None:
    """Whom former tests began has ended."""
    assert nobody_is_left()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """So many entries that two readers are worth it."""
    files = {f"projects/2024/{number}.md": project(title=f"样本成果{number}") for number in range(MANY)}
    return write(tmp_path, PLAIN | files)


def nobody() -> None:
    """All goes well."""


def killed() -> None:
    """Both readers end before they are done."""
    for reader in multiprocessing.active_children():
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)


@pytest.mark.parametrize("way", [nobody, killed])
def test_many_readers_give_what_one_gives(root: Path, way: Callable[[], None]) -> None:
    """The content, and the cache that the next run finds."""
    alone = Records(root, "", {}).renewed()
    reading = Reading(Records(root, "", {}), workers=2)
    assert len(multiprocessing.active_children()) == 2
    way()
    content = reading.done()
    assert content == alone.content
    assert reading.recorded == alone.recorded
    assert {name: one.read for name, one in Records.of(root, "").kept.items()} == {
        name: one.read for name, one in alone.kept.items()
    }
    assert nobody_is_left()


def test_how_kinds_are_read_is_found_out_once_for_all_readers(root: Path) -> None:
    """Only of kinds of which there is something to read."""
    adapter_of.cache_clear()
    with closing(Reading(Records(root, "", {}), workers=2)):
        assert adapter_of.cache_info().currsize == len(
            {standing_of(source)[0].kind for source in listing(root).sources}
        )  # type: ignore[union-attr]


def test_what_was_not_filled_is_neither_handed_over_nor_held(root: Path) -> None:
    """An entry taken up is the one that was kept, and is kept in the same bytes again; of forty fields it holds what was filled."""
    content = Records(root, "", {}).renewed().content
    made = next(entry for entry in content.entries if entry.kind == "project")
    taken = pickle.loads(pickle.dumps(made, protocol=5))
    assert taken == made
    assert pickle.dumps(taken, protocol=5) == pickle.dumps(made, protocol=5)
    assert vars(taken.data).keys() == {"title", "sources", "edition"}
    assert (taken.data.awards, taken.data.status, taken.data.year) == ((), "published", None)


def test_few_files_are_read_by_whoever_asks(root: Path) -> None:
    """The others are as they were kept."""
    Reading(Records(root, "", {}), workers=1).done()
    write(root, {"projects/2024/0.md": project(title="样本新成果")})
    reading = Reading(Records.of(root, ""), workers=2)
    assert not multiprocessing.active_children()
    assert [entry.title for entry in reading.done().entries if entry.id == "0"] == ["样本新成果"]


def test_who_can_wait_begins_when_the_readers_have_ended(root: Path) -> None:
    """Whatever process it is; where nobody else reads there is nothing to wait for."""
    Reading(Records(root, "", {}), workers=1).wait()
    with closing(Reading(Records(root, "", {}), workers=2)) as reading:
        readers = multiprocessing.active_children()
        assert len(readers) == 2
        with apart(reading.wait, alone=False) as waiting:
            assert waiting.result is None
        for reader in readers:
            reader.join(5)
        assert [reader.exitcode for reader in readers] == [0, 0]
        assert len(reading.done().entries) == MANY + 2


def test_nobody_reads_on_when_nobody_asks(root: Path) -> None:
    """Settings may be wrong, and the command ends."""
    Reading(Records(root, "", {}), workers=2).close()
    assert not multiprocessing.active_children()


def test_what_is_remembered_of_a_file_is_what_was_parsed(root: Path) -> None:
    """One that changed between the look and the reading is remembered as it was read; one that came then is new to the next build."""
    look = Look.afresh(root)
    write(
        root,
        {"projects/2024/0.md": project(title="样本改过"), "projects/2024/new.md": project(), "pages/a.md": "# 甲\n"},
    )
    reading = Reading(Records(root, "", {}), workers=1)
    visit = Visit.cold(root, root / "site", directories=(), look=look, unread=reading.due.sources)
    assert len(reading.done().entries) == MANY + 3
    inputs = visit.informed(reading.recorded).inputs.files
    assert inputs["content/projects/2024/0.md"][1] == digest_of(root / "content/projects/2024/0.md")
    assert inputs["content/editions/2024.yml"][1] == digest_of(root / "content/editions/2024.yml")
    assert not inputs.keys() & {"content/projects/2024/new.md", "content/pages/a.md"}
