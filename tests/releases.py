"""Made-up sites to deploy, a real server that speaks S3, deploys that are killed on the way, and a visitor who follows every link."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from whole import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PROJECT = Path(__file__).resolve().parent.parent
BUCKET = "yang-ben"
LINK = re.compile(r'(?:href|src)="([^"#?]+)"')
RELEASE = re.compile(r"<!--release (\w+)-->")


# --- sites -----------------------------------------------------------------------------------------------------------


def made_up_site(site: Path, release: str, *, entries: Iterable[int] = range(12), shards: int = 8) -> Path:
    """A site as the builder makes it, in small: pages, hashed assets, a search index whose shards belong together.

    Every page says of which release it is, asks for the assets of that release, and home leads to all of it.
    """
    shutil.rmtree(site, ignore_errors=True)
    numbers = tuple(entries)
    code = hashlib.sha256(release.encode()).hexdigest()[:10]
    head = f'<link href="BASEassets/{code}/exhibition.css"><script src="BASEassets/{code}/exhibition.js"></script>'
    page = f"<!doctype html><!--release {release}-->{head}"

    def put(path: str, text: str) -> None:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("BASE", "../" * path.count("/")), encoding="utf-8")

    for name in ("exhibition.css", "exhibition.js"):
        put(f"assets/{code}/{name}", f"/* 样本 {release} */" * 40)
    put("assets/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    for number in numbers:
        others = "".join(f'<a href="../y-{other}/">' for other in (numbers[0], numbers[-1]))
        body = f'<img src="../../media/0a/{number:018x}-w800.webp"><a href="../../projects/">样本{others}'
        put(f"projects/y-{number}/index.html", page + body * 5)
        put(f"media/0a/{number:018x}-w800.webp", f"样本图{number}" * 9)
    links = "".join(f'<a href="BASEprojects/y-{number}/">' for number in numbers)
    put("projects/index.html", page + links)
    put("index.html", f'{page}<a href="projects/">{links}')
    put("404.html", page)
    put("robots.txt", "User-agent: *\n")
    digest = hashlib.sha256(f"{release}{numbers}".encode()).hexdigest()[:12]
    for shard in range(shards):
        named = [f"projects/y-{number}/" for number in numbers if number % shards == shard]
        put(f"search/v1/t/{shard}.js", f"exhibitionSearch.put({json.dumps([f't/{shard}', release, named])})\n")
    put("search/v1/manifest.js", f'exhibitionSearch.put("manifest",{{"digest":"{digest}","shards":{shards}}})\n')
    return site


def plain_site(site: Path, *, files: int) -> Path:
    """A whole site of so many files, most of them small entry pages."""
    made_up_site(site, "p")
    for number in range(files - sum(path.is_file() for path in site.rglob("*"))):
        page = site / f"craftsmen/ren-{number}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<!doctype html>样本人{number}", encoding="utf-8")
    return site


# --- a server that speaks S3 -----------------------------------------------------------------------------------------


@dataclass
class Storage:
    """Moto's server on loopback; it notes every request that writes, and kills a process after so many of them."""

    url: str = ""
    written: list[tuple[str, str]] = field(default_factory=list)
    """Verb and path; a copy inside the bucket is a COPY."""
    victim: tuple[int, int] = (0, 0)
    """Process, and after how many writes it is killed."""
    lock: Lock = field(default_factory=Lock)

    def watched(self, application: Callable[..., Any]) -> Callable[..., Any]:
        """The application behind the notebook."""

        def watching(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
            verb = environ["REQUEST_METHOD"]
            if verb in {"PUT", "DELETE", "POST"}:
                with self.lock:
                    self.written.append(("COPY" if "HTTP_X_AMZ_COPY_SOURCE" in environ else verb, environ["PATH_INFO"]))
                    if self.victim[0] and len(self.written) == self.victim[1]:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(self.victim[0], signal.SIGKILL)
                    dead = self.victim[0] and len(self.written) >= self.victim[1]
                if dead:
                    start("503 Service Unavailable", [])
                    return [b""]
            return application(environ, start)

        return watching

    def target(self, prefix: str, *, options: str = "") -> str:
        """What to write after `exhibition deploy`."""
        return f"s3://{BUCKET}/{prefix}?endpoint={self.url}&region=us-east-1{options}"

    def counted(self, verb: str, *, notes: bool = False) -> list[str]:
        """Paths written with this verb; those below ``.releases`` only where asked for."""
        return [path for found, path in self.written if found == verb and (notes or "/.releases/" not in path)]

    def read(self, path: str) -> tuple[bytes, dict[str, str]] | None:
        """An object as a browser gets it: its bytes, unpacked, and its headers; None where there is none."""
        try:
            with urllib.request.urlopen(f"{self.url}/{BUCKET}/{urllib.parse.quote(path)}") as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                content = answer.read()
        except urllib.error.HTTPError as fault:
            fault.close()
            if fault.code in (403, 404):
                return None
            raise
        return gzip.decompress(content) if headers.get("content-encoding") == "gzip" else content, headers


class Handler(WSGIRequestHandler):
    """Keeps connections open, as real servers do, and writes no log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def handle(self) -> None:
        """Forgive a deploy that was killed while it spoke."""
        with contextlib.suppress(ConnectionError):
            super().handle()


def put_foreign(url: str, body: bytes, *, verb: str = "PUT") -> None:
    """Writes an object past the program, as anybody may do who has the keys."""
    headers = {"Content-Type": "application/octet-stream"}
    urllib.request.urlopen(urllib.request.Request(url, data=body, method=verb, headers=headers)).close()


@contextlib.contextmanager
def storage() -> Iterator[Storage]:
    """A server with an empty bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found = Storage()
    application = found.watched(create_backend_app("s3"))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        policy = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}
        for path, body in (("", b""), ("?policy", json.dumps(policy).encode())):
            put_foreign(f"{found.url}/{BUCKET}{path}", body)
        found.written.clear()
        yield found
    finally:
        server.shutdown()
        server.server_close()


