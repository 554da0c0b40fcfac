"""A catalogue comes in; a deck with the card of every shown entry goes out, ready to be dealt to any page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from site_builder.catalogue.addresses import address_of, cover_address
from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.honours import Honour
from site_builder.catalogue.registry import Asked
from site_builder.catalogue.sums import RESULTS as RESULTS
from site_builder.media.cards import Hand
from site_builder.media.fonts import typefaces
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.instead import Instead
from site_builder.model.pages import Card, Image, Link, Outline
from site_builder.model.values import PersonCredit, Picture
from site_builder.model.wording import SOME, date_words, period_words, some_of
from site_builder.publish.dating import moment_of, own_date
from site_builder.publish.pictures import Known, Use, card_use, image_of, uses_of
from site_builder.publish.zooming import zoomed

SPACE = "　"
Followed = tuple[str | None, Link]
"""Key of the entry that a reference means, None for a plain name, and the link to it."""
Answer = TypeVar("Answer")
HAND = Hand(*typefaces())
"""The typefaces that come with the builder."""


@frozen
class Deck:
    """The catalogue with its cards; every publisher takes one and nothing else."""

    catalogue: Catalogue
    cards: Mapping[str, Card]
    media: Known
    """File under content/media → what it is."""
    hand: Hand = HAND
    """The typefaces of share cards, those that the exhibition brings included."""
    outlines: Mapping[str, Outline] = field(default_factory=lambda: MappingProxyType({}))
    """Of every card what it says to lists of all."""

    def deal(self, keys: Iterable[str], most: int | None = None) -> tuple[Card, ...]:
        """Cards of these keys in order, withdrawn ones left out, at most so many; behind the last of them nothing is looked up."""
        return tuple(islice(filter(None, map(self.cards.get, keys)), most))

    def shown(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of these keys that have a card; nothing is asked of what it says."""
        return tuple([key for key in keys if key in self.cards])

    def link(self, kinds: tuple[str, ...], text: str) -> Link:
        """Where a reference leads: to a page that is shown, or to none."""
        return self.followed(kinds, text)[1]

    def followed(self, kinds: tuple[str, ...], text: str) -> Followed:
        """Whom a reference means, and where it leads."""
        key = self.catalogue.registry.key_for(kinds, text)
        return key, Link(self._draft(kinds, text)) if key is None else self.link_to(key)

    def once(self, ask: "Callable[[Deck, Any], Answer]", about: Any) -> Answer:
        """What ``ask(deck, about)`` finds out; a deck that is watched asks once for all pages (``warm/reading.py``)."""
        return ask(self, about)

    def label(self, kinds: tuple[str, ...], text: str) -> str:
        """The words of that link alone, for which no card need be known."""
        key = self.catalogue.registry.key_for(kinds, text)
        return self._draft(kinds, text) if key is None else self.catalogue.entries[key].title

    def _draft(self, kinds: tuple[str, ...], text: str) -> str:
        drafts, tail = self.catalogue.registry.drafts, text.rpartition("/")[2]
        for kind in kinds:
            if title := drafts.get(f"{kind}/{tail}"):
                return title
        return text

    def link_to(self, key: str) -> Link:
        """The page of an entry; a withdrawn one is named without a link."""
        card = self.cards.get(key)
        return Link(self.catalogue.entries[key].title) if card is None else Link(card.title, card.address)

    def pictures_of(self, entry: Entry) -> tuple[Image, ...]:
        """All pictures of an entry, portrait or logo first; a missing alternative text falls back on the title."""
        site = self.catalogue.exhibition
        found = ((use, image_of(use, self.media, avif=site.avif)) for use in uses_of(entry))
        return tuple(
            (zoomed(image, use, known=self.media) if site.deep_zoom else image) for use, image in found if image
        )

    def front_of(self, entry: Entry) -> Image | None:
        """The picture on the entry's card, if it has one."""
        use = card_use(entry)
        return image_of(use, self.media, avif=self.catalogue.exhibition.avif) if use else None

    def image(self, file: str, alt: str) -> Image | None:
        """A picture of content/media that no record of pictures names, such as a step's or a hall's."""
        return image_of(Use(Picture(file=file), "whole", alt), self.media, avif=self.catalogue.exhibition.avif)


