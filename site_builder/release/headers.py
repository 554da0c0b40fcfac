"""Nothing comes in; the headers that protect visitors, said once for every web server and for the preview, go out."""

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Any

_POLICY: tuple[tuple[str, str], ...] = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),  # the viewer of details draws its buttons from data: addresses
    ("media-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("worker-src", "'self'"),
    ("frame-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'self'"),
    ("require-trusted-types-for", "'script'"),
)
_OTHERS: tuple[tuple[str, str], ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")
"""Only for sites that have HTTPS and will keep it: browsers then refuse plain HTTP for a year."""
SHARED = ("Access-Control-Allow-Origin", "*")
"""For open data and pictures by IIIF, which viewers on other sites read."""
_INLINE = MappingProxyType({"script-src": "'self' 'unsafe-inline'"})
"""For the preview: MkDocs reloads pages by a script that it writes into them."""
Start = Callable[..., Any]


def security(*, preview: bool = False) -> tuple[tuple[str, str], ...]:
    """Name → value of the headers that every answer bears."""
    policy = "; ".join(f"{name} {_INLINE.get(name, value) if preview else value}" for name, value in _POLICY)
    return (("Content-Security-Policy", policy), *_OTHERS)


def guarded(start: Start) -> Start:
    """A WSGI ``start_response`` that adds the headers of the preview."""

    def starting(status: str, headers: Iterable[tuple[str, str]], *rest: Any) -> Any:
        return start(status, [*headers, *security(preview=True)], *rest)

    return starting
