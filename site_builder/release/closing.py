"""A page of a built site comes in; the same page, whose every link leads to a file beside it, goes out: for folders without a server.

The tags are found by the parser of the standard library and only the values of their attributes are exchanged: whoever wrote a
link (a template, an editor in Markdown, MkDocs), it is taken up, and no other byte of the page changes. The press could only
mend the links that it writes itself.
"""

from collections.abc import Collection
from html import escape
from html.parser import HTMLParser
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from site_builder.model.frozen import frozen

_LINKS = {"a": "href", "form": "action", "area": "href"}.items()
_REFRESH = "; url="
INDEX = "index.html"


def closed(html: str, *, at: str, names: Collection[str], online: str = "") -> str:
    """The page at this address with ``index.html`` written out in links to pages.

    ``names`` are all files of the folder; a link to a file that is not there leads to ``online`` (the address of the site, with
    a trailing slash), or becomes plain words where that is empty. Sizes of pictures that are not there are left out.
    """
    parser = _Closing(html, _Folder(dirname(at), names, online))
    parser.feed(html)
    parser.close()
    return parser.result()


@frozen
class _Folder:
    """Where the links of one page lead."""

    here: str
    names: Collection[str]
    online: str

    def target(self, address: str) -> str | None:
        """The address as it must be written; None where it leads nowhere."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address
        path = normpath(f"{self.here}/{unquote(parts.path)}" if self.here else unquote(parts.path))
        page = INDEX if path == "." else f"{path}/{INDEX}"
        tail = f"{'?' if parts.query else ''}{parts.query}{'#' if parts.fragment else ''}{parts.fragment}"
        if path in self.names:
            return address
        if page in self.names:
            return f"{parts.path.rstrip('/')}/{INDEX}{tail}" if parts.path != "./" else f"./{INDEX}{tail}"
        if not self.online or path.startswith(".."):
            return None
        return f"{self.online}{path}{'/' if parts.path.endswith('/') else ''}{tail}"

    def sizes(self, candidates: str) -> str:
        """Of a ``srcset`` those files that are there."""
        kept = [one for one in candidates.split(", ") if self.has(one.split(" ")[0])]
        return ", ".join(kept)

    def has(self, address: str) -> bool:
        """Whether a file is in the folder."""
        return normpath(f"{self.here}/{unquote(address)}" if self.here else unquote(address)) in self.names


class _Closing(HTMLParser):
    """Notes which part of the page is to be exchanged for what."""

    def __init__(self, html: str, folder: _Folder) -> None:
        super().__init__(convert_charrefs=False)
        self.folder, self.html = folder, html
        self.starts = [0]
        for line in html.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.pieces: list[str] = []
        self.done = 0

    def result(self) -> str:
        """The whole page."""
        return "".join((*self.pieces, self.html[self.done :]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Exchanges what this tag says."""
        given = {name: value for name, value in attrs if value is not None}
        for name, old, new in self._changes(tag, given):
            self._exchange(name, old, new=new)

    def _changes(self, tag: str, given: dict[str, str]) -> list[tuple[str, str, str | None]]:
        found: list[tuple[str, str, str | None]] = [
            (name, given[name], self.folder.target(given[name])) for own, name in _LINKS if own == tag and name in given
        ]
        if "srcset" in given:
            found.append(("srcset", given["srcset"], self.folder.sizes(given["srcset"])))
        if tag == "meta" and given.get("http-equiv") == "refresh" and _REFRESH in given.get("content", ""):
            seconds, _, address = given["content"].partition(_REFRESH)
            found.append(("content", given["content"], f"{seconds}{_REFRESH}{self.folder.target(address) or address}"))
        return [change for change in found if change[1] != change[2]]

    def _exchange(self, name: str, old: str, *, new: str | None) -> None:
        text = self.get_starttag_text() or ""
        line, column = self.getpos()
        start = self.starts[line - 1] + column
        for written in (old, escape(old), escape(old, quote=False)):
            at = text.find(f' {name}="{written}"')
            if at >= 0:
                self.pieces += (self.html[self.done : start + at], "" if new is None else f' {name}="{escape(new)}"')
                self.done = start + at + len(f' {name}="{written}"')
                return
