"""What builds remember of each piece of their work, and how a later memory differs from an earlier one.

A *piece* (a page, a share of the open data, what MkDocs makes) is right as long as what it was given, every fact it read of the deck
(``reading``) and every file it laid are as they were. So a piece is never taken for right by its time or its name.
"""

from array import array
from collections.abc import Iterator, Mapping, Set
from dataclasses import field
from functools import cached_property, partial
from itertools import chain, compress, islice
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.press.frames import Frame
from site_builder.press.pressing import Pressed
from site_builder.warm.numbering import Digests, Numbered
from site_builder.warm.reading import Fact

ENGINE = "engine"
"""The piece that MkDocs makes."""


class Piece(NamedTuple):
    """A piece of work that was done; a tuple, for an edit reads more of them than there are entries."""

    given: bytes
    """Digest of what it was given beside the deck."""
    facts: bytes
    """Numbers of the facts it read, as an array of unsigned integers."""
    files: Mapping[str, str]
    """Address → token of every file it laid."""
    result: Any
    """What it told whoever asked for it."""


@frozen
class Engine:
    """What the press needs of MkDocs: so that MkDocs need not even be loaded while its pages are right."""

    exhibition: Exhibition
    frames: Mapping[str, Frame]
    theme_dirs: tuple[str, ...]
    assets: str
    written: tuple[str, ...]
    """Addresses of the pages that MkDocs writes."""