# --- deploys in a process of their own -------------------------------------------------------------------------------

RUNNER = """
import importlib, json, os, signal, sys
from site_builder.commands.deploy import deploy
for line in sys.stdin:
    job = json.loads(line)
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(ready, 1)
        sys.stdin = open(os.devnull)
        left = [job["after"]]
        def watch(event, arguments):
            writes = event in {"os.link", "os.rename", "os.mkdir", "os.symlink", "os.remove", "os.rmdir", "shutil.copyfile"}
            if left[0] and (writes or event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa")):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(watch)
        out = os.open(job["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        try:
            deploy(job["arguments"])
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code or 0)
    print(child, flush=True)
    sys.stdin.readline()
    os.write(go, b"x")
    _, status = os.waitpid(child, 0)
    os.close(ready)
    os.close(go)
    print(json.dumps(os.waitstatus_to_exitcode(status)), flush=True)
"""


class Runner:
    """One process that has the program loaded and runs each deploy in a fork of itself, which can be killed."""

    def __init__(self, scratch: Path) -> None:
        self.out = scratch / "said.txt"
        environment = os.environ | {
            "PYTHONPATH": str(PROJECT),
            "AWS_ACCESS_KEY_ID": "yang-ben-id",
            "AWS_SECRET_ACCESS_KEY": "yang-ben-secret",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
        )

    def run(self, *arguments: str, after: int = 0, storage: Storage | None = None) -> int:
        """`exhibition deploy` with these arguments; killed after so many writes to the disk, or to the storage.

        Answers the exit code, negative for a signal.
        """
        assert self.process.stdin and self.process.stdout
        job = {"arguments": arguments, "after": 0 if storage else after, "out": str(self.out)}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        if storage:
            storage.written.clear()
            storage.victim = (child, after) if after else (0, 0)
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        if storage:
            storage.victim = (0, 0)
        return code

    @property
    def said(self) -> str:
        """What the last deploy printed."""
        return self.out.read_text(encoding="utf-8")

    def close(self) -> None:
        """Ends the process."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=SECONDS)


# --- a visitor -------------------------------------------------------------------------------------------------------


def whole_for_visitors(read: Callable[[str], bytes | None]) -> set[str]:
    """Goes through a site from home on, as far as links lead, and searches; answers the releases of the pages met.

    Each page must get the assets of its own release, every link must lead somewhere, and all shards of the search index
    must be of one release and lead to pages that exist.
    """
    met: dict[str, str] = {}
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in met:
            continue
        content = read(path)
        assert content is not None, f"{path} is not there"
        met[path] = ""
        if not path.endswith(".html"):
            continue
        text = content.decode()
        found = RELEASE.search(text)
        assert found, path
        met[path] = found[1]
        for link in LINK.findall(text):
            goal = urllib.parse.urljoin(f"/{path}", link).lstrip("/")
            if goal.startswith("assets/"):
                asset = read(goal)
                assert asset is not None and found[1] in asset.decode(), f"{path} asks for {goal}"
            waiting.append(goal + "index.html" if goal.endswith("/") or not goal else goal)
    searched(read)
    return {release for release in met.values() if release}


def searched(read: Callable[[str], bytes | None]) -> str:
    """Reads the whole search index by the rule of store.js; answers the one release it is of."""
    head = read("search/v1/manifest.js")
    assert head is not None
    manifest = json.loads(head.decode().partition(",")[2].rstrip().removesuffix(")"))
    folder, names = manifest.get("moved", ["", []])
    releases = set()
    for shard in range(manifest["shards"]):
        name = f"t/{shard}"
        content = read(f"search/v1/{folder if names is None or name in names else ''}{name}.js")
        assert content is not None, name
        said, release, addresses = json.loads(content.decode().removeprefix("exhibitionSearch.put(").rstrip()[:-1])
        assert said == name
        releases.add(release)
        for address in addresses:
            assert read(f"{address}index.html") is not None, f"search leads to {address}"
    assert len(releases) == 1, releases
    return releases.pop()
