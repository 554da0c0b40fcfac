"""A web address comes in; the bytes behind it go out, within limits, and never from a network that only this machine can see.

The standard library rather than a client of its own: what matters here is which machine a connection really reaches, and that
is decided where the socket is opened. Names are resolved once and the very address that was found harmless is connected to.
"""

import socket
import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit, urlunsplit

from site_builder.harvest.limits import LARGEST_WHOLE, LONGEST, MOST_REDIRECTS, PATIENCE
from site_builder.model.frozen import frozen
from site_builder.sheets.packages import Refused

_AGENT = "workers-exhibition-harvest/1 (+https://github.com/)"
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_CHECK_ADDRESS = "核对网址，确认在浏览器里打得开"


@frozen
class Guard:
    """Whom a harvest may talk to: public addresses, and what the editor named."""

    private: bool = False
    """Whether addresses of inner networks are allowed, as the editor asked."""
    named: str = ""
    """The host of the address on the command line, where it plainly is this very machine."""

    def admits(self, host: str, address: str) -> bool:
        """Whether a connection to this resolved address may be opened."""
        found = ip_address(address.partition("%")[0])
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        if found.is_global and not found.is_multicast:
            return True
        return self.private or (found.is_loopback and bool(self.named) and host == self.named)


@dataclass
class Allowance:
    """What is left of a harvest's bytes and seconds."""

    until: float = field(default_factory=lambda: time.monotonic() + LONGEST)
    left: int = LARGEST_WHOLE

    def spend(self, size: int) -> None:
        """``Refused`` when there is nothing left."""
        self.left -= size
        if self.left < 0:
            raise Refused("harvest-limit", f"总共超过 {LARGEST_WHOLE >> 20} MB", hint="分几次汇集，或不取图片")
        if time.monotonic() > self.until:
            raise Refused(
                "harvest-limit", f"汇集超过 {LONGEST // 60} 分钟", hint="网络太慢；请对方给一份压缩包，从文件汇集"
            )


def guard_for(address: str, *, private: bool) -> Guard:
    """The guard of a harvest that begins at this address; who names this machine itself means it."""
    host = urlsplit(address).hostname or ""
    return Guard(private, host if host in {"localhost", "127.0.0.1", "::1"} else "")


def fetched(address: str, guard: Guard, *, most: int, allowance: Allowance) -> tuple[bytes, str]:
    """The bytes and the address that they came from in the end; ``Refused`` for whatever does not go as it should."""
    for _ in range(MOST_REDIRECTS + 1):
        connection, path = _connection(address, guard)
        try:
            connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
            with connection.getresponse() as answer:
                if answer.status not in _MOVED:
                    return _content(answer, most=most, allowance=allowance), address
                address = urljoin(address, answer.getheader("Location") or "")
        except (OSError, HTTPException, ValueError) as fault:
            raise _unreached(fault) from fault
        finally:
            connection.close()
    raise Refused("harvest-source", f"网址转来转去，超过 {MOST_REDIRECTS} 次", hint=_CHECK_ADDRESS)


def _unreached(fault: Exception) -> Refused:
    if isinstance(fault, Refused):
        return fault
    if isinstance(fault, ssl.SSLError):
        return Refused("harvest-source", "对方的证书不能确认", hint="请对方检查证书，或给一份文件")
    if isinstance(fault, TimeoutError):
        return Refused("harvest-source", f"{PATIENCE} 秒没有回音", hint="过一会儿再试")
    return Refused("harvest-source", "连接不上", hint=_CHECK_ADDRESS)


def _connection(address: str, guard: Guard) -> tuple[HTTPConnection, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise Refused(
            "harvest-address", "只能汇集 http 或 https 网址，网址里不能有用户名", hint="改用以 https:// 开头的网址"
        )
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    if any(letter <= " " or letter > "~" for letter in target):
        raise Refused("harvest-address", "网址里有没有编码的字符", hint="从浏览器的地址栏重新复制")
    kind = _Secure if parts.scheme == "https" else _Plain
    return kind(host, port, guard=guard), target


def _opened(host: str, port: int, *, guard: Guard) -> socket.socket:
    """A socket to an address that was looked at: a name cannot mean another one a moment later."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Refused("harvest-source", f"找不到 {host} 这台服务器", hint=_CHECK_ADDRESS) from fault
    places = [str(place[4][0]) for place in found]
    if not all(guard.admits(host, place) for place in places):
        raise Refused(
            "harvest-address", f"{host} 在内部网络里，没有去取", hint="确实要从内部网络汇集，加 --allow-private"
        )
    return socket.create_connection((places[0], port), timeout=PATIENCE)


class _Plain(HTTPConnection):
    """HTTP over a socket that the guard admitted."""

    def __init__(self, host: str, port: int | None, *, guard: Guard) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self._guard = guard

    def connect(self) -> None:
        """Open the socket."""
        self.sock = _opened(self.host, self.port, guard=self._guard)


class _Secure(HTTPSConnection):
    """HTTPS over a socket that the guard admitted; the certificate must be the host's."""

    def __init__(self, host: str, port: int | None, *, guard: Guard) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self._trust)
        self._guard = guard

    def connect(self) -> None:
        """Open the socket, then speak TLS on it."""
        self.sock = self._trust.wrap_socket(_opened(self.host, self.port, guard=self._guard), server_hostname=self.host)


def _content(answer: HTTPResponse, *, most: int, allowance: Allowance) -> bytes:
    if answer.status != 200:
        raise Refused("harvest-source", f"对方回答 {answer.status}", hint=_CHECK_ADDRESS)
    parts: list[bytes] = []
    size = 0
    while part := answer.read(_CHUNK):
        size += len(part)
        if size > most:
            raise Refused("harvest-limit", f"文件超过 {most >> 20} MB", hint="请对方分成几份")
        allowance.spend(len(part))
        parts.append(part)
    return b"".join(parts)
