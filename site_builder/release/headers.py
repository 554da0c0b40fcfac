"""Nothing comes in; the headers that protect visitors, said once for every web server and for the preview, go out."""

from collections.abc import Callable, Iterable
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
Start = Callable[..., Any]
"""A WSGI ``start_response``."""
App = Callable[[dict[str, Any], Start], Iterable[bytes]]
"""A WSGI application."""


def security() -> tuple[tuple[str, str], ...]:
    """Name → value of the headers that every answer bears."""
    return (("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in _POLICY)), *_OTHERS)
