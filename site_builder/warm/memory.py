"""What the last build remembers of each piece of its work comes in; which pieces are still right, and the memory of this build, go out.

A *piece* (a page, a share of the open data, what MkDocs makes) is right as long as what it was given, every fact it read of the deck
(``reading``) and every file it laid are as they were. So a piece is never taken for right by its time or its name.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.press.frames import Frame
from site_builder.publish.deck import Deck
from site_builder.warm.given import told_of
from site_builder.warm.reading import BODIES, Fact, Facts, Notebook, watched

ENGINE = "engine"
"""The piece that MkDocs makes."""


@frozen
class Piece:
    """A piece of work that was done."""

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

    facts: tuple[Fact, ...] = ()
    digests: tuple[bytes, ...] = ()
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
    def numbers(self) -> Mapping[Fact, int]:
        """Fact → its number."""
        return {fact: at for at, fact in enumerate(self.facts)}

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
        return Memory, (self.facts, self.digests, self.pieces, self.loose, self.trimmed)


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

    def tokens(self, now: Memory) -> Mapping[str, str]:
        """Those of a memory that grew so; each file is of one piece, or loose."""
        found, gone = dict(self.former.tokens), [self.former.loose]
        gone += [self.former.pieces[name].files for name in self.pieces if name in self.former.pieces]
        for address in chain.from_iterable(gone):
            found.pop(address, None)
        for files in (now.loose, *(now.pieces[name].files for name in self.pieces if name in now.pieces)):
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
        return cls(now.facts[first:], digests, pieces, gone, now.loose)

    def added_to(self, base: Memory) -> Memory:
        """The later memory."""
        digests = [*base.digests, *(b"" for _ in self.facts)]
        for at, told in self.digests.items():
            digests[at] = told
        pieces = {**base.pieces, **self.pieces}
        for name in self.gone:
            del pieces[name]
        growth = Growth(base, self.gone | self.pieces.keys(), frozenset(self.digests))
        return Memory((*base.facts, *self.facts), tuple(digests), pieces, self.loose, base.trimmed, growth)


@frozen
class Left:
    """What the last build left."""

    memory: Memory = field(default_factory=Memory)
    present: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Of every file of the former site whether it is as it was left."""
    changed: Set[Fact] | None = None
    """All facts that may differ from what is remembered, where that is known; else every fact is asked for."""


class Desk:
    """A build at work: what is remembered, which of its files are in place, and the deck as it is now, being watched."""

    def __init__(
        self,
        deck: Deck,
        left: Left | None = None,
        *,
        given: bytes = b"",
        shelf: Path | None = None,
        foretold: Callable[[], Mapping[Fact, bytes]] = dict,
    ) -> None:
        """``given`` tells all that is read beside the deck; ``shelf`` is where encoded parts of files are kept from build to build.

        ``foretold`` gives digests of facts of this deck that were told meanwhile.
        """
        left = left or Left()
        self.deck = deck
        self.given = given
        self.shelf = shelf
        self.former = left.memory
        self.present = left.present
        tokens = self.former.tokens
        self.known = tokens
        if left.present.keys() != tokens.keys() or not all(left.present.values()):
            self.known = {name: tokens[name] for name, sound in left.present.items() if sound and name in tokens}
        self.recorder = Recorder(deck)
        self._facts = Facts(deck)
        self._foretold = foretold
        self._suspects = left.changed

    def __getstate__(self) -> dict[str, Any]:
        """What a crew's workers are given; what is told by another process of this machine is for this one."""
        return {**vars(self), "_foretold": dict}

    @property
    def is_warm(self) -> bool:
        """Whether the site is mended in place instead of made anew."""
        return bool(self.known)

    def right(self, given: Mapping[str, bytes]) -> dict[str, Piece]:
        """The pieces that are still right, of those asked for with what they are given now."""
        pieces = self.former.pieces
        return self.still(name for name, now in given.items() if name in pieces and pieces[name].given == now)

    def still(self, names: Iterable[str]) -> dict[str, Piece]:
        """The same of pieces that are given what they were given."""
        leans, pieces = self._leans(), self.former.pieces
        return {
            name: piece
            for name in names
            if (piece := pieces.get(name)) is not None
            and not leans(piece)
            and (self._untouched or piece.files.items() <= self.known.items())
        }

    def retold(self, piece: Piece) -> frozenset[str] | None:
        """Keys of the entries whose texts are all that differs of what a piece of the last build read; None where more does."""
        read = {self.former.facts[number] for number in self._changed.intersection(array("I", piece.facts))}
        return frozenset(fact[1] for fact in read) if all(fact[0] == BODIES for fact in read) else None

    def _leans(self) -> Callable[[Piece], bool]:
        """Asks of a piece whether it read a fact that is another now."""
        changed = self._changed
        if len(changed) > FEW:
            return lambda piece: not changed.isdisjoint(array("I", piece.facts))
        # most edits change one or two facts, and most pieces read some hundred and eighty
        told = [array("I", (number,)).tobytes() for number in changed]
        return lambda piece: any(holds(piece.facts, number) for number in told)

    @cached_property
    def _untouched(self) -> bool:
        """Whether every file that is remembered is in place."""
        return len(self.known) == len(self.former.tokens)

    @cached_property
    def _changed(self) -> frozenset[int]:
        """Numbers of the remembered facts whose values are others now."""
        numbers, digests = self.former.numbers, self.former.digests
        suspects = numbers.keys() if self._suspects is None else self._suspects & numbers.keys()
        return frozenset(numbers[fact] for fact in suspects if self._facts.digest(fact) != digests[numbers[fact]])

    @property
    def engine(self) -> Piece | None:
        """What MkDocs made, as it is remembered."""
        return self.former.pieces.get(ENGINE)

    def remembered(self, kept: Mapping[str, Piece], recorded: Iterable["Recorded"]) -> Memory:
        """The memory of this build: pieces that were right, and those that were made."""
        former, facts = self.former, self._facts
        facts.know(self._foretold())
        grows = bool(former.trimmed) and len(former.facts) < 2 * former.trimmed
        numbers = _Numbers(former.numbers if grows else {})
        digests = list(former.digests) if grows else []
        pieces = dict(kept if grows else _numbered(kept, former.facts, numbers=numbers))
        for at in self._changed if grows else ():
            digests[at] = facts.digest(former.facts[at])
        for one in recorded:
            pieces |= _numbered(one.pieces, one.facts, numbers=numbers)
            retold = {name: former.pieces[name] for name in one.retold}
            for name, piece in retold.items() if grows else _numbered(retold, former.facts, numbers=numbers):
                pieces[name] = _leaning(pieces[name], piece.facts)
        digests += map(facts.digest, numbers)
        if not grows:
            return Memory(tuple(numbers), tuple(digests), pieces, trimmed=len(numbers))
        renewed = {name for name, piece in pieces.items() if former.pieces.get(name) is not piece}
        growth = Growth(former, frozenset(renewed | (former.pieces.keys() - pieces.keys())), self._changed)
        return Memory((*former.facts, *numbers), tuple(digests), pieces, trimmed=former.trimmed, growth=growth)