@frozen
class _Naming(Deck):
    """A deck whose cards are being made: whom they name is looked up once for all that name the same."""

    known: dict[Asked, str] = field(default_factory=dict)

    def label(self, kinds: tuple[str, ...], text: str) -> str:
        """The words of a link alone."""
        found = self.known.get((kinds, text))
        if found is None:
            found = self.known[kinds, text] = Deck.label(self, kinds, text)
        return found


def deck_of(catalogue: Catalogue, media: Known = MappingProxyType({})) -> Deck:
    """The deck of all entries that lists show."""
    bare, entries = _Naming(catalogue, MappingProxyType({}), media), catalogue.entries
    cards = {key: card_of(bare, entries[key]) for keys in catalogue.order.values() for key in keys}
    outlines = {key: _outline(bare, card) for key, card in cards.items()}
    return Deck(catalogue, MappingProxyType(cards), media, outlines=MappingProxyType(outlines))


def redealt(deck: Deck, catalogue: Catalogue, *, keys: Iterable[str]) -> Deck:
    """The deck of this catalogue, in which only these entries are others: their cards are new, and those of all that name them."""
    bare = replace(deck, catalogue=catalogue)
    concerned = {key for one in keys for key in (one, *(source for source, _ in catalogue.backlinks.get(one, ())))}
    now = with_cards(bare, {key: card_of(bare, catalogue.entries[key]) for key in concerned if key in deck.cards})
    if catalogue.order == deck.catalogue.order:
        return now
    shown = [key for keys in catalogue.order.values() for key in keys]
    return replace(
        now,
        cards=MappingProxyType({key: now.cards[key] for key in shown}),
        outlines=MappingProxyType({key: now.outlines[key] for key in shown}),
    )


def with_cards(deck: Deck, cards: Mapping[str, Card]) -> Deck:
    """The deck with these cards in the places of former ones."""
    outlines = {key: _outline(deck, card) for key, card in cards.items()}
    return replace(deck, cards=Instead(deck.cards, cards), outlines=Instead(deck.outlines, outlines))


def _outline(deck: Deck, card: Card) -> Outline:
    catalogue = deck.catalogue
    entry, published = catalogue.entries[card.key], catalogue.exhibition.published
    changed = moment_of(entry, card.year, published=published)
    return changed, own_date(entry, card.year), card.year, card.edition, card.picture is not None


def bare_card(entry: Entry) -> Card:
    """What can be said of an entry before its links are known, or when nothing else may be said: kind, address and title."""
    return Card(
        entry.key, address_of(entry), entry.kind, entry.described.label, entry.title, (), "", "", "", "", None, ""
    )


def card_of(deck: Deck, entry: Entry) -> Card:
    """The card of an entry as lists show it; of other cards nothing is asked."""
    catalogue = deck.catalogue
    honours = catalogue.honours[entry.key]
    by, people, meta = _WORDS.get(entry.kind, _plain_words)(deck, entry)
    seal = best_of([one for one in honours if one.seal]) if entry.kind in RESULTS else None
    edition = entry.get("edition")
    return Card(
        key=entry.key,
        address=address_of(entry),
        kind=entry.kind,
        kind_label=entry.described.label,
        title=entry.title,
        title_lines=tuple(entry.get("title_lines", ())),
        by=by,
        people=people,
        meta=meta,
        summary=entry.data.summary or "",
        seal=seal.seal if seal and entry.data.status != "notice" else None,
        cover=cover_address(entry),
        picture=deck.front_of(entry),
        year=entry.get("year") or best_year(honours),
        rank=catalogue.ranks[entry.key],
        edition=deck.label(("edition",), edition) if edition else "",
    )


def best_of(honours: Sequence[Honour]) -> Honour | None:
    """The best of these honours, the first of several."""
    if len(honours) < 2:
        return honours[0] if honours else None
    return min(honours, key=attrgetter("rank"))


def best_year(honours: tuple[Honour, ...]) -> int | None:
    """The year of the best dated honour."""
    best = best_of([honour for honour in honours if honour.year])
    return best.year if best else None


def organisations_of(deck: Deck, entry: Entry) -> tuple[Link, ...]:
    """The organisations behind an entry, in the order given."""
    return tuple(deck.link(("organisation",), text) for text in organisations_named(entry))


