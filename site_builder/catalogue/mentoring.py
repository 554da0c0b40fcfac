"""A catalogue comes in; who learnt from whom goes out, as a forest in which each person stands once."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.rings import open_rings
from site_builder.model.frozen import frozen

PERSON = ("craftsman",)


@frozen
class Learner:
    """A person in a line: the key of the entry, or a name that stands alone."""

    name: str
    key: str | None = None
    beside: str = ""
    """Key of the entry that gives the plain name: homonyms are never taken for one person."""


@frozen
class Mentoring:
    """All lines: where each begins, and who learnt from whom."""

    roots: tuple[Learner, ...]
    apprentices: Mapping[Learner, tuple[Learner, ...]]


def mentoring(catalogue: Catalogue) -> Mentoring:
    """From both fields, 师傅 and 徒弟; who names two masters stands with the one in their own file."""
    master: dict[Learner, Learner] = {}
    for key in catalogue.of_kind("craftsman"):
        entry = catalogue.entries[key]
        if entry.data.mentor:
            master[Learner(entry.title, key)] = _learner(catalogue, entry.data.mentor, beside=key)
    for key in catalogue.of_kind("craftsman"):
        entry = catalogue.entries[key]
        for text in entry.data.apprentices:
            master.setdefault(_learner(catalogue, text, beside=key), Learner(entry.title, key))
    open_rings(master)
    below: dict[Learner, list[Learner]] = defaultdict(list)
    for learner, of in master.items():
        below[of].append(learner)
    places = catalogue.positions["", ""]
    roots = sorted(
        (one for one in below if one not in master), key=lambda one: (places.get(one.key or one.beside, -1), one.name)
    )
    return Mentoring(tuple(roots), MappingProxyType({one: tuple(found) for one, found in below.items()}))


def _learner(catalogue: Catalogue, text: str, *, beside: str) -> Learner:
    key = catalogue.registry.key_for(PERSON, text)
    shown = key is not None and key in catalogue.facets
    title = catalogue.entries[key].title if key else text
    return Learner(title, key) if shown else Learner(title, None, beside)
