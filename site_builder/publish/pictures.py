"""Entries and what is known of their files come in; the pictures of pages, and what there is to make for them, go out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.intake.attachments import POSTERS
from site_builder.media.developing import encoders, picture_making
from site_builder.media.examining import Examined
from site_builder.media.publishing import file_address, file_making
from site_builder.media.renditions import FULL, Renditions, Shape, address_in, placed, renditions_of
from site_builder.media.store import Making
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Image, Link, Rendition
from site_builder.model.values import Attachment, Picture
from site_builder.model.wording import size_words

Known = Mapping[str, Examined]
"""File under content/media → what it is; files that cannot be published are not there."""
PICTURED = ("portrait", "logo", "pictures")
"""Fields with the pictures that an entry's page shows; the catalogue knows who fills them (``Catalogue.stated``)."""
_SVG = "image/svg+xml"


@frozen
class Use:
    """A picture of an entry in one of the shapes in which pages show it."""

    picture: Picture
    shape: Shape
    alt: str = ""
    """What stands for the picture where its editor gave no words."""


def uses_of(entry: Entry) -> Iterator[Use]:
    """The pictures that the page of an entry shows, portrait or logo first, each whole; a logo in its own shape."""
    portrait, logo = entry.get("portrait"), entry.get("logo")
    if portrait:
        yield Use(portrait, "whole", f"{entry.title}的肖像")
    if logo:
        yield Use(logo, "logo", f"{entry.title}的标志")
    for picture in entry.data.pictures:
        yield Use(picture, "logo" if picture.role == "logo" else "whole", picture.caption or entry.title)


def card_use(entry: Entry) -> Use | None:
    """The picture on the entry's card: the first; a portrait is cut to the card's shape."""
    first = next(uses_of(entry), None)
    if first is None or not (entry.get("portrait") or first.picture.role == "portrait"):
        return first
    return Use(first.picture, "portrait", first.alt)


def image_of(use: Use, known: Known, *, avif: bool = False) -> Image | None:
    """The picture as a page shows it; None where its file cannot be published."""
    one = known.get(use.picture.file)
    if one is None or not (one.is_picture or use.shape == "paper"):
        return None
    if one.kind == "svg":
        return _image(use, Rendition(file_address(one), one.width, one.height), type=_SVG)
    found = _renditions(use, one, avif=avif)
    key = found.key(one.digest, encoders())
    plain = placed(found, found.fallback, key=key)
    full = next((piece.name for piece in found.pieces if piece.name.startswith(FULL)), "")
    return _image(
        use,
        plain[-1],
        type=f"image/{found.fallback}",
        renditions=plain,
        modern=tuple(
            (f"image/{format}", files)
            for format in ("avif", "webp")
            if (files := placed(found, format, key=key)) and format != found.fallback
        ),
        tint=f"tint-{one.tint}" if one.tint else "",
        original=address_in(key, full) if full else "",
    )


def makings_of(entry: Entry, known: Known, *, media: Path, avif: bool = False) -> Iterator[Making]:
    """Everything there is to make of the files that an entry names."""
    card = card_use(entry)
    uses = [*uses_of(entry), *([card] if card else []), *_further(entry, known)]
    for use in uses:
        one = known.get(use.picture.file)
        if one is not None and one.kind == "svg":
            yield file_making(media / use.picture.file, one)
        elif one is not None and (one.is_picture or use.shape == "paper"):
            yield picture_making(media / use.picture.file, one, found=_renditions(use, one, avif=avif))
    for item in (*entry.data.videos, *entry.data.attachments):
        for file in (item.file, item.captions, item.transcript):
            one = known.get(file or "")
            if one is not None and not one.is_picture:
                yield file_making(media / str(file), one)


def downloads_of(known: Known, entry: Entry) -> tuple[Link, ...]:
    """The attachments of an entry, with kind and size as a note; what is a picture is offered in full size."""
    found = []
    for item in entry.data.attachments:
        one = known.get(item.file)
        if one is None:
            continue
        picture = image_of(Use(Picture(file=item.file, original=True), "whole"), known) if one.is_picture else None
        address = (picture.original or picture.address) if picture else file_address(one)
        found.append(Link(item.title, address, f"{one.kind.upper()}，{size_words(one.bytes)}"))
    return tuple(found)


def poster_of(item: Attachment, known: Known) -> Use | None:
    """The picture shown before a film starts, or for a paper: named, of the same name beside it, or a PDF's first page."""
    stem = item.file.rpartition(".")[0]
    beside = (f"{stem}.{suffix}" for suffix in POSTERS)
    file = item.poster or next((name for name in beside if name in known and name != item.file), None)
    if file is not None:
        return Use(Picture(file=file), "whole", item.title)
    one = known.get(item.file)
    return Use(Picture(file=item.file), "paper", item.title) if one is not None and one.kind == "pdf" else None


def _further(entry: Entry, known: Known) -> Iterator[Use]:
    """Pictures of steps, halls, films and papers, and pictures offered as attachments."""
    for field in ("steps", "halls"):
        for item in entry.get(field, ()):
            if item.picture:
                yield Use(Picture(file=item.picture), "whole", item.title or "")
    for item in (*entry.data.videos, *entry.data.attachments):
        poster = poster_of(item, known)
        if poster is not None:
            yield poster
        if item.file in known and known[item.file].is_picture:
            yield Use(Picture(file=item.file, original=True), "whole", item.title)


def _renditions(use: Use, one: Examined, *, avif: bool) -> Renditions:
    full = use.picture.original and use.shape != "portrait"
    return renditions_of(one, use.shape, focus=use.picture.focus, avif=avif, full=full)


def _image(use: Use, largest: Rendition, **files: object) -> Image:
    picture = use.picture
    return Image(
        largest.address,
        picture.alt or use.alt,
        caption=picture.caption or "",
        credit=picture.credit or "",
        width=largest.width,
        height=largest.height,
        ai_generated=picture.ai_generated,
        role=picture.role or (use.shape if use.shape in {"portrait", "logo"} else ""),
        licence=picture.licence or "",
        **files,  # type: ignore[arg-type]  # fields of Image, named by the callers above
    )
