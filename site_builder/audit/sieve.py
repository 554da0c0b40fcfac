"""The bytes of a page come in; whether the quick part of the audit can have nothing against it goes out.

What passes is proved: the page is written so plainly that its addresses are found without a parser (`_PLAIN`: attributes in double
quotes and small letters, no comments, no entities but six), all of them lead somewhere, nothing is loaded from another host, and
nothing in its bytes can be personal data. Whatever is in doubt is held back, to be read as browsers read it (`reading.py`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from html import escape, unescape
from itertools import filterfalse
from urllib.parse import unquote

from site_builder.audit.alike import MANY, Alike, alike
from site_builder.audit.links import is_id
from site_builder.audit.places import HOME, NOWHERE, OUTSIDE, Site
from site_builder.audit.reading import FETCHED, TOLD, candidates_in, redirect_in
from site_builder.audit.seams import END, LEFT_OUT, go_on, joined, whole
from site_builder.model.privacy_hints import may_be_personal

_AND = ord("&")
"""Signs are looked for by their number, for ``b"&" in …`` tries first whether it is one."""
_STRANGE = re.compile(rb"&(?!(?:amp|lt|gt|quot|#34|#39);)")
_GIVEN = (
    rb"(?:\s++(?:[a-z][-a-z0-9_.]*+|viewBox|preserveAspectRatio)"
    rb'(?:="[^"<>]*+"|(?=[\s/>])))*+\s*+/?>'
)
_RAW = rb"script|style|textarea|title|iframe"
_NEVER = rb"base|object|video|xmp|plaintext|noembed|noframes|select"
_TAG = (
    rb"<(?:/[a-z][a-z0-9-]*+>|(?!(?:" + _RAW + rb"|" + _NEVER + rb")[\s/>])[a-z][a-z0-9-]*+" + _GIVEN + rb"|"
    rb"(?P<raw>" + _RAW + rb")" + _GIVEN + rb"[^<]*+</(?P=raw)>)"
)
_PLAIN = re.compile(rb"\s*+(?:<!doctype html>)?+[^<]*+(?:" + _TAG + rb"[^<]*+)*+")
"""Runs up to one sign, and no choice between words and tags: twice as quick as to ask of each."""
_ADDRESS = re.compile(rb'="(?:(?<=href=")|(?<=src=")|(?<=action=")|(?<=background="))([^"<>]*+)')
"""Patterns begin with what is short and rare, and look back from there: nothing else is found as quickly."""
_LOADED = re.compile(rb'="(?:(?<=src=")|(?<=background="))([^"<>]*+)')
_CHOSEN = re.compile(rb'="(?<=srcset=")([^"<>]*+)')
_SILENT = (
    rb'meta (?:name|property)="(?!(?i:'
    + b"|".join(sorted(name.encode() for name in TOLD))
    + rb')")[^"]*+" content="[^"]*+">'
    rb'|link rel="(?:canonical|alternate|image_src)"[^>]*+>'
)
"""Of what stands in the head, what makes no browser ask for anything and, but in ``href``, names no address."""
_TELLING = re.compile(rb"<(?=link|meta)(?!" + _SILENT + rb")([^>]*+)")
_PAIR = re.compile(rb'\s([-a-z0-9_.]++)="([^"]*+)"')
_ROOT = b"\1"
"""Stands where a page has its way back to the home page (``../../``), so that all pages say the same of what they lead to alike."""
_PLAIN_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:-" + _ROOT
"""Signs of an address that mean nothing but themselves, and after which nothing stands behind the path."""
_DROPPED = re.compile(rb"(?:" + LEFT_OUT + rb")(?:\s|\Z)")
"""An element that may be no place, for browsers leave it out where it has no business to be."""
_ID = re.compile(rb"\sid\b")
_WAITING = b"<template"
"""Begins what is no part of the page yet; such a tag is never known, so that each page says by itself whether it has any."""
_TEMPLATE = re.compile(rb"</?template")
_ABSENT = b"<<"
"""What no plain page holds."""
_BEGUN = b"<!doctype html>"
SHORT, AT_ONCE = 1 << 10, 32
"""Pages of fewer bytes only lead on; so many are proved at once, for to begin takes longer than to prove one."""


@dataclass
class _Known:
    """What was proved on one page, for all pages."""

    led: set[bytes] = field(default_factory=set)
    """Addresses that lead somewhere in the site."""
    pieces: set[bytes] = field(default_factory=set)
    """Tags with what follows up to the next beginning, sound wherever they stand."""
    leading: dict[bytes, frozenset[bytes]] = field(default_factory=dict)
    """Those that are sound where some addresses lead somewhere, which mean something else on each page."""
    places: dict[bytes, bytes] = field(default_factory=dict)
    """Address of a place in the page itself → how the tag began that was this place when it was last looked for."""

    def holds(self, piece: bytes) -> bool:
        """Whether it was proved, wherever it stands or but for addresses."""
        return piece in self.pieces or piece in self.leading

    def remember(self, sound: Iterable[bytes], own: Collection[bytes], *, waits: bool) -> None:
        """Takes up pieces of a sound page, with those of its own addresses that they hold."""
        if waits:
            sound = [piece for piece in sound if _WAITING[1:] not in piece]
        if own:
            held = {piece: frozenset(raw for raw in own if raw in piece) for piece in sound}
            self.leading.update((piece, addresses) for piece, addresses in held.items() if addresses)
            sound = [piece for piece, addresses in held.items() if not addresses]
        self.pieces.update(sound)


class Sieve:
    """Lets pages pass, one after the other; what was proved of a tag and what follows it is not proved again."""

    def __init__(self, site: Site, *, allowed: Iterable[str] = ()) -> None:
        """``allowed`` are numbers and addresses that may stand in pages."""
        self._site = site
        self._allowed = tuple(words.encode() for words in allowed if words)
        self._known = _Known()
        self._folder = ""
        self._alike: dict[bytes, Alike] = {}
        """Way back to the root → what pages of this folder have in common that write it so."""
        self._former: list[bytes] = []
        """Pieces of the page before, where it had another head and foot."""
        self._points: dict[tuple[str, str], bool] = {}

    def passes(self, content: bytes, name: str) -> bool:
        """Whether a page is beyond doubt."""
        known, up = self._known, _way_up(name)
        if END[0] in content or _ROOT[0] in content:
            return False
        beside = self._beside(name, up)
        rest = beside.without(content)
        page = content if rest is None else rest
        pieces = _cut(page, up)
        unsaid = [*filterfalse(known.pieces.__contains__, pieces)]
        fresh = [*filterfalse(known.leading.__contains__, unsaid)]
        part = whole(fresh)
        # a tag comes next behind the last piece, too
        if pieces[0].strip() or not is_plain(part) or self._is_personal(part + b"<"):
            return False
        cut = go_on(part)
        if cut and self._is_personal(joined(content)):
            return False
        own, waits = self._own(part, name), part.find(_WAITING) >= 0
        if own is None:
            return False
        led = own.union(*(known.leading[piece] for piece in unsaid if piece in known.leading))
        if rest is not None:
            led |= beside.own if waits else beside.open
        if not all(self._leads_here(raw, name, content=content, waits=waits) for raw in led):
            return False
        if up and not cut:
            # what the few pages at the root write means something else on all others;
            # before the first tag stands nothing, which is no piece
            known.remember(fresh[1:], own, waits=waits)
        self._compare(pieces if rest is None and up else [])
        return True

    def in_doubt(self, pages: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Names and bytes of those of these pages that are not beyond doubt."""
        short: dict[str, bytes] = {}
        for name, content in pages:
            if len(content) < SHORT:
                short[name] = content
            elif not self.passes(content, name):
                yield name, content
            if len(short) == AT_ONCE:
                yield from self._short_in_doubt(short)
                short = {}
        yield from self._short_in_doubt(short)

    def _short_in_doubt(self, pages: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        if not self._pass_at_once(pages):
            yield from ((name, content) for name, content in pages.items() if not self.passes(content, name))

    def _pass_at_once(self, pages: Mapping[str, bytes]) -> bool:
        """Whether pages, as deep as each other and without addresses that mean something else on each, are beyond doubt.

        One begins where the other ends, so that they are cut into the very pieces that each of them is.
        """
        name, content = min(pages, default=""), b"".join(pages.values())
        up = _way_up(name)
        if not up or any(_way_up(other) != up for other in pages):
            return False
        if END[0] in content or _ROOT[0] in content or not all(page.startswith(_BEGUN) for page in pages.values()):
            return False
        fresh = [*filterfalse(self._known.pieces.__contains__, _cut(content, up))]
        part = whole(fresh)
        if not is_plain(part) or self._is_personal(part + b"<") or go_on(part) or self._own(part, name) != set():
            return False
        self._known.remember(fresh[1:], (), waits=part.find(_WAITING) >= 0)
        return True

    def _leads_here(self, raw: bytes, name: str, *, content: bytes, waits: bool) -> bool:
        """Whether an address that means something else on each page leads somewhere on this one."""
        places = self._known.places
        if not waits and content.find(places.get(raw, _ABSENT)) >= 0:
            return True
        leads = self._leads(text_of(raw.replace(_ROOT, _way_up(name))), name, content=content)
        if leads and raw.startswith(b"#"):
            places[raw] = place_in(content, unquote(text_of(raw[1:]))) or _ABSENT
        return leads

    def _beside(self, name: str, up: bytes) -> Alike:
        """What pages of the folder of this page have in common."""
        folder = name.partition("/")[0]
        if folder != self._folder:
            # menus say where a page belongs
            self._folder, self._alike, self._former = folder, {_ROOT: Alike()}, []
        if up not in self._alike:
            self._alike[up] = self._alike[_ROOT].written(_ROOT, up)
        return self._alike[up]

    def _compare(self, pieces: list[bytes]) -> None:
        """Of two pages, one after the other, that have another head and foot than those before, learns what they have."""
        if self._former and len(pieces) >= MANY:
            known, found = self._known, alike(self._former, pieces, sound=self._known.holds)
            own = frozenset[bytes]().union(*(known.leading.get(piece, ()) for piece in found.pieces))
            left = frozenset(raw for raw in own if found.said.find(known.places.get(raw, _ABSENT)) < 0)
            self._alike, pieces = {_ROOT: replace(found, own=own, open=left)}, []
        self._former = pieces if len(pieces) >= MANY else []

    def _own(self, part: bytes, name: str) -> set[bytes] | None:
        """Addresses that mean something else on each page, all others being sound; None where one is not."""
        some = _CHOSEN.findall(part) if part.find(b"srcset") >= 0 else ()
        chosen = [one.encode() for values in some for one in candidates_in(text_of(values))]
        told = self._told(_TELLING.findall(part))
        if told is None:
            return None
        own: set[bytes] = set()
        foreign: set[bytes] = set()
        addresses = {*_ADDRESS.findall(part), *chosen, *told}
        for raw in self._not_here(addresses) if addresses else ():
            if raw in self._known.led:
                continue
            address = text_of(raw.replace(_ROOT, _way_up(name)))
            if self._is_own(raw):
                own.add(raw)
            elif raw.rfind(_ROOT) > 0 or not self._leads(address, name):
                # who goes up in the middle of an address is in doubt: it means something else on each page, and may ask another host
                return None
            elif self._site.is_foreign(address):
                foreign.add(raw)
            else:
                self._known.led.add(raw)
        if foreign and not foreign.isdisjoint((*_LOADED.findall(part), *chosen)):
            return None
        return own

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
            # where a tag says a thing twice, the first word counts
            given = {name.decode(): text_of(value) for name, value in reversed(_PAIR.findall(tag))}
            asked = not FETCHED.isdisjoint(given.get("rel", "").lower().split())
            if asked and self._site.is_foreign(given.get("href", "")):
                return None
            content = given.get("content", "")
            if (given.get("name") or given.get("property") or "").lower() in TOLD:
                told.add(content.encode())
            elif given.get("http-equiv", "").lower() == "refresh":
                told.add(redirect_in(content).encode())
        return told - {b""}

    def _not_here(self, addresses: Set[bytes]) -> Iterator[bytes]:
        """Those that are not plainly written from the home page and end in the very name of a file or the folder of a page."""
        names, url, root = self._site.names, self._site.url, _ROOT.decode()
        all_plain = not b"".join(addresses).translate(None, _PLAIN_SIGNS)
        strange = set() if all_plain else {raw for raw in addresses if raw.translate(None, _PLAIN_SIGNS)}
        yield from strange
        # no page that is looked at holds the sign of an end
        for address in END.join(addresses - strange).decode().split(END.decode()):
            path = address[1:] if address[:1] == root else address.removeprefix(url)
            here = path if path and path[-1] != "/" else f"{path}{HOME}"
            if path == address or here not in names:
                yield address.encode()

    def _is_own(self, raw: bytes) -> bool:
        """Whether an address means something else on each page."""
        address = text_of(raw)
        return not (_ROOT[0] in raw or self._site.is_own(address) or self._site.is_foreign(address))

    def _leads(self, address: str, name: str, *, content: bytes = b"") -> bool:
        target, fragment = self._site.led(address, at=name)
        if target in (NOWHERE, OUTSIDE) or not is_id(fragment):
            return target is not NOWHERE
        point = unquote(fragment)
        if target == name and content:
            return bool(place_in(content, point))
        if (target, point) not in self._points:
            whole = self._site.read(target) if target.endswith(".html") else b""
            self._points[target, point] = not whole or (is_plain(whole) and bool(place_in(whole, point)))
        return self._points[target, point]


def _cut(page: bytes, up: bytes) -> list[bytes]:
    """The pieces of a page that writes the way back to the root so."""
    return (page.replace(up, _ROOT) if up else page).replace(b"</", END + b"/").split(b"<")


def _way_up(name: str) -> bytes:
    """The way from a page back to the root."""
    return b"../" * name.count("/")


def is_plain(content: bytes) -> bool:
    """Whether a page or a part of one is written so that its tags, attributes and words are what they seem to be."""
    found = _PLAIN.match(content)
    return found is not None and found.end() == len(content) and not (_AND in content and _STRANGE.search(content))


def text_of(raw: bytes) -> str:
    """A value as it is meant."""
    return unescape(raw.decode("utf-8", "replace"))


def place_in(content: bytes, point: str) -> bytes:
    """How the tag of the element of a plain page begins that has this id; what lies in a ``<template>`` is none yet."""
    mark = f' id="{escape(point)}"'.encode()
    at = content.find(mark)
    while at > 0:
        opened = content.rfind(b"<", 0, at)
        if _may_be_place(content[opened + 1 : at]) and not _waits(content, at):
            return content[opened : at + len(mark)]
        at = content.find(mark, at + 1)
    return b""


def _may_be_place(begun: bytes) -> bool:
    """Whether the ``id`` that comes next is that of the element whose tag begins so."""
    return b">" not in begun and not _ID.search(begun) and not _DROPPED.match(begun)


def _waits(content: bytes, at: int) -> bool:
    """Whether a place in a page lies in a ``<template>``."""
    begins, depth = content.find(_WAITING, 0, at), 0
    for found in _TEMPLATE.finditer(content, begins, at) if begins >= 0 else ():
        depth = max(0, depth - 1) if found[0].startswith(b"</") else depth + 1
    return depth > 0
