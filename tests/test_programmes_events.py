"""Events: the programme of a festival by level, calendar files read back by the library, the same bytes twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from icalendar import Calendar
from pressed import page_at
from programmes import EXHIBITION
from small import deck_at, write

from site_builder.publish.calendar import calendar_files

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"url": "https://exhibition.example/show/", "published": "2025-01-02"}


def test_the_calendar_holds_every_event_with_a_day(tmp_path: Path) -> None:
    """The last day counts, too; an event of which only the month is known has no place in a calendar."""
    files = {file.address: file.content for file in calendar_files(deck_at(write(tmp_path, EXHIBITION), **SETTINGS))}
    assert set(files) == {"events/calendar.ics", "events/ke-ji-jie/event.ics"}
    (event,) = Calendar.from_ical(files["events/calendar.ics"]).walk("VEVENT")
    assert event["UID"] == "event-ke-ji-jie@exhibition.example"
    assert event.decoded("DTSTART") == date(2025, 5, 22)
    assert event.decoded("DTEND") == date(2025, 6, 3)
    assert event.decoded("DTSTAMP").isoformat() == "2025-01-02T00:00:00+00:00"
    assert event["SUMMARY"] == "样本科技节"
    assert event["LOCATION"] == "样本会场"
    assert event["URL"] == "https://exhibition.example/show/events/ke-ji-jie/"


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """With and without settings; without any the day of the event is its stamp."""
    write(tmp_path, EXHIBITION)
    first, second = (tuple(calendar_files(deck_at(tmp_path))) for _ in range(2))
    assert first == second
    (event,) = Calendar.from_ical(first[0].content).walk("VEVENT")
    assert event["UID"] == "event-ke-ji-jie@exhibition.invalid"
    assert event.decoded("DTSTAMP").date() == date(2025, 5, 22)


def test_without_a_day_there_is_no_calendar(tmp_path: Path) -> None:
    """Nor a link to one."""
    kept = {name: text for name, text in EXHIBITION.items() if name != "events/ke-ji-jie.md"}
    write(tmp_path, kept)
    assert list(calendar_files(deck_at(tmp_path))) == []
    assert ".ics" not in " ".join(link.href for link in page_at(tmp_path, "events/qu-huo-dong/").every("a"))
    assert ".ics" not in " ".join(link.href for link in page_at(tmp_path, "events/").every("a"))


def test_a_festival_shows_its_days_figures_and_the_activities_below(tmp_path: Path) -> None:
    """Those of the same series and session by level; the calendar is one link away."""
    write(tmp_path, EXHIBITION)
    view = page_at(tmp_path, "events/ke-ji-jie/")
    assert "5月22日" in view.first(css="when").text
    assert "样本开幕式" in view.text
    assert "约300人" in view.text
    assert "第二届的区局活动" in [head.text for head in view.every("h2")]
    links = [link.href for link in view.every("a")]
    assert any(href.endswith("events/ke-ji-jie/event.ics") for href in links)
    assert any(
        link.href.endswith("events/calendar.ics")
        for link in page_at(tmp_path, "events/").first(css="numbers").every("a")
    )
