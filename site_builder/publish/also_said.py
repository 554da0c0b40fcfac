"""A deck and the languages of its site come in; what is said of its entries in these goes out, so that it can be searched for."""

from collections.abc import Iterable

from site_builder.catalogue.addresses import address_of
from site_builder.languages.tongues import Tongue
from site_builder.publish.deck import Deck


def also_said(deck: Deck, tongues: Iterable[Tongue]) -> dict[str, tuple[str, ...]]:
    """Key → what the entry's translations say, for the search; Traditional characters are found without it."""
    found: dict[str, tuple[str, ...]] = {}
    for tongue in tongues:
        keys = {address_of(deck.catalogue.entries[key]): key for key in deck.cards} if tongue.pages else {}
        for address, own in tongue.pages.items():
            if address in keys and tongue.language.tag != "zh-Hant":
                said = dict.fromkeys((*own.texts.values(), *(text for _, text in own.markdown)))
                found[keys[address]] = (*found.get(keys[address], ()), *said)
    return found