@frozen
class Memory:
    """What one build remembers for the next."""

    facts: Numbered = field(default_factory=lambda: Numbered({}))
    digests: Digests = field(default_factory=lambda: Digests.of(()))
    pieces: Mapping[str, Piece] = field(default_factory=lambda: MappingProxyType({}))
    loose: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Files that every build makes anew, or at least looks at, with their tokens."""
    trimmed: int = 0
    """How many facts there were when they were numbered last; whatever nobody reads any more stays till then."""
    growth: "Growth | None" = None
    """What an edit made of it, where that is known; not put away."""

    def of(self, sort: str) -> Iterator[Piece]:
        """Pieces whose names begin so, in order of names: what was kept leaves no trace."""
        return of_sort(self.pieces, sort)

    @cached_property
    def tokens(self) -> Mapping[str, str]:
        """Address → token of every file of the site; worked out once, and not put away."""
        if self.growth is not None:
            return self.growth.tokens(self)
        found = dict(self.loose)
        for piece in self.pieces.values():
            found |= piece.files
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken_up, ((self.facts, self.digests, _Columns.of(self.pieces), self.loose, self.trimmed),)


class _Columns(NamedTuple):
    """Pieces as they are put away: a column of each part is read in half the time that one piece after the other takes."""

    names: tuple[str, ...]
    given: tuple[bytes, ...]
    facts: tuple[bytes, ...]
    counts: bytes
    """How many files each has, as an array of unsigned integers."""
    addresses: tuple[str, ...]
    """Of the files of all, one piece after the other."""
    tokens: tuple[str, ...]
    pages: tuple[tuple[Any, ...], ...]
    """What pages told, which most pieces are, in columns of its own."""
    others: tuple[Any, ...]
    """What all others told."""
    are_pages: bytes
    """Of each piece whether it is one."""

    @classmethod
    def of(cls, pieces: Mapping[str, Piece]) -> "_Columns":
        """The columns of these."""
        given, facts, files, results = zip(*pieces.values(), strict=True) if pieces else ((),) * 4
        laid = [*chain.from_iterable(one.items() for one in files)]
        addresses, tokens = zip(*laid, strict=True) if laid else ((),) * 2
        counts, are_pages = array("I", map(len, files)), bytes(type(one) is Pressed for one in results)
        pages = tuple(zip(*compress(results, are_pages), strict=True))
        others = tuple(one for one in results if type(one) is not Pressed)
        return cls(tuple(pieces), given, facts, counts.tobytes(), addresses, tokens, pages, others, are_pages)

    def pieces(self) -> dict[str, Piece]:
        """The pieces that they are of."""
        laid = zip(self.addresses, self.tokens, strict=True)
        files = [dict(islice(laid, count)) for count in array("I", self.counts)]
        pages, others = map(_PAGE_OF, zip(*self.pages, strict=True)), iter(self.others)
        results = [next(pages if is_page else others) for is_page in self.are_pages]
        parts = zip(self.given, self.facts, files, results, strict=True)
        return dict(zip(self.names, map(_PIECE_OF, parts), strict=True))


_PIECE_OF = partial(tuple.__new__, Piece)
_PAGE_OF = partial(tuple.__new__, Pressed)
"""What ``_make`` does, which looks whether all parts are there; they are, end to end in columns."""


def _taken_up(parts: tuple[Numbered, Digests, _Columns, Mapping[str, str], int]) -> Memory:
    facts, digests, columns, loose, trimmed = parts
    memory = Memory(facts, digests, columns.pieces(), loose, trimmed)
    # as they lie here they are told in half the time
    tokens = vars(memory)["tokens"] = dict(loose)
    tokens.update(zip(columns.addresses, columns.tokens, strict=True))
    return memory


def of_sort(pieces: Mapping[str, Piece], sort: str) -> Iterator[Piece]:
    """Pieces whose names begin so, in order of names."""
    for name in sorted(name for name in pieces if name.startswith(sort)):
        yield pieces[name]


@frozen
class Growth:
    """How one memory grew from another: what may differ between them."""

    former: Memory
    pieces: frozenset[str]
    """Names of pieces that are new, made again or gone."""
    facts: frozenset[int]
    """Numbers of those facts of the former one of which other values are remembered."""

    def laid(self, memory: Memory) -> Iterator[Mapping[str, str]]:
        """Files that one of both memories has, as far as they may differ; each file is of one piece, or loose."""
        yield memory.loose
        yield from (memory.pieces[name].files for name in self.pieces if name in memory.pieces)

    def tokens(self, now: Memory) -> Mapping[str, str]:
        """Those of a memory that grew so."""
        found = dict(self.former.tokens)
        for address in chain.from_iterable(self.laid(self.former)):
            found.pop(address, None)
        for files in self.laid(now):
            found.update(files)
        return found


@frozen
class Later:
    """What a memory knows beyond an earlier one that it grew from: little, however large both are."""

    facts: tuple[Fact, ...]
    digests: Mapping[int, bytes]
    pieces: Mapping[str, Piece]
    gone: frozenset[str]
    loose: Mapping[str, str]

    @classmethod
    def of(cls, base: Memory, now: Memory) -> "Later":
        """The difference; facts of the earlier one have their numbers in the later one, too."""
        first = len(base.facts)
        numbers, names = set(range(first, len(now.facts))), set[str]()
        step = now
        while step is not base and step.growth is not None:
            numbers |= step.growth.facts
            names |= step.growth.pieces
            step = step.growth.former
        if step is not base:
            numbers, names = set(range(len(now.facts))), {*base.pieces, *now.pieces}
        digests = {at: now.digests[at] for at in sorted(numbers)}
        pieces = {name: now.pieces[name] for name in sorted(names) if name in now.pieces}
        gone = frozenset(name for name in names if name in base.pieces and name not in now.pieces)
        return cls(now.facts.added[len(base.facts.added) :], digests, pieces, gone, now.loose)

    def added_to(self, base: Memory) -> Memory:
        """The later memory."""
        pieces = {**base.pieces, **self.pieces}
        for name in self.gone:
            del pieces[name]
        growth = Growth(base, self.gone | self.pieces.keys(), frozenset(self.digests))
        return Memory(
            base.facts.with_more(self.facts),
            base.digests.with_others(self.digests),
            pieces,
            self.loose,
            base.trimmed,
            growth,
        )


@frozen
class Left:
    """What the last build left."""

    memory: Memory = field(default_factory=Memory)
    present: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Of every file of the former site whether it is as it was left."""
    changed: Set[Fact] | None = None
    """All facts that may differ from what is remembered, where that is known; else every fact is asked for."""
