"""The HTML of a finished page comes in; the same page goes out with its words and links changed by whoever is asked.

Words are texts between tags and attributes that are read (``alt``, ``title``, …); scripts, styles, code, and what is marked as another
language stay as they are.
"""

import re
from collections.abc import Callable
from dataclasses import field
from html import escape, unescape

from site_builder.model.frozen import frozen

_TOKEN = re.compile(
    r"(<(?:script|style|pre|code|textarea)\b.*?</(?:script|style|pre|code|textarea)>|<![^<>]*>|<[^<>]+>)", re.DOTALL
)
_READ = re.compile(r' (alt|title|aria-label|placeholder|label|data-label|data-order|aria-description)="([^"]*)"')
_META = re.compile(
    r'^<meta (?:name="(?:[dD]escription|keywords)"|property="og:(?:title|description|site_name|image:alt)") content="([^"]*)"'
)
_LINK = re.compile(
    r' (href|src|action|poster|data-zoom|xlink:href|srcset|property="og:image" content|content)="([^"]*)"'
)
_LANG = re.compile(r' lang="')
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_HAN = re.compile("[\u3400-\u9fff]")
_REFRESH = "0; url="
_VOID = frozenset({"input", "img", "br", "meta", "link", "hr", "source", "track"})
Said = tuple[str, bool]
"""Words, and whether they are in the language of the page."""


@frozen
class Known:
    """What pages of one language have in common; most of a page was met on another one."""

    plain: set[str] = field(default_factory=set)
    """Tags and texts in which nothing changes, whatever the page."""
    texts: dict[str, str] = field(default_factory=dict)
    """Texts that could be said whole, as HTML."""


class Rewriter:
    """Walks once through a page."""

    def __init__(
        self,
        *,
        say: Callable[[str], tuple[Said, ...]],
        lead: Callable[[str], str],
        own: str,
        known: Known | None = None,
    ) -> None:
        """``say`` answers a text piece by piece, ``lead`` a link; ``own`` is the tag of the language that pieces not said are in.

        ``known`` is shared by pages that say every text alike.
        """
        self._say, self._lead, self._own, self._known = say, lead, own, known or Known()
        self.left = 0
        """Chinese characters of the longest text that could not be said."""

    def rewritten(self, html: str) -> str:
        """The whole page."""
        parts = _TOKEN.split(html)
        plain, texts = self._known.plain, self._known.texts
        foreign, depth = "", 0
        for at, part in enumerate(parts):
            if at % 2 == 0:
                if depth or part in plain:
                    continue
                parts[at] = texts.get(part) or self._text(parts, at)
                continue
            if not depth and part in plain:
                continue
            name = found[1] if (found := _NAME.match(part)) else ""
            starts = _LANG.search(part) is not None and name not in ("html", "a", *_VOID)
            if not depth and starts:
                foreign, depth = name, 1
            elif depth and name == foreign:
                depth += -1 if part[1] == "/" else 1
            tag = parts[at] = self._tag(part, name, read=not depth)
            if tag == part and not starts and not _LINK.search(part):
                plain.add(part)
        return "".join(parts)

    def _text(self, parts: list[str], at: int) -> str:
        if not _HAN.search(parts[at]):
            self._known.plain.add(parts[at])
            return parts[at]
        said = self._say(unescape(parts[at]))
        if all(own for _, own in said):
            whole = self._known.texts[parts[at]] = escape("".join(words for words, _ in said), quote=False)
            return whole
        self.left = max(self.left, *(len(_HAN.findall(words)) for words, own in said if not own))
        before = parts[at - 1] if at else ""
        name = found[1] if (found := _NAME.match(before)) else ""
        if name in ("title", "option", "text", "tspan"):
            return escape("".join(words for words, _ in said), quote=False)
        if len(said) == 1 and self._alone(parts, at, name=name):
            parts[at - 1] = f'{before[: len(name) + 1]} lang="{self._own}"{before[len(name) + 1 :]}'
            return parts[at]
        return "".join(
            escape(words, quote=False)
            if own or not _HAN.search(words)
            else f'<span lang="{self._own}">{escape(words, quote=False)}</span>'
            for words, own in said
        )

    @staticmethod
    def _alone(parts: list[str], at: int, *, name: str) -> bool:
        """Whether a text is all that its element holds."""
        before, after = parts[at - 1] if at else "", parts[at + 1] if at + 1 < len(parts) else ""
        return bool(name) and before[1] != "/" and " lang=" not in before and after == f"</{name}>"

    def _tag(self, tag: str, name: str, *, read: bool) -> str:
        head, end, body = tag.partition(">") if name == "script" else (tag, "", "")
        if "=" not in head:
            return tag
        head = _LINK.sub(self._link, head)
        if read and _HAN.search(head):
            head = _READ.sub(self._attribute, head)
            head = _META.sub(self._meta, head)
        return f"{head}{end}{body}"

    def _words(self, value: str) -> str:
        return escape("".join(words for words, _ in self._say(unescape(value))))

    def _attribute(self, found: re.Match[str]) -> str:
        return f' {found[1]}="{self._words(found[2])}"'

    def _meta(self, found: re.Match[str]) -> str:
        return found[0].replace(f'content="{found[1]}"', f'content="{self._words(found[1])}"')

    def _link(self, found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if name == "srcset":
            sizes = (one.partition(" ") for one in value.split(", "))
            value = ", ".join(f"{self._lead(url)}{blank}{size}" for url, blank, size in sizes)
        elif name == "content":
            value = _REFRESH + self._lead(value.removeprefix(_REFRESH)) if value.startswith(_REFRESH) else value
        else:
            value = self._lead(value)
        return f' {name}="{value}"'
