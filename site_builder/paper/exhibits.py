"""Entries come in; what print shows of each goes out: the same words as the site, each as it can be set."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card, Fact
from site_builder.model.problems import Place, Problem
from site_builder.paper.illustrations import Illustrator
from site_builder.paper.lettering import Lettering
from site_builder.publish.deck import RESULTS, SPACE, Deck, organisations_of, people_of
from site_builder.publish.facts import facts_of, figures_of, honour_lines, sections_of

_SAID_ELSEWHERE = frozenset({"展期", "奖项", "荣誉", "公布名"})
_CREDITS = frozenset({"完成单位", "主要完成人", "所在单位", "工作单位"})
"""Said under the title; in the table only where it says who did what."""


@frozen
class Press:
    """What printing draws on: the deck, the pictures, and how words are set."""

    deck: Deck
    pictures: Illustrator
    fonts: Path | None = None
    """The folder of the exhibition's own fonts."""

    @cached_property
    def words(self) -> Lettering:
        """Sets words in the fonts that the exhibition has."""
        return Lettering(self.deck.hand.sans)

    @property
    def url(self) -> str:
        """Absolute address of the site with a trailing slash; empty where it is not known."""
        return self.deck.catalogue.exhibition.url

    def address(self, entry: Entry) -> str:
        """The permanent address, absolute."""
        return f"{self.url}{address_of(entry)}"

    def exhibit(self, entry: Entry) -> dict[str, Any]:
        """What a sign or a page of the catalogue shows of an entry, as data for the designs."""
        card = self.deck.cards[entry.key]
        honours = honour_lines(self.deck, entry)
        return {
            "id": entry.key.replace("/", "-"),
            "title": self.words(entry.title),
            "lines": [self.words(line) for line in card.title_lines],
            "kicker": self.words(SPACE.join(word for word in (kind_words(entry, card), card.edition) if word)),
            "by": [self.words(link.label) for link in organisations_of(self.deck, entry)]
            or ([card.by] if card.by else []),
            "people": [self.words(link.label) for link in people_of(self.deck, entry)],
            "few": self.words(card.people),
            "meta": self.words(card.meta),
            "honours": [self.words(SPACE.join(filter(None, (line.award.label, line.words)))) for line in honours],
            "seal": {"text": card.seal.text, "rank": card.seal.rank, "shape": card.seal.shape} if card.seal else None,
            "summary": self.words(card.summary),
            "facts": [[fact.label, self.words(_values(fact))] for fact in facts_of(self.deck, entry) if _is_news(fact)],
            "figures": [asdict(figure) for figure in figures_of(entry)],
            "sections": [
                {
                    "title": part.title,
                    "text": self.words(part.markdown),
                    "points": [self.words(one) for one in part.points],
                }
                for part in sections_of(entry)
            ],
            "notice": entry.data.status == "notice",
            "picture": asdict(self.pictures.of(entry)),
            "address": self.words(_plain(self.address(entry))) if self.url else "",
            "link": self.address(entry) if self.url else "",
        }

    def missing(self, entries: Sequence[Entry]) -> tuple[Problem, ...]:
        """A warning for every character that no font has, in what print shows of these entries."""
        return tuple(
            problem
            for entry in entries
            for text in self._texts(entry)
            for problem in self.words.missing(text, Place(entry.source))
        )

    def _texts(self, entry: Entry) -> dict[str, None]:
        card = self.deck.cards[entry.key]
        links = (*organisations_of(self.deck, entry), *people_of(self.deck, entry))
        return dict.fromkeys((card.title, card.summary, card.meta, *(link.label for link in links)))


def kind_words(entry: Entry, card: Card) -> str:
    """What it is: the type of a result, else its kind."""
    types = entry.get("result_types")
    return types[0] if types and entry.kind in RESULTS else card.kind_label


def site_words(press: Press) -> Mapping[str, Any]:
    """What every print says of the exhibition itself."""
    site = press.deck.catalogue.exhibition
    return {
        "name": press.words(site.name),
        "lines": [press.words(line) for line in site.title_lines],
        "organiser": press.words(site.organiser),
        "undertaker": press.words(site.undertaker),
        "slogan": press.words(site.slogan),
        "address": press.words(_plain(site.url)),
    }


def _values(fact: Fact) -> str:
    return "、".join(f"{link.label}（{link.note}）" if link.note else link.label for link in fact.values)


def _is_news(fact: Fact) -> bool:
    if fact.label in _CREDITS:
        return any(link.note for link in fact.values)
    return fact.label not in _SAID_ELSEWHERE


def _plain(address: str) -> str:
    """An address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")
