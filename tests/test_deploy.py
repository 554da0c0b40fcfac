"""Deploying: to a directory and to a real server that speaks S3, killed anywhere on the way, resumed and rolled back."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import urllib.request
import xml.etree.ElementTree as tree
from typing import TYPE_CHECKING

import brotli
import pytest
from releases import (
    BUCKET,
    PROJECT,
    Runner,
    Storage,
    made_up_site,
    plain_site,
    put_foreign,
    searched,
    storage,
    whole_for_visitors,
)
from whole import build, exhibition

from site_builder.model.problems import CODES, code_named
from site_builder.release.history import History
from site_builder.release.manifest import Listed, manifest_of
from site_builder.release.refusal import Refusal
from site_builder.release.served import step_of
from site_builder.release.staging import Stage, fill
from site_builder.release.target import BucketTarget, target_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

KILLED = -9
POINTS = 20
MANY = 2_100
"""More than two of the thousand that a listing of S3 holds at the most."""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Runs `exhibition deploy`."""
    running = Runner(tmp_path_factory.mktemp("runner"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def cloud() -> Iterator[Storage]:
    """An object storage; every test uses a prefix of its own."""
    with storage() as found:
        yield found


def in_directory(target: Path) -> Callable[[str], bytes | None]:
    """Reads as a web server does that shows `current`."""

    def read(path: str) -> bytes | None:
        file = target / "current" / path
        return file.read_bytes() if file.is_file() else None

    return read


def in_bucket(cloud: Storage, prefix: str) -> Callable[[str], bytes | None]:
    """Reads over HTTP as browsers do."""

    def read(path: str) -> bytes | None:
        found = cloud.read(f"{prefix}/{path}")
        return found[0] if found else None

    return read


def releases_of(target: Path) -> list[str]:
    """What lies in the directory of releases."""
    return sorted(path.name for path in (target / "releases").iterdir())


# --- directory -------------------------------------------------------------------------------------------------------


def test_a_directory_holds_the_site_with_its_compressed_variants(runner: Runner, tmp_path: Path) -> None:
    """Byte for byte, beside it .gz and .br that unpack to the same and bear the same time."""
    site, target = made_up_site(tmp_path / "site", "a"), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site)) == 0
    for path in (path for path in site.rglob("*") if path.is_file()):
        out = target / "current" / path.relative_to(site)
        assert out.read_bytes() == path.read_bytes()
    page = target / "current/projects/y-1/index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert page.with_name("index.html.gz").stat().st_mtime_ns == page.stat().st_mtime_ns
    assert not list(target.rglob("*.webp.gz"))
    assert whole_for_visitors(in_directory(target)) == {"a"}


def test_what_did_not_change_is_the_same_file(runner: Runner, tmp_path: Path) -> None:
    """One edit copies one file; all others, and their variants, are linked."""
    site, target = plain_site(tmp_path / "site", files=200), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site)) == 0
    first = (target / "current").resolve()
    edited = site / "craftsmen/ren-3/index.html"
    edited.write_text("<!doctype html>样本人改过", encoding="utf-8")
    assert runner.run(str(target), "--site", str(site)) == 0
    assert "写了 1 个文件" in runner.said
    second = (target / "current").resolve()
    assert first != second
    own = [path for path in second.rglob("*") if path.is_file() and path.stat().st_nlink == 1]
    assert [path.relative_to(second).as_posix() for path in own] == ["craftsmen/ren-3/index.html"]
    assert (first / "craftsmen/ren-3/index.html").read_text(encoding="utf-8") == "<!doctype html>样本人3"


def test_a_damaged_file_of_the_former_release_is_not_taken_over(runner: Runner, tmp_path: Path) -> None:
    """Every byte is read back; what rotted is copied anew."""
    site, target = made_up_site(tmp_path / "site", "a"), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site)) == 0
    rotten = target / "current/media/0a/000000000000000003-w800.webp"
    rotten.write_bytes(rotten.read_bytes()[:-1] + b"?")
    (site / "robots.txt").write_text("User-agent: *\nDisallow:\n", encoding="utf-8")
    assert runner.run(str(target), "--site", str(site)) == 0
    path = rotten.relative_to(target / "current")
    assert (target / "current" / path).read_bytes() == (site / path).read_bytes()


