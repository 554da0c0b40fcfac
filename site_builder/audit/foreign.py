"""A page, a sheet, a script or a drawing comes in; what it would ask of other hosts goes out."""

import re
from collections.abc import Iterator

from site_builder.audit.links import some
from site_builder.audit.places import NOWHERE, Site
from site_builder.audit.reading import Page
from site_builder.model.problems import Place, Problem

_CSS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")
_STRING = re.compile(r"""["'`]((?:https?:|wss?:)?//[\w-]+\.[\w.-]+[^"'`\s]*)""")
_ACTIVE = re.compile(r"<script|<foreignObject|\son\w+\s*=|javascript:", re.IGNORECASE)
_DRAWN = re.compile(r"""(?:href|src)\s*=\s*["']((?:https?:)?//[^"']*)["']""")
_NAMES = re.compile(r"""https?://(?:www\.w3\.org|iiif\.io/api|library\.stanford\.edu/iiif|schema\.org|purl\.org)/""")
"""Names of vocabularies and name spaces: written like addresses, never asked for."""
_DATA = re.compile(r"^search/v\d+/|^assets/[^/]+/vendor/")
"""Scripts that hold data, in which entries may name what they like, and those of others, whose digests are known (NOTICE)."""


def asked_elsewhere(page: Page, site: Site) -> Iterator[Problem]:
    """Files that the page would fetch from another host."""
    foreign = [address for address in page.fetched if site.is_foreign(address)]
    if foreign:
        yield Problem("foreign-request", Place(page.name), f"这一页要从别的网站取文件：{some(foreign)}")


def sheet_faults(name: str, text: str, *, site: Site) -> Iterator[Problem]:
    """Files that a style sheet asks of other hosts, and those that are not there."""
    asked = _CSS.findall(text)
    foreign = [address for address in asked if site.is_foreign(address)]
    dead = [address for address in asked if address not in foreign and site.led(address, at=name)[0] is NOWHERE]
    if foreign:
        yield Problem("foreign-request", Place(name), f"样式表要从别的网站取文件：{some(foreign)}")
    if dead:
        yield Problem("dead-link", Place(name), f"样式表要的文件不在：{some(dead)}")


def script_faults(name: str, text: str, *, site: Site) -> Iterator[Problem]:
    """Addresses of other hosts among the strings of a script."""
    found = [one for one in _STRING.findall(text) if not _NAMES.match(one) and not site.is_own(one)]
    if found and not _DATA.match(name):
        yield Problem("foreign-address", Place(name), f"程序里写着别的网站的地址：{some(found)}")


def drawing_faults(name: str, text: str) -> Iterator[Problem]:
    """What an SVG does beside being a picture."""
    found = [one for one in _DRAWN.findall(text) if not _NAMES.match(one)]
    if found:
        yield Problem("foreign-request", Place(name), f"图里要从别的网站取文件：{some(found)}")
    if _ACTIVE.search(text):
        yield Problem("inline-code", Place(name), "图里有程序，不只是图")
