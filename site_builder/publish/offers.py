"""A result with a transfer record comes in; what it offers and whom to ask, as a page may show it, goes out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.entry import Entry
from site_builder.model.naming import slug
from site_builder.model.pages import Fact, Link
from site_builder.model.programme_views import Offer
from site_builder.model.wording import sum_said
from site_builder.publish.deck import RESULTS, Deck

STATUSES = "transfer-statuses"
FOLDER = "transfer/"
OCCASION_WORDS = ("转化", "意向", "签约")
"""A figure of an event whose label has one of them is about results taken over."""


def stages(catalogue: Catalogue) -> tuple[str, ...]:
    """Labels of the stages on offer in their order: those with a rank, all where the vocabulary ranks none."""
    terms = catalogue.lexicon.terms(STATUSES)
    ranked = sorted((term.rank, at, term.label) for at, term in enumerate(terms) if term.rank is not None)
    return tuple(label for _, _, label in ranked) if ranked else tuple(term.label for term in terms)


def offer_of(deck: Deck, entry: Entry) -> Offer | None:
    """The offer of a result; None where it has no transfer record."""
    transfer = entry.get("transfer")
    if transfer is None:
        return None
    status = deck.catalogue.lexicon.label(STATUSES, transfer.status)
    on_offer = status in stages(deck.catalogue)
    rows = (
        ("方式", transfer.mode),
        ("可提供", transfer.offer),
        ("签约金额", sum_said(transfer.amount) if transfer.amount else None),
        ("说明", transfer.note),
    )
    facts = [Fact(label, (Link(words),)) for label, words in rows if words]
    if on_offer:
        facts += _ask(deck, entry)
    return Offer(status, f"{FOLDER}#{slug(status)}" if on_offer else None, tuple(facts))


def _ask(deck: Deck, entry: Entry) -> Iterator[Fact]:
    """The office that the entry names, else its union, else the exhibition's own office; never a person."""
    union = deck.link(("union",), entry.data.union) if entry.get("union") else None
    if entry.data.transfer.contact:
        yield Fact("联系", (Link(entry.data.transfer.contact),))
    elif union:
        yield Fact("联系", (union,))
    elif deck.catalogue.exhibition.contact:
        yield Fact("联系", (Link(deck.catalogue.exhibition.contact),))


def on_offer(deck: Deck) -> Mapping[str, tuple[str, ...]]:
    """Stage → keys of its results in list order; stages without any are left out."""
    label = deck.catalogue.lexicon.label
    groups: dict[str, list[str]] = defaultdict(list)
    for key in deck.catalogue.stating("transfer", RESULTS):
        groups[label(STATUSES, deck.catalogue.entries[key].data.transfer.status)].append(key)
    return {stage: tuple(groups[stage]) for stage in stages(deck.catalogue) if stage in groups}


def occasions_of(deck: Deck) -> tuple[str, ...]:
    """Events that published how much was agreed on."""
    events = ((key, deck.catalogue.entries[key].data.figures) for key in deck.catalogue.of_kind("event"))
    return tuple(key for key, figures in events if any(word in one.label for one in figures for word in OCCASION_WORDS))
