"""An original that is no picture comes in; where it is published and how it is made fit for that goes out."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from site_builder.media.examining import Examined
from site_builder.media.recordings import bare, captions
from site_builder.media.renditions import address_in
from site_builder.media.sniffing import CAPTIONS, OFFICE
from site_builder.media.store import Making, key_of

CLEANER = "1"
"""To be raised with every change of the bytes that are published."""


def file_address(one: Examined) -> str:
    """Where a drawing, film, sound, paper or caption file lies in the site; SubRip becomes WebVTT."""
    return address_in(_key(one), _name(one))


def file_making(path: Path, one: Examined) -> Making:
    """The file without what its author and device wrote into it."""
    return Making(_key(one), ((_name(one), file_address(one)),), partial(_made, path, one))


def _key(one: Examined) -> str:
    return key_of(one.digest, one.kind, CLEANER)


def _name(one: Examined) -> str:
    return f"file.{'vtt' if one.kind == 'srt' else one.kind}"


def _made(path: Path, one: Examined) -> Iterator[tuple[str, bytes]]:
    yield _name(one), _content(path, one.kind)


def _content(path: Path, kind: str) -> bytes:
    if kind == "svg":
        # heavy readers, loaded where they are needed
        from site_builder.media.drawings import drawing

        return drawing(path)[0]
    if kind == "pdf" or kind in OFFICE:
        from site_builder.media.papers import bare_office, bare_pdf

        return bare_pdf(path) if kind == "pdf" else bare_office(path)
    if kind in CAPTIONS:
        return captions(path, kind).encode()
    return bare(path, kind)
