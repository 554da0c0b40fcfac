"""Deep zoom and IIIF: tiles and manifests by the standard, read back by a public library and opened in the real viewer."""

from __future__ import annotations

import hashlib
import json
import math
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import iiif_prezi3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sample_gallery import ADDRESS, LARGE, PAGE
from whole import SECONDS

from site_builder.media.tiles import TILE, Pyramid, info, is_cut
from site_builder.press.packaged import packaged_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

MANIFEST = "iiif/project/yang-ben-hua-lang/manifest.json"


def file_at(site: Path, uri: str) -> Path:
    """The file of the site that an absolute address names."""
    assert uri.startswith(ADDRESS), uri
    return site / uri.removeprefix(ADDRESS)


@pytest.fixture(scope="module")
def manifest(gallery_site: Path) -> dict[str, Any]:
    """The manifest of the entry with a gallery."""
    found: dict[str, Any] = json.loads((gallery_site / MANIFEST).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def service(gallery_site: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """The information document of the large picture."""
    bodies = [canvas["items"][0]["items"][0]["body"] for canvas in manifest["items"]]
    (uri,) = (body["service"][0]["id"] for body in bodies if "service" in body)
    found: dict[str, Any] = json.loads((file_at(gallery_site, uri) / "info.json").read_text(encoding="utf-8"))
    assert found["id"] == uri
    return found


# --- the Image API ---------------------------------------------------------------------------------------------------


def named_files(document: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """(name, size) of every file that an information document promises, by the formulas of the Image API 3.0."""
    wide, tall = document["width"], document["height"]
    for size in document["sizes"]:
        yield f"full/{size['width']},{size['height']}/0/default.jpg", (size["width"], size["height"])
    yield "full/max/0/default.jpg", (wide, tall)
    (tiles,) = document["tiles"]
    for factor in tiles["scaleFactors"]:
        span = tiles["width"] * factor
        for x in range(0, wide, span):
            for y in range(0, tall, span):
                region = x, y, min(span, wide - x), min(span, tall - y)
                size = math.ceil(region[2] / factor), math.ceil(region[3] / factor)
                whole = region == (0, 0, wide, tall)
                yield f"{'full' if whole else ','.join(map(str, region))}/{size[0]},{size[1]}/0/default.jpg", size


def test_every_file_that_is_promised_is_there_with_its_pixels(gallery_site: Path, service: dict[str, Any]) -> None:
    """And no other: a viewer asks for nothing in vain, and nothing lies about."""
    assert (service["width"], service["height"]) == LARGE
    assert service["@context"] == "http://iiif.io/api/image/3/context.json"
    assert (service["type"], service["protocol"], service["profile"]) == (
        "ImageService3",
        "http://iiif.io/api/image",
        "level0",
    )
    home = file_at(gallery_site, service["id"])
    promised = dict(named_files(service))
    for name, size in promised.items():
        with Image.open(home / name) as image:
            assert (image.size, image.format) == (size, "JPEG"), name
            assert not image.getexif()
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert there == {*promised, "info.json"}


def test_tiles_show_their_own_part(gallery_site: Path, service: dict[str, Any]) -> None:
    """The colour of each place in the sample says where it is."""
    home = file_at(gallery_site, service["id"])
    for name, size in named_files(service):
        x, y, wide, tall = (0, 0, *LARGE) if name.startswith("full") else map(int, name.split("/")[0].split(","))
        with Image.open(home / name) as image:
            red, green, _ = image.convert("RGB").getpixel((size[0] // 2, size[1] // 2))
        assert abs(red - (x + wide / 2) * 255 / LARGE[0]) < 30, name
        assert abs(green - (y + tall / 2) * 255 / LARGE[1]) < 30, name


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_pyramids_of_all_sizes_are_whole(width: int, height: int) -> None:
    """Levels halve until one tile holds the picture; tiles lie side by side without gap; names are each given once."""
    pyramid = Pyramid(width, height)
    assert max(pyramid.level(pyramid.factors[-1])) <= TILE
    names = []
    for factor in pyramid.factors[-4:]:
        tiles = list(pyramid.tiles(factor))
        covered = sum(tile.size[0] * tile.size[1] for tile in tiles)
        assert covered == (math.prod(pyramid.level(factor)) if tiles else 0)
        names += [tile.name for tile in (*tiles, *pyramid.wholes(factor))]
    assert len(names) == len(set(names))
    if max(width, height) < 3000:
        promised = {name for name, _ in named_files(info(pyramid, "https://exhibition.example/x/"))}
        made = {t.name for factor in pyramid.factors for t in (*pyramid.tiles(factor), *pyramid.wholes(factor))}
        assert promised == made


def test_small_pictures_stay_whole() -> None:
    """By the longer side."""
    assert not is_cut(2400, 2400)
    assert is_cut(100, 2401)


# --- the Presentation API --------------------------------------------------------------------------------------------


def test_the_manifest_reads_back_by_the_rules(gallery_site: Path, manifest: dict[str, Any]) -> None:
    """A public library that knows the rules of Presentation 3 takes it, and writes the same."""
    read = iiif_prezi3.Manifest(**manifest)
    assert json.loads(read.json()) == manifest


def test_collections_lead_to_every_manifest(gallery_site: Path, manifest: dict[str, Any]) -> None:
    """One of the whole leads to one for each kind and edition; each reads back and knows where it belongs."""

    def read(uri: str) -> Any:
        document = json.loads(file_at(gallery_site, uri).read_text(encoding="utf-8"))
        found = iiif_prezi3.Collection(**document)
        assert json.loads(found.json()) == document
        assert found.id == uri
        return found

    whole = read(f"{ADDRESS}iiif/collection.json")
    parts = {item.id: read(item.id) for item in whole.items}
    assert set(parts) == {f"{ADDRESS}iiif/project/collection.json", f"{ADDRESS}iiif/edition/2024/collection.json"}
    for part in parts.values():
        assert [item.id for item in part.items] == [manifest["id"]]
        assert [one.id for one in part.partOf] == [whole.id]


def test_a_faulty_manifest_is_refused_by_that_library(manifest: dict[str, Any]) -> None:
    """So that the test above can fail."""
    canvas = manifest["items"][0]
    for fault in (
        manifest | {"id": "no address"},
        manifest | {"items": [canvas | {"height": "much"}]},
        manifest | {"metadata": [{"label": "样本"}]},
        {key: value for key, value in manifest.items() if key != "label"},
    ):
        with pytest.raises(ValueError, match="validation error"):
            iiif_prezi3.Manifest(**fault)


def test_every_address_in_it_leads_to_a_file(gallery_site: Path, manifest: dict[str, Any]) -> None:
    """Pictures with the pixels that it says; ids are unique."""
    assert file_at(gallery_site, manifest["id"]).is_file()
    assert (file_at(gallery_site, manifest["homepage"][0]["id"]) / "index.html").is_file()
    ids = []
    for canvas in manifest["items"]:
        note = canvas["items"][0]["items"][0]
        ids += [canvas["id"], canvas["items"][0]["id"], note["id"]]
        assert note["target"] == canvas["id"]
        with Image.open(file_at(gallery_site, note["body"]["id"])) as image:
            assert image.size == (note["body"]["width"], note["body"]["height"])
            assert image.size == (canvas["width"], canvas["height"])
    with Image.open(file_at(gallery_site, manifest["thumbnail"][0]["id"])) as image:
        assert image.width <= 480
    assert len(ids) == len(set(ids)) == 3 * 6


def test_it_says_what_the_entry_says(manifest: dict[str, Any]) -> None:
    """Title, summary, public facts, credits; rights only where all pictures have the same."""
    assert manifest["label"] == {"zh-CN": ["样本画廊成果"]}
    assert manifest["summary"] == {"zh-CN": ["样本简介。"]}
    assert {"label": {"zh-CN": ["展期"]}, "value": {"zh-CN": ["2024 样本展期"]}} in manifest["metadata"]
    assert "样本供图" in manifest["requiredStatement"]["value"]["zh-CN"][0]
    assert "rights" not in manifest
    assert [canvas["label"]["zh-CN"][0] for canvas in manifest["items"][:3]] == [
        "样本说明一",
        "样本旧装置",
        "样本新装置",
    ]


def test_the_page_names_its_manifest(gallery_site: Path) -> None:
    """In the head, for readers of IIIF."""
    html = (gallery_site / PAGE / "index.html").read_text(encoding="utf-8")
    assert f'href="../../{MANIFEST}"' in html
    assert "http://iiif.io/api/presentation/3/context.json" in html.split("</head>")[0]


# --- the viewer ------------------------------------------------------------------------------------------------------


def test_what_is_vendored_is_what_the_list_says() -> None:
    """Every file in the folder is listed with version and licence, and has the digest of the list."""
    home = packaged_theme() / "assets/vendor"
    listed = tomllib.loads((home / "vendored.toml").read_text(encoding="utf-8"))["vendored"]
    for item in listed:
        assert hashlib.sha256((home / item["file"]).read_bytes()).hexdigest() == item["sha256"]
        assert item["version"] in item["file"]
        assert item["licence"]
        assert (home / item["licence_file"]).is_file()
        assert item["name"] in (Path(__file__).resolve().parent.parent / "NOTICE").read_text(encoding="utf-8").lower()
    names = {item["file"] for item in listed} | {item["licence_file"] for item in listed} | {"vendored.toml"}
    assert {path.name for path in home.iterdir()} == names


def colour_at(page: Page, x: float, y: float) -> tuple[int, int, int]:
    """What is seen at a share of the viewer's frame, in pixels of a screenshot."""
    import io

    with Image.open(io.BytesIO(page.locator(".zoom__frame").screenshot())) as image:
        found = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return int(found[0]), int(found[1]), int(found[2])


def until_seen(page: Page, fits: Callable[[int, int, int], bool]) -> None:
    """Waits for a colour in the middle of the viewer's frame: what is fetched is drawn only some frames later."""
    limit = time.monotonic() + SECONDS
    while not fits(*(found := colour_at(page, 0.5, 0.5))):
        assert time.monotonic() < limit, found
        page.wait_for_timeout(100)


def open_details(page: Page, address: str) -> None:
    """Opens the large picture and asks for its details."""
    page.goto(address)
    page.locator("a[data-zoom]").click()
    page.get_by_role("button", name="看细节").click()
    page.locator(".zoom__frame canvas").first.wait_for()
    page.wait_for_function("document.querySelector('.show__stage').zoomed.world.getItemAt(0).getFullyLoaded()")


@pytest.mark.parametrize("way", ["http", "file"])
def test_tiles_open_in_the_viewer(
    gallery_site: Path, page: Page, serve_directory: Callable[[Path], str], way: str
) -> None:
    """From a server and from a folder; what is seen is the picture, whole and then its upper left corner."""
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    base = serve_directory(gallery_site) if way == "http" else gallery_site.as_uri()
    open_details(page, f"{base}/{PAGE}" + ("index.html" if way == "file" else ""))
    until_seen(page, lambda red, green, blue: max(abs(red - 128), abs(green - 128), abs(blue - 128)) < 30)
    page.evaluate(
        "() => { const v = document.querySelector('.show__stage').zoomed.viewport;"
        "v.fitBounds(v.imageToViewportRectangle(0, 0, 300, 300), true); }"
    )
    until_seen(page, lambda red, green, _: max(red, green) < 60)
    # captions cannot be read from a folder: browsers forbid it
    assert [url for url in failed if way == "http" or not url.endswith(".vtt")] == []


def test_the_library_comes_only_when_it_is_asked_for(
    gallery_site: Path, page: Page, serve_directory: Callable[[Path], str]
) -> None:
    """A page with a gallery fetches one small script; the viewer and its library come with the details."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    base = serve_directory(gallery_site)
    page.goto(f"{base}/{PAGE}", wait_until="networkidle")
    assert [url for url in asked if "zoom.js" in url or "/vendor/" in url or "/iiif/" in url] == []
    open_details(page, f"{base}/{PAGE}")
    assert any("/vendor/openseadragon" in url for url in asked)
    assert {url.split("/")[2] for url in asked} == {base.split("/")[2]}
