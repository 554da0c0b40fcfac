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
    assert event["UID"] == "event-ke-ji-jie.exhibition.example"
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
    assert event["UID"] == "event-ke-ji-jie.exhibition.invalid"
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


def test_activities_stand_once_on_the_page_of_their_festival(tmp_path: Path) -> None:
    """Those listed by level are not repeated as the same series; those of other sessions are."""
    other = EXHIBITION["events/qu-huo-dong.md"].replace("第二届", "第一届").replace("样本区活动", "样本旧活动")
    view = page_at(write(tmp_path, EXHIBITION | {"events/jiu-huo-dong.md": other}), "events/ke-ji-jie/")
    links = [link.href for part in view.every("section", css="group") for link in part.every("a")]
    assert sum(href.endswith("events/qu-huo-dong/") for href in links) == 1
    assert sum(href.endswith("events/jiu-huo-dong/") for href in links) == 1


REPORTS = {
    "unions/qu-ju.yml": """
name: 样本区总工会
reports:
  - {event: ke-ji-jie, plan: 是, meetings: 3, suggestions: "1,200", contests: 2, contestants: 3, workers: 500, units: 12}
  - {event: 样本别的节, plan: 是, workers: 9000}
""",
    "unions/ji-ceng.yml": """
name: 样本厂工会
reports:
  - {event: 样本科技节, plan: 否, meetings: 是, suggestions: 30, contests: 0, workers: 70}
""",
}


def test_what_unions_reported_is_added_up_on_the_page(tmp_path: Path) -> None:
    """By the festival's id or name; how many did it, the numbers summed; few persons are not told; nobody's lines left out."""
    view = page_at(write(tmp_path, EXHIBITION | REPORTS), "events/ke-ji-jie/")
    chart = view.first("figure", css="chart")
    assert chart.first(css="chart__t").text == "2 份统计表，参加职工 570 人"
    rows = [[cell.text for cell in row.every("th", "td")] for row in chart.first("tbody").every("tr")]
    assert rows == [
        ["活动计划", "1 家", ""],
        ["推进会议", "2 家", "3"],
        ["合理化建议数", "2 家", "1230"],
        ["技能比赛工种数", "1 家", "2"],
        ["技能比赛职工数", "1 家", "不足 5"],
        ["基层单位数", "1 家", "12"],
        ["参加职工数", "2 家", "570"],
    ]
    assert list(page_at(tmp_path, "events/qu-huo-dong/").every("figure", css="chart")) == []
