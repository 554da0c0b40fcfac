"""A brief comes in; the making of its card, square and poster goes out, to be kept under what they depend on."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from site_builder.media.cards import CARD_WINDOW, SQUARE_WINDOW, CardBrief, Hand, card_svg, colours_of, square_svg
from site_builder.media.cropping import crop_box
from site_builder.media.posters import WINDOW, poster_svg
from site_builder.media.store import Making, key_of
from site_builder.model.frozen import frozen

_CODE = ("canvas", "cards", "compositions*", "covers", "fonts", "lettering", "motifs_*", "posters", "raster", "sharing")


@frozen
class _Form:
    """One of the pictures: name, scale from units to pixels, window of the cover, most bytes of drawing and photograph."""

    name: str
    scale: float
    window: tuple[int, int, int, int]
    most: tuple[int, int]


_FORMS = (
    _Form("card", 1.0, CARD_WINDOW, (40_000, 60_000)),
    _Form("square", 2 / 3, SQUARE_WINDOW, (15_000, 24_000)),
    _Form("poster", 1.0, WINDOW, (120_000, 160_000)),
)
_DRAWING = MappingProxyType({"card": card_svg, "square": square_svg, "poster": poster_svg})


@frozen
class Shared:
    """Site-relative addresses of what there is to share of an entry; the poster's is empty where none is made."""

    card: str
    square: str
    poster: str = ""


def shared_of(brief: CardBrief, stem: str, *, posters: bool) -> Shared:
    """Addresses that change when the drawing does, so that messengers, which never look twice, show the latest."""
    digest = hashlib.blake2b(f"{brief!r}{_code()}".encode(), digest_size=5).hexdigest()
    kind = "jpg" if brief.picture else "png"
    addresses = {
        form.name: f"{stem}-{form.name}-{digest}.{kind}" for form in _FORMS if posters or form.name != "poster"
    }
    return Shared(**addresses)


def making_of(brief: CardBrief, shared: Shared, *, hand: Hand, photograph: Path | None = None) -> Making:
    """How to make them; ``photograph`` is the file whose digest the brief gives as its picture."""
    from site_builder.media.raster import ENCODER  # whoever only names the pictures need not load what draws them

    names = tuple(form.name for form in _FORMS if getattr(shared, form.name))
    key = key_of("share", repr(brief), _code(), _faces(hand), ENCODER, names)
    addresses = tuple((name, getattr(shared, name)) for name in names)
    make = partial(_made, brief, names, hand=hand, photograph=photograph)
    return Making(key, addresses, make)


def _made(
    brief: CardBrief, names: Iterable[str], *, hand: Hand, photograph: Path | None
) -> Iterator[tuple[str, bytes]]:
    from site_builder.media.raster import as_png

    for form in _FORMS:
        if form.name in names:
            svg = _DRAWING[form.name](brief, hand)
            if photograph is None:
                yield form.name, as_png(svg, colours_of(brief), most=form.most[0], scale=form.scale)
            else:
                yield form.name, _with_photograph(svg, form, path=photograph, focus=brief.focus)


def _with_photograph(svg: str, form: _Form, *, path: Path, focus: tuple[float, float] | None) -> bytes:
    from site_builder.media.raster import SMOOTH, as_jpeg, drawn
    from site_builder.media.upright import upright

    image = drawn(svg, form.scale)
    x, y, wide, tall = (round(number * form.scale) for number in form.window)
    whole = upright(path, at_least=2 * max(wide, tall))
    box = crop_box(whole.size, wide / tall, focus=focus)
    image.paste(whole.convert("RGB").resize((wide, tall), SMOOTH, box=box), (x, y))
    return as_jpeg(image, most=form.most[1])


@cache
def _code() -> str:
    """Digest of the code that draws: whoever changes it need not remember to change a number."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted({path for name in _CODE for path in here.glob(f"{name}.py")}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _faces(hand: Hand) -> str:
    """Digest of the fonts."""
    digest = hashlib.sha256()
    for path in (*hand.serif.fonts, *hand.sans.fonts):
        digest.update(path.read_bytes())
    return digest.hexdigest()
