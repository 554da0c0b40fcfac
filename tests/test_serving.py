"""How the site is served: real nginx and Caddy with the configuration we write, and every kind of page under its policy."""

from __future__ import annotations

import gzip
import re
import urllib.request
from typing import TYPE_CHECKING

import brotli
import pytest
import yaml
from click.testing import CliRunner
from releases import PROJECT, made_up_site
from sample_gallery import PAGE as GALLERY
from servers import caddy, fetched, nginx
from test_cli import serving
from whole import exhibition

from site_builder.cli import cli
from site_builder.press.theme import code_folder
from site_builder.release.directory import deploy_directory
from site_builder.release.headers import security
from site_builder.release.served import ALWAYS_ASKED, BRIEF, IMMUTABLE, served
from site_builder.release.servers import SERVERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

DOCS = PROJECT / "docs" / "deploy"
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile", "netlify": "_headers"}


@pytest.fixture(scope="module")
def docroot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a deploy to a directory shows."""
    house = tmp_path_factory.mktemp("served")
    deploy_directory(made_up_site(house / "site", "a"), house / "target", keep=1)
    return house / "target" / "current"


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def address(request: pytest.FixtureRequest, docroot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made-up site behind a real server."""
    with request.param(docroot, tmp_path_factory.mktemp("server")) as found:
        yield found


def test_every_answer_bears_the_headers(address: str) -> None:
    """Pages, files and the page for what is missing; each header once."""
    for path, status in (("", 200), ("projects/y-3/", 200), ("robots.txt", 200), ("nichts/", 404)):
        code, headers, _ = fetched(f"{address}/{path}")
        assert code == status
        for name, value in security():
            assert headers[name.lower()] == value, path
        assert "unsafe" not in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


def test_types_and_caching_are_those_of_the_declaration(address: str, docroot: Path) -> None:
    """For every file of the site."""
    paths = sorted(path.relative_to(docroot).as_posix() for path in docroot.rglob("*") if path.is_file())
    seen = set()
    for path in paths:
        if path.endswith((".gz", ".br")):
            continue
        code, headers, body = fetched(f"{address}/{path.removesuffix('index.html')}")
        how = served(path)
        assert code == 200 and body == (docroot / path).read_bytes(), path
        assert headers["content-type"].replace(" ", "").lower() == how.content_type.replace(" ", ""), path
        assert headers["cache-control"] == how.cache, path
        assert "etag" in headers
        seen.add(how.cache)
    assert seen == {IMMUTABLE, BRIEF, ALWAYS_ASKED}


