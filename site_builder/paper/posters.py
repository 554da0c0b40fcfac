"""Entries come in; a poster of each, drawn as for the share pictures but in vectors and as large as the paper, goes out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from site_builder.media.posters import POSTER, WINDOW, poster_svg
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem
from site_builder.paper.exhibits import Press, site_words
from site_builder.paper.labels import NO_ADDRESS
from site_builder.paper.typesetting import Work
from site_builder.publish.cards import card_brief


@frozen
class PosterWish:
    """On which paper, in millimetres, and the day that the file bears."""

    width: float
    height: float
    date: str = ""


def poster_problems(press: Press, entries: Sequence[Entry]) -> tuple[Problem, ...]:
    """What stands in the way of printing these posters, and which characters cannot be set."""
    return press.missing(entries) if press.url else (NO_ADDRESS,)


def poster_work(press: Press, entries: Sequence[Entry], *, wish: PosterWish, workers: int = 1) -> Work:
    """All that the typesetter needs; photographs go in as they can be printed, all else as outlines."""
    exhibits = [press.exhibit(entry) for entry in entries]
    data = {
        "title": f"海报：{press.words(press.deck.catalogue.exhibition.name)}",
        "site": site_words(press),
        "width": wish.width,
        "height": wish.height,
        "sheet": POSTER,
        "window": WINDOW,
        "exhibits": exhibits,
    }
    files = press.pictures.files([entry for entry in entries if not press.pictures.of(entry).drawn], workers=workers)
    return Work("posters", data, {**files, **dict(_drawings(press, entries))}, date=wish.date, fonts=press.fonts)


def _drawings(press: Press, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        name = Path("posters", f"{entry.key.replace('/', '-')}.svg").as_posix()
        yield name, poster_svg(card_brief(press.deck, entry), press.deck.hand, told="扫码看展品").encode()
