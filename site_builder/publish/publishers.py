"""A deck comes in; the plans of all pages of the exhibition go out."""

from collections.abc import Iterator

from site_builder.model.pages import PagePlan
from site_builder.publish import awards, editions, entries, home, lists, topics
from site_builder.publish.deck import Deck

PUBLISHERS = (home.publish, editions.publish, entries.publish, awards.publish, lists.publish, topics.publish)


def page_plans(deck: Deck) -> Iterator[PagePlan]:
    """Every page that the press makes, publisher by publisher."""
    for publish in PUBLISHERS:
        yield from publish(deck)
