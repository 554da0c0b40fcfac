"""Words come in; the same words as they can be printed go out, and which characters no font has."""

import re

from site_builder.media.fonts import Typeface, sounding
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

GETA = "〓"
"""What Chinese printers set where the type is missing: it is seen, and nothing is lost in silence."""
_LONGEST = 18
_RUN = re.compile(rf"[!-~\u00a1-\u024f]{{{_LONGEST + 1},}}")
_BREAK = "\u200b"


@frozen
class Lettering:
    """Sets words in the fonts at hand."""

    face: Typeface

    def __call__(self, text: str) -> str:
        """Words without what is never drawn, missing characters as 〓, and places to break in words that no line holds."""
        plain = sounding(text.replace("\n", " ").replace("\t", " ")).strip()
        missing = set(self.face.lacks(plain))
        shown = "".join(GETA if char in missing else char for char in plain) if missing else plain
        return _RUN.sub(lambda found: _parted(found[0]), shown)

    def missing(self, text: str, place: Place) -> tuple[Problem, ...]:
        """A warning for each character that no font has."""
        return tuple(
            Problem("no-glyph", place, f"没有字体能写“{char}”（U+{ord(char):04X}），印成“{GETA}”：{text[:20]}")
            for char in self.face.lacks(text)
        )


def _parted(word: str) -> str:
    """Breaks after marks, and in runs without any after so many letters."""
    pieces = re.findall(rf"[^\-/._]{{1,{_LONGEST}}}[\-/._]*|[\-/._]+", word)
    return _BREAK.join(pieces)
