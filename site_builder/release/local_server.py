"""A directory with a built site comes in; a server on this machine alone, which never leads out of the exhibition, goes out."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from site_builder.release.gate import refused

START = "/kiosk/?kiosk"
HOST = "127.0.0.1"
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "require-trusted-types-for 'script'"
)


class _Screen(SimpleHTTPRequestHandler):
    """Serves files; an address that is not there leads back to the start."""

    def send_head(self) -> Any:
        """A file to read, unless the request is none that this machine's own browser would make."""
        status = refused(self.command, host=self.headers.get("Host", ""), path=unquote(self.path, errors="replace"))
        if status is None:
            return super().send_head()
        super().send_error(status)
        return None

    def send_error(self, code: int, *said: Any, **named: Any) -> None:
        """A visitor sees no page of faults."""
        if code != HTTPStatus.NOT_FOUND or Path(self.path.partition("?")[0]).suffix not in {"", ".html"}:
            super().send_error(code, *said, **named)
            return
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", START)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def list_directory(self, path: Any) -> None:
        """Folders without a page are not shown."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Nothing is taken from elsewhere, and nothing is kept that a later pack replaces."""
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """A screen that runs for months fills no log."""


def server_for(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of this directory on the loopback address; port 0 takes a free one. OSError where the port is taken."""
    server = ThreadingHTTPServer((HOST, port), partial(_Screen, directory=str(site)))
    server.daemon_threads = True
    return server


def start_address(server: ThreadingHTTPServer) -> str:
    """Where the screen begins."""
    return f"http://{HOST}:{server.server_port}{START}"
