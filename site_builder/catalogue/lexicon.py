"""Vocabulary entries come in; a lexicon that knows every spelling of every term goes out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.institutions import Term, Vocabulary
from site_builder.model.naming import slug

TOPICS: tuple[tuple[str, str, str], ...] = (("industry", "industries", "行业"), ("region", "regions", "地区"))
"""Facet, vocabulary (and folder), label: labels of these facets have a page each."""


@frozen
class Lexicon:
    """All vocabularies of an exhibition."""

    vocabularies: Mapping[str, Vocabulary]
    spellings: Mapping[str, Mapping[str, Term]]
    """Vocabulary → label, alias or id → term."""
    slugs: Mapping[str, str]
    """Label of a topic that no vocabulary gives an id → its id; kept, for the dictionary of pinyin takes longer to load than a page
    to make."""

    def term(self, vocabulary: str, text: str) -> Term | None:
        """The term a text means, or None."""
        return self.spellings.get(vocabulary, MappingProxyType({})).get(text)

    def label(self, vocabulary: str | None, text: str) -> str:
        """The term's own label for any of its spellings; other text stays as it is."""
        found = self.term(vocabulary, text) if vocabulary else None
        return found.label if found else text

    def id_of(self, vocabulary: str, label: str) -> str:
        """The id in addresses: the vocabulary's, else one that stands for this label alone, for 山西 and 陕西 sound alike."""
        return self.given_id(vocabulary, label) or self.slugs.get(label) or slug(label, distinct=True)

    def given_id(self, vocabulary: str, label: str) -> str | None:
        """The id that the vocabulary gives; None where it has none for this label."""
        term = self.term(vocabulary, label)
        return term.id if term else None

    def terms(self, vocabulary: str) -> tuple[Term, ...]:
        """The terms in the order of the file."""
        found = self.vocabularies.get(vocabulary)
        return found.terms if found else ()

    def with_parents(self, vocabulary: str, text: str) -> tuple[str, ...]:
        """The term's label and those of all terms above it: 江苏无锡 → (江苏无锡, 江苏)."""
        labels: list[str] = []
        label: str | None = self.label(vocabulary, text)
        while label and label not in labels:
            labels.append(label)
            found = self.term(vocabulary, label)
            label = self.label(vocabulary, found.parent) if found and found.parent else None
        return tuple(labels)


def lexicon_of(entries: Iterable[Entry]) -> Lexicon:
    """The lexicon of all vocabulary entries."""
    vocabularies = {entry.id: entry.data for entry in entries if entry.kind == "vocabulary"}
    spellings = {
        name: {
            word: term
            for term in reversed(vocabulary.terms)
            for word in (*term.aliases, *((term.id,) if term.id else ()), term.label)
        }
        for name, vocabulary in vocabularies.items()
    }
    return Lexicon(MappingProxyType(vocabularies), MappingProxyType(spellings), MappingProxyType({}))


def with_topics(lexicon: Lexicon, named: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon with ids for all topics among these facets and labels that have none."""
    folders = {facet: folder for facet, folder, _ in TOPICS}
    missing = [label for facet, label in named if facet in folders and not lexicon.given_id(folders[facet], label)]
    return replace(lexicon, slugs=MappingProxyType({label: slug(label, distinct=True) for label in missing}))
