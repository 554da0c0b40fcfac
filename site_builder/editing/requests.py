"""A WSGI environment comes in, what was asked goes out; and an answer comes in, what WSGI sends goes out."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import parse_qs

from site_builder.editing.guard import HEADERS
from site_builder.editing.saving import Refused
from site_builder.model.frozen import frozen
from site_builder.release.headers import Start

LARGEST_BODY = 2 * 1024 * 1024
"""An entry's file has at most 256 KB; a draft holds it up to three times, escaped."""
_DRAINED = 64 * 1024 * 1024
_CHUNK = 1 << 16


@dataclass
class Sent:
    """What a request sends beside its head: no more than it said, and how much of it is still to come."""

    stream: IO[bytes]
    left: int

    def read(self, most: int) -> bytes:
        """The next bytes; none at the end."""
        chunk = self.stream.read(min(most, self.left)) if self.left else b""
        self.left = self.left - len(chunk) if chunk else 0
        return chunk

    def drained(self) -> None:
        """Reads off what nobody wanted, for a sender that is cut off in the middle does not hear the answer; not without end."""
        read = 0
        with contextlib.suppress(OSError):
            while read < _DRAINED and (chunk := self.read(_CHUNK)):
                read += len(chunk)


@frozen
class Request:
    """What a window asks."""

    path: str
    query: Mapping[str, str]
    sent: Sent
    length: int
    type: str

    @classmethod
    def of(cls, environ: Mapping[str, Any]) -> "Request":
        """Raises ``Refused`` where the length is not said."""
        query = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        said = environ.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal():
            raise Refused("没有说明长度", status=411)
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        return cls(path, query, Sent(environ["wsgi.input"], int(said)), int(said), environ.get("CONTENT_TYPE", ""))

    def json(self) -> Mapping[str, Any]:
        """The body as an object; refused where it is too large, of another type or no object."""
        if self.type.partition(";")[0].strip().lower() != "application/json":
            raise Refused("只收 JSON", status=415)
        if self.length > LARGEST_BODY:
            raise Refused("送来的内容太大", f"一个条目不超过 {LARGEST_BODY // 1024} KB", status=413)
        try:
            found = json.loads(self.sent.read(self.length))
        except (ValueError, RecursionError) as fault:
            raise Refused("送来的不是 JSON", status=400) from fault
        if not isinstance(found, dict):
            raise Refused("送来的不是一组字段", status=400)
        return found


@frozen
class Answer:
    """What goes back to the window."""

    status: str
    type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = HEADERS

    def said(self, start: Start, sent: Sent | None = None) -> Iterator[bytes]:
        """As WSGI wants it; what the request still sends is read off afterwards."""
        start(self.status, [("Content-Type", self.type), ("Content-Length", str(len(self.body))), *self.headers])
        yield self.body
        if sent:
            sent.drained()


def data(value: Mapping[str, Any], status: str = "200 OK") -> Answer:
    """An object as JSON; halves of characters, which no text holds, as question marks."""
    text = json.dumps(value, ensure_ascii=False, default=list_of)
    return Answer(status, "application/json; charset=utf-8", text.encode("utf-8", "replace"))


def list_of(value: Any) -> Any:
    """Read-only mappings as JSON's objects."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def words(status: str, text: str) -> Answer:
    """A plain sentence."""
    return Answer(status, "text/plain; charset=utf-8", f"{text}\n".encode())
