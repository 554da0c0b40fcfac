"""A deck and what the last build left come in; which pieces are still right, and the memory of this build, go out."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial
from itertools import compress
from operator import is_not
from pathlib import Path
from typing import Any

from site_builder.publish.deck import Deck
from site_builder.warm.memory import ENGINE, Growth, Left, Memory, Piece
from site_builder.warm.numbering import Digests, Numbered, Numbers, Renumbering
from site_builder.warm.reading import BODIES, KEYS, Fact, Facts
from site_builder.warm.recording import Recorded, Recorder


class Desk:
    """A build at work: what is remembered, which of its files are in place, and the deck as it is now, being watched."""

    def __init__(
        self,
        deck: Deck,
        left: Left | None = None,
        *,
        given: bytes = b"",
        shelf: Path | None = None,
        foretold: Callable[[], Sequence[bytes]] = tuple,
    ) -> None:
        """``given`` tells all that is read beside the deck; ``shelf`` is where encoded parts of files are kept from build to build.

        ``foretold`` gives digests of the facts that are foreseen, told of this deck meanwhile; none where nobody could.
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
        # a warm build makes few pieces, which read little; its facts have the numbers that they had
        self.recorder = Recorder(deck, whole=not self.former.facts)
        self._facts = Facts(deck)
        self._foretold = foretold
        self.away: Callable[[Memory, Path], object] | None = None
        """Puts a memory away early, of a site that stands in a directory of its own until it is looked over."""
        self._suspects = left.changed

    def __getstate__(self) -> dict[str, Any]:
        """What a crew's workers are given; what is told by another process of this machine, and put away, is for this one."""
        return {**vars(self), "_foretold": tuple, "away": None}

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
        """Keys of the entries that are all that differs of what a piece read last (they, texts, cards); None where more does."""
        read = {self._changed[number] for number in self._changed.keys() & set(array("I", piece.facts))}
        return frozenset(fact[1] for fact in read) if all(map(_is_said_by_one, read)) else None

    def _leans(self) -> Callable[[Piece], bool]:
        """Asks of a piece whether it read a fact that is another now."""
        changed = self._changed
        if len(changed) > FEW:
            return lambda piece: not changed.keys().isdisjoint(array("I", piece.facts))
        # most edits change one or two facts, and most pieces read some hundred and eighty
        told = [array("I", (number,)).tobytes() for number in changed]

        def leans(piece: Piece) -> bool:
            facts = piece.facts
            for number in told:  # noqa: SIM110  # asked of every page
                if number in facts and holds(facts, number):
                    return True
            return False

        return leans

    @cached_property
    def _untouched(self) -> bool:
        """Whether every file that is remembered is in place."""
        return len(self.known) == len(self.former.tokens)

    @cached_property
    def _changed(self) -> Mapping[int, Fact]:
        """Numbers of the remembered facts whose values are others now → these facts."""
        numbers, digests = self.former.facts, self.former.digests
        suspects = numbers.keys() if self._suspects is None else self._suspects & numbers.keys()
        return {numbers[fact]: fact for fact in suspects if self._facts.digest(fact) != digests[numbers[fact]]}

    @property
    def engine(self) -> Piece | None:
        """What MkDocs made, as it is remembered."""
        return self.former.pieces.get(ENGINE)

    def take_up(self) -> None:
        """Takes up what was foretold."""
        self._foretold = partial(tuple, self._foretold())

    def look_up(self, recorded: Iterable[Recorded]) -> None:
        """Finds out which numbers facts have that were read, so that what is remembered is numbered sooner when all is made."""
        for one in recorded:
            _ = [*map(self.former.facts.get, one.facts)]

    @cached_property
    def former_names(self) -> Set[str]:
        """Addresses of all files of the former site that are remembered."""
        return self.former.tokens.keys()

    def names(self, pieces: Mapping[str, Piece], *, loose: Iterable[str]) -> Set[str]:
        """Addresses of all files that these pieces laid, and of loose ones; the very ``former_names`` where none came or went.

        Pieces that are as they were remembered are not looked at.
        """
        former, renewed = self.former, self._renewed(pieces)
        before = set(former.loose).union(*(former.pieces[name].files for name in renewed if name in former.pieces))
        now = set(loose).union(*(pieces[name].files for name in renewed if name in pieces))
        same = before <= now and now <= self.former_names
        return self.former_names if same else (self.former_names - before) | now

    def _renewed(self, pieces: Mapping[str, Piece]) -> frozenset[str]:
        """Names of those that are new, made again or gone."""
        former = self.former.pieces
        renewed = frozenset(compress(pieces, map(is_not, pieces.values(), map(former.get, pieces))))
        # most edits take no piece away
        gone = len(former) + len(renewed - former.keys()) > len(pieces)
        return renewed | (former.keys() - pieces.keys()) if gone else renewed

    def remembered(self, kept: Mapping[str, Piece], recorded: Iterable[Recorded]) -> Memory:
        """The memory of this build: pieces that were right, and those that were made."""
        former, facts, foreseen = self.former, self._facts, self.recorder.foreseen
        first = sum(map(len, foreseen.values()))
        grows = bool(former.trimmed) and len(former.facts) < MOST_GROWN * former.trimmed
        numbers = Numbers(former.facts if grows else {}, first=len(former.facts) if grows else first)
        anew = None if grows else Renumbering(former.facts.in_order(), numbers)
        pieces = dict(kept if anew is None else _numbered(kept, anew))
        for one in recorded:
            pieces |= _numbered(one.pieces, Renumbering(one.facts, numbers, first=first))
            for name in one.retold:
                facts_before = former.pieces[name].facts
                pieces[name] = _leaning(pieces[name], facts_before if anew is None else anew.told(facts_before))
        if not grows:
            known = Numbered.of(numbers, foreseen=foreseen)
            foretold = self._foretold() or facts.foretold(foreseen)
            digests = Digests.of([*foretold, *map(facts.digest, numbers)])
            return Memory(known, digests, pieces, trimmed=len(known))
        growth = Growth(former, self._renewed(pieces), frozenset(self._changed))
        told = {at: facts.digest(fact) for fact, at in numbers.items()} | {
            at: facts.digest(fact) for at, fact in self._changed.items()
        }
        digests = former.digests.with_others(told)
        return Memory(former.facts.with_more(numbers), digests, pieces, trimmed=former.trimmed, growth=growth)

    def put_away(self, memory: Memory, out: Path) -> Memory:
        """The same memory, which is complete; where it can be put away early, that is done."""
        if self.away:
            self.away(memory, out)
        return memory


FEW = 8
"""So many numbers are looked for one by one."""
MOST_GROWN = 2
"""When there are so many times as many facts as when they were numbered last, all are numbered anew."""


def holds(facts: bytes, number: bytes) -> bool:
    """Whether a number is one of the array, and not made of parts of two."""
    at = facts.find(number)
    while at >= 0 and at % len(number):
        at = facts.find(number, at + 1)
    return at >= 0


def _is_said_by_one(fact: Fact) -> bool:
    return fact[0] in (BODIES, "entries", "cards") and fact[1] != KEYS


def _leaning(piece: Piece, facts: bytes) -> Piece:
    """The same piece, which leans on these facts as well."""
    both = {*array("I", piece.facts), *array("I", facts)}
    return Piece(piece.given, array("I", sorted(both)).tobytes(), piece.files, piece.result)


def _numbered(pieces: Mapping[str, Piece], numbering: Renumbering) -> Iterator[tuple[str, Piece]]:
    """The same pieces, their facts numbered so."""
    for name, piece in pieces.items():
        facts = numbering.told(piece.facts)
        yield name, piece if facts is piece.facts else Piece(piece.given, facts, piece.files, piece.result)
