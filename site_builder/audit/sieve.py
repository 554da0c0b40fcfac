"""The bytes of a page come in; whether the quick part of the audit can have nothing against it goes out.

What passes is proved: the page is written so plainly that its addresses are found without a parser (`_PLAIN`: attributes in double
quotes and small letters, no comments, no entities but six), all of them lead somewhere, nothing is loaded from another host, and
nothing in its bytes can be personal data. Whatever is in doubt is held back, to be read as browsers read it (`reading.py`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from site_builder.audit.links import is_id
from site_builder.audit.places import NOWHERE, OUTSIDE, Site
from site_builder.audit.reading import FETCHED, TOLD, candidates_in, parts_of, redirect_in
from site_builder.model.privacy_hints import may_be_personal

_ENTITY = rb"&(?:amp|lt|gt|quot|#34|#39);"
_GIVEN = (
    rb"(?:\s++(?:[a-z][-a-z0-9_.]*+|viewBox|preserveAspectRatio)"
    rb'(?:="[^"<>&]*+(?:' + _ENTITY + rb'[^"<>&]*+)*+"|(?=[\s/>])))*+\s*+/?>'
)
_RAW = rb"script|style|textarea|title|iframe"
_NEVER = rb"base|object|video|xmp|plaintext|noembed|noframes"
_TAG = (
    rb"<(?:(?!(?:" + _RAW + rb"|" + _NEVER + rb")[\s/>])[a-z][a-z0-9-]*+" + _GIVEN + rb"|/[a-z][a-z0-9-]*+>"
    rb"|(?P<raw>" + _RAW + rb")" + _GIVEN + rb"[^<]*+</(?P=raw)>)"
)
_PLAIN = re.compile(rb"\s*+(?:<!doctype html>)?+(?:[^<&]++|" + _TAG + rb"|" + _ENTITY + rb")*+")
_FOLLOWED = re.compile(rb'href="([^"]*+)'), re.compile(rb'action="([^"]*+)')
_LOADED = re.compile(rb'src="([^"]*+)'), re.compile(rb'background="([^"]*+)')
_CHOSEN = re.compile(rb'srcset="([^"]*+)')
_TOLD = re.compile(
    rb"<(?:link|meta)\s(?!(?:name=\"(?:DC\.[^\"]*+|description)\"|property=\"(?:og:(?:title|description|image:alt)|article:[^\"]*+)\")"
    rb" content=\"[^\"]*+\">)[^>]*+>"
)
"""Of what stands in the head, all that may name an address."""
_ITEM = b"</li>"
"""Where pages are cut: inside of no tag, attribute or script that is plain."""
_PAIR = re.compile(r'(?<![a-z-])([a-z-]++)="([^"]*+)"')


@dataclass
class _Known:
    """What was proved on one page, for all pages of its depth."""

    led: set[bytes] = field(default_factory=set)
    """Addresses that lead somewhere."""
    loaded: set[bytes] = field(default_factory=set)
    """Those that browsers may load by themselves."""
    tags: set[bytes] = field(default_factory=set)
    """``<link>`` and ``<meta>`` that ask no other host and name no address but those of ``href``."""
    shared: dict[bytes, frozenset[bytes] | None] = field(default_factory=dict)
    """Heads and feet of the site, with the addresses that mean something else on each page."""
    items: set[int] = field(default_factory=set)
    """Hashes of items of lists, such as cards, with nothing amiss wherever they stand."""


class Sieve:
    """Lets pages pass, one after the other; what was proved of an address or of a part that pages share is not proved again."""

    def __init__(self, site: Site, *, allowed: Iterable[str] = ()) -> None:
        """``allowed`` are numbers and addresses that may stand in pages."""
        self._site = site
        self._allowed = tuple(words.encode() for words in allowed if words)
        self._known: dict[int, _Known] = {}
        self._points: dict[tuple[str, str], bool] = {}

    def passes(self, content: bytes, name: str) -> bool:
        """Whether a page is beyond doubt."""
        known = self._known.setdefault(name.count("/"), _Known())
        head, own, foot = parts_of(content)
        items = [item for item in own.split(_ITEM) if hash(item) not in known.items]
        left = self._left(_ITEM.join(items), name, known=known)
        for part in (head, foot):
            if part not in known.shared:
                known.shared[part] = self._left(part, name, known=known)
            shared = known.shared[part]
            left = None if left is None or shared is None else left | shared
        if left is None or not all(self._leads(text_of(address), name, content=content) for address in left):
            return False
        known.items.update(hash(item) for item in items if not any(address in item for address in left))
        return True

    def _left(self, part: bytes, name: str, *, known: _Known) -> frozenset[bytes] | None:
        """Addresses in a part that mean something else on each page, all others being sound; None where anything is in doubt."""
        if not is_plain(part) or self._is_personal(part):
            return None
        loaded = {address for pattern in _LOADED for address in pattern.findall(part)}
        loaded |= {one.encode() for some in _CHOSEN.findall(part) for one in candidates_in(text_of(some))}
        fresh = loaded - known.loaded
        told = self._told(part, known)
        if told is None or any(self._site.is_foreign(text_of(one)) for one in fresh):
            return None
        followed = {address for pattern in _FOLLOWED for address in pattern.findall(part)}
        own: set[bytes] = set()
        for raw in (fresh | followed | told) - known.led:
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

    def _told(self, part: bytes, known: _Known) -> set[bytes] | None:
        """Addresses of share pictures and redirects; None where a ``<link>`` makes a browser ask another host."""
        told: set[bytes] = set()
        for tag in set(_TOLD.findall(part)) - known.tags:
            given = dict(_PAIR.findall(text_of(tag)))
            asked = not FETCHED.isdisjoint(given.get("rel", "").lower().split())
            if asked and self._site.is_foreign(given.get("href", "")):
                return None
            content = given.get("content", "")
            if (given.get("name") or given.get("property") or "").lower() in TOLD:
                told.add(content.encode())
            elif given.get("http-equiv", "").lower() == "refresh":
                told.add(redirect_in(content).encode())
            else:
                known.tags.add(tag)
        return told - {b""}

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
        waits = content.rfind(b"<template", 0, at) > content.rfind(b"</template", 0, at)
        if b">" not in tag and tag.count(b" id=") == 1 and tag.endswith(b" " + mark) and not waits:
            return True
        at = content.find(mark, at + 1)
    return False
