"""An exhibition opened for editing: a desk, and the real server on loopback with a window that has its cookie."""

from __future__ import annotations

import contextlib
import http.client
import json
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from whole import SECONDS

from site_builder.commands.edit import told
from site_builder.commands.failures import words_for
from site_builder.commands.serve import build_preview
from site_builder.editing.desk import Desk
from site_builder.editing.door import Door
from site_builder.editing.guard import Guard
from site_builder.press.packaged import packaged_theme
from site_builder.preview.preview import Preview
from site_builder.release.headers import App
from site_builder.release.wsgi_server import local_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WINDOW = "fenster0001"


@dataclass(frozen=True)
class Answered:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as an object."""
        return json.loads(self.body)


@dataclass(repr=False)
class Served:
    """A running editor."""

    root: Path
    desk: Desk
    guard: Guard
    scratch: Path
    cookie: str = ""

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.guard.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
        """One request; a header whose value is empty is left out."""
        own = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.guard.port}"}
        if method == "POST":
            own |= {"Origin": self.base, "X-Exhibition": "edit", "Content-Type": "application/json"}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        line = http.client.HTTPConnection("127.0.0.1", self.guard.port, timeout=SECONDS)
        with contextlib.closing(line):
            return self._asked(line, method, path, body, own)

    def _asked(
        self, line: http.client.HTTPConnection, method: str, path: str, body: bytes | None, own: dict[str, str]
    ) -> Answered:
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in own.items():
            if value:
                line.putheader(name, value)
        if body is not None and "Content-Length" not in own:
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body)
        found = line.getresponse()
        headers = {name.lower(): value for name, value in found.getheaders()}
        return Answered(found.status, headers, found.read())

    def post(self, name: str, **given: Any) -> Answered:
        """A request of the page's own scripts."""
        return self.ask("POST", f"/_edit/api/{name}", json.dumps(given).encode())

    def get(self, name: str, **given: str) -> Answered:
        """Likewise, one that changes nothing."""
        words = "&".join(f"{key}={quote(value)}" for key, value in given.items())
        return self.ask("GET", f"/_edit/api/{name}?{words}")

    def entry(self, path: str, window: str = WINDOW) -> Any:
        """A copy of an entry."""
        return self.get("entry", path=path, window=window).json()


def desk_at(root: Path, scratch: Path) -> Desk:
    """The exhibition read and its frames built."""
    site = scratch / "site"
    preview = Preview(
        root, lambda survey_of: build_preview(root, site, survey_of=survey_of, lenient=True), lenient=True
    )
    return Desk(root, preview, scratch / "drafts")


@contextmanager
def served(root: Path, scratch: Path, *, port: int = 0, desk: Desk | None = None) -> Iterator[Served]:
    """The editor of this exhibition, running; its window has come in by the ticket."""
    desk = desk or desk_at(root, scratch)
    guards: list[Guard] = []

    def app_at(bound: int) -> App:
        guards.append(Guard(bound))
        return told(Door(desk, guards[0], scratch / "site", (str(packaged_theme()),), words_for))

    with local_server(app_at, port) as server:
        running = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        running.start()
        try:
            yield Served(root, desk, guards[0], scratch)
        finally:
            server.shutdown()
            running.join()


def admitted(editor: Served) -> Served:
    """The same editor with a window that has used the ticket."""
    opened = editor.ask("GET", editor.guard.address.partition(f":{editor.guard.port}")[2])
    editor.cookie = opened.headers["set-cookie"].partition(";")[0]
    return editor
