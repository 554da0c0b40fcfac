"""Entries and a size come in; their labels or signs, each with a code that leads to its page, go out as work for the typesetter."""

from collections.abc import Sequence
from dataclasses import asdict

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.paper.exhibits import Press, site_words
from site_builder.paper.formats import Sign
from site_builder.paper.squares import Square, square_of
from site_builder.paper.typesetting import Work

SETTINGS = "mkdocs.yml"
NO_ADDRESS = Problem(
    "settings",
    Place(SETTINGS, ("site_url",)),
    "没有网站的地址，二维码没有去处",
    "在 mkdocs.yml 里写 site_url，如 site_url: https://zhan.example.org/，或设环境变量 EXHIBITION_URL",
)


@frozen
class LabelWish:
    """How labels are wanted: which sign, one a page or on sheets of A4, with cut marks or without."""

    sign: Sign
    single: bool = False
    marks: bool = True
    date: str = ""


def label_problems(press: Press, entries: Sequence[Entry], *, sign: Sign) -> tuple[Problem, ...]:
    """What stands in the way of printing these labels, and which characters cannot be set."""
    if not press.url:
        return (NO_ADDRESS,)
    fine = [
        Problem(
            "settings",
            Place(entry.source),
            f"地址太长，{sign.name}上的二维码会小得扫不出：{press.address(entry)}",
            "用大一些的尺寸，或给网站换短一些的地址",
        )
        for entry in entries
        if _square(press, entry, sign=sign) is None
    ]
    return (*fine, *press.missing(entries))


def label_work(press: Press, entries: Sequence[Entry], *, wish: LabelWish, workers: int = 1) -> Work:
    """All that the typesetter needs; there must be no problem that stops it."""
    exhibits = [press.exhibit(entry) for entry in entries]
    squares = {entry.key: _square(press, entry, sign=wish.sign) for entry in entries}
    codes = {
        f"qr/{key.replace('/', '-')}.svg": square.svg.encode() for key, square in squares.items() if square is not None
    }
    pictures = press.pictures.files(entries, workers=workers) if wish.sign.design in {"board", "sign"} else {}
    data = {
        "title": f"{wish.sign.name}：{press.words(press.deck.catalogue.exhibition.name)}",
        "site": site_words(press),
        "sign": asdict(wish.sign),
        "single": wish.single,
        "marks": wish.marks,
        "exhibits": exhibits,
    }
    return Work("labels", data, {**codes, **pictures}, date=wish.date, fonts=press.fonts)


def _square(press: Press, entry: Entry, *, sign: Sign) -> Square | None:
    return square_of(press.address(entry), sign.square, module=sign.module)
