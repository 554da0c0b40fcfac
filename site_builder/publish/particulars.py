"""An entry comes in; what only its kind has goes out: an offer, a studio's cycle and ledgers, drawings of steps."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from site_builder.catalogue.cycles import Cycle, cycle_of, may_end
from site_builder.model.entry import Entry
from site_builder.model.pages import Card, Image, Link
from site_builder.model.programme_views import CyclePlace, CycleStep, LedgerView, Part
from site_builder.model.wording import date_words
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.offers import offer_of
from site_builder.publish.participation import participation_of
from site_builder.publish.rolls import lower_unions, own_numbers, roll_link, roll_of
from site_builder.publish.timeline import editions_of

LEDGERS = (("results_ledger", "创新成果台账"), ("activities", "日常活动台账"))
OPEN_LINES = 30
"""Lines of a ledger that stand open; whole years, so that it may be a few more."""


def part_of(deck: Deck, entry: Entry, *, results: Iterable[Card]) -> Part:
    """What the page of this entry has beyond what all have; ``results`` are those that name it (``results_about``)."""
    roll = roll_of(deck, entry) if entry.kind == "union" else ()
    return Part(
        offer=offer_of(deck, entry),
        cycle=_cycle_place(deck, entry) if entry.kind == "studio" else None,
        ledgers=_ledgers(deck, entry) if entry.kind == "studio" else (),
        numbers=own_numbers(roll),
        lower=lower_unions(deck, entry, parts=roll) if entry.kind == "union" else None,
        roll=roll_link(deck, entry, parts=roll) if roll else None,
        editions=editions_of(deck, results),
        drawings=_drawings(deck, entry) if entry.kind == "method" else (),
        participation=participation_of(deck, entry) if entry.kind == "event" else None,
    )


def rule_words(years: int, ends: bool) -> str:
    """The cycle in plain words; ``ends`` where a bad outcome takes the title away."""
    every = "每年" if years == 1 else f"每 {years} 年"
    return f"命名以后{every}考核一次{'，不达标的不再保留称号' if ends else ''}。"


def _cycle_place(deck: Deck, studio: Entry) -> CyclePlace | None:
    cycle = cycle_of(deck.catalogue, studio)
    if cycle is None or not (cycle.named or cycle.reviews):
        return None
    words = rule_words(cycle.years, may_end(deck.catalogue.entries[cycle.award]))
    return CyclePlace(_steps(cycle), words, deck.link_to(cycle.award), cycle.demand.basis)


def _steps(cycle: Cycle) -> tuple[CycleStep, ...]:
    steps = [CycleStep("命名", f"{cycle.named}年")] if cycle.named else []
    steps += [CycleStep("考核", f"{year}年", outcome) for year, outcome in cycle.reviews]
    if cycle.due:
        steps.append(CycleStep("届满", f"{cycle.due}年", "届满后考核", coming=True))
    return tuple(steps)


def _ledgers(deck: Deck, studio: Entry) -> tuple[LedgerView, ...]:
    found = []
    for field, title in LEDGERS:
        lines = studio.get(field, ())
        if lines:
            years, shown = _by_year(deck, lines), 0
            fold = len(years)
            for at, (_, inside) in enumerate(years):
                if shown >= OPEN_LINES:
                    fold = at
                    break
                shown += len(inside)
            found.append(LedgerView(title, len(lines), years[:fold], years[fold:]))
    return tuple(found)


def _by_year(deck: Deck, lines: tuple[Any, ...]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    years: dict[str, list[Link]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: one.date, reverse=True):
        year = date_words(line.date[:4])
        address = deck.link(("project", "method"), line.project).address if line.project else None
        day = date_words(line.date).removeprefix(year)
        years[year].append(Link(line.title, address, SPACE.join(word for word in (day, line.note) if word)))
    return tuple((year, tuple(inside)) for year, inside in years.items())


def _drawings(deck: Deck, method: Entry) -> tuple[Image | None, ...]:
    steps = method.data.steps
    if not any(step.picture for step in steps):
        return ()
    return tuple(
        deck.image(step.picture, f"第 {at} 步：{step.title or step.text}") if step.picture else None
        for at, step in enumerate(steps, 1)
    )
