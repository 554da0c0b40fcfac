"""What a build remembers comes in and is put away; the next build takes it up again, and what is not as it was written counts as none.

A build that looked at everything writes ``memory`` (pieces and facts) and ``survey`` (all that it knew of the content). One that knew what
an edit concerns leaves both as they are and writes ``since``: what differs from them by now, in one move. Each has a *seal*, and what
differs is taken up only with the memory that it grew from; so files of two builds never speak together, whenever a build was killed.
"""

import pickle
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from site_builder.intake.record_cache import BROKEN
from site_builder.intake.stamps import fresh_file
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.publish.deck import Deck
from site_builder.warm.memory import Later, Memory
from site_builder.warm.reading import PLAIN

_NONE: Mapping[str, Entry] = MappingProxyType({})
_CHUNK = 64
_MEMORY, _SURVEY, _DRAFT, _SINCE = "memory", "survey", "survey.new", "since"


@frozen
class Kept:
    """What is remembered of the last build."""

    ground: str
    base: Memory
    """As it was when everything was looked at."""
    base_seal: str
    memory: Memory
    seal: str
    texts: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """Key → entry, of those whose text is another than in the survey."""


def read_kept(home: Path, ground: str) -> Kept | None:
    """What builds on this ground left; None where there is nothing to trust."""
    found = _read(home / _MEMORY, ground, parts=2)
    if found is None:
        return None
    seal, base = found
    since = _read(home / _SINCE, f"{ground} {seal}", parts=3)
    if since is None:
        return Kept(ground, base, seal, base, seal)
    later, texts, last = since
    return Kept(ground, base, seal, later.added_to(base), last, texts)


def read_survey(home: Path, kept: Kept) -> Any:
    """What the build that looked at everything knew; None where it is lost."""
    try:
        with (home / _SURVEY).open("rb") as file:
            if pickle.load(file) != f"{kept.ground} {kept.base_seal}":
                return None
            entries: dict[str, Entry] = {}
            for _ in range(pickle.load(file)):
                entries.update((entry.key, entry) for entry in pickle.load(file))
            return _Reader(file, entries).load()
    except BROKEN:
        return None


def write_survey(home: Path, ground: str, *, survey: object, deck: Deck) -> str:
    """Writes down all that a build knew, the deck among it, where nobody looks for it yet; gives back the seal.

    OSError where the disk takes no more.
    """
    seal, entries = secrets.token_hex(8), deck.catalogue.entries
    home.mkdir(parents=True, exist_ok=True)
    # it holds what is not published, too
    (home / _DRAFT).touch(mode=0o600)
    with (home / _DRAFT).open("wb") as file:
        chunks = list(_chunks(entries))
        # entries by themselves, some at a time: what a pickle knows of what it has written weighs as much as all of them
        for part in (f"{ground} {seal}", len(chunks), *chunks):
            pickle.dump(part, file, protocol=5)
        _Writer(file, entries).dump(survey)
    return seal


def write_whole(home: Path, ground: str, *, memory: Memory, seal: str) -> None:
    """Puts away what a build remembers that looked at everything, with the survey of this seal. OSError where the disk takes no more."""
    _write(home / _MEMORY, ground, seal, memory)
    (home / _DRAFT).replace(home / _SURVEY)
    (home / _SINCE).unlink(missing_ok=True)


def forget_draft(home: Path) -> None:
    """Leaves nothing of a survey whose build came to no end."""
    with suppress(OSError):
        (home / _DRAFT).unlink()


def _chunks(entries: Mapping[str, Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries.values())
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


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
    """Takes read-only mappings, too, and names these entries instead of writing them down."""

    dispatch_table = PLAIN

    def __init__(self, file: IO[bytes], entries: Mapping[str, Entry] = _NONE) -> None:
        super().__init__(file, protocol=5)
        self._entries = entries

    def persistent_id(self, obj: Any) -> str | None:
        """The key of an entry."""
        return obj.key if type(obj) is Entry and self._entries.get(obj.key) is obj else None


class _Reader(pickle.Unpickler):
    """Reads that, with these entries."""

    def __init__(self, file: IO[bytes], entries: Mapping[str, Entry]) -> None:
        super().__init__(file)
        self._entries = entries

    def persistent_load(self, pid: str) -> Entry:
        """The entry of a key; KeyError where there is none."""
        return self._entries[pid]
