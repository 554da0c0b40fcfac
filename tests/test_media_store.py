"""The store and the index: each file is made once, whole or not at all, and made again only for a reason."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from sample_media import photograph, scene

from site_builder.media.cropping import crop_box
from site_builder.media.developing import encoders, picture_making
from site_builder.media.examining import Examined, examined
from site_builder.media.index import Index, findings
from site_builder.media.renditions import renditions_of
from site_builder.media.store import UNUSED_DAYS, Making, Store, key_of
from site_builder.media.unfit import Unfit
from site_builder.press.output import lay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Counted:
    """Makes two files and counts how often."""

    def __init__(self, *, stops: bool = False) -> None:
        self.times = 0
        self.stops = stops

    def __call__(self) -> Iterator[tuple[str, bytes]]:
        """Gives one file, then another or a fault."""
        self.times += 1
        yield "a.txt", b"first"
        if self.stops:
            raise KeyboardInterrupt
        yield "tiles/b.txt", b"second"


def making(work: Counted, key: str = "k") -> Making:
    """What this work makes."""
    return Making(key_of(key), (("a.txt", "media/a.txt"), ("tiles/b.txt", "media/b.txt")), work)


def contents(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Name → bytes."""
    return {name: path.read_bytes() for name, path in files.items()}


EXAMPLE = Examined("0" * 64, "jpeg", 1, 2400, 1600)
BOTH = {"a.txt": b"first", "tiles/b.txt": b"second"}


def test_a_file_is_made_once(tmp_path: Path) -> None:
    """The second time it is kept, in another process's store as well."""
    work = Counted()
    assert contents(Store(tmp_path).made(making(work))) == BOTH
    assert contents(Store(tmp_path).made(making(work))) == BOTH
    assert work.times == 1
    assert Store(tmp_path).kept(key_of("another")) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"fxrst"),
        lambda path: path.write_bytes(b"fir"),
        Path.unlink,
        lambda path: (path.parent / "made.json").write_text("{"),
        lambda path: (path.parent / "made.json").unlink(),
    ],
    ids=["other bytes", "cut short", "gone", "broken record", "no record"],
)
def test_what_was_harmed_is_made_again(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """However it was harmed, nobody gets to see it."""
    work, store = Counted(), Store(tmp_path)
    harm(store.made(making(work))["a.txt"])
    assert contents(store.made(making(work))) == BOTH
    assert work.times == 2


def test_a_restored_cache_is_believed_after_a_look_inside(tmp_path: Path) -> None:
    """Other times and the same bytes: nothing is made again."""
    work, store = Counted(), Store(tmp_path)
    for path in store.made(making(work)).values():
        os.utime(path, (1, 1))
    assert contents(store.made(making(work))) == BOTH
    assert work.times == 1


def test_an_interrupted_making_leaves_nothing_half(tmp_path: Path) -> None:
    """The first of two files is not taken for both; the next run makes both."""
    store = Store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        store.made(making(Counted(stops=True)))
    assert store.kept(making(Counted()).key) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert contents(store.made(making(Counted()))) == BOTH


def test_many_threads_make_each_thing_once(tmp_path: Path) -> None:
    """What is kept already is not made again, and all of the rest is there afterwards."""
    store, works = Store(tmp_path), [Counted() for _ in range(12)]
    makings = [making(work, f"k{number}") for number, work in enumerate(works)]
    store.made(makings[0])
    store.all_made(makings, workers=4)
    assert [work.times for work in works] == [1] * 12
    assert all(store.kept(one.key) for one in makings)


def test_what_nobody_needs_goes_after_a_while(tmp_path: Path) -> None:
    """Not what this build needs, and not what another branch needed last week."""
    store = Store(tmp_path)
    needed, recent, old = (making(Counted(), name) for name in ("needed", "recent", "old"))
    past = time.time() - (UNUSED_DAYS + 1) * 86_400
    for one in (needed, recent, old):
        home = store.made(one)["a.txt"].parent
        if one is not recent:
            os.utime(home / "made.json", (past, past))
    (tmp_path / "making-left").mkdir()
    os.utime(tmp_path / "making-left", (past, past))
    assert store.prune({needed.key}) == 1
    assert [store.kept(one.key) is not None for one in (needed, recent, old)] == [True, True, False]
    assert not (tmp_path / "making-left").exists()


def test_settings_redo_exactly_what_they_touch(tmp_path: Path) -> None:
    """Another focus is another portrait and the same whole picture; AVIF is one more set; a copy of the file is the same."""
    path = photograph(tmp_path / "a.jpg", (300, 200))
    one = examined(path)
    plain = renditions_of(one).key(one.digest, encoders())
    assert renditions_of(one, focus=(0.1, 0.1)).key(one.digest, encoders()) == plain
    assert renditions_of(one, avif=True).key(one.digest, encoders()) != plain
    left, right = (renditions_of(one, "portrait", focus=(x, 0.5)).key(one.digest, encoders()) for x in (0.1, 0.9))
    assert left != right
    assert renditions_of(one).key(one.digest, "another encoder") != plain
    copy = examined(shutil.copy(path, tmp_path / "b.jpg"))
    assert picture_making(tmp_path / "b.jpg", copy, found=renditions_of(copy)).key == plain


def test_unchanged_files_are_not_read(tmp_path: Path) -> None:
    """The index answers by size and time; a file made unreadable meanwhile does not matter, a changed one does."""
    media, cache = tmp_path / "media", tmp_path / "cache" / "index.json"
    photograph(media / "a.jpg", (40, 20))
    photograph(media / "b.jpg", (40, 20))
    first = findings(media, ["a.jpg", "b.jpg"], cache=cache, workers=2)
    stat = (media / "a.jpg").stat()
    (media / "a.jpg").write_bytes(b"x" * stat.st_size)
    os.utime(media / "a.jpg", ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    scene((60, 30)).save(media / "b.jpg")
    second = findings(media, ["a.jpg", "b.jpg"], cache=cache, workers=2)
    assert second["a.jpg"] == first["a.jpg"]
    assert getattr(second["b.jpg"], "width", 0) == 60
    os.utime(media / "a.jpg", (1, 1))
    assert isinstance(findings(media, ["a.jpg", "b.jpg"], cache=cache, workers=1)["a.jpg"], Unfit)


def test_no_files_no_cache(tmp_path: Path) -> None:
    """An exhibition without pictures pays nothing."""
    assert findings(tmp_path, [], cache=tmp_path / "cache" / "index.json", workers=2) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"examiner": "0", "files": {}}', '{"examiner": "1", "files": {"a": 1}}']
)
def test_a_broken_index_is_an_empty_one(tmp_path: Path, text: str) -> None:
    """Whatever stands there, the build goes on."""
    path = tmp_path / "index.json"
    path.write_text(text)
    assert Index.read(path) == Index()


