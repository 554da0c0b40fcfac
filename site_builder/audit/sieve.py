"""The bytes of a page come in; whether the quick part of the audit can have nothing against it goes out.

What passes is proved: the page is written so plainly that its addresses are found without a parser (`_PLAIN`: attributes in double
quotes and small letters, no comments, no entities but six), all of them lead somewhere, nothing is loaded from another host, and
nothing in its bytes can be personal data. Whatever is in doubt is held back, to be read as browsers read it (`reading.py`).
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import filterfalse
from urllib.parse import unquote

from site_builder.audit.links import is_id
from site_builder.audit.places import HOME, NOWHERE, OUTSIDE, Site
from site_builder.audit.reading import FETCHED, TOLD, candidates_in, redirect_in
from site_builder.audit.seams import LEFT_OUT, go_on, joined, seams_in
from site_builder.model.privacy_hints import may_be_personal

_ENTITY = rb"&(?:amp|lt|gt|quot|#34|#39);"
_GIVEN = (
    rb"(?:\s++(?:[a-z][-a-z0-9_.]*+|viewBox|preserveAspectRatio)"
    rb'(?:="[^"<>&]*+(?:' + _ENTITY + rb'[^"<>&]*+)*+"|(?=[\s/>])))*+\s*+/?>'
)
_RAW = rb"script|style|textarea|title|iframe"
_OPENING = tuple(_RAW.split(b"|"))
_NEVER = rb"base|object|video|xmp|plaintext|noembed|noframes|select"
_TAG = (
    rb"<(?:(?!(?:" + _RAW + rb"|" + _NEVER + rb")[\s/>])[a-z][a-z0-9-]*+" + _GIVEN + rb"|/[a-z][a-z0-9-]*+>"
    rb"|(?P<raw>" + _RAW + rb")" + _GIVEN + rb"[^<]*+</(?P=raw)>)"
)
_PLAIN = re.compile(rb"\s*+(?:<!doctype html>)?+(?:[^<&]++|" + _TAG + rb"|" + _ENTITY + rb")*+")
_FOLLOWED = re.compile(rb'href="([^"]*+)'), re.compile(rb'action="([^"]*+)')
_LOADED = re.compile(rb'src="([^"]*+)'), re.compile(rb'background="([^"]*+)')
_CHOSEN = re.compile(rb'srcset="([^"]*+)')
_TELLING = (b"link", b"meta")
_SILENT = re.compile(
    rb'meta (?:name|property)="(?!(?i:'
    + b"|".join(sorted(name.encode() for name in TOLD))
    + rb')")[^"]*+" content="[^"]*+"\Z'
    rb'|link rel="(?:canonical|alternate|image_src)"[^>]*+\Z'
)
"""Of what stands in the head, what makes no browser ask for anything and, but in ``href``, names no address."""
_PAIR = re.compile(r'(?<![a-z-])([a-z-]++)="([^"]*+)"')
_SIMPLE = re.compile(rb"[A-Za-z0-9_./:-]*+")
"""An address in which no sign means another, and nothing stands behind the path."""
_DROPPED = re.compile(rb"<(?:" + LEFT_OUT + rb")\s")
"""An element that may be no place, for browsers leave it out where it has no business to be."""
_TEMPLATE = re.compile(rb"</?template")
_REMEMBERED = 2
"""Of so many pieces one is remembered: what recurs is soon known, and most of what pages say is said on one page only."""


@dataclass
class _Known:
    """What was proved on one page, for all pages of its depth."""

    led: set[bytes] = field(default_factory=set)
    """Addresses that lead somewhere."""
    loaded: set[bytes] = field(default_factory=set)
    """Those that browsers may load by themselves."""
    pieces: set[bytes] = field(default_factory=set)
    """Tags with the words behind them, sound wherever they stand."""
    turn: int = 0
    """Which of so many pieces is remembered next."""


class Sieve:
    """Lets pages pass, one after the other; what was proved of a tag and the words behind it is not proved again."""

    def __init__(self, site: Site, *, allowed: Iterable[str] = ()) -> None:
        """``allowed`` are numbers and addresses that may stand in pages."""
        self._site = site
        self._allowed = tuple(words.encode() for words in allowed if words)
        self._known: dict[int, _Known] = {}
        self._points: dict[tuple[str, str], bool] = {}

    def passes(self, content: bytes, name: str) -> bool:
        """Whether a page is beyond doubt."""
        known = self._known.setdefault(name.count("/"), _Known())
        pieces = content.split(b"<")
        fresh = _fresh(pieces, known.pieces)
        part = b"<".join(fresh)
        if not is_plain(part) or self._is_personal(part + b"<"):  # a tag comes next behind the last piece, too
            return False
        seams = seams_in(part)
        if seams and go_on(seams, pieces) and self._is_personal(joined(content)):
            return False
        left = self._left([piece.partition(b">")[0] for piece in fresh], name, known=known)
        if left is None or not all(self._leads(text_of(address), name, content=content) for address in left):
            return False
        # before the first tag stands nothing, which is no piece
        sound = fresh[1 + known.turn :: _REMEMBERED]
        for address in left:
            sound = [piece for piece in sound if address not in piece]
        known.pieces.update(piece for piece in sound if piece not in seams)
        known.turn = (known.turn + 1) % _REMEMBERED
        return True

    def _left(self, tags: Sequence[bytes], name: str, *, known: _Known) -> frozenset[bytes] | None:
        """Addresses in tags that mean something else on each page, all others being sound; None where one is not."""
        written = b">".join(tags)
        loaded = {address for pattern in _LOADED for address in pattern.findall(written)}
        loaded |= {one.encode() for some in _CHOSEN.findall(written) for one in candidates_in(text_of(some))}
        told = self._told(tag for tag in tags if tag.startswith(_TELLING) and not _SILENT.match(tag))
        fresh = loaded - known.loaded
        if told is None or any(self._site.is_foreign(text_of(one)) for one in fresh):
            return None
        followed = {address for pattern in _FOLLOWED for address in pattern.findall(written)}
        own: set[bytes] = set()
        for raw in (fresh | followed | told) - known.led:
            if self._is_plainly_here(raw, name):
                known.led.add(raw)
                continue
            address = text_of(raw)
            if self._is_own(address, name):
                own.add(raw)
            elif not self._leads(address, name):
                return None
            else:
                known.led.add(raw)
        known.loaded |= fresh - own
        return frozenset(own)

    def _is_personal(self, part: bytes) -> bool:
        """Whether personal data may be left beside what is allowed."""
        if not may_be_personal(part):
            return False
        for words in self._allowed:
            part = part.replace(words, b"")
        return may_be_personal(part)

    def _told(self, tags: Iterable[bytes]) -> set[bytes] | None:
        """Addresses of share pictures and redirects; None where a ``<link>`` makes a browser ask another host."""
        told: set[bytes] = set()
        for tag in tags:
            given = dict(_PAIR.findall(text_of(tag)))
            asked = not FETCHED.isdisjoint(given.get("rel", "").lower().split())
            if asked and self._site.is_foreign(given.get("href", "")):
                return None
            content = given.get("content", "")
            if (given.get("name") or given.get("property") or "").lower() in TOLD:
                told.add(content.encode())
            elif given.get("http-equiv", "").lower() == "refresh":
                told.add(redirect_in(content).encode())
        return told - {b""}

    def _is_plainly_here(self, raw: bytes, name: str) -> bool:
        """Whether an address is written from the home page and ends in the very name of a page or file."""
        if not _SIMPLE.fullmatch(raw):
            return False
        address, up = raw.decode(), "../" * name.count("/")
        if up and address.startswith(up):
            path = address[len(up) :]
        elif self._site.is_own(address):
            path = address[len(self._site.url) :]
        else:
            return False
        return f"{path}{HOME}" in self._site.names or path in self._site.names

    def _is_own(self, address: str, name: str) -> bool:
        """Whether an address means something else on each page."""
        up = "../" * name.count("/")
        absolute = self._site.is_own(address) or self._site.is_foreign(address)
        return not absolute and not (up and address.startswith(up))

    def _leads(self, address: str, name: str, *, content: bytes = b"") -> bool:
        target, fragment = self._site.led(address, at=name)
        if target in (NOWHERE, OUTSIDE) or not is_id(fragment):
            return target is not NOWHERE
        point = unquote(fragment)
        if target == name and content:
            return has_id(content, point)
        if (target, point) not in self._points:
            whole = self._site.read(target) if target.endswith(".html") else b""
            self._points[target, point] = not whole or (is_plain(whole) and has_id(whole, point))
        return self._points[target, point]


def _fresh(pieces: list[bytes], known: Container[bytes]) -> list[bytes]:
    """The pieces of a page that are not known: each a tag with the words behind it.

    What opens a raw text stays together with what ends it, for only both of them say where tags begin again.
    """
    fresh, at = [*filterfalse(known.__contains__, pieces)], -1
    for place, piece in enumerate(fresh):
        if piece.startswith(_OPENING):
            at = pieces.index(piece, at + 1)
            fresh[place] = b"<".join(pieces[at : at + 2])
    return [piece for piece in fresh if piece not in known]


def is_plain(content: bytes) -> bool:
    """Whether a page or a part of one is written so that its tags, attributes and words are what they seem to be."""
    found = _PLAIN.match(content)
    return found is not None and found.end() == len(content)


def text_of(raw: bytes) -> str:
    """A value as it is meant."""
    return unescape(raw.decode("utf-8", "replace"))


def has_id(content: bytes, point: str) -> bool:
    """Whether an element of a plain page has this id; what lies in a ``<template>`` is none yet."""
    mark = f'id="{escape(point)}"'.encode()
    at = content.find(mark)
    while at > 0:
        opened = content.rfind(b"<", 0, at)
        tag = content[opened : at + len(mark)]
        alone = b">" not in tag and tag.count(b" id=") == 1 and tag.endswith(b" " + mark)
        if alone and not _DROPPED.match(tag) and not _waits(content, at):
            return True
        at = content.find(mark, at + 1)
    return False


def _waits(content: bytes, at: int) -> bool:
    """Whether a place in a page lies in a ``<template>``."""
    begins, depth = content.find(b"<template", 0, at), 0
    for found in _TEMPLATE.finditer(content, begins, at) if begins >= 0 else ():
        depth = max(0, depth - 1) if found[0].startswith(b"</") else depth + 1
    return depth > 0
