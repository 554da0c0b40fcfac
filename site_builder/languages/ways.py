"""A link of a Chinese page comes in; where it leads from the same page in another language goes out."""

import re
from functools import lru_cache

from site_builder.model.frozen import frozen

_ELSEWHERE = re.compile(r"[#?/]|[a-zA-Z][a-zA-Z0-9+.-]*:")
_CUT = re.compile(r"[?#]")
NEUTRAL = ("id/", "api/")
"""Folders that there is one of, whatever the language."""


@frozen
class Ways:
    """How links are led on: pages within the language, all files to the one place where they lie."""

    folder: str
    """Of the language: ``en/``."""
    neutral: tuple[str, ...] = NEUTRAL
    """Folders whose pages are in one language only."""
    code: tuple[str, str] = ("", "")
    """Folder of scripts for Chinese pages, and that for pages in this language."""


@lru_cache(maxsize=65536)
def led(ways: Ways, url: str, *, address: str) -> str:
    """The link as it must stand in the twin of the page at ``address``, which lies one folder deeper."""
    if not url or _ELSEWHERE.match(url):
        return url
    cut = _CUT.search(url)
    path, rest = (url[: cut.start()], url[cut.start() :]) if cut else (url, "")
    target = _target(path, address)
    page = target == "" or target.endswith("/")
    if page and not target.startswith(ways.neutral):
        return url
    if target.endswith(".js") and ways.code[0]:
        target = target.replace(*ways.code)
    return f"{'../' * (address.count('/') + 1)}{target}{rest}"


def _target(path: str, address: str) -> str:
    """What a relative link leads to, from the root of the site."""
    steps = address.split("/")[:-1]
    path = path.removeprefix("./")
    while path.startswith("../"):
        path, steps = path[3:], steps[:-1]
    return "".join(f"{step}/" for step in steps) + path