def test_a_published_file_is_the_stored_one(tmp_path: Path) -> None:
    """Another name of the same file; what lay there goes."""
    original = tmp_path / "store" / "a"
    original.parent.mkdir()
    original.write_bytes(b"new")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a").write_bytes(b"old")
    lay(tmp_path / "site", "a", original=original)
    assert (tmp_path / "site" / "a").samefile(original)


def test_another_disk_gets_a_copy(tmp_path: Path) -> None:
    """No link leads across disks; the copy has the same bytes and the same time."""
    original = tmp_path / "a"
    original.write_bytes(b"new")
    memory = Path("/dev/shm")
    assert memory.stat().st_dev != original.stat().st_dev, "this test needs a second file system at /dev/shm"
    with TemporaryDirectory(dir=memory) as other:
        lay(Path(other), "a", original=original)
        copy = Path(other, "a")
        assert copy.read_bytes() == b"new"
        assert copy.stat().st_mtime_ns == original.stat().st_mtime_ns


@pytest.mark.parametrize(
    "size, aspect, focus, box",
    [
        ((100, 100), 1.0, None, (0, 0, 100, 100)),
        ((200, 100), 1.0, (0.5, 0.5), (50, 0, 150, 100)),
        ((200, 100), 1.0, (0.0, 0.5), (0, 0, 100, 100)),
        ((200, 100), 1.0, (1.0, 0.5), (100, 0, 200, 100)),
        ((100, 300), 1.0, (0.5, 0.2), (0, 10, 100, 110)),
        ((1, 5000), 0.8, None, (0, 2000, 1, 2001)),
        ((3, 2), 100.0, None, (0, 0, 3, 1)),
    ],
)
def test_a_crop_keeps_the_point_that_matters(
    size: tuple[int, int], aspect: float, focus: tuple[float, float] | None, box: tuple[int, int, int, int]
) -> None:
    """The box lies inside, has the shape, and has the point as near to its middle as the edges allow."""
    assert crop_box(size, aspect, focus=focus) == box


def test_nothing_is_enlarged() -> None:
    """A small picture has its own width, a large one every step; none is higher than the highest."""
    one = replace(EXAMPLE, width=500, height=400)
    assert [piece.width for piece in renditions_of(one).pieces if piece.format == "webp"] == [240, 500]
    assert [piece.width for piece in renditions_of(EXAMPLE).pieces if piece.format == "webp"] == [
        240,
        480,
        800,
        1200,
        1600,
    ]
    tall = replace(EXAMPLE, width=1600, height=9600)
    assert max(piece.height for piece in renditions_of(tall).pieces) == 2400
