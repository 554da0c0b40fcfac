"""A deck comes in; the same deck goes out with a notebook in which everything that is read of it is written down.

A *fact* is one thing that can be read: the value under a key of one of the deck's mappings, or the keys of a whole mapping. What is
made from facts alone is the same as before where the digest of every fact that was read is the same as before. The text of an entry is
a fact beside the entry itself, for most edits concern nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache, partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card
from site_builder.publish.deck import Answer, Deck, Followed
from site_builder.warm.notebook import Absent, Notebook
from site_builder.warm.telling import Teller, digest_of

Fact = tuple[Any, ...]
"""Names of mappings from the outermost on, then a key; ``KEYS`` in place of the key stands for all keys and their order."""
KEYS = "\0keys"
_CATALOGUE = (
    "order",
    "honours",
    "ranks",
    "facets",
    "backlinks",
    "sources",
    "groups",
    "positions",
    "neighbours",
    "turns",
    "below",
    "moved",
    "notices",
    "stated",
    "sums",
)
_REGISTRY = ("entries", "names", "drafts", "references", "meant")
_LEXICON = ("vocabularies", "spellings")
_DECK = ("cards", "outlines", "media")
BODIES = "bodies"
"""Key → the text of an entry, with its place in the file: no mapping of the deck, but read as if it were one."""
SHOWN = "shown"
"""Key → whether there is a card: for lists that are long, and name, and say nothing of each."""
_KEPT_IN = MappingProxyType({BODIES: "entries", SHOWN: "cards"})
"""Where stands what is read as if it were a mapping."""
_READ_BY_ALL = (
    "entries",
    BODIES,
    "cards",
    SHOWN,
    "outlines",
    "facets",
    "honours",
    "ranks",
    "groups",
    "sources",
    "backlinks",
    "references",
    "meant",
)
"""Mappings whose every value some page reads, or nearly."""
NESTED = frozenset({"positions", "neighbours", "turns", "spellings"})
"""Mappings of mappings, of which single values are read."""


class Watched(Mapping[Any, Any]):
    """A mapping that writes down what is read of it."""

    __slots__ = ("_notebook", "_numbers", "_read", "_values", "name", "of")

    def __init__(self, of: Mapping[Any, Any], name: Fact, *, notebook: Notebook) -> None:
        self.of = of
        self.name = name
        self._notebook = notebook
        self._numbers = notebook.numbered(name, self._value)
        self._read = notebook.read
        self._values = notebook.values

    def _value(self, key: Any) -> Any:
        return self.of.get(key, Absent)

    def __getitem__(self, key: Any) -> Any:
        number = self._numbers[key]
        self._read.add(number)
        value = self._values[number]
        if value is Absent:
            raise KeyError(key)
        return value

    def get(self, key: Any, default: Any = None) -> Any:
        """As of any mapping; that there is nothing is a fact, too."""
        number = self._numbers[key]
        self._read.add(number)
        value = self._values[number]
        return default if value is Absent else value

    def __contains__(self, key: object) -> bool:
        number = self._numbers[key]
        self._read.add(number)
        return self._values[number] is not Absent

    def __iter__(self) -> Iterator[Any]:
        self._read.add(self._numbers[KEYS])
        return iter(self.of)

    def __len__(self) -> int:
        self._read.add(self._numbers[KEYS])
        return len(self.of)


class _WatchedMappings(Watched):
    """A mapping of mappings, each of which is watched; of one that is there only what is read in it is a fact."""

    __slots__ = ("_watched",)

    def __init__(self, of: Mapping[Any, Mapping[Any, Any]], name: Fact, *, notebook: Notebook) -> None:
        super().__init__(of, name, notebook=notebook)
        self._watched: dict[Any, Watched] = {}

    def __getitem__(self, key: Any) -> Any:
        found = self._watched.get(key)
        if found is None:
            if key not in self.of:
                return super().__getitem__(key)
            found = self._watched[key] = Watched(self.of[key], (*self.name, key), notebook=self._notebook)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """As of any mapping."""
        return self[key] if key in self._watched or key in self.of else super().get(key, default)


class Outlined(Entry):
    """An entry of a watched deck: reading its text is written down."""

    def __init__(self, entry: Entry, note: Callable[[], None]) -> None:
        # neither the fields one by one nor through the frozen front: there are as many as entries
        vars(self).update(vars(entry), entry=entry, note=note)

    def __getstate__(self) -> dict[str, Any]:
        """Its fields and who is told; a crew's workers are given it."""
        return {**super().__getstate__(), "entry": vars(self)["entry"], "note": vars(self)["note"]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)

    @property
    def body(self) -> str:
        """Its text."""
        vars(self)["note"]()
        return str(vars(self)["body"])

    @property
    def body_line(self) -> int:
        """Where that begins."""
        vars(self)["note"]()
        return int(vars(self)["body_line"])


class _WatchedEntries(Watched):
    """The entries, each of which is asked for its text apart."""

    __slots__ = ("_bodies",)

    def __init__(self, of: Mapping[str, Entry], name: Fact, *, notebook: Notebook) -> None:
        super().__init__(of, name, notebook=notebook)
        self._bodies = notebook.numbered((BODIES,), of.get)

    def _value(self, key: str) -> Any:
        return Outlined(self.of[key], partial(self._noted, key)) if key in self.of else Absent

    def _noted(self, key: str) -> None:
        self._read.add(self._bodies[key])


