"""Markdown written by editors comes in; sanitised HTML goes out."""

import re
from functools import cache

import nh3
import pyromark
from markupsafe import Markup

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "hr",
        "i",
        "img",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_NESTED = re.compile(r"<(/?)(?!(?:p|li|br|hr|img|d[dt]|t[dhr]|thead|tbody)\b)[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
"""Tags of elements that can hold each other; a browser closes the others by itself."""
DEEPEST = 60
"""Elements inside each other; below that a cleaner's time grows with the square, and nobody can read it."""
_BARE = re.compile(r"""(?:[^<>&"'\x00-\x09\x0b-\x1f\x7f-\xa0\ufffd\ufeff]++|</?(?:p|h2|h3|h4|ul|ol|li|strong|em)>)*+""")
"""HTML that a cleaner leaves as it is: words and tags without attributes. Most texts are no more, and cleaning is most of the work."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that a text may name by their numbers (``&#31;``) and no page may hold; in frames one has its own meaning."""
_SCHEMES = frozenset({"http", "https", "mailto"})


@cache
def _cleaner() -> nh3.Cleaner:
    return _cleaner_of(_TAGS, {})


@cache
def _story_cleaner() -> nh3.Cleaner:
    """For what MkDocs renders: its extensions give ids and classes, and ``div`` keeps the places of embedded entries."""
    return _cleaner_of(_TAGS | {"div", "h1", "h5", "h6", "span"}, {"*": {"class", "id"}, "div": {"data-embed"}})


def _cleaner_of(tags: frozenset[str], more: dict[str, set[str]]) -> nh3.Cleaner:
    attributes = {
        "a": {"href", "title"},
        "img": {"src", "alt", "width", "height", "title"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "ol": {"start"},
    }
    return nh3.Cleaner(
        tags=set(tags),
        attributes=attributes | more,
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def markdown(text: str) -> Markup:
    """CommonMark with tables; headings begin at h2, for the page has its h1; scripts, styles and frames never come through."""
    if not text.strip():
        return Markup("")
    html = _lowered(pyromark.html(text, options=_OPTIONS))
    return Markup(html if "<" not in text and _BARE.fullmatch(html) else _clean(html, by=_cleaner()))


def _lowered(html: str) -> str:
    """An h1 in an entry's text becomes an h2; deeper headings stay below it."""
    return html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


def cleaned(html: str) -> str:
    """HTML that MkDocs made of a story: an entry's text is sanitised, whoever renders it."""
    return _clean(html, by=_story_cleaner())


def _clean(html: str, *, by: nh3.Cleaner) -> str:
    return _UNSEEN.sub("", by.clean(_shallow(html)))


def _shallow(html: str) -> str:
    """Without the tags of elements nested deeper than ``DEEPEST``; what they hold stays."""
    if html.count("<") <= DEEPEST:
        return html
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if not tag[1]:
            depth += 1
            return tag[0] if depth <= DEEPEST else ""
        depth = max(0, depth - 1)
        return tag[0] if depth < DEEPEST else ""

    return _NESTED.sub(kept, html)
