"""A deck comes in; it is watched while pieces are made of it, and what each of them read and laid goes out."""

from array import array
from collections.abc import Mapping
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.publish.deck import Deck
from site_builder.warm.given import told_of
from site_builder.warm.memory import Piece
from site_builder.warm.notebook import Notebook
from site_builder.warm.reading import Fact, foreseen, watched


@frozen
class Recorded:
    """What one worker did, its facts numbered in its own way."""

    facts: tuple[Fact, ...]
    """In order of their numbers, those that were foreseen left out."""
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

    def __init__(self, deck: Deck, *, whole: bool = False) -> None:
        """``whole``: most of what can be read will be, by one worker or the other."""
        self._notebook = Notebook()
        self.deck = watched(deck, self._notebook)
        self.foreseen = foreseen(deck) if whole else {}
        """Facts that have their numbers before anything is read."""
        for name, keys in self.foreseen.items():
            self._notebook.numbers((name,)).foresee(keys)
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