FEW = 8
"""So many numbers are looked for one by one."""


def holds(facts: bytes, number: bytes) -> bool:
    """Whether a number is one of the array, and not made of parts of two."""
    at = facts.find(number)
    while at >= 0 and at % len(number):
        at = facts.find(number, at + 1)
    return at >= 0


class _Numbers(dict[Fact, int]):
    """Facts that nobody knew → numbers, from the next one on; whoever was known keeps the number that it had."""

    def __init__(self, known: Mapping[Fact, int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, fact: Fact) -> int:
        number = self._known.get(fact)
        if number is None:
            number = self[fact] = len(self._known) + len(self)
        return number


def _leaning(piece: Piece, facts: bytes) -> Piece:
    """The same piece, which leans on these facts as well."""
    both = {*array("I", piece.facts), *array("I", facts)}
    return Piece(piece.given, array("I", sorted(both)).tobytes(), piece.files, piece.result)


def _numbered(
    pieces: Mapping[str, Piece], facts: Sequence[Fact], *, numbers: "_Numbers"
) -> Iterator[tuple[str, Piece]]:
    """The same pieces, their facts numbered as in ``numbers``, where new ones are added."""
    used = sorted(set[int]().union(*(array("I", piece.facts) for piece in pieces.values())))
    table = {at: numbers[facts[at]] for at in used}
    for name, piece in pieces.items():
        told = array("I", map(table.__getitem__, array("I", piece.facts)))
        yield name, Piece(piece.given, told.tobytes(), piece.files, piece.result)


@frozen
class Recorded:
    """What one worker did, its facts numbered in its own way."""

    facts: tuple[Fact, ...]
    pieces: Mapping[str, Piece]
    retold: frozenset[str] = frozenset()
    """Names of pieces of which a part was taken over; they lean on all that they leaned on before, too."""


@frozen
class Given:
    """What a piece is given to be made of, beside what it reads of the deck."""

    digest: bytes
    facts: bytes
    """Numbers of the entries and cards among it."""


class Recorder:
    """Watches a deck while pieces are made, and writes down for each of them what it read and laid."""

    def __init__(self, deck: Deck) -> None:
        self._notebook = Notebook()
        self.deck = watched(deck, self._notebook)
        self._pieces: dict[str, Piece] = {}
        self.retold: set[str] = set()
        """Names of pieces of which only a part is made, and the rest taken over from the last build."""

    def opened(self) -> None:
        """Begins a piece; what is read from now on belongs to it."""
        self._notebook.opened()

    def given(self, value: object) -> Given:
        """What a piece is given by this value."""
        self._notebook.opened()
        digest = told_of(self.deck, value, notebook=self._notebook)
        return Given(digest, self._facts())

    def closed(self, name: str, given: bytes, *, files: Mapping[str, str], result: Any, beside: bytes = b"") -> None:
        """Ends it; ``beside`` are facts that it was given."""
        self._notebook.read.update(array("I", beside))
        self._pieces[name] = Piece(given, self._facts(), dict(files), result)

    def recorded(self) -> Recorded:
        """All that was written down since it was asked last."""
        pieces, self._pieces = self._pieces, {}
        retold, self.retold = self.retold, set()
        return Recorded(tuple(self._notebook.facts), pieces, frozenset(retold))

    def _facts(self) -> bytes:
        return array("I", sorted(self._notebook.read)).tobytes()
