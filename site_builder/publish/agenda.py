"""A deck and its events come in; which of them have a day, their calendar files, and what belongs to one festival go out."""

from collections import defaultdict
from collections.abc import Mapping

from site_builder.model.entry import Entry
from site_builder.publish.deck import Deck

CALENDAR = "events/calendar.ics"
_DAY = len("2024-05-06")


def has_day(entry: Entry) -> bool:
    """Whether an event says on which day it begins; a month or a year is no date in a calendar."""
    period = entry.get("period")
    return period is not None and len(period.start) == _DAY


def dated(deck: Deck) -> tuple[str, ...]:
    """Keys of the events that have a day, in list order."""
    return tuple(key for key in deck.catalogue.of_kind("event") if has_day(deck.catalogue.entries[key]))


def calendar_address(entry: Entry) -> str:
    """Where the calendar file of an event lies."""
    return f"events/{entry.id}/event.ics"


def festival_parts(deck: Deck, event: Entry) -> Mapping[str, tuple[str, ...]]:
    """Level → other events of the same series and session (市级、区局、基层), levels in the vocabulary's order."""
    data = event.data
    if not (data.series and data.session):
        return {}
    levels: dict[str, list[str]] = defaultdict(list)
    label = deck.catalogue.lexicon.label
    for key in deck.catalogue.groups[("series", data.series)]:
        other = deck.catalogue.entries[key]
        if key != event.key and other.get("session") == data.session:
            levels[label("event-levels", other.data.level) if other.data.level else ""].append(key)
    order = [term.label for term in deck.catalogue.lexicon.terms("event-levels")]
    ranked = sorted(levels, key=lambda level: (order.index(level) if level in order else len(order), level))
    return {level: tuple(levels[level]) for level in ranked}
