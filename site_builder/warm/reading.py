"""A deck comes in; the same deck goes out with a notebook in which everything that is read of it is written down.

A *fact* is one thing that can be read: the value under a key of one of the deck's mappings, or the keys of a whole mapping. What is
made from facts alone is the same as before where the digest of every fact that was read is the same as before. The text of an entry is
a fact beside the entry itself, for most edits concern nothing else.
"""

import copyreg
import hashlib
import io
import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from site_builder.model.entry import Entry
from site_builder.model.pages import Card
from site_builder.publish.deck import Deck

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
)
_REGISTRY = ("entries", "names", "drafts", "references", "meant")
_LEXICON = ("vocabularies", "spellings")
_DECK = ("cards", "outlines", "media")
BODIES = "bodies"
"""Key → the text of an entry, with its place in the file: no mapping of the deck, but read as if it were one."""
_READ_BY_ALL = ("entries", BODIES, "cards", "outlines", "facets", "honours", "ranks", "groups", "sources", "backlinks")
"""Mappings whose every value some page reads, or nearly."""
SHOWN = "shown"
"""Key → whether there is a card: for lists that are long, and name, and say nothing of each."""
NESTED = frozenset({"positions", "neighbours", "turns", "spellings"})
"""Mappings of mappings, of which single values are read."""


class _Numbers(dict[Any, int]):
    """Keys of one mapping → numbers of the facts that they are; one that is asked for first gets the next number."""

    def __init__(self, name: Fact, facts: list[Fact]) -> None:
        super().__init__()
        self._name = name
        self._facts = facts

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self._facts)
        self._facts.append((*self._name, key))
        return number


@dataclass
class Notebook:
    """All facts that were ever read, in order, and the numbers of those read since it was opened last.

    Every mention of anything on any page passes through here, so that a fact is a small number as early as can be.
    """

    facts: list[Fact] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    _numbers: dict[Fact, _Numbers] = field(default_factory=dict)

    def opened(self) -> None:
        """A new page; what is read from now on stands there."""
        self.read.clear()

    def numbers(self, name: Fact) -> _Numbers:
        """The numbers of the facts of this mapping."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = _Numbers(name, self.facts)
        return found


class Watched(Mapping[Any, Any]):
    """A mapping that writes down what is read of it."""

    __slots__ = ("_notebook", "_numbers", "_read", "name", "of")

    def __init__(self, of: Mapping[Any, Any], name: Fact, *, notebook: Notebook) -> None:
        self.of = of
        self.name = name
        self._notebook = notebook
        self._numbers = notebook.numbers(name)
        self._read = notebook.read

    def __getitem__(self, key: Any) -> Any:
        self._read.add(self._numbers[key])
        return self.of[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """As of any mapping; that there is nothing is a fact, too."""
        self._read.add(self._numbers[key])
        return self.of.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._read.add(self._numbers[key])
        return key in self.of

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

    __slots__ = ("_bodies", "_outlined")

    def __init__(self, of: Mapping[str, Entry], name: Fact, *, notebook: Notebook) -> None:
        super().__init__(of, name, notebook=notebook)
        self._bodies = notebook.numbers((BODIES,))
        self._outlined: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        self._read.add(self._numbers[key])
        found = self._outlined.get(key)
        if found is None:
            found = self._outlined[key] = Outlined(self.of[key], partial(self._noted, key))
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """As of any mapping."""
        if key in self.of:
            return self[key]
        self._read.add(self._numbers[key])
        return default

    def _noted(self, key: str) -> None:
        self._read.add(self._bodies[key])


class _WatchedCards(Watched):
    """The cards; whether there is one is asked apart."""

    __slots__ = ("_shown",)

    def __init__(self, of: Mapping[str, Card], name: Fact, *, notebook: Notebook) -> None:
        super().__init__(of, name, notebook=notebook)
        self._shown = notebook.numbers((SHOWN,))

    def __contains__(self, key: object) -> bool:
        self._read.add(self._shown[key])
        return key in self.of


def watched(deck: Deck, notebook: Notebook) -> Deck:
    """The same deck; settings, the order of editions and typefaces are not watched, for they concern every page (``unwatched``)."""
    catalogue = deck.catalogue

    def watching(owner: Any, names: Iterable[str]) -> dict[str, Any]:
        return {
            name: (_WatchedMappings if name in NESTED else Watched)(getattr(owner, name), (name,), notebook=notebook)
            for name in names
        }

    return replace(
        deck,
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
    )


def mappings_of(deck: Deck) -> dict[str, Mapping[Any, Any]]:
    """Every mapping of which facts are, by name."""
    catalogue = deck.catalogue
    owners = ((catalogue, _CATALOGUE), (catalogue.registry, _REGISTRY), (catalogue.lexicon, _LEXICON), (deck, _DECK))
    return {name: getattr(owner, name) for owner, names in owners for name in names}


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

    def foretold(self) -> Mapping[Fact, bytes]:
        """Digests of what pages of a whole site nearly always read."""
        for name in _READ_BY_ALL:
            for key in self._mappings["entries" if name == BODIES else name]:
                self.digest((name, key))
        return self._known

    def know(self, foretold: Mapping[Fact, bytes]) -> None:
        """Takes digests over that were told of the same deck."""
        self._known.update(foretold)

    def _told(self, fact: Fact) -> bytes:
        name = fact[0]
        if name in (BODIES, "entries") and fact[1] != KEYS:
            entry = self._mappings["entries"].get(fact[1])
            return (_text_told if name == BODIES else _outline_told)(entry) if entry else b""
        if name == SHOWN:
            return b"1" if fact[1] in self._mappings["cards"] else b""
        value: Any = self._mappings[name]
        for key in fact[1:]:
            if key == KEYS:
                return told(tuple(value))
            if key not in value:
                return b""
            value = value[key]
        return told(value)


def _text_told(entry: Entry) -> bytes:
    return told((entry.body, entry.body_line))


def _outline_told(entry: Entry) -> bytes:
    return told((entry.kind, entry.id, entry.source, entry.data))


def told(value: object) -> bytes:
    """A digest of any value that pages are made of: equal for equal values, whatever process made them."""
    if type(value) is int:
        # places in lists are a third of all facts; a number tells itself, in less room than a digest
        return str(value).encode()
    return digest_of(value, Teller)


def digest_of(value: object, teller: Any) -> bytes:
    """The same, by whoever tells what cannot be written down at once."""
    content: Any
    try:
        # most values are names, which are written down in a tenth of the time; no version after this one leaves identity out
        content = marshal.dumps(value, 2)  # type: ignore[arg-type]  # what it cannot write down it refuses
    except ValueError:
        file = io.BytesIO()
        one = teller(file=file)
        one.fast = True  # whether two parts of a value are one object must leave no trace
        one.dump(value)
        content = file.getbuffer()
    return hashlib.blake2b(content, digest_size=16).digest()


def _dictionary(proxy: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return dict, (dict(proxy),)


# a table and not ``reducer_override``, which would be asked about every object there is
PLAIN = MappingProxyType(copyreg.dispatch_table | {MappingProxyType: _dictionary})
"""How pickle writes what it does not know by itself: read-only mappings as dictionaries."""


class Teller(pickle.Pickler):
    """Writes a value down, read-only mappings as dictionaries."""

    dispatch_table = PLAIN

    def __init__(self, *, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
