"""A request comes in; it goes on only if it comes from the editor's own window on this machine."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

OPEN = "/_edit/open"
"""Where the ticket is shown that the command line prints."""
MARK = "HTTP_X_EXHIBITION"
"""A header that only a script of the same origin can send without being asked first."""
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
"""On every answer of the editor itself."""


@dataclass
class Guard:
    """Who may come in: whoever shows the ticket, once, and then bears the cookie that it was exchanged for."""

    port: int
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        """What the command line prints; good for one opening."""
        return f"http://127.0.0.1:{self.port}{OPEN}?ticket={self.ticket}"

    def refusal(self, environ: Mapping[str, Any]) -> tuple[str, str] | None:
        """Status and words where a request is turned away."""
        if environ.get("REMOTE_ADDR") not in _LOOPBACK or environ.get("HTTP_HOST") not in self._hosts():
            return "421 Misdirected Request", "编辑程序只在本机用，请用命令行给出的网址打开。"
        if not self._is_own(environ):
            return "403 Forbidden", "这是别的网页发来的，没有照办。"
        if environ["PATH_INFO"] != OPEN and not self._has_cookie(environ):
            return (
                "403 Forbidden",
                "请用命令行给出的网址打开；网址用过一次就失效，重新运行 exhibition edit 会给出新的。",
            )
        return None

    def admitted(self, environ: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
        """The headers that let a window in, in exchange for the ticket, which is then worth nothing; None for any other."""
        shown = parse_qs(environ.get("QUERY_STRING", "")).get("ticket", [""])[0]
        if self._has_cookie(environ):
            return ()
        if not self.ticket or not _same(shown, self.ticket):
            return None
        self.ticket = ""
        return (("Set-Cookie", f"{self._name}={self._session}; Path=/; HttpOnly; SameSite=Strict"),)

    @property
    def _name(self) -> str:
        return f"exhibition-edit-{self.port}"  # cookies do not mind ports, so the name does

    def _hosts(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    def _is_own(self, environ: Mapping[str, Any]) -> bool:
        """Whether a request that may change something comes from a page of ours: by origin, by its own header, by the browser's word."""
        site = environ.get("HTTP_SEC_FETCH_SITE", "same-origin")
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            # a link elsewhere may lead to the ticket's page, nothing else
            return site in {"same-origin", "none"} or environ["PATH_INFO"] == OPEN
        origin = f"http://{environ.get('HTTP_HOST', '')}"
        return site == "same-origin" and environ.get("HTTP_ORIGIN") == origin and environ.get(MARK) == "edit"

    def _has_cookie(self, environ: Mapping[str, Any]) -> bool:
        try:
            borne = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(self._name)
        except CookieError:
            return False
        return borne is not None and _same(borne.value, self._session)


def _same(shown: str, known: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "replace"), known.encode())
