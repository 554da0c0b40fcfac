"""Servers on this machine: only its own browser is answered, only reading, only below the site."""

from __future__ import annotations

import socket
import zipfile
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from whole import SECONDS, run

from site_builder.release.gate import refused
from site_builder.release.local_server import server_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "样本机密"


@pytest.mark.parametrize(
    ("method", "host", "path", "status"),
    [
        ("GET", "127.0.0.1:8000", "/", None),
        ("HEAD", "localhost:8000", "/a/", None),
        ("GET", "LocalHost", "/", None),
        ("GET", "[::1]:8000", "/", None),
        ("GET", "", "/", None),
        ("GET", "evil.example:8000", "/", 421),
        ("GET", "127.0.0.1.evil.example", "/", 421),
        ("GET", "localhost.evil.example:8000", "/", 421),
        ("GET", "127.0.0.1:8000@evil.example", "/", 421),
        ("GET", "192.168.1.2:8000", "/", 421),
        ("POST", "127.0.0.1:8000", "/", 405),
        ("PUT", "localhost", "/", 405),
        ("DELETE", "localhost", "/", 405),
        ("TRACE", "localhost", "/", 405),
        ("GET", "localhost", "/a\0b", 404),
        ("GET", "localhost", "/..\\mkdocs.yml", 404),
    ],
)
def test_who_is_answered(method: str, host: str, path: str, status: int | None) -> None:
    """A name that somebody else made to point here is not this machine's name."""
    assert refused(method, host=host, path=path) == status


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the screen's server, beside whose directory a secret lies."""
    house = tmp_path_factory.mktemp("screen")
    (house / "secret.txt").write_text(SECRET, encoding="utf-8")
    (house / "site/kiosk").mkdir(parents=True)
    (house / "site/kiosk/index.html").write_text("<!doctype html>样本", encoding="utf-8")
    with server_for(house / "site", 0) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.server_port
        server.shutdown()


def answer(port: int, line: str, host: str = "127.0.0.1") -> str:
    """What a server says to this request line, byte by byte, as no browser would send it."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall(f"{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        said = b""
        while part := connection.recv(65536):
            said += part
    return said.decode("utf-8", "replace")


def test_the_screen_is_answered(screen: int) -> None:
    """What is refused below is not refused because nothing works."""
    assert "200 OK" in answer(screen, "GET /kiosk/?kiosk")
    assert "样本" in answer(screen, "GET /kiosk/", f"localhost:{screen}")


@pytest.mark.parametrize(
    ("line", "host", "status"),
    [
        ("GET /kiosk/", "evil.example", "421"),
        ("HEAD /kiosk/", "evil.example", "421"),
        ("POST /kiosk/", "127.0.0.1", "501"),
        ("PUT /kiosk/index.html", "127.0.0.1", "501"),
        ("DELETE /kiosk/index.html", "127.0.0.1", "501"),
        ("GET /../secret.txt", "127.0.0.1", "404"),
        ("GET /%2e%2e/secret.txt", "127.0.0.1", "404"),
        ("GET /..%2fsecret.txt", "127.0.0.1", "404"),
        ("GET /%252e%252e/secret.txt", "127.0.0.1", "404"),
        ("GET /%c0%ae%c0%ae/secret.txt", "127.0.0.1", "404"),
        ("GET //../secret.txt", "127.0.0.1", "404"),
        ("GET /..%5csecret.txt", "127.0.0.1", "404"),
        ("GET /kiosk/%00", "127.0.0.1", "404"),
    ],
)
def test_others_are_not_and_nothing_else_is_shown(screen: int, line: str, host: str, status: str) -> None:
    """Neither to another name, nor to another method, nor from another directory."""
    said = answer(screen, line, host)
    assert said.split(" ", 2)[1] == status, said
    assert SECRET not in said
    assert "样本" not in said


def test_a_pack_that_is_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Two hundred kilobytes that would be two hundred megabytes; the name that leads out stays inside."""
    bomb = tmp_path / "展览.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../out.txt", "样本")
        with archive.open("展览/site/kiosk/index.html", "w") as member:
            for _ in range(200):
                member.write(bytes(1_000_000))
    done = run("kiosk", "--pack", str(bomb), cwd=tmp_path)
    assert done.returncode == 2
    assert "可能是恶意文件" in done.stderr
    assert not (tmp_path.parent.parent / "out.txt").exists()
