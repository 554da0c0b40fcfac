"""What a build remembers comes in and is put away; the next build takes it up again, and what is not as it was written counts as none.

A build that looked at everything writes ``memory`` (pieces and facts) and ``survey`` (all that it knew of the content). One that knew what
an edit concerns leaves both as they are and writes ``since``: what differs from them by now, in one move. Each has a *seal*, and what
differs is taken up only with the memory that it grew from; so files of two builds never speak together, whenever a build was killed.
"""

import mmap
import os
import pickle
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Protocol

from site_builder.intake.stamps import BROKEN, fresh_file
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem
from site_builder.publish.deck import Deck
from site_builder.warm.folded import Folds
from site_builder.warm.memory import Later, Memory
from site_builder.warm.reading import NESTED, mappings_of
from site_builder.warm.telling import PLAIN

_NONE: Mapping[str, Any] = MappingProxyType({})
_ENTRIES = "entries"
_BEFORE_END = 8
"""The last bytes of a survey say where what leads to all else begins."""
_MEMORY, _SURVEY, _SINCE = "memory", "survey", "since"
_DRAFT, _REMEMBERED, _FORETOLD = "survey.new", "memory.new", "foretold.new"


class Known(Protocol):
    """What a build knew of the content, of which little matters here."""

    @property
    def deck(self) -> Deck:
        """The exhibition."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is amiss."""


@frozen
class Kept:
    """What is remembered of the last build."""

    ground: str
    base: Memory
    """As it was when everything was looked at."""
    base_seal: str
    stamp: tuple[int, int] | None
    """Size and time of the survey as it was put away; None where it could not be."""
    memory: Memory
    seal: str
    texts: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """Key → entry, of those whose text is another than in the survey."""


def read_kept(home: Path, ground: str) -> Kept | None:
    """What builds on this ground left; None where there is nothing to trust."""
    found = _read(home / _MEMORY, ground, parts=3)
    if found is None:
        return None
    seal, stamp, base = found
    since = _read(home / _SINCE, f"{ground} {seal}", parts=3)
    if since is None:
        return Kept(ground, base, seal, stamp, base, seal)
    later, texts, last = since
    return Kept(ground, base, seal, stamp, later.added_to(base), last, texts)


def read_survey(home: Path, kept: Kept) -> Any:
    """What the build that looked at everything knew; None where it is lost. Its large mappings are read when they are asked for."""
    try:
        with (home / _SURVEY).open("rb") as file:
            if pickle.load(file) != f"{kept.ground} {kept.base_seal}":
                return None
            content = memoryview(_whole(file))
            file.seek(int.from_bytes(content[-_BEFORE_END:], "big"))
            folds: dict[str, Folds] = pickle.load(file)
            known: dict[str, Mapping[Any, Any]] = {}
            reader = partial(_Reader, known=known)
            known.update((name, one.unfolded(content, unpickler=reader)) for name, one in folds.items())
            found = reader(file).load()
            if _stamp(file.fileno()) != kept.stamp:
                # somebody else wrote it: all of it is read now, so that nothing harmed is met when it is too late
                _ = [list(mapping.values()) for mapping in known.values()]
            return found
    except BROKEN:
        return None


def write_deck(home: Path, ground: str, *, deck: Deck) -> str:
    """Writes down the large mappings of a survey's deck, where nobody looks for them yet; gives back the seal.

    OSError where the disk takes no more.
    """
    seal = secrets.token_hex(8)
    home.mkdir(parents=True, exist_ok=True)
    # it holds what is not published, too
    (home / _DRAFT).touch(mode=0o600)
    with (home / _DRAFT).open("wb") as file:
        pickle.dump(f"{ground} {seal}", file, protocol=5)
        inner = partial(_Writer, known={_ENTRIES: deck.catalogue.entries})
        folds = {
            name: Folds.written(one, file, pickler=_Writer if name == _ENTRIES else inner)
            for name, one in _large(deck).items()
        }
        start = file.tell()
        pickle.dump(folds, file, protocol=5)
        file.write(start.to_bytes(_BEFORE_END, "big"))
    return seal


def _write_rest(home: Path, survey: Known) -> None:
    """Adds all else that a build knew to the mappings of its deck."""
    with (home / _DRAFT).open("r+b") as file:
        file.seek(-_BEFORE_END, os.SEEK_END)
        start = file.read()
        file.seek(-_BEFORE_END, os.SEEK_END)
        _Writer(file, known=_large(survey.deck)).dump(survey)
        file.write(start)


def _large(deck: Deck) -> dict[str, Mapping[Any, Any]]:
    return {name: one for name, one in mappings_of(deck).items() if _is_large(name, one)}


