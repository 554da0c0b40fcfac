"""The root of an exhibition comes in; its content goes out as ``read_content`` gives it, of unchanged files without parsing them.

What a file gives is a function of its bytes, its path and this program. So it is kept under ``.cache/records`` by path and digest, in
buckets that are each written in one move; a bucket of other code, or one that is broken, counts as empty. Buckets are pickles: the
cache belongs to whoever runs the build, and is to be taken from nobody else.
"""

import contextlib
import pickle
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from zlib import crc32

from site_builder.intake.content import Content, Read, content_of, read_in
from site_builder.intake.documents import looked_into
from site_builder.intake.folders import listing
from site_builder.intake.stamps import BROKEN, Recorded, Stamp, digest_in, digest_of, fresh_file, lasting, stamp_of
from site_builder.intake.validation import learn
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_in_folder
from site_builder.model.problems import Problem, in_order

CACHE = ".cache/records"
_BUCKETS = 64
"""So many that an edit writes little, so few that reading all of them costs what one would."""


@frozen
class Kept:
    """What a file gave: its stamp when it could be trusted, the digest of its bytes, the entry with its problems."""

    stamp: Stamp
    digest: str
    read: Read


@frozen
class Records:
    """All that is known of the files under ``root/content``."""

    root: Path
    code: str
    """What tells this program from any other version of it."""
    kept: Mapping[str, Kept]
    pickled: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Whole buckets as workers handed them over: what came through a pipe need not be pickled again to be kept."""

    @classmethod
    def of(cls, root: Path, code: str) -> "Records":
        """What earlier runs of the same code kept; nothing where there is nothing to trust."""
        kept: dict[str, Kept] = {}
        for number in range(_BUCKETS):
            kept |= _bucket(root / CACHE / f"{number:02}", code)
        return cls(root, code, kept)

    @property
    def content(self) -> Content:
        """The content as it was when it was looked at last, with the problems of folders as they are now."""
        content = content_of({source: one.read for source, one in self.kept.items()})
        return replace(content, problems=in_order((*listing(self.root).problems, *content.problems)))

    @property
    def recorded(self) -> Recorded:
        """Path → stamp and digest of every file that could be read: of the very bytes that were parsed."""
        return {source: (one.stamp, one.digest) for source, one in self.kept.items() if one.digest}

    def renewed(self) -> "Records":
        """The same of today's files: only those that changed are parsed."""
        return self.due().done()

    def due(self) -> "Due":
        """What today's files ask for."""
        now = time.time_ns()
        sources = listing(self.root).sources
        kept = {source: one for source in sources if (one := self._unchanged(source, now)) is not None}
        return Due(self, sources, kept, now)

    def _unchanged(self, source: str, now: int) -> Kept | None:
        """What is kept of a file, if it still has the same bytes."""
        known = self.kept.get(source)
        if known is None or not known.digest:
            return None
        path = self.root / source
        try:
            stamp = stamp_of(path.stat())
            if known.stamp == stamp:
                return known
            return replace(known, stamp=lasting(stamp, now)) if digest_of(path) == known.digest else None
        except OSError:
            return None

    def write(self, former: "Records") -> None:
        """Keeps what differs from before; a cache that cannot be written is no reason to stop."""
        changed = {
            _number(source)
            for source in self.kept.keys() | former.kept.keys()
            if self.kept.get(source) is not former.kept.get(source)
        }
        buckets = _buckets(source for source, one in self.kept.items() if one.digest)
        with contextlib.suppress(OSError):
            for number in sorted(changed):
                content = self.pickled.get(number) or _pickled({one: self.kept[one] for one in buckets.get(number, ())})
                with fresh_file(self.root / CACHE / f"{number:02}") as draft:
                    draft.write_bytes(_pickled(self.code) + content)


def _number(source: str) -> int:
    return crc32(source.encode()) % _BUCKETS


def _buckets(sources: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for source in sources:
        found[_number(source)].append(source)
    return found


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, protocol=5)


@frozen
class Due:
    """Today's files: those that are as they were, and the others, which anybody may parse."""

    former: Records
    sources: tuple[str, ...]
    unchanged: Mapping[str, Kept]
    now: int
    """The time (ns) before the first was looked at."""

    @cached_property
    def buckets(self) -> Mapping[int, Sequence[str]]:
        """Number of a bucket → its files that are to be parsed."""
        return _buckets(source for source in self.sources if source not in self.unchanged)

    def learn(self) -> None:
        """Finds out how entries in these files are read: before processes are forked that parse them."""
        folders = {source.split("/", 2)[1] for sources in self.buckets.values() for source in sources}
        learn(kind.name for folder in sorted(folders) if (kind := kind_in_folder(folder)))

    def parsed(self, number: int) -> bytes:
        """What the files of a bucket give, as another process hands it over."""
        return _pickled(_parsed(self.former.root, self.buckets[number], now=self.now))

    def done(self, handed: Iterable[tuple[int, bytes]] = ()) -> Records:
        """Today's records, of what others parsed (number of a bucket, what ``parsed`` gave); what nobody parsed is parsed now."""
        found: dict[str, Kept] = {}
        whole: dict[int, bytes] = {}
        partly = {_number(source) for source in self.unchanged}
        for number, content in handed:
            parsed: dict[str, Kept] = pickle.loads(content)
            found |= parsed
            if number not in partly and all(one.digest for one in parsed.values()):
                whole[number] = content
        left = [source for source in self.sources if source not in self.unchanged and source not in found]
        found |= {**self.unchanged, **_parsed(self.former.root, left, now=self.now)}
        return replace(self.former, kept={source: found[source] for source in self.sources}, pickled=whole)


def _parsed(root: Path, sources: Sequence[str], *, now: int) -> dict[str, Kept]:
    return {source: _read(root, source, now=now) for source in sources}


def _read(root: Path, source: str, *, now: int) -> Kept:
    """Parses a file; what cannot be read has no digest, and will be looked at again.

    The digest is that of the very bytes that are parsed. A change meanwhile differs from the stamp, which was taken before.
    """
    data, looked = looked_into(root, source)
    stamp = lasting(stamp_of(looked), now) if looked else _UNKNOWN
    return Kept(stamp, "" if isinstance(data, Problem) else digest_in(data), read_in(data, source))


_UNKNOWN: Stamp = (0, 0, 0, 0)


def _bucket(path: Path, code: str) -> dict[str, Kept]:
    try:
        with path.open("rb") as file:
            # the head is read first: what other code pickled may not even load
            if pickle.load(file) != code:
                return {}
            found: dict[str, Kept] = pickle.load(file)
            return found
    except BROKEN:
        return {}