def test_what_was_lost_or_changed_of_the_release_online_is_mended(runner: Runner, tmp_path: Path) -> None:
    """By the same deploy again, as in a bucket; the release stays the same, and its other files are not written."""
    site, target = made_up_site(tmp_path / "site", "a"), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site)) == 0
    online = target / "current"
    (online / "index.html").write_bytes(b"")
    (online / "index.html.gz").unlink()
    shutil.rmtree(online / "projects")
    kept = (online / "404.html").stat()
    assert runner.run(str(target), "--site", str(site)) == 0
    assert whole_for_visitors(in_directory(target)) == {"a"}
    assert manifest_of(site).files.items() <= manifest_of_all(online).items()
    assert gzip.decompress((online / "index.html.gz").read_bytes()) == (site / "index.html").read_bytes()
    assert (online / "404.html").stat() == kept
    assert len(releases_of(target)) == 1


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b'{"releases": 3}'])
def test_notes_that_a_loss_of_power_harmed_stop_nothing(runner: Runner, tmp_path: Path, harm: bytes) -> None:
    """What lies there is told by its age: the former release can be put online, and the next one, too."""
    site, target = tmp_path / "site", tmp_path / "target"
    for release in "abc":
        assert runner.run(str(target), "--site", str(made_up_site(site, release))) == 0
    for note in (target / ".deploy/history.json", target / f".deploy/{(target / 'current').readlink().name}.json"):
        note.write_bytes(harm)
    assert runner.run(str(target), "--rollback") == 0, runner.said
    assert whole_for_visitors(in_directory(target)) == {"b"}
    (target / ".deploy/history.json").write_bytes(harm)
    assert runner.run(str(target), "--site", str(made_up_site(site, "d"))) == 0, runner.said
    assert whole_for_visitors(in_directory(target)) == {"d"}


def manifest_of_all(release: Path) -> dict[str, Listed]:
    """What lies in a release, with what was taken over and compressed."""
    return dict(manifest_of(release.resolve()).files)


def test_assets_of_the_former_release_stay_one_release_longer(runner: Runner, tmp_path: Path) -> None:
    """Pages that visitors have open still get what they ask for; pages that are gone are gone at once."""
    site, target = tmp_path / "site", tmp_path / "target"
    found = []
    for release in "abc":
        made_up_site(site, release, entries=range(12 if release == "a" else 10))
        assert runner.run(str(target), "--site", str(site)) == 0
        found.append({path.parent.name for path in (target / "current/assets").rglob("exhibition.css")})
    assert [len(codes) for codes in found] == [1, 2, 2]
    assert found[0] < found[1] and not found[0] & found[2]
    assert not (target / "current/projects/y-11").exists()


def test_releases_are_kept_and_rolled_back(runner: Runner, tmp_path: Path) -> None:
    """So many as asked for; back and back again; a deploy after that forgets what was rolled back from."""
    site, target = tmp_path / "site", tmp_path / "target"
    for release in "abcde":
        assert runner.run(str(target), "--site", str(made_up_site(site, release)), "--keep", "2") == 0
    assert len(releases_of(target)) == 3
    for release in "dc":
        assert runner.run(str(target), "--rollback", "--dry-run") == 0
        assert runner.run(str(target), "--rollback") == 0
        assert whole_for_visitors(in_directory(target)) == {release}
    assert runner.run(str(target), "--rollback") == 1
    assert "错误[deploy-no-former]" in runner.said
    assert whole_for_visitors(in_directory(target)) == {"c"}
    assert runner.run(str(target), "--site", str(made_up_site(site, "f")), "--keep", "1") == 0
    assert len(releases_of(target)) == 2
    assert runner.run(str(target), "--rollback") == 0
    assert whole_for_visitors(in_directory(target)) == {"c"}
    assert runner.run(str(target), "--site", str(made_up_site(site, "g")), "--keep", "0") == 0
    assert len(releases_of(target)) == 1