def _is_large(name: str, mapping: Mapping[Any, Any]) -> bool:
    """Whether only some of it may be asked for; what is found out when it is asked for is not written down value by value."""
    return type(mapping) is MappingProxyType and (name not in NESTED or name == "positions")


def _stamp(file: int | Path) -> tuple[int, int]:
    found = os.stat(file)  # noqa: PTH116  # of an open file, too
    return found.st_size, found.st_mtime_ns


def _whole(file: IO[bytes]) -> Any:
    # elsewhere nothing can take the place of a file that is mapped
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.name == "posix" else Path(file.name).read_bytes()


def write_whole(home: Path, ground: str, *, memory: Memory, known: Known, seal: str) -> None:
    """Puts away what a build remembers that looked at everything, and what it knew, whose deck was written under this seal.

    OSError where the disk takes no more.
    """
    write_drafts(home, ground, memory=memory, known=known, seal=seal)
    take_place(home)


def write_drafts(home: Path, ground: str, *, memory: Memory, known: Known, seal: str) -> None:
    """Writes the same down where nobody looks for it yet: a site that nobody may see is not remembered."""
    stamp = None
    if seal:
        _write_rest(home, known)
    with suppress(OSError):
        stamp = _stamp(home / _DRAFT)
    _write(home / _REMEMBERED, ground, seal, stamp, memory)


def take_place(home: Path) -> None:
    """Lets what was written down so take the place of what an earlier build left; OSError where it is not there."""
    (home / _REMEMBERED).replace(home / _MEMORY)
    (home / _DRAFT).replace(home / _SURVEY)
    (home / _SINCE).unlink(missing_ok=True)


def write_foretold(home: Path, digests: Sequence[bytes], *, seal: str) -> None:
    """Puts digests away for the same build: a process that handed them over would wait for whoever takes them, with all that it holds."""
    _write(home / _FORETOLD, seal, digests)


def read_foretold(home: Path, seal: str) -> Sequence[bytes]:
    """Those that bear this seal; none where they are lost."""
    found = _read(home / _FORETOLD, seal, parts=1)
    return found[0] if found else ()


def forget_drafts(home: Path) -> None:
    """Leaves nothing that was meant for a build alone, or whose build came to no end."""
    for name in (_DRAFT, _REMEMBERED, _FORETOLD):
        with suppress(OSError):
            (home / name).unlink()


def write_since(home: Path, kept: Kept, *, memory: Memory, texts: Mapping[str, Entry]) -> str:
    """The same of one that knew what an edit concerns, and exchanged these texts."""
    seal = secrets.token_hex(8)
    later, texts = Later.of(kept.base, memory), {**kept.texts, **texts}
    _write(home / _SINCE, f"{kept.ground} {kept.base_seal}", later, texts, seal)
    return seal


def _read(path: Path, head: str, *, parts: int) -> list[Any] | None:
    try:
        with path.open("rb") as file:
            # what another program pickled may not even load
            return [pickle.load(file) for _ in range(parts)] if pickle.load(file) == head else None
    except BROKEN:
        return None


def _write(path: Path, *parts: object) -> None:
    with fresh_file(path) as draft, draft.open("wb") as file:
        for part in parts:
            _Writer(file).dump(part)


class _Writer(pickle.Pickler):
    """Takes read-only mappings, too, and names what is written by itself instead of writing it down: entries, and large mappings."""

    def __init__(self, file: IO[bytes], *, known: Mapping[str, Mapping[Any, Any]] = _NONE) -> None:
        super().__init__(file, protocol=5)
        entries, names = known.get(_ENTRIES, _NONE), {id(one): name for name, one in known.items()}

        def entry(one: Entry) -> Any:
            return (known_at, (_ENTRIES, one.key)) if entries.get(one.key) is one else one.__reduce_ex__(5)

        def mapping(one: MappingProxyType[Any, Any]) -> Any:
            return (known_at, (names[id(one)],)) if id(one) in names else PLAIN[MappingProxyType](one)

        # a table is asked about these two; ``persistent_id`` would be about every text and number
        self.dispatch_table = PLAIN | {Entry: entry, MappingProxyType: mapping} if known else PLAIN


def known_at(name: str, *key: str) -> Any:
    """Stands in a pickle for a large mapping, or for its value under a key; whoever reads it knows them (``_Reader``)."""
    raise LookupError(name, *key)


class _Reader(pickle.Unpickler):
    """Reads that, with these mappings."""

    def __init__(self, file: IO[bytes], *, known: Mapping[str, Mapping[Any, Any]]) -> None:
        super().__init__(file)
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        """Classes as ever; what stands for a mapping leads to it. KeyError where there is none."""
        return self._named if name == known_at.__name__ else super().find_class(module, name)

    def _named(self, name: str, *key: str) -> Any:
        found: Any = self._known[name]
        return found[key[0]] if key else found
