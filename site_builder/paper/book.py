"""An edition comes in; its catalogue goes out as work for the typesetter: cover, foreword, contents, sections, lists, indexes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.media.canvas import INK, VERMILION
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem
from site_builder.model.wording import date_words
from site_builder.paper.awards import award_list
from site_builder.paper.exhibits import Press, site_words
from site_builder.paper.formats import Paper
from site_builder.paper.imprint import imprint_of
from site_builder.paper.indexes import names_index, units_index
from site_builder.paper.labels import NO_ADDRESS
from site_builder.paper.prose import blocks_of
from site_builder.paper.squares import square_of
from site_builder.paper.typesetting import Work
from site_builder.publish.halls import halls_of, results_of

CODE = 26.0
"""Side of a code in the catalogue, in millimetres."""
BLEED = 3.0
_FRONT = 12
"""Covers on the cover."""


@frozen
class BookWish:
    """How a catalogue is wanted: paper, two entries to a page, 3 mm of bleed, the list of awards alone."""

    paper: Paper
    half: bool = False
    bleed: bool = False
    awards_only: bool = False
    date: str = ""


@frozen
class Section:
    """A hall, or what is of one kind: its words, its pattern and its entries."""

    number: str
    name: str
    intro: str
    count: str
    art: str
    entries: tuple[Entry, ...]


def book_problems(press: Press, edition: Entry) -> tuple[Problem, ...]:
    """What stands in the way of printing a catalogue, and which characters cannot be set."""
    if not press.url:
        return (NO_ADDRESS,)
    return press.missing((edition, *_entries(sections_of(press, edition))))


def sections_of(press: Press, edition: Entry) -> tuple[Section, ...]:
    """Halls in their order, each entry in the first that shows it; what hangs in none follows by kind."""
    deck, placed = press.deck, set[str]()
    found = []
    for hall in halls_of(deck, edition):
        keys = [key for key in hall.keys if key not in placed]
        placed |= set(keys)
        banner = hall.banner
        entries = tuple(deck.catalogue.entries[key] for key in keys)
        count = f"{len(entries)} {banner.measure}{banner.what}"
        if entries:
            found.append(Section(banner.number, banner.name, banner.intro, count, banner.art, entries))
    rest = [key for key in results_of(deck.catalogue, edition) if key not in placed and key in deck.cards]
    for kind in dict.fromkeys(key.partition("/")[0] for key in rest):
        entries = tuple(deck.catalogue.entries[key] for key in rest if key.startswith(f"{kind}/"))
        described = kind_named(kind)
        name = f"其他{described.label}" if found else described.label
        found.append(Section("", name, "", f"{len(entries)} {described.measure}", "", entries))
    return tuple(found)


def book_work(press: Press, edition: Entry, *, wish: BookWish, workers: int = 1) -> Work:
    """All that the typesetter needs; there must be no problem that stops it."""
    sections = sections_of(press, edition)
    entries = tuple(_entries(sections))
    data = {
        "title": _title(press, edition, wish=wish),
        "site": site_words(press),
        "paper": asdict(wish.paper),
        "half": wish.half,
        "bleed": BLEED if wish.bleed else 0,
        "only_awards": wish.awards_only,
        "dated": date_words(wish.date),
        "edition": _edition(press, edition),
        "imprint": imprint_of(press, edition, entries=entries, date=wish.date),
        "sections": []
        if wish.awards_only
        else [_section(press, section, at=at) for at, section in enumerate(sections)],
        "awards": award_list(press, entries),
        "names": [] if wish.awards_only else names_index(press, entries),
        "units": [] if wish.awards_only else units_index(press, entries),
        "front": [] if wish.awards_only else [_front(entry) for entry in entries[:_FRONT]],
    }
    files = {} if wish.awards_only else dict(_files(press, sections, workers=workers))
    files["qr/edition.svg"] = _code(f"{press.url}{address_of(edition)}")
    bleed = BLEED if wish.bleed else 0.0
    return Work("catalogue", data, files, date=wish.date, fonts=press.fonts, bleed=bleed)


def _title(press: Press, edition: Entry, *, wish: BookWish) -> str:
    what = "获奖名单" if wish.awards_only else "图录"
    return press.words(f"{press.deck.catalogue.exhibition.name}　{edition.title}　{what}")


def _edition(press: Press, edition: Entry) -> Mapping[str, Any]:
    data, words = edition.data, press.words
    text = edition.body if edition.body.strip() else data.summary or ""
    return {
        "id": "edition",
        "title": words(edition.title),
        "years": words(data.years or ""),
        "theme": words(data.theme or ""),
        "organisers": [words(name) for name in data.organisers],
        "foreword": blocks_of(text, words),
        "link": f"{press.url}{address_of(edition)}",
        "numbers": [asdict(number) for number in data.numbers],
    }


def _section(press: Press, section: Section, *, at: int) -> Mapping[str, Any]:
    return {
        "number": section.number,
        "name": press.words(section.name),
        "intro": press.words(section.intro),
        "count": section.count,
        "art": f"halls/{at}.svg" if section.art else "",
        "entries": [press.exhibit(entry) for entry in section.entries],
    }


def _entries(sections: Sequence[Section]) -> Iterator[Entry]:
    for section in sections:
        yield from section.entries


def _front(entry: Entry) -> str:
    return f"front/{entry.kind}-{entry.id}.svg"


def _files(press: Press, sections: Sequence[Section], *, workers: int) -> Iterator[tuple[str, bytes]]:
    entries = tuple(_entries(sections))
    yield from press.pictures.files(entries, workers=workers).items()
    for entry in entries:
        yield f"qr/{entry.key.replace('/', '-')}.svg", _code(press.address(entry))
    for entry in entries[:_FRONT]:
        yield _front(entry), press.pictures.cover(entry)
    for at, section in enumerate(sections):
        if section.art:
            yield f"halls/{at}.svg", _drawn(section.art)


def _code(address: str) -> bytes:
    square = square_of(address, CODE)
    # an address has at most some hundred characters: `book_problems` would have told of a longer one
    return square.svg.encode() if square else b""


def _drawn(art: str) -> bytes:
    """A hall's pattern with colours of its own, for on paper there is no page to take them from."""
    svg = art.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="160" ', 1)
    drawn, accent, last = svg.rpartition('class="accent"')
    return f"{drawn}{accent}{last.replace('currentColor', VERMILION)}".replace("currentColor", INK).encode()
