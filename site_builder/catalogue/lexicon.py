"""Vocabulary entries come in; a lexicon that knows every spelling of every term goes out."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.institutions import Term, Vocabulary

_NONE: Mapping[str, Term] = MappingProxyType({})


@frozen
class Lexicon:
    """All vocabularies of an exhibition."""

    vocabularies: Mapping[str, Vocabulary]
    spellings: Mapping[str, Mapping[str, Term]]
    """Vocabulary → label, alias or id → term."""

    def term(self, vocabulary: str, text: str) -> Term | None:
        """The term a text means, or None."""
        return self.spellings.get(vocabulary, _NONE).get(text)

    def label(self, vocabulary: str | None, text: str) -> str:
        """The term's own label for any of its spellings; other text stays as it is."""
        found = self.term(vocabulary, text) if vocabulary else None
        return found.label if found else text

    def terms(self, vocabulary: str) -> tuple[Term, ...]:
        """The terms in the order of the file."""
        found = self.vocabularies.get(vocabulary)
        return found.terms if found else ()

    def with_parents(self, vocabulary: str, text: str) -> tuple[str, ...]:
        """The term's label and those of all terms above it: 江苏无锡 → (江苏无锡, 江苏)."""
        term = self.term(vocabulary, text)
        if term is None:
            return (text,) if text else ()
        if not term.parent:
            return (term.label,)
        labels: list[str] = []
        label: str | None = term.label
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
    return Lexicon(MappingProxyType(vocabularies), MappingProxyType(spellings))
