"""Real web servers on loopback, with the configuration that `exhibition headers` writes."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.release.servers import SERVERS

if TYPE_CHECKING:
    from collections.abc import Iterator

BROTLI = "modules/ngx_http_brotli_static_module.so"
SECONDS = 120
"""Within which a server must begin or end, on a machine that is busy with other tests."""


def program(name: str) -> str:
    """The path of a server; where it is missing the test fails and says how to get it."""
    found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") or shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing (Debian: apt-get install nginx-light libnginx-mod-http-brotli-static caddy)")
    return found


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def nginx(docroot: Path, house: Path) -> Iterator[str]:
    """nginx with our configuration; only the port differs, and brotli, which the sample leaves to the keeper, is on."""
    port = free_port()
    ours = SERVERS["nginx"](str(docroot), "localhost").replace("listen 80;", f"listen 127.0.0.1:{port};")
    ours = ours.replace("    listen [::]:80;\n", "")
    brotli = next(
        (path for path in (Path("/usr/lib/nginx") / BROTLI, Path("/usr/share/nginx") / BROTLI) if path.exists()), None
    )
    assert brotli is not None, "libnginx-mod-http-brotli-static is missing"
    ours = ours.replace("# brotli_static on;", "brotli_static on;")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{kind}_temp_path {house}/{kind};" for kind in kinds)
    settings = house / "nginx.conf"
    settings.write_text(
        f"load_module {brotli};\nuser root;\ndaemon off;\nworker_processes 1;\npid {house}/pid;\nerror_log {house}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}\n{ours}\n}}\n",
        encoding="utf-8",
    )
    with _running([program("nginx"), "-p", str(house), "-e", f"{house}/error.log", "-c", str(settings)], port, house):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def caddy(docroot: Path, house: Path) -> Iterator[str]:
    """Caddy with our configuration; only the address differs."""
    port = free_port()
    ours = SERVERS["caddy"](str(docroot), f"http://127.0.0.1:{port}")
    settings = house / "Caddyfile"
    settings.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{ours}", encoding="utf-8")
    with _running([program("caddy"), "run", "--adapter", "caddyfile", "--config", str(settings)], port, house):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _running(command: list[str], port: int, house: Path) -> Iterator[None]:
    """A server from the moment it answers until the test is done with it."""
    home = {"HOME": str(house), "XDG_DATA_HOME": str(house), "XDG_CONFIG_HOME": str(house), "PATH": "/usr/bin:/bin"}
    with (house / "said.log").open("wb") as log:
        process = subprocess.Popen(command, env=home, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None and time.monotonic() < deadline, (house / "said.log").read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def fetched(url: str, *, accept: str = "") -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body as sent."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": accept} if accept else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, {name.lower(): value for name, value in fault.headers.items()}, fault.read()
