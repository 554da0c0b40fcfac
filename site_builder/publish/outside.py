"""A deck comes in; all files that are read outside the exhibition's own pages go out: identifiers, feeds, manifests."""

from collections.abc import Iterator

from site_builder.catalogue.addresses import IDENTIFIERS
from site_builder.model.pages import OutputFile
from site_builder.publish.deck import Deck
from site_builder.publish.feeds import feed_files
from site_builder.publish.identifiers import identifier_file_at
from site_builder.publish.iiif import collections, manifest_files


def gathering_files(deck: Deck, *, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """Every ``of``-th of those of which there are many from ``part`` on, but identifiers; the last part makes the collections as well.

    Identifiers say one entry each: an entry that stands in several feeds leaves those of others as they are.
    """
    yield from feed_files(deck, part=part, of=of)
    yield from manifest_files(deck, part=part, of=of)
    if part == of - 1:
        yield from collections(deck)


def outside_file_at(deck: Deck, address: str) -> OutputFile | None:
    """What the preview shows at an address without having made all of them."""
    return identifier_file_at(deck, address) if address.startswith(IDENTIFIERS) else None