def organisations_named(entry: Entry) -> tuple[str, ...]:
    """The same as the entry names them."""
    one = entry.get("organisation")
    return (one,) if one else tuple([credit.organisation for credit in entry.get("organisations", ())])


def people_of(deck: Deck, entry: Entry) -> tuple[Link, ...]:
    """The people behind an entry in certificate order."""
    return tuple(deck.link(("craftsman",), name) for name in people_named(entry))


def people_named(entry: Entry) -> tuple[str, ...]:
    """The same as the entry names them."""
    return tuple([credit.person for credit in in_certificate_order(entry.get("people", ()))])


def in_certificate_order(credits: tuple[PersonCredit, ...]) -> tuple[PersonCredit, ...]:
    """By ``order`` where it is given, else by the place in the file."""
    orders = [credit.order for credit in credits]
    if not any(orders):  # as nearly always
        return credits
    places = [order or place for place, order in enumerate(orders, 1)]
    return tuple([credit for _, credit in sorted(zip(places, credits, strict=True), key=itemgetter(0))])


def _first_organisation(deck: Deck, entry: Entry) -> str:
    named = organisations_named(entry)
    return deck.label(("organisation",), named[0]) if named else ""


def _some_people(deck: Deck, named: tuple[str, ...]) -> str:
    """The first of them in words, and how many they are."""
    return some_of([deck.label(("craftsman",), name) for name in named[:SOME]], len(named))


def _result_words(deck: Deck, entry: Entry) -> tuple[str, str, str]:
    best = best_of(deck.catalogue.honours[entry.key])
    year = entry.data.year or (best.year if best else None)
    by = _first_organisation(deck, entry) or (deck.label(("union",), entry.data.union) if entry.data.union else "")
    return by, _some_people(deck, people_named(entry)), _joined(year, best.award if best else "")


def _craftsman_words(deck: Deck, entry: Entry) -> tuple[str, str, str]:
    best = best_of(deck.catalogue.honours[entry.key])
    return _first_organisation(deck, entry), "", _joined(entry.data.trade, best.award if best else "")


def _group_words(deck: Deck, entry: Entry) -> tuple[str, str, str]:
    by = _first_organisation(deck, entry) or entry.data.field or entry.data.region or ""
    level = entry.data.levels[0] if entry.data.levels else None
    kind = entry.get("type")
    year = f"{level.year}年" if level and level.year else ""
    return by, _some_people(deck, entry.get("leads", ())), _joined(kind, level.level if level else "", year)


def _event_words(_deck: Deck, entry: Entry) -> tuple[str, str, str]:
    period = entry.data.period
    return entry.data.place or entry.data.region or "", "", period_words(period.start, period.end) if period else ""


def _story_words(_deck: Deck, entry: Entry) -> tuple[str, str, str]:
    return entry.data.subtitle or "", "", date_words(entry.data.date)


def _plan_words(_deck: Deck, entry: Entry) -> tuple[str, str, str]:
    return "、".join(entry.data.issuers), "", _joined(entry.data.number, date_words(entry.data.date))


def _named_words(deck: Deck, entry: Entry) -> tuple[str, str, str]:
    """An award, organisation or union says what the exhibition has of it."""
    counts = (("成果", RESULTS), ("人物", ("craftsman",)), ("工作室", ("studio",)))
    found = [(label, len(deck.catalogue.sources_of(entry.key, kinds))) for label, kinds in counts]
    return entry.get("region") or "", "", SPACE.join(f"{label} {number}" for label, number in found if number)


def _plain_words(_deck: Deck, entry: Entry) -> tuple[str, str, str]:
    return entry.get("years") or "", "", ""


def _joined(*parts: object) -> str:
    return SPACE.join(str(part) for part in parts if part)


_WORDS: Mapping[str, Callable[[Deck, Entry], tuple[str, str, str]]] = MappingProxyType(
    {
        "project": _result_words,
        "method": _result_words,
        "craftsman": _craftsman_words,
        "studio": _group_words,
        "base": _group_words,
        "team": _group_words,
        "event": _event_words,
        "plan": _plan_words,
        "story": _story_words,
        "award": _named_words,
        "organisation": _named_words,
        "union": _named_words,
    }
)
