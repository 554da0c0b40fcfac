"""A WSGI application comes in; it is served on this machine alone, several requests at a time, until somebody stops it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from site_builder.release.headers import App

_PATIENCE = 30
"""Seconds that a client may be silent in the middle of a request."""


class LocalServer(ThreadingMixIn, WSGIServer):
    """Serves the address 127.0.0.1 and no other."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection is no event; what the application raises is told by the door above it."""


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE

    def address_string(self) -> str:
        """As a number: asking for the name may take seconds."""
        return str(self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the window shows what happens."""


def local_server(app_at: Callable[[int], App], port: int) -> LocalServer:
    """A server that listens on this port, 0 for any, of an application that is told the port; OSError where it is taken."""
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        LocalServer.allow_reuse_address = False  # on Windows it would let a second server listen on the same port
    server = LocalServer(("127.0.0.1", port), _Handler)
    server.set_app(app_at(server.server_port))
    return server


@contextmanager
def serving(server: LocalServer) -> Iterator[None]:
    """Lets it answer in a thread of its own while the caller does other things."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
