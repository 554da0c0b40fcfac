"""An entry comes in; when it was last said and what day it stands for go out, from its own data, never from the clock."""

from site_builder.model.entry import Entry

_DAY = len("2024-05-06")
_MIDNIGHT = "T00:00:00+08:00"
"""Dates of the content are days in China."""


def day_of(entry: Entry, *, published: str) -> str:
    """The day (ISO) it was last said: its own, else the exhibition's; empty where neither is known."""
    updated = entry.data.updated or ""
    return updated if len(updated) == _DAY else published


def own_date(entry: Entry, year: int | None) -> str:
    """The date of what it is about, as precise as known: day of a story or event, year of a result or honour."""
    period = entry.get("period") if entry.kind == "event" else None
    return str(entry.get("date") or (period.start if period else "") or entry.get("opening") or year or "")


def moment(day: str) -> str:
    """A date of any precision as a moment (RFC 3339): the first of what it names."""
    return f"{day}-01-01"[:_DAY] + _MIDNIGHT if len(day) == 4 else f"{day}-01"[:_DAY] + _MIDNIGHT


def moment_of(entry: Entry, year: int | None, *, published: str) -> str:
    """When a feed says the entry changed; empty where no date at all is known."""
    day = day_of(entry, published=published) or entry.data.updated or own_date(entry, year)
    return moment(day) if day else ""
