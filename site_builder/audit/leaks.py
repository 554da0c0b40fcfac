"""Words of a page or a file come in; what should never have been published goes out, itself unsaid."""

import re
from collections.abc import Iterable, Iterator

from site_builder.audit.links import some
from site_builder.audit.reading import Page
from site_builder.model.frozen import frozen
from site_builder.model.privacy_hints import may_be_personal
from site_builder.model.problems import Place, Problem

_DIGEST = re.compile(r"(?<![0-9a-zA-Z])(?=[0-9]*[a-f])[0-9a-f]{10,}(?![0-9a-zA-Z])")
_SIGNED = re.compile(r'"@\w+"|@(?:media|import|font-face|keyframes|supports|charset|page|layer|container|property)\b')
"""Keys of JSON-LD and rules of style sheets: no mail."""
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_MACHINE = re.compile(r"(?<![\w/.:%~-])(?:file:///|/(?:home|Users)/[\w.-]+/|[A-Za-z]:\\\\?Users\\)[^\s\"'<>]{0,60}")


@frozen
class Secrets:
    """What must not be found, beside personal numbers, and what may."""

    paths: tuple[str, ...] = ()
    """Directories of the machine on which the site was built."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Id and title of entries that are drafts or withdrawn."""
    allowed: tuple[str, ...] = ()
    """Contacts of offices and what editors except, as they write them."""


def personal(page: Page, *, allowed: Iterable[str] = ()) -> Iterator[Problem]:
    """Personal numbers in the words of a page; the organiser's own contacts are no leak. What machines read says no more."""
    found = personal_words(page.words, allowed=(*allowed, *page.office))
    if found:
        yield leak(page.name, found)


def personal_words(text: str, *, allowed: Iterable[str] = ()) -> str:
    """Which kind of personal number a text holds; empty where none. Digests and web addresses are not looked into."""
    if not may_be_personal(text.encode("utf-8", "replace")):
        return ""
    # whose patterns take long to compile, for the few pages that may hold one
    from site_builder.model.privacy import found_in, loose

    excepted = {loose(words) for words in allowed}
    for words in allowed:
        text = text.replace(words, "") if words else text
    left = _ADDRESS.sub("", _DIGEST.sub("", _SIGNED.sub("", text)))
    return next((one.sort for one in found_in(left) if loose(left[one.start : one.end]) not in excepted), "")


def leak(name: str, found: str) -> Problem:
    """The problem of a personal number in a file."""
    return Problem("private-data", Place(name), f"建成的网站里有{found}")


def traces(name: str, text: str, *, secrets: Secrets) -> Iterator[Problem]:
    """Paths of the machine that built the site, and names of what is not shown."""
    here = [path for path in secrets.paths if path in text]
    if here or _MACHINE.search(text):
        yield Problem("machine-trace", Place(name), "文件里写着制作电脑上的路径或用户名")
    # its own address may say that it was withdrawn
    hidden = [title for id_, title in secrets.hidden if title in text and f"/{id_}/" not in name]
    if hidden:
        yield Problem("hidden-entry", Place(name), f"没有发布或已经撤下的条目出现在这里：{some(hidden)}")