def test_a_dry_run_writes_nothing(runner: Runner, tmp_path: Path) -> None:
    """And lists every change with its bytes."""
    site, target = made_up_site(tmp_path / "site", "a", entries=range(12)), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site), "--dry-run") == 0
    assert not target.exists()
    size = (site / "robots.txt").stat().st_size
    assert f"新增 robots.txt {size:,} 字节" in runner.said
    assert runner.run(str(target), "--site", str(site)) == 0
    (site / "robots.txt").write_text("User-agent: *\nDisallow: /x\n", encoding="utf-8")
    (site / "media/0a/000000000000000003-w800.webp").unlink()
    before = releases_of(target)
    assert runner.run(str(target), "--site", str(site), "--dry-run") == 0
    assert "更改 robots.txt 27 字节" in runner.said and "删去 media/0a/000000000000000003-w800.webp" in runner.said
    assert "新增 0，更改 1，删去 1" in runner.said
    assert releases_of(target) == before
    assert runner.run(str(tmp_path), "--site", str(site), "--dry-run") == 1
    assert "[deploy-target]" in runner.said, "what would be refused is refused"


def test_a_directory_deploy_can_be_killed_anywhere(runner: Runner, tmp_path: Path) -> None:
    """Killed at twenty points visitors see the former release, whole; the next run does the rest, and not all again."""
    target, site = tmp_path / "target", tmp_path / "site"
    dice = random.Random(7)
    assert runner.run(str(target), "--site", str(made_up_site(site, "r0"))) == 0
    resumed = 0
    for number in range(1, POINTS + 1):
        made_up_site(site, f"r{number}", entries=range(number % 3, 12 + number % 4))
        killed = runner.run(str(target), "--site", str(site), "--keep", "1", after=dice.randint(1, 160))
        seen = whole_for_visitors(in_directory(target))
        assert seen in ({f"r{number - 1}"}, {f"r{number}"})
        assert killed in (KILLED, 0)
        partial = target / "releases" / f".partial-{manifest_of(site).digest}"
        there = sum(path.suffix not in {".gz", ".br"} for path in partial.rglob("*") if path.is_file())
        assert runner.run(str(target), "--site", str(site), "--keep", "1") == 0
        resumed += killed == KILLED and there > 0
        assert whole_for_visitors(in_directory(target)) == {f"r{number}"}
        current = (target / "current").resolve()
        for path in (path for path in site.rglob("*") if path.is_file()):
            assert (current / path.relative_to(site)).read_bytes() == path.read_bytes()
        for packed in current.rglob("*.gz"):
            assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()
        assert len(releases_of(target)) == 2
    assert resumed >= 5


def test_what_a_killed_deploy_copied_is_not_copied_again(runner: Runner, tmp_path: Path) -> None:
    """The second run copies the rest only."""
    site, target = plain_site(tmp_path / "site", files=300), tmp_path / "target"
    assert runner.run(str(target), "--site", str(site), after=800) == KILLED
    partial = next((target / "releases").glob(".partial-*"))
    there = sum(path.suffix not in {".gz", ".br", ".draft"} for path in partial.rglob("*") if path.is_file())
    assert 20 < there < 300
    assert runner.run(str(target), "--site", str(site)) == 0
    copied = int(runner.said.partition("写了 ")[2].partition(" ")[0])
    assert 300 - there <= copied <= 300 - there + 4  # those that were being written are written again


# --- bucket ----------------------------------------------------------------------------------------------------------


def test_objects_have_their_types_caching_and_encoding(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """Texts with charset and gzip; hashed files for ever, pages asked for each time."""
    site = made_up_site(tmp_path / "site", "a")
    assert runner.run(cloud.target("types"), "--site", str(site), storage=cloud) == 0
    code = next((site / "assets").glob("*/exhibition.css")).parent.name
    wanted = {
        "index.html": ("text/html; charset=utf-8", "no-cache", "gzip"),
        f"assets/{code}/exhibition.css": ("text/css; charset=utf-8", "public, max-age=31536000, immutable", "gzip"),
        f"assets/{code}/exhibition.js": (
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
            "gzip",
        ),
        "media/0a/000000000000000003-w800.webp": ("image/webp", "public, max-age=31536000, immutable", None),
        "assets/favicon.svg": ("image/svg+xml; charset=utf-8", "public, max-age=3600", "gzip"),
        "robots.txt": ("text/plain; charset=utf-8", "no-cache", None),
        "search/v1/manifest.js": ("text/javascript; charset=utf-8", "no-cache", "gzip"),
        "search/v1/t/3.js": ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "gzip"),
    }
    for path, (kind, cache, encoding) in wanted.items():
        found = cloud.read(f"types/{path}")
        assert found is not None
        assert found[0] == (site / path).read_bytes()
        headers = found[1]
        assert (headers["content-type"], headers["cache-control"], headers.get("content-encoding")) == (
            kind,
            cache,
            encoding,
        )
    assert runner.run(cloud.target("plain", options="&gzip=no"), "--site", str(site), storage=cloud) == 0
    plain = cloud.read("plain/index.html")
    assert plain and "content-encoding" not in plain[1]