class _WatchedCards(Watched):
    """The cards; whether there is one is asked apart."""

    __slots__ = ("_shown",)

    def __init__(self, of: Mapping[str, Card], name: Fact, *, notebook: Notebook) -> None:
        super().__init__(of, name, notebook=notebook)
        self._shown = notebook.numbered((SHOWN,), of.__contains__)

    def __contains__(self, key: object) -> bool:
        number = self._shown[key]
        self._read.add(number)
        return bool(self._values[number])


@frozen
class WatchedDeck(Deck):
    """A deck of watched mappings; what a great many pages ask alike is found out once, and each of them has read what it took.

    Of what some six pages ask, as they do of a person, the answer would have left the processor's memory before it is asked for again.
    """

    notebook: Notebook = field(default_factory=Notebook)
    known: dict[tuple[tuple[str, ...], str], Followed] = field(default_factory=dict)
    """References that the page followed which is being made."""

    def followed(self, kinds: tuple[str, ...], text: str) -> Followed:
        """Whom a reference means, and where it leads; a page names a person in its facts, its reference and its head."""
        found = self.known.get((kinds, text))
        if found is None:
            found = self.known[kinds, text] = Deck.followed(self, kinds, text)
        return found

    def once(self, ask: Callable[[Deck, Any], Answer], about: Any) -> Answer:
        """What ``ask(deck, about)`` finds out, once for all pages."""
        notebook, asked = self.notebook, (ask, about)
        found = notebook.answers.get(asked) or notebook.answered(asked, partial(ask, self, about))
        answer: Answer
        answer, facts = found
        notebook.read.update(facts)
        return answer


def watched(deck: Deck, notebook: Notebook) -> Deck:
    """The same deck; settings, the order of editions and typefaces are not watched, for they concern every page (``unwatched``)."""
    catalogue = deck.catalogue

    def watching(owner: Any, names: Iterable[str]) -> dict[str, Any]:
        return {
            name: (_WatchedMappings if name in NESTED else Watched)(getattr(owner, name), (name,), notebook=notebook)
            for name in names
        }

    return WatchedDeck(
        catalogue=replace(
            catalogue,
            registry=replace(
                catalogue.registry,
                **watching(catalogue.registry, _REGISTRY)
                | {"entries": _WatchedEntries(catalogue.registry.entries, ("entries",), notebook=notebook)},
            ),
            lexicon=replace(catalogue.lexicon, **watching(catalogue.lexicon, _LEXICON)),
            **watching(catalogue, _CATALOGUE),
        ),
        **watching(deck, _DECK) | {"cards": _WatchedCards(deck.cards, ("cards",), notebook=notebook)},
        hand=deck.hand,
        notebook=notebook,
        known=notebook.followed,
    )


def mappings_of(deck: Deck) -> dict[str, Mapping[Any, Any]]:
    """Every mapping of which facts are, by name."""
    catalogue = deck.catalogue
    owners = ((catalogue, _CATALOGUE), (catalogue.registry, _REGISTRY), (catalogue.lexicon, _LEXICON), (deck, _DECK))
    return {name: getattr(owner, name) for owner, names in owners for name in names}


def foreseen(deck: Deck) -> dict[str, Sequence[Any]]:
    """What the pages of a whole site nearly always read: names of mappings, and their keys."""
    mappings = mappings_of(deck)
    return {name: tuple(mappings[_KEPT_IN.get(name, name)]) for name in _READ_BY_ALL}


def unwatched(deck: Deck) -> str:
    """Digest of all that is read of a deck without being written down."""
    return told((deck.catalogue.exhibition, deck.catalogue.editions)).hex()


class Facts:
    """What there is to be read of a deck, by fact."""

    def __init__(self, deck: Deck) -> None:
        self._mappings = mappings_of(deck)
        self._known: dict[Fact, bytes] = {}

    def digest(self, fact: Fact) -> bytes:
        """What tells the value of this fact from any other; empty where there is none."""
        found = self._known.get(fact)
        if found is None:
            found = self._known[fact] = self._told(fact)
        return found

    def foretold(self, foreseen: Mapping[str, Iterable[Any]]) -> list[bytes]:
        """Digests of what is foreseen, in that order."""
        teller = cache(Teller)
        found: list[bytes] = []
        for name, keys in foreseen.items():
            values: Iterable[Any] = map(self._mappings[_KEPT_IN.get(name, name)].__getitem__, keys)
            said = _SAID.get(name)
            found += [told(value, teller) for value in (map(said, values) if said else values)]
        return found

    def _told(self, fact: Fact) -> bytes:
        name = fact[0]
        value: Any = self._mappings[_KEPT_IN.get(name, name)]
        for key in fact[1:]:
            if key == KEYS:
                return told(tuple(value))
            # once: some mappings find out what they are asked for
            value = value.get(key, Absent)
            if value is Absent:
                return b""
        return told(_SAID[name](value) if name in _SAID else value)


_SAID: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "entries": attrgetter("kind", "id", "source", "data"),
        BODIES: attrgetter("body", "body_line"),
        SHOWN: lambda _: 1,
        # what has no names is written down at once
        "references": lambda references: tuple(map(tuple, references)),
    }
)
"""Name of a mapping → what is told of a value in it, where that is not the value."""


def told(value: object, teller: Callable[[], Teller] = Teller) -> bytes:
    """A digest of any value that pages are made of: equal for equal values, whatever process made them."""
    if type(value) is int:
        # places in lists are a third of all facts; a number tells itself, in less room than a digest
        return str(value).encode()
    return digest_of(value, teller)
