"""Entries come in; the list of who won what goes out: award by award, grade by grade, as the site shows it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from site_builder.model.entry import Entry
from site_builder.model.pages import Card
from site_builder.paper.exhibits import Press
from site_builder.publish.deck import organisations_of, people_of


def award_list(press: Press, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Awards with most winners first, grades from high to low, winners in the order of the catalogue.

    Entries whose notice period runs have won nothing yet and are left out.
    """
    deck = press.deck
    won: dict[str, dict[tuple[int, str], dict[str, Entry]]] = defaultdict(lambda: defaultdict(dict))
    for entry in entries:
        if entry.data.status != "notice":
            for honour in deck.catalogue.honours[entry.key]:
                won[honour.key or honour.award][honour.rank, honour.grade or ""][entry.key] = entry
    ranked = sorted(won.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0]))
    return [
        {
            "award": press.words(deck.catalogue.entries[award].title if award in deck.catalogue.entries else award),
            "count": sum(map(len, grades.values())),
            "grades": [
                {
                    "grade": press.words(grade),
                    "rows": [_row(press, entry, card=deck.cards[key]) for key, entry in winners.items()],
                }
                for (_, grade), winners in sorted(grades.items())
            ],
        }
        for award, grades in ranked
    ]


def _row(press: Press, entry: Entry, *, card: Card) -> dict[str, Any]:
    return {
        "id": entry.key.replace("/", "-"),
        "title": press.words(card.title),
        "by": press.words("、".join(link.label for link in organisations_of(press.deck, entry)) or card.by),
        "people": press.words("、".join(link.label for link in people_of(press.deck, entry))),
    }
