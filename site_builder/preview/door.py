"""Requests of a browser come in over WSGI; pages as they are now go out, and what is amiss with the content they are made from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote
from wsgiref.util import FileWrapper

from site_builder.model.frozen import frozen
from site_builder.preview.following import Attempt, Following
from site_builder.preview.preview import Preview
from site_builder.preview.telling import told
from site_builder.release.gate import refused
from site_builder.release.headers import Start, security
from site_builder.release.served import served

HOME = "index.html"
OWN = "/_live/"
"""Where the preview's own files lie; the site has none there."""
_PATIENCE = 25.0
"""Seconds that a browser waits for news before it asks again."""
_FILES = files(__package__) / "browser"
_OWN_FILES = frozenset({"live.js", "live.css"})
_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"


@frozen
class Page:
    """A page as it is now: its status and bytes, and what kept it from being the latest."""

    status: str
    content: bytes
    failure: str = ""

    @property
    def digest(self) -> str:
        """What tells it from any other state of the page."""
        return hashlib.sha256(self.status.encode() + self.content).hexdigest()[:16]


@frozen
class Door:
    """The WSGI application."""

    preview: Preview
    following: Following
    attempt: Attempt

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answers one request."""
        answer = self._answered(environ, start)
        return answer if environ["REQUEST_METHOD"] != "HEAD" else []

    def _answered(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        status = refused(environ["REQUEST_METHOD"], host=environ.get("HTTP_HOST", ""), path=path)
        if status is not None:
            return _answer(start, f"{status.value} {status.phrase}", kind=_TEXT, content=b"")
        if path == f"{OWN}now":
            asked = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
            news = json.dumps(self.news(asked), ensure_ascii=False).encode()
            return _answer(start, "200 OK", kind=served("now.json").content_type, content=news)
        if path.startswith(OWN):
            return _own(path.removeprefix(OWN), start)
        return self._file(path, start)

    def news(self, asked: Mapping[str, str]) -> Mapping[str, Any]:
        """What there is to know of a page, as soon as it differs from what the browser knows, or after some seconds."""
        count = self.following.bell.count
        now = self._now(unquote(asked.get("page", "/")))
        if all(str(now[name]) == asked.get(name, "") for name in ("seen", "index", "told")):
            self.following.bell.wait(count, _PATIENCE)
            now = self._now(unquote(asked.get("page", "/")))
        return now

    def _now(self, path: str) -> Mapping[str, Any]:
        page = self._page(path)
        shown = told(self.preview.problems, (self.following.failure, page.failure))
        return {**shown, "seen": page.digest, "index": self.preview.surveys}

    def _file(self, path: str, start: Start) -> Iterable[bytes]:
        target = self._inside(path)
        if not path.endswith((".html", "/")) and target is not None:
            self.attempt(
                lambda: self.preview.ready(path)
            )  # a picture that cannot be made is missing, as it is in a site
            with suppress(OSError):  # another site may have taken this one's place
                file = target.open("rb")
                length = ("Content-Length", str(target.stat().st_size))
                start("200 OK", [("Content-Type", served(path.lstrip("/")).content_type), length, _FRESH, *security()])
                return FileWrapper(file)
            if not target.suffix and ((target / HOME).is_file() or self.preview.has_page(f"{path}/")):
                return _answer(start, "302 Found", content=b"", to=f"{quote(path)}/")
        page = self._page(path)
        return _answer(start, page.status, content=self._with_script(page, path))

    def _page(self, path: str) -> Page:
        """The page at a path; what it was before, where it cannot be made; else the one for addresses that are not there."""
        first = (_FILES / "first.html").read_bytes()
        if not self.preview.has_pages:
            return Page("503 Service Unavailable", first)
        failure = self.attempt(lambda: self.preview.ready(path))
        found = self._read(f"{path}{HOME}" if path.endswith("/") else path)
        if found is not None:
            return Page("200 OK", found, failure)
        if failure:
            return Page("500 Internal Server Error", first, failure)
        return Page("404 Not Found", self._read("404.html") or first)

    def _read(self, path: str) -> bytes | None:
        target = self._inside(path)
        with suppress(OSError):
            return target.read_bytes() if target else None
        return None

    def _inside(self, path: str) -> Path | None:
        """The file at a path; None where that leads out of the site, or there is no site yet."""
        site = self.preview.site
        target = (site / path.lstrip("/")).resolve() if site else None
        return target if site and target and target.is_relative_to(site.resolve()) else None

    def _with_script(self, page: Page, path: str) -> bytes:
        """The page with the script that shows problems and waits for news; it says what the browser now sees."""
        script = (
            f'<link rel="stylesheet" href="{OWN}live.css"><script src="{OWN}live.js" defer '
            f'data-page="{quote(path)}" data-seen="{page.digest}" data-index="{self.preview.surveys}"></script>'
        ).encode()
        head, mark, rest = page.content.partition(b"</head>")
        return head + script + mark + rest


_FRESH = ("Cache-Control", "no-store")


def _own(name: str, start: Start) -> Iterable[bytes]:
    if name not in _OWN_FILES:
        return _answer(start, "404 Not Found", kind=_TEXT, content=b"")
    return _answer(start, "200 OK", kind=served(name).content_type, content=(_FILES / name).read_bytes())


def _answer(start: Start, status: str, *, content: bytes, kind: str = _HTML, to: str = "") -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(content))), _FRESH, *security()]
    start(status, [*headers, *([("Location", to)] if to else [])])
    return [content]