@pytest.mark.parametrize("encoding, unpack", [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_the_compressed_variants_are_sent(address: str, docroot: Path, encoding: str, unpack: object) -> None:
    """The very bytes that the deploy wrote, and only to who can unpack them."""
    for path in ("index.html", "projects/y-3/index.html"):
        code, headers, body = fetched(f"{address}/{path.removesuffix('index.html')}", accept=encoding)
        assert (code, headers["content-encoding"]) == (200, encoding)
        suffix = {"gzip": ".gz", "br": ".br"}[encoding]
        assert body == (docroot / f"{path}{suffix}").read_bytes()
        assert unpack(body) == (docroot / path).read_bytes()  # type: ignore[operator]
        assert "accept-encoding" in headers.get("vary", "").lower()
    assert "content-encoding" not in fetched(f"{address}/")[1]


def test_what_is_missing_gets_the_page_for_that(address: str, docroot: Path) -> None:
    """With 404, and browsers do not keep it; a folder without its slash leads to the folder."""
    code, headers, body = fetched(f"{address}/projects/gibt-es-nicht/")
    assert (code, body) == (404, (docroot / "404.html").read_bytes())
    assert headers["cache-control"] == ALWAYS_ASKED
    assert fetched(f"{address}/projects/y-3")[2] == (docroot / "projects/y-3/index.html").read_bytes()


def test_pages_are_asked_for_again_and_not_sent_again(address: str) -> None:
    """What keeps its name is kept by browsers, with a question each time."""
    etag = fetched(f"{address}/projects/")[1]["etag"]
    request = urllib.request.Request(f"{address}/projects/", headers={"If-None-Match": etag})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(request)
    assert answer.value.code == 304
    answer.value.close()


def test_a_server_sees_the_next_release_at_once(tmp_path: Path) -> None:
    """The link is switched, nginx is not asked to do anything."""
    site, house = tmp_path / "site", tmp_path / "nginx"
    house.mkdir()
    deploy_directory(made_up_site(site, "a"), tmp_path / "target", keep=1)
    with nginx(tmp_path / "target/current", house) as address:
        assert b"release a" in fetched(f"{address}/")[2]
        deploy_directory(made_up_site(site, "b"), tmp_path / "target", keep=1)
        assert b"release b" in fetched(f"{address}/")[2]
        old = next(
            path
            for path in (tmp_path / "target/current/assets").glob("*/exhibition.css")
            if b" a " in path.read_bytes()
        )
        assert fetched(f"{address}/assets/{old.parent.name}/exhibition.css")[0] == 200


# --- the policy, obeyed ----------------------------------------------------------------------------------------------

WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", function (event) {
  window.broken.push(event.effectiveDirective + " " + event.blockedURI + " " + event.sourceFile + ":" + event.lineNumber);
});
"""


def kinds_of_pages(site: Path) -> list[str]:
    """One page for every shape of address: the first and the last in each folder, at each depth; identifiers only lead on."""
    shapes: dict[tuple[str, int], list[str]] = {}
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix().removeprefix(".")
        if folder.startswith("id/"):
            continue
        shapes.setdefault((folder.partition("/")[0], folder.count("/")), []).append(f"{folder}/" if folder else "")
    return sorted({page for found in shapes.values() for page in (found[0], found[-1])})


def test_pages_of_every_kind_obey_the_policy(built_site: Path, browser: Browser, tmp_path: Path) -> None:
    """Served by nginx with all headers: nothing is blocked, no script fails, and what scripts do still works."""
    pages = [*kinds_of_pages(built_site), "404.html", "search/?q=%E7%84%8A%E6%8E%A5", "projects/?q=%E7%94%B5"]
    with nginx(built_site, tmp_path) as address, browser.new_context(viewport={"width": 390, "height": 800}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in pages:
            page.goto(f"{address}/{path}")
            assert page.evaluate("window.broken") == [], path
        page.goto(f"{address}/search/?q=%E7%84%8A%E6%8E%A5")
        page.locator("[data-result]").first.wait_for()
        page.locator("summary", has_text="设置").first.click()
        page.locator("input[data-pref=scheme][value=slate]").first.check(force=True)
        page.goto(f"{address}/favourites/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.broken") == []
        assert [text for text in said if "404" not in text] == []
    assert len(pages) > 40


def test_details_and_films_obey_the_policy(gallery_site: Path, browser: Browser, tmp_path: Path) -> None:
    """The dialog with the viewer of details, whose code is not ours."""
    with (
        nginx(gallery_site, tmp_path) as address,
        browser.new_context(viewport={"width": 1280, "height": 800}) as context,
    ):
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{address}/{GALLERY}")
        page.locator("a[data-enlarge]").first.click()
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("ArrowRight")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.broken") == []


def test_code_has_a_folder_named_by_its_content(built_site: Path) -> None:
    """One folder, which every page asks for and browsers keep for ever; other code has another folder."""
    folders = {path.parent.relative_to(built_site).as_posix() for path in built_site.glob("assets/*/exhibition.css")}
    assert len(folders) == 1
    folder = folders.pop()
    assert re.fullmatch(r"assets/[0-9a-f]{10}", folder)
    for path in (built_site / folder).rglob("*.*"):
        assert served(path.relative_to(built_site).as_posix()).cache == IMMUTABLE
    for path in (*built_site.glob("*.html"), *built_site.glob("*/*/index.html")):
        asked = re.findall(r'(?:src|href)="[./]*(assets/[^"]+\.(?:js|css))"', path.read_text(encoding="utf-8"))
        assert asked and all(one.startswith((f"{folder}/", "assets/stylesheets/")) for one in asked), path
    assert code_folder({"a.js": b"1", "b.js": b"2"}) == code_folder({"b.js": b"2", "a.js": b"1"})
    assert code_folder({"a.js": b"1", "b.js": b"2"}) != code_folder({"a.js": b"2", "b.js": b"1"})


# --- the files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVERS)
def test_the_samples_are_what_the_command_prints(name: str) -> None:
    """One declaration in the program; the files in docs/deploy/ are made from it."""
    said = CliRunner().invoke(cli, ["headers", "--for", name], catch_exceptions=False)
    assert said.exit_code == 0
    assert said.output == (DOCS / FILES[name]).read_text(encoding="utf-8")
    own = CliRunner().invoke(cli, ["headers", "--for", name, "--docroot", "/data/wang", "--host", "yang.example.cn"])
    assert ("/data/wang" in own.output) == ("yang.example.cn" in own.output) == (name != "netlify")


def test_the_headers_file_for_hosts_without_a_configuration() -> None:
    """Sections begin with a path, their headers are indented; the security headers stand for all paths."""
    sections = re.split(r"^(?=/)", (DOCS / "_headers").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {section.splitlines()[0]: section.splitlines()[1:] for section in sections}
    assert all(
        (line.startswith("  ") and ": " in line) or line == "  ! Cache-Control"
        for lines in found.values()
        for line in lines
    )
    assert [f"  {name}: {value}" for name, value in security()] == found["/*"][:-1]


@pytest.mark.parametrize("name", ["gitee.yml", "gitlab-ci.yml", "github.yml"])
def test_the_samples_for_continuous_integration(name: str) -> None:
    """They parse, install with the constraints, check, build and deploy, one deploy at a time, and hold no secret."""
    text = (DOCS / name).read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    commands = "\n".join(texts_in(document))
    for command in (
        "pip install -c constraints.txt -e '.[deploy]'",
        "exhibition check",
        "exhibition build",
        "exhibition deploy",
    ):
        assert command in commands, command
    assert commands.index("exhibition check") < commands.index("exhibition build") < commands.index("exhibition deploy")
    assert not re.search(r"(AKIA|LTAI|AKID)\w{8}", text)
    assert re.search(r"AWS_SECRET_ACCESS_KEY", text)
    if name == "github.yml":
        assert document["concurrency"]["cancel-in-progress"] is False
        assert {"checkout", "setup-python"} <= {
            step["uses"].split("/")[1].split("@")[0] for step in steps(document) if "uses" in step
        }
    elif name == "gitlab-ci.yml":
        assert set(document["stages"]) == {"check", "deploy"} and document["deploy"]["resource_group"]
    else:
        assert document["stages"] and document["triggers"]["push"]


def steps(document: dict[str, object]) -> list[dict[str, str]]:
    """The steps of all jobs of a workflow."""
    return [step for job in document["jobs"].values() for step in job["steps"]]  # type: ignore[attr-defined]


def texts_in(value: object) -> Iterator[str]:
    """Every text in a document, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_the_preview_bears_the_headers_too(tmp_path: Path) -> None:
    """Without exception: the script that shows problems and reloads pages is a file of its own."""
    with serving(exhibition(tmp_path / "exhibition")) as preview:
        headers = fetched(f"http://127.0.0.1:{preview.port}/")[1]
    for name, value in security():
        assert headers[name.lower()] == value
    assert "unsafe" not in headers["content-security-policy"]