def test_the_order_of_a_first_deploy(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """Files before entry pages, entry pages before lists, then the index's head, and home last."""
    site = made_up_site(tmp_path / "site", "a")
    assert runner.run(cloud.target("order"), "--site", str(site), storage=cloud) == 0
    paths = [path.removeprefix(f"/{BUCKET}/order/") for path in cloud.counted("PUT")]
    assert len(paths) == len(manifest_of(site).files)
    ranks = [
        1.5 if path == "search/v1/manifest.js" else 0 if path.startswith("search/") else step_of(path) for path in paths
    ]
    lists = [rank if rank != 1.5 else 3 for rank in ranks]
    assert lists == sorted(lists)
    assert step_of(paths[-1]) == 4 and paths.index("projects/index.html") < paths.index("search/v1/manifest.js")


def test_thousands_of_files_then_one_edit(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """The edit uploads one object; a run without an edit uploads none; a lost or foreign object is mended."""
    site = plain_site(tmp_path / "site", files=MANY)
    goal = (cloud.target("many"), "--site", str(site))
    assert runner.run(*goal, storage=cloud) == 0
    assert len(cloud.counted("PUT")) == MANY
    edited = site / "craftsmen/ren-77/index.html"
    edited.write_text("<!doctype html>样本人改过", encoding="utf-8")
    assert runner.run(*goal, "--dry-run", storage=cloud) == 0
    assert cloud.written == []
    assert "更改 craftsmen/ren-77/index.html" in runner.said and "新增 0，更改 1，删去 0" in runner.said
    assert runner.run(*goal, storage=cloud) == 0
    assert cloud.counted("PUT") == [f"/{BUCKET}/many/craftsmen/ren-77/index.html"]
    assert cloud.counted("COPY") == [] and cloud.counted("DELETE") == []
    assert len(cloud.counted("COPY", notes=True)) == 1
    assert runner.run(*goal, storage=cloud) == 0
    assert cloud.counted("PUT") == []


def test_what_was_lost_or_changed_in_the_bucket_is_mended(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """The notes are trusted, but what lies there is looked at."""
    site = made_up_site(tmp_path / "site", "a")
    goal = (cloud.target("mend"), "--site", str(site))
    assert runner.run(*goal, storage=cloud) == 0
    for verb, path in (("DELETE", "projects/y-4/index.html"), ("PUT", "robots.txt")):
        put_foreign(f"{cloud.url}/{BUCKET}/mend/{path}", b"x", verb=verb)
    assert runner.run(*goal, storage=cloud) == 0
    assert sorted(cloud.counted("PUT")) == [f"/{BUCKET}/mend/projects/y-4/index.html", f"/{BUCKET}/mend/robots.txt"]
    assert whole_for_visitors(in_bucket(cloud, "mend")) == {"a"}


def test_foreign_objects_are_left_alone_and_gone_files_go_one_release_later(
    runner: Runner, cloud: Storage, tmp_path: Path
) -> None:
    """Deletes come last, and only of what a deploy wrote; with `--keep 0` nothing former stays."""
    site, read = tmp_path / "site", in_bucket(cloud, "gone")
    put_foreign(f"{cloud.url}/{BUCKET}/gone/theirs.txt", b"x")
    made_up_site(site, "a", entries=range(12))
    assert runner.run(cloud.target("gone"), "--site", str(site), storage=cloud) == 0
    made_up_site(site, "b", entries=range(10))
    assert runner.run(cloud.target("gone"), "--site", str(site), storage=cloud) == 0
    assert read("projects/y-11/index.html") is not None
    made_up_site(site, "c", entries=range(10))
    assert runner.run(cloud.target("gone"), "--site", str(site), storage=cloud) == 0
    assert read("projects/y-11/index.html") is None
    verbs = [verb for verb, path in cloud.written if "/.releases/" not in path]
    assert verbs.index("DELETE") > len(verbs) - 1 - verbs[::-1].index("PUT")
    made_up_site(site, "d", entries=range(8))
    assert runner.run(cloud.target("gone"), "--site", str(site), "--keep", "0", storage=cloud) == 0
    assert read("projects/y-9/index.html") is None
    assert read("theirs.txt") == b"x"
    kept = {path for path in listed(cloud, "gone") if path.startswith(".releases/")}
    assert len(kept - blobs_needed(kept)) == 2  # history and the record of the one release


def listed(cloud: Storage, prefix: str) -> set[str]:
    """All keys below a prefix."""
    found: set[str] = set()
    token = ""
    while True:
        url = f"{cloud.url}/{BUCKET}?list-type=2&prefix={prefix}/{token}"
        with urllib.request.urlopen(url) as answer:
            root = tree.fromstring(answer.read())
        space = root.tag.partition("}")[0] + "}"
        found |= {item.text.removeprefix(f"{prefix}/") for item in root.iter(f"{space}Key") if item.text}
        after = root.find(f"{space}NextContinuationToken")
        if after is None:
            return found
        token = f"&continuation-token={after.text}"


def blobs_needed(keys: set[str]) -> set[str]:
    """Kept contents: after `--keep 0` the plain head of the index alone."""
    blobs = {key for key in keys if key.startswith(".releases/blobs/")}
    assert len(blobs) <= 1
    return blobs


def test_a_bucket_is_rolled_back(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """From what the bucket kept, without the site and almost without uploads; twice, and forward again."""
    site, read = tmp_path / "site", in_bucket(cloud, "back")
    goal = cloud.target("back")
    for release in "abc":
        made_up_site(site, release, entries=range(12 if release != "b" else 9))
        assert runner.run(goal, "--site", str(site), storage=cloud) == 0
    for release in "ba":
        assert runner.run(goal, "--rollback", "--dry-run", storage=cloud) == 0
        assert cloud.written == []
        assert runner.run(goal, "--rollback", storage=cloud) == 0, runner.said
        assert whole_for_visitors(read) == {release}
        assert searched(read) == release
        assert all(path.endswith("/manifest.js") for path in cloud.counted("PUT"))
    assert runner.run(goal, "--rollback", storage=cloud) == 1
    assert "错误[deploy-no-former]" in runner.said
    assert runner.run(goal, "--site", str(site), storage=cloud) == 0
    assert whole_for_visitors(read) == {"c"} and searched(read) == "c"


@pytest.mark.parametrize("shards", [8, 310])
def test_a_bucket_deploy_can_be_killed_anywhere(runner: Runner, cloud: Storage, tmp_path: Path, shards: int) -> None:
    """After so many requests; what visitors then see is whole, and the next run uploads only the rest.

    Pages come one by one, so old and new ones stand side by side for a while; each is whole with what it asks for, every link
    leads somewhere, and the search index is of one release. Of many shards all move at once.
    """
    site, prefix = tmp_path / "site", f"killed-{shards}"
    goal, read, dice = cloud.target(prefix), in_bucket(cloud, prefix), random.Random(11)
    assert runner.run(goal, "--site", str(made_up_site(site, "r0", shards=shards)), storage=cloud) == 0
    kills = 0
    for number in range(1, (POINTS if shards == 8 else 1) + 1):
        made_up_site(site, f"r{number}", entries=range(number % 3, 12 + number % 4), shards=shards)
        after = dice.randint(1, 85) if shards == 8 else 500
        kills += runner.run(goal, "--site", str(site), "--keep", "1", storage=cloud, after=after) == KILLED
        first = len(cloud.counted("PUT")) - 1
        assert whole_for_visitors(read) <= {f"r{number - 1}", f"r{number}"}
        assert runner.run(goal, "--site", str(site), "--keep", "1", storage=cloud) == 0, runner.said
        assert whole_for_visitors(read) == {f"r{number}"}
        assert searched(read) == f"r{number}"
        total = len(manifest_of(site).files)
        assert len(cloud.counted("PUT")) <= max(total - first, 0) + 17
    assert kills >= (15 if shards == 8 else 1)
    assert not {key for key in listed(cloud, prefix) if key.endswith(("lock.json", "pending.json"))}


def test_a_killed_release_that_never_came_leaves_nothing(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """Another site is deployed instead: of the broken-off one no file stays."""
    site = made_up_site(tmp_path / "site", "a")
    goal = cloud.target("never")
    assert runner.run(goal, "--site", str(site), storage=cloud) == 0
    made_up_site(site, "b", entries=range(30))
    assert runner.run(goal, "--site", str(site), storage=cloud, after=50) == KILLED
    made_up_site(site, "c")
    assert runner.run(goal, "--site", str(site), "--keep", "0", storage=cloud) == 0
    keys = {key for key in listed(cloud, "never") if not key.startswith((".releases/", "search/v1/r-"))}
    assert keys - {"search/v1/" + key for key in ()} <= set(manifest_of(site).files)
    assert whole_for_visitors(in_bucket(cloud, "never")) == {"c"}


def test_two_deploys_at_once(runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """The second is refused: in a directory while the lock is held, in a bucket while the other gives signs of life."""
    site, target = made_up_site(tmp_path / "site", "a"), tmp_path / "target"
    (target / ".deploy").mkdir(parents=True)
    with (target / ".deploy/lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert runner.run(str(target), "--site", str(site)) == 1
        assert "错误[deploy-locked]" in runner.said
    assert runner.run(str(target), "--site", str(site)) == 0
    body = json.dumps({"host": "别的机器", "process": 1}).encode()
    put_foreign(f"{cloud.url}/{BUCKET}/both/.releases/lock.json", body)
    assert runner.run(cloud.target("both"), "--site", str(site), storage=cloud) == 1
    assert "别的机器" in runner.said and "错误[deploy-locked]" in runner.said
    assert cloud.counted("PUT") == []
    assert cloud.read("both/.releases/lock.json") is not None


def test_search_follows_what_a_deploy_moved(runner: Runner, cloud: Storage, browser: Browser, tmp_path: Path) -> None:
    """A real site, edited and deployed again: the browser asks for changed shards where they lie, and finds the edit."""
    root = exhibition(tmp_path / "exhibition")
    goal = cloud.target("found")
    assert runner.run(goal, "--site", str(build(root)), storage=cloud) == 0
    file = root / "content/projects/2024/yang-ben-jia.md"
    file.write_text(file.read_text(encoding="utf-8").replace("样本甲成果", "样本甲焊接成果"), encoding="utf-8")
    assert runner.run(goal, "--site", str(build(root)), storage=cloud) == 0
    moved = cloud.counted("PUT")
    assert any("/search/v1/r-" in path for path in moved)
    assert not any(re.search(r"/search/v1/[tdk]/", path) for path in moved if "/r-" not in path)
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{cloud.url}/{BUCKET}/found/search/index.html?q=%E7%84%8A%E6%8E%A5")
        page.locator("[data-result]").first.wait_for()
        assert page.locator("[data-result]").first.get_attribute("data-result") == "projects/yang-ben-jia/"
        assert any("/search/v1/r-" in url for url in asked)


# --- refusals --------------------------------------------------------------------------------------------------------


def faulty(code: str, tmp_path: Path, cloud: Storage) -> tuple[str, ...]:
    """Arguments that must be refused with this code."""
    site = made_up_site(tmp_path / "site", "a")
    if code == "deploy-site":
        (site / "404.html").unlink()
    elif code == "deploy-target":
        (tmp_path / "target").mkdir()
        (tmp_path / "target/their-file.txt").write_text("x", encoding="utf-8")
    elif code == "deploy-space":
        with (site / "film.mp4").open("wb") as file:
            os.truncate(file.fileno(), 8 << 40)
    elif code == "deploy-no-former":
        return (str(tmp_path / "target"), "--rollback")
    elif code == "deploy-refused":
        return (cloud.target("x").replace(BUCKET, "mei-you"), "--site", str(site))
    return (str(tmp_path / "target"), "--site", str(site))


@pytest.mark.parametrize("code", ["deploy-site", "deploy-target", "deploy-space", "deploy-no-former", "deploy-refused"])
def test_a_faulty_deploy_is_refused(code: str, runner: Runner, cloud: Storage, tmp_path: Path) -> None:
    """In Chinese, with its code, without a traceback, and nothing is online."""
    assert runner.run(*faulty(code, tmp_path, cloud), storage=cloud) == 1
    assert f"错误[{code}]" in runner.said and "Traceback" not in runner.said
    assert not (tmp_path / "target/current").exists()
    assert "yang-ben-id" not in runner.said and "yang-ben-secret" not in runner.said


def test_every_code_of_deploying_is_raised_somewhere_here() -> None:
    """Those that a sample cannot raise alone have a test of their own."""
    alone = {"deploy-locked", "deploy-tool", "deploy-differs"}
    sampled = {"deploy-site", "deploy-target", "deploy-space", "deploy-no-former", "deploy-refused"}
    assert {code.name for code in CODES if code.name.startswith("deploy-")} == alone | sampled


def test_without_the_package_the_refusal_says_what_to_install(tmp_path: Path) -> None:
    """In an interpreter that does not find it."""
    program = (
        "import sys\n"
        "sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n"
        "from site_builder.release.bucket import open_bucket\n"
        "from site_builder.release.target import target_from\n"
        "from site_builder.release.refusal import Refusal\n"
        "try: open_bucket(target_from('s3://yang-ben'))\n"
        "except Refusal as refusal: sys.exit(str(refusal))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    assert "错误[deploy-tool]" in done.stderr and "Traceback" not in done.stderr
    assert "pip install" in code_named("deploy-tool").mend


def test_a_site_that_changes_under_way_is_not_put_online(tmp_path: Path) -> None:
    """The manifest and the bytes must agree."""
    site = made_up_site(tmp_path / "site", "a")
    manifest = manifest_of(site)
    (site / "robots.txt").write_text("anders", encoding="utf-8")
    with pytest.raises(Refusal, match="deploy-differs"):
        fill(Stage(site, tmp_path / "out", manifest, tmp_path / "none", None), carried=())


def test_a_link_in_the_site_is_refused(tmp_path: Path) -> None:
    """It may lead out of the site."""
    site = made_up_site(tmp_path / "site", "a")
    (site / "projects/geheim.txt").symlink_to("/etc/hostname")
    with pytest.raises(Refusal, match="deploy-site"):
        manifest_of(site)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://x/y",
        "s3://",
        "s3:/yang-ben/x",
        "s3://yang-ben?punkt=1",
        "s3://yang-ben?endpoint=ftp://x",
        "s3://yang-ben?style=x",
        "s3://u:p@b/",
    ],
)
def test_targets_that_nobody_understands(text: str) -> None:
    """Schemes, options and values that are not known, and secrets written into the command."""
    with pytest.raises(Refusal, match="deploy-target") as refused:
        target_from(text)
    assert ":p@" not in str(refused.value)


def test_targets() -> None:
    """Clouds want the bucket in the host's name, servers without a domain cannot have it there."""
    cloud = target_from("s3://zhan/a/b/?endpoint=https://oss.example.cn&region=cn-1&gzip=no")
    assert cloud == BucketTarget("zhan", "a/b", "https://oss.example.cn", "cn-1", virtual=True, gzip=False)
    near = target_from("s3://zhan?endpoint=http://127.0.0.1:9000")
    assert isinstance(near, BucketTarget) and not near.virtual
    assert not isinstance(target_from("/srv/zhan"), BucketTarget)


def test_a_history() -> None:
    """Forwards, back, and forgetting."""
    history = History().deployed("a").deployed("b").deployed("c")
    assert history == History(("a", "b", "c"), "c")
    assert history.rolled_back().rolled_back() == History(("a", "b", "c"), "a")
    assert history.rolled_back().deployed("d") == History(("a", "b", "d"), "d")
    assert history.deployed("a") == History(("b", "c", "a"), "a")
    assert history.kept(1) == History(("b", "c"), "c")
    assert History(("a",), "a").before == ""
