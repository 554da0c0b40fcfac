"""Method, host and path of a request come in; whether a server on this machine answers it, or with what it refuses, goes out.

A page elsewhere can make a browser ask this machine: by a name that it lets point here (DNS rebinding), so the name is looked
at; or by forms, so nothing but reading is answered.
"""

from http import HTTPStatus

_OURS = frozenset({"", "localhost", "127.0.0.1", "[::1]"})
"""Names by which this machine calls itself; no name at all is no browser."""
_READING = frozenset({"GET", "HEAD"})


def refused(method: str, *, host: str, path: str) -> HTTPStatus | None:
    """The status to answer with instead of a file; None where all is well. ``path`` is decoded."""
    if method not in _READING:
        return HTTPStatus.METHOD_NOT_ALLOWED
    name, colon, port = host.rpartition(":")
    if (name if colon and port.isdigit() else host).lower() not in _OURS:
        return HTTPStatus.MISDIRECTED_REQUEST
    return HTTPStatus.NOT_FOUND if "\0" in path or "\\" in path else None
