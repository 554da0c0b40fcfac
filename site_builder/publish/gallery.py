"""An entry's pictures, films and papers come in; what hangs at the head of its page, and the gallery below, go out."""

from collections.abc import Sequence
from types import MappingProxyType

from site_builder.media.publishing import file_address
from site_builder.media.sniffing import FILMS, SOUNDS
from site_builder.model.entry import Entry
from site_builder.model.pages import Image, Pair, Paper, Recording
from site_builder.model.values import Attachment
from site_builder.model.wording import size_words
from site_builder.publish.deck import Deck
from site_builder.publish.pictures import downloads_of, image_of, poster_of

TYPES = MappingProxyType(
    {
        "mp4": "video/mp4",
        "webm": "video/webm",
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "ogg": "audio/ogg",
        "wav": "audio/wav",
    }
)


def hung(images: Sequence[Image]) -> tuple[Image | None, tuple[Image | Pair, ...]]:
    """The first picture that is no half of a pair, and all others in order, before and after joined."""
    items: list[Image | Pair] = []
    for image in images:
        last = items[-1] if items else None
        if image.role == "after" and isinstance(last, Image) and last.role == "before":
            items[-1] = Pair(last, image)
        else:
            items.append(image)
    front = next((item for item in items if isinstance(item, Image)), None)
    return front, tuple(item for item in items if item is not front)


def recordings_of(deck: Deck, entry: Entry) -> tuple[Recording, ...]:
    """Films and sound recordings, among the videos or the attachments, in their order."""
    found = []
    for item in (*entry.data.videos, *entry.data.attachments):
        one = deck.media.get(item.file)
        if one is not None and one.kind in (*FILMS, *SOUNDS):
            note = f"{one.kind.upper()}，{size_words(one.bytes)}"
            words = {name: _address(deck, getattr(item, name)) for name in ("captions", "transcript")}
            found.append(
                Recording(item.title, file_address(one), TYPES[one.kind], note, poster=_poster(deck, item), **words)
            )
    return tuple(found)


def papers_of(deck: Deck, entry: Entry) -> tuple[Paper, ...]:
    """Files to take away, a PDF with its first page and the number of pages."""
    known = [item for item in entry.data.attachments if item.file in deck.media]
    found = []
    for item, link in zip(known, downloads_of(deck.media, entry), strict=True):
        one = deck.media[item.file]
        if one.kind not in (*FILMS, *SOUNDS):
            note = f"{link.note}，{one.pages} 页" if one.pages else link.note
            found.append(Paper(item.title, link.address or "", note, _poster(deck, item)))
    return tuple(found)


def _poster(deck: Deck, item: Attachment) -> Image | None:
    use = poster_of(item, deck.media)
    return image_of(use, deck.media) if use else None


def _address(deck: Deck, file: str | None) -> str:
    one = deck.media.get(file or "")
    return file_address(one) if one else ""
