"""A catalogue of messages comes in; texts of pages go out in its language, as far as it says them.

Beside whole texts a catalogue holds texts with places: letters from ``{d}`` to ``{o}`` stand for numbers (``{o}`` for that of a month),
``{c}`` for a Chinese numeral, ``{x}`` to ``{z}`` for any words, which are said in turn. What is not said stays Chinese, and whoever asks
is told so.
"""

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from site_builder.languages.markup import Said

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_HAN = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile(r"\{([a-z])\}")
_FORMS: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys("defghijklmno", r"[\d,.]*\d"), "c": "[一二三四五六七八九十百]{1,5}"}
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIGITS = "一二三四五六七八九"
_SENTENCE = re.compile("[，。；：]")
_SPACE = re.compile(r"^([\s\u3000]*)(.*?)([\s\u3000]*)$", re.DOTALL)
_LOOSE = re.compile(r"(\u3000|、| · | \| |｜|/|\n)")
"""Between things that stand side by side: some may be said and others not."""
_TITLES = re.compile("(｜)")
"""Between the title of a page and that of the site."""
_FIRM = re.compile(r"(。|；|，|：|、|\u3000)")
"""Within a sentence, which is said whole or not at all."""
_JOINED: Mapping[str, str] = MappingProxyType(
    {"、": ", ", "；": "; ", "，": ", ", "：": ": ", "。": ". ", "\u3000": "\u2003", "｜": " | "}
)
_LONGEST = 120
"""Characters of the longest text that is looked at piece by piece; what is longer was written by people."""
_KEPT = 100_000


class Message(NamedTuple):
    """A text with places: how it is recognised, and how it is said of one and of more."""

    form: re.Pattern[str]
    places: tuple[str, ...]
    one: str
    more: str
    fixed: int
    """Characters that are no places."""
    sure: str
    """The longest piece of them: a text without it is not meant."""


SCRIPT = "script"
"""Context of the texts of scripts: parts of sentences, with the blanks around them."""


@cache
def _catalogue() -> "Catalog":
    # for those alone who ask for English
    from importlib.resources import files

    from babel.messages.pofile import read_po

    source = files("site_builder") / "locale" / "en" / "LC_MESSAGES" / "exhibition.po"
    return read_po(BytesIO(source.read_bytes()), locale="en")


@cache
def script_messages() -> Mapping[str, str]:
    """Texts of scripts with what they mean in English; a blank, for a catalogue says nothing with nothing, is none."""
    return {
        str(one.id): str(one.string) if str(one.string).strip() else ""
        for one in _catalogue()
        if one.id and one.context == SCRIPT
    }


@cache
def english_messages() -> tuple[Mapping[str, str], tuple[Message, ...]]:
    """Whole texts with what they mean in English, and texts with places."""
    whole, forms = {}, []
    for message in _catalogue():
        if not message.id or message.context == SCRIPT:
            continue
        own = message.id if isinstance(message.id, str) else message.id[0]
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if _PLACE.search(own):
            forms.append(_form(own, said[0], more=said[-1]))
        else:
            whole[own] = said[0]
    # the more of a text is fixed, the surer it is that it is meant
    return whole, tuple(sorted(forms, key=lambda form: -form.fixed))


def _form(own: str, one: str, *, more: str) -> Message:
    pieces = _PLACE.split(own)
    pattern = "".join(
        re.escape(piece) if at % 2 == 0 else f"({_FORMS.get(piece, '.+?')})" for at, piece in enumerate(pieces)
    )
    return Message(
        re.compile(pattern, re.DOTALL),
        tuple(pieces[1::2]),
        one,
        more,
        sum(map(len, pieces[::2])),
        max(pieces[::2], key=len),
    )


class Phrasebook:
    """Says texts by a catalogue, and by what an exhibition gives."""

    def __init__(self, messages: tuple[Mapping[str, str], tuple[Message, ...]], given: Mapping[str, str]) -> None:
        whole, self._forms = messages
        self._whole = {**whole, **given}
        self._known: dict[str, tuple[Said, ...]] = {}

    def note(self, *, partly: bool) -> str:
        """What is said where a long text is in Chinese."""
        return (
            "Parts of this page are given in Chinese only."
            if partly
            else "The text of this page is given in Chinese only."
        )

    def said(self, text: str) -> tuple[Said, ...]:
        """The text, piece by piece, each with whether it is said."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = self._known[text] = self._spaced(text)
        return known

    def _spaced(self, text: str) -> tuple[Said, ...]:
        found = _SPACE.match(text)
        assert found is not None
        before, core, after = found.groups()
        said = self._core(core)
        pieces = ((before.replace("\u3000", "\u2003"), True), *said, (after.replace("\u3000", "\u2003"), True))
        return tuple(piece for piece in pieces if piece[0])

    def _core(self, text: str) -> tuple[Said, ...]:
        if not _HAN.search(text):
            return ((_punctuated(text), True),)
        if text in self._whole:
            return ((self._whole[text], True),)
        if len(text) > _LONGEST:
            return ((text, False),)
        for form in self._forms:
            found = form.form.fullmatch(text) if form.sure in text else None
            if found:
                return self._filled(form, found.groups())
        for joints, partly in ((_TITLES, True), (_LOOSE, not _SENTENCE.search(text)), (_FIRM, False)):
            pieces = joints.split(text)
            said = self._parted(pieces) if len(pieces) > 1 else ()
            own = [own for words, own in said if _words(words)]
            if own and (all(own) or (partly and any(own))):
                return said
        return ((text, False),)

    def _parted(self, pieces: list[str]) -> tuple[Said, ...]:
        return tuple(one for at, piece in enumerate(pieces) for one in self._joined(piece, at) if one[0])

    def _joined(self, piece: str, at: int) -> tuple[Said, ...]:
        return ((_JOINED.get(piece, piece), True),) if at % 2 else self.said(piece)

    def _filled(self, form: Message, values: tuple[str, ...]) -> tuple[Said, ...]:
        """The form with its places filled."""
        given = dict(zip(form.places, values, strict=True))
        words = form.one if given.get("n", "") == "1" else form.more
        pieces: list[Said] = []
        for at, piece in enumerate(_PLACE.split(words)):
            if at % 2 == 0:
                pieces.append((piece, True))
            elif piece in _FORMS:
                pieces.append((_number(piece, given[piece]), True))
            else:
                pieces += self.said(given[piece])
        return tuple(piece for piece in pieces if piece[0])


def _number(place: str, text: str) -> str:
    """A number as English writes it: months by name, Chinese numerals in figures."""
    if place == "o" and text.isdigit() and 1 <= int(text) <= len(_MONTHS):
        return _MONTHS[int(text) - 1]
    return str(_counted(text)) if place == "c" else text


def _counted(numeral: str) -> int:
    """二十一 → 21."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in "十百":
            total, digit = total + (digit or 1) * (10 if sign == "十" else 100), 0
        else:
            digit = _DIGITS.index(sign) + 1
    return total + digit


def _punctuated(text: str) -> str:
    """Chinese marks between Latin words as English has them."""
    for mark, own in _JOINED.items():
        text = text.replace(mark, own)
    return text.replace("（", " (").replace("）", ")").replace("—", "–").strip() if text.strip() else text


def _words(text: str) -> bool:
    return any(character.isalnum() for character in text)
