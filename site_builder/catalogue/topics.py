"""A catalogue comes in; its topics (regions and industries, as entries name them) and their addresses go out."""

from site_builder.catalogue.catalogue import TOPICS, Catalogue
from site_builder.model.frozen import frozen
from site_builder.model.institutions import Term
from site_builder.model.naming import slug

_FOLDERS = frozenset(folder for _, folder, _ in TOPICS)


@frozen
class Topic:
    """A region or an industry that entries name, described where the vocabulary has it."""

    facet: str
    folder: str
    kicker: str
    label: str
    slug: str
    intro: str
    motifs: tuple[str, ...]
    parent: str | None
    rank: int

    @property
    def address(self) -> str:
        """``industries/power/``."""
        return f"{self.folder}/{self.slug}/"


def topics_of(catalogue: Catalogue, facet: str) -> tuple[Topic, ...]:
    """The topics of a facet in the vocabulary's order, others after by name."""
    folder, kicker = next((folder, kicker) for name, folder, kicker in TOPICS if name == facet)
    terms = catalogue.lexicon.terms(folder)
    places = {term.label: at for at, term in enumerate(terms)}
    labels = sorted(
        (label for name, label in catalogue.groups if name == facet),
        key=lambda label: (places.get(label, len(places)), label),
    )
    found = []
    for label in labels:
        term = catalogue.lexicon.term(folder, label)
        found.append(
            Topic(
                facet=facet,
                folder=folder,
                kicker=kicker,
                label=label,
                slug=_slug(catalogue, term, label=label),
                intro=(term.intro or "") if term else "",
                motifs=term.motifs if term else (),
                parent=term.parent if term else None,
                rank=places.get(label, len(places)),
            )
        )
    return tuple(found)


def named_topic(catalogue: Catalogue, vocabulary: str, *, text: str) -> tuple[str, str | None]:
    """Label and page of what a field of that vocabulary names; no page unless it is a region or an industry."""
    term = catalogue.lexicon.term(vocabulary, text)
    label = term.label if term else text
    return label, f"{vocabulary}/{_slug(catalogue, term, label=label)}/" if vocabulary in _FOLDERS else None


def _slug(catalogue: Catalogue, term: Term | None, *, label: str) -> str:
    """The vocabulary's id; a label that no vocabulary lists gets a digest, for 山西 and 陕西 sound alike."""
    return term.id if term and term.id else catalogue.spelt.get(label) or slug(label, distinct=True)
