"""Entries come in; the picture or drawn cover that stands for each in print goes out, as files for the typesetter."""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from site_builder.media.cards import cover_sheet
from site_builder.media.developing import encoders
from site_builder.media.examining import Examined
from site_builder.media.publishing import file_making
from site_builder.media.store import Making, Store, key_of
from site_builder.media.upright import upright
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.values import Picture
from site_builder.publish.covers import brief_of
from site_builder.publish.deck import Deck
from site_builder.publish.pictures import uses_of

LONGEST_SIDE = 2000
"""Pixels: 300 to the inch over the breadth of a page."""
_QUALITY = 88


@frozen
class Illustration:
    """A picture in print: its file, words for those who do not see it, what stands below it, width by height."""

    file: str
    alt: str
    caption: str
    aspect: float
    drawn: bool
    """Whether it is a cover that we drew, which says nothing and needs no words."""


@frozen
class Illustrator:
    """Finds and makes pictures; photographs are kept in the store, so that a second printing makes none."""

    deck: Deck
    originals: Path
    """The folder that the files of entries lie in."""
    store: Store

    def of(self, entry: Entry) -> Illustration:
        """The first picture that can be printed, else the drawn cover."""
        found = next(self._pictures(entry), None)
        if found is None:
            return Illustration(f"art/{entry.kind}-{entry.id}.svg", "", "", 4 / 5, drawn=True)
        picture, one, alt = found
        words = "　".join(word for word in (picture.caption, picture.credit and f"图：{picture.credit}") if word)
        marked = f"{words}（人工智能生成）" if picture.ai_generated else words
        suffix = "svg" if one.kind == "svg" else "jpg"
        return Illustration(
            f"art/{one.digest}.{suffix}", picture.alt or alt, marked, one.width / one.height, drawn=False
        )

    def files(self, entries: Sequence[Entry], *, workers: int) -> dict[str, bytes]:
        """The bytes of the illustrations of these entries, by file."""
        shown = {entry.key: entry for entry in entries}.values()
        photographs = {self.of(entry).file: self._making(entry) for entry in shown}
        makings = {file: making for file, making in photographs.items() if making is not None}
        self.store.all_made(tuple(makings.values()), workers=workers)
        made = {file: next(iter(self.store.made(making).values())).read_bytes() for file, making in makings.items()}
        drawn = {self.of(entry).file: self.cover(entry) for entry in shown if self.of(entry).drawn}
        return made | drawn

    def cover(self, entry: Entry) -> bytes:
        """The drawn cover as SVG, its type as outlines."""
        return cover_sheet(brief_of(self.deck.catalogue, entry), self.deck.hand).encode()

    def _pictures(self, entry: Entry) -> Iterator[tuple[Picture, Examined, str]]:
        for use in uses_of(entry):
            one = self.deck.media.get(use.picture.file)
            if one is not None and one.is_picture and use.shape != "logo" and one.width and one.height:
                yield use.picture, one, use.alt

    def _making(self, entry: Entry) -> Making | None:
        found = next(self._pictures(entry), None)
        if found is None:
            return None
        picture, one, _ = found
        path = self.originals / picture.file
        if one.kind == "svg":
            return file_making(path, one)
        key = key_of("print", one.digest, LONGEST_SIDE, _QUALITY, encoders())
        return Making(key, (("print.jpg", ""),), partial(_developed, path))


def _developed(path: Path) -> Iterator[tuple[str, bytes]]:
    """On white where it is transparent, bare of metadata."""
    image = upright(path, at_least=LONGEST_SIDE)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    out = io.BytesIO()
    image.convert("RGB").save(out, format="JPEG", quality=_QUALITY, optimize=True)
    yield "print.jpg", out.getvalue()
