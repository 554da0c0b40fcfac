"""Ids, names, conditions, an edition or a hall come in; the entries that are meant go out, or a refusal that says how to name them."""

from collections.abc import Iterator

import click

from site_builder.catalogue.conditions import conditions_in
from site_builder.commands.show import entries_named
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.guesses import perhaps
from site_builder.publish.deck import Deck
from site_builder.publish.halls import HungHall, halls_of, results_of

HUNG = ("project", "method", "craftsman", "studio", "base", "team")
"""Kinds that hang in halls and have labels."""


@frozen
class Choice:
    """Which entries an editor asked for; conditions narrow what the others name."""

    names: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    edition: str = ""
    hall: str = ""


def chosen(deck: Deck, choice: Choice) -> tuple[Entry, ...]:
    """The entries in the order of the hall, the edition or the names; each once."""
    if not (choice.names or choice.where or choice.edition or choice.hall):
        raise click.UsageError("没有说印哪些：写编号或名称，或用 --edition、--hall、--where")
    said = conditions_in(" ".join(choice.where))
    if said.faults:
        raise click.UsageError("；".join(said.faults))
    keys = dict.fromkeys(_named(deck, choice))
    met = deck.catalogue.select(said.where, keys) if said.where else tuple(keys)
    entries = tuple(deck.catalogue.entries[key] for key in met if key in deck.cards)[: said.limit]
    if not entries:
        raise click.ClickException("没有合条件的条目，什么都没有写")
    return entries


def edition_named(deck: Deck, text: str) -> Entry:
    """The edition of that id or title."""
    editions = [deck.catalogue.entries[key] for key in deck.catalogue.editions]
    for edition in editions:
        if text in (edition.id, edition.title):
            return edition
    known = [edition.id for edition in editions]
    raise click.UsageError(f"没有展期“{text}”。{perhaps(text, known)}有：{'、'.join(known)}")


def _named(deck: Deck, choice: Choice) -> Iterator[str]:
    if choice.names:
        for name in choice.names:
            yield from (entry.key for entry in _entries_named(deck, name))
    elif choice.hall:
        yield from _hall_named(deck, choice).keys
    elif choice.edition:
        edition = edition_named(deck, choice.edition)
        yield from results_of(deck.catalogue, edition)
    else:
        yield from deck.catalogue.of_kind(*HUNG)


def _entries_named(deck: Deck, name: str) -> tuple[Entry, ...]:
    found = tuple(entry for entry in entries_named(deck.catalogue, name) if entry.key in deck.cards)
    if not found:
        known = [key.partition("/")[2] for key in deck.cards]
        raise click.UsageError(f"没有编号或名称为“{name}”的展品。{perhaps(name, known)}")
    return found


def _hall_named(deck: Deck, choice: Choice) -> HungHall:
    """A hall by its id, its edition and id, or its name."""
    editions = (
        [edition_named(deck, choice.edition)]
        if choice.edition
        else [deck.catalogue.entries[key] for key in deck.catalogue.editions]
    )
    halls = [hall for edition in editions for hall in halls_of(deck, edition)]
    found = [
        hall
        for hall in halls
        if choice.hall in (hall.banner.code, hall.banner.code.partition("/")[2], hall.banner.name)
    ]
    if not found:
        known = [hall.banner.code for hall in halls]
        raise click.UsageError(f"没有展厅“{choice.hall}”。{perhaps(choice.hall, known)}有：{'、'.join(known)}")
    if len(found) > 1:
        several = "、".join(hall.banner.code for hall in found)
        raise click.UsageError(f"“{choice.hall}”有几个：{several}。写全，或用 --edition 指明展期")
    return found[0]
