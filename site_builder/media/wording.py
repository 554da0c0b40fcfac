"""A paper, drawing or text file comes in; the words that its readers see go out, to be searched for personal data.

What authors and devices wrote into a file is not read: it is never published (``publishing``, ``renditions``). Words in photographs and
scans cannot be read here; that remains for people.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from site_builder.media.papers import office_parts, pdf_words
from site_builder.media.sniffing import CAPTIONS, OFFICE, TEXTS
from site_builder.model.privacy import found_in

_BREAKS = re.compile(rb"</(?:w:p|a:p|si|c|row|text|tspan|title|desc)>|<(?:w:tab|w:br|a:br)\b[^>]{0,200}>")
_TAGS = re.compile(rb"<[^<>]{0,4000}>")
_WORDS = re.compile(
    r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|xl/(?:sharedStrings|worksheets/[^/]+|comments\d*)|ppt/(?:slides|notesSlides)/[^/]+)\.xml"
)
_READ = CAPTIONS | TEXTS


def personal_sorts(path: Path, kind: str) -> tuple[str, ...]:
    """The sorts of personal data that the words of a file hold, each once, in order; ``Unfit`` where it does not open."""
    return tuple(dict.fromkeys(found.sort for text in _words(path, kind) for found in found_in(text)))


def _words(path: Path, kind: str) -> Iterator[str]:
    if kind == "pdf":
        yield from pdf_words(path)
    elif kind in OFFICE:
        for name, content in office_parts(path):
            if _WORDS.fullmatch(name):
                yield _bare(content)
    elif kind == "svg":
        yield _bare(path.read_bytes())
    elif kind in _READ:
        yield path.read_bytes().decode("utf-8-sig", errors="replace")


def _bare(markup: bytes) -> str:
    """The words of XML, parts of one paragraph joined as they are read."""
    return unescape(_TAGS.sub(b"", _BREAKS.sub(b"\n", markup)).decode("utf-8", errors="replace"))
