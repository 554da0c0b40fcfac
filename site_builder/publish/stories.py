"""A story comes in; what the theme reads on its page, beside the text that MkDocs makes of it, goes out."""

from typing import Any

from site_builder.model.entry import Entry
from site_builder.model.pages import Head
from site_builder.publish.citations import citation_of
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import crumbs_of, entry_head
from site_builder.publish.facts import source_lines
from site_builder.publish.linked import entry_described


def story_head(deck: Deck, story: Entry) -> Head:
    """The head of its page."""
    return entry_described(deck, story, head=entry_head(deck, story), crumbs=crumbs_of(deck, story))


def story_told(deck: Deck, story: Entry) -> dict[str, Any]:
    """The story itself, its card, its sources and how it is cited, under the names that templates use."""
    return {
        "story": story,
        "story_citation": citation_of(deck, story),
        "story_card": deck.cards[story.key],
        "story_sources": source_lines(deck, story.data.sources),
    }
