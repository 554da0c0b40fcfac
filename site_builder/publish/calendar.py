"""A deck comes in; calendar files go out: one of all events to subscribe to, and one of each event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile
from site_builder.publish.agenda import CALENDAR, calendar_address, dated
from site_builder.publish.deck import Deck

if TYPE_CHECKING:
    from icalendar import Event

NOWHERE = "exhibition.invalid"
"""Host of the UIDs of an exhibition without an address (RFC 2606 keeps it free)."""


def calendar_files(deck: Deck) -> Iterator[OutputFile]:
    """The files; none where no event has a day. Nothing in them comes from the clock (RFC 5545, all-day events)."""
    entries = [deck.catalogue.entries[key] for key in dated(deck)]
    if entries:
        yield OutputFile(CALENDAR, _calendar(deck, entries))
    for entry in entries:
        yield OutputFile(calendar_address(entry), _calendar(deck, [entry]))


def _calendar(deck: Deck, entries: Iterable[Entry]) -> bytes:
    from icalendar import Calendar  # a tenth of the start of every command otherwise

    exhibition = deck.catalogue.exhibition
    calendar = Calendar()
    calendar.add("prodid", "-//exhibition//events//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{exhibition.name}：活动")
    for entry in entries:
        calendar.add_component(_event(deck, entry, exhibition=exhibition))
    return bytes(calendar.to_ical())


def _event(deck: Deck, entry: Entry, *, exhibition: Exhibition) -> "Event":
    from icalendar import Event

    data, card = entry.data, deck.cards[entry.key]
    start = date.fromisoformat(data.period.start)
    end = date.fromisoformat(data.period.end) if data.period.end and len(data.period.end) == 10 else start
    event = Event()
    host = exhibition.url.partition("://")[2].partition("/")[0] or NOWHERE
    event.add("uid", f"{entry.kind}-{entry.id}.{host}")  # no “@”: harvesters and scanners would take it for mail
    event.add("dtstamp", _stamp(entry, exhibition))
    event.add("dtstart", start)
    event.add("dtend", max(start, end) + timedelta(days=1))
    event.add("summary", entry.title)
    for name, words in (("location", data.place), ("description", data.summary or data.theme)):
        if words:
            event.add(name, words)
    if exhibition.url:
        event.add("url", f"{exhibition.url}{card.address}")
    return event


def _stamp(entry: Entry, exhibition: Exhibition) -> datetime:
    """When this was last said: the entry's own day, else the exhibition's, else the day of the event."""
    days = (entry.data.updated, exhibition.published, entry.data.period.start)
    day = next(day for day in days if day and len(day) == 10)
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
