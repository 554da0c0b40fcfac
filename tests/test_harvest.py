"""Harvesting: our own package over HTTP and from files, others' tables and manifests, bad sources told, taken back by undo."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from PIL import Image
from sample_open import ENTRIES, SECRET
from small import deck_at, write

from site_builder.cli import cli
from site_builder.harvest.fetching import Allowance, Guard, fetched, guard_for
from site_builder.harvest.origins import origin_of
from site_builder.intake.content import read_content
from site_builder.model.problems import code_named
from site_builder.opendata.making import whole_data
from site_builder.sheets.packages import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

SETTINGS = "site_name: 样本联展\nplugins: [exhibition]\n"
OWN = {
    "organisations/ben-di-chang.yml": "name: 样本厂\n",
    "editions/2024.yml": "title: 样本联展2024\n",
    "projects/2024/ben-di.md": "---\ntitle: 样本操作法乙\nsources: 样本来源\n---\n",
}
COLLECTION = (
    "objectid,title,creator,date,description,subject,rightsstatement,object_location,parentid\n"
    "demo_001,样本藏品一,样本作者甲;样本作者乙,2019-05,样本说明,标签一;标签二,https://rights.example/,https://media.example/1.jpg,\n"
    "demo_002,样本藏品二,,,,,,,\n"
    "demo_003,样本藏品二的一页,,,,,,,demo_002\n"
)
OMEKA = (
    "o:id,dcterms:title,dcterms:creator,dcterms:date,dcterms:description,dcterms:rights\n"
    "17,样本条目,样本作者丙,2020,<p>样本<b>说明</b></p>,CC BY 4.0\n"
)


def manifest(version: int, base: str) -> dict[str, Any]:
    """A manifest of either version with one picture."""
    if version == 3:
        body = {"id": f"{base}/picture.png", "type": "Image", "format": "image/png"}
        canvas = {
            "type": "Canvas",
            "items": [{"type": "AnnotationPage", "items": [{"type": "Annotation", "body": body}]}],
        }
        pairs = [
            {"label": {"zh": ["作者"]}, "value": {"zh": ["样本作者丁"]}},
            {"label": {"en": ["date"]}, "value": {"en": ["2018"]}},
        ]
        return {
            "@context": "http://iiif.io/api/presentation/3/context.json",
            "id": f"{base}/three.json",
            "type": "Manifest",
            "label": {"zh": ["样本清单三"]},
            "summary": {"zh": ["样本简介"]},
            "metadata": pairs,
            "items": [canvas],
        }
    image = {"resource": {"@id": f"{base}/picture.png", "@type": "dctypes:Image"}}
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{base}/two.json",
        "@type": "sc:Manifest",
        "label": {"@value": "样本清单二", "@language": "zh"},
        "description": "样本简介二",
        "sequences": [{"canvases": [{"images": [image]}]}],
    }


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of another exhibition, as far as a harvest sees it, and what others publish."""
    root = write(tmp_path_factory.mktemp("theirs"), ENTRIES)
    site = root / "site"
    deck = deck_at(root, name="样本别家展", published="2026-01-02", licence="CC-BY-4.0")
    for file in whole_data(deck)[0].values():
        path = site / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (site / "collection.csv").write_text(COLLECTION, encoding="utf-8")
    (site / "omeka.csv").write_text(OMEKA, encoding="utf-8")
    Image.new("RGB", (40, 30), "red").save(site / "picture.png")
    return site


@pytest.fixture(scope="module")
def address(theirs: Path, serve_directory: Callable[[Path], str]) -> str:
    """The same on loopback, IIIF of both versions included."""
    base = serve_directory(theirs)
    (theirs / "three.json").write_text(json.dumps(manifest(3, base)), encoding="utf-8")
    (theirs / "two.json").write_text(json.dumps(manifest(2, base)), encoding="utf-8")
    items = [{"id": f"{base}/{name}.json", "type": "Manifest"} for name in ("three", "two", "gone")]
    whole = {"id": f"{base}/iiif.json", "type": "Collection", "label": {"zh": ["样本集合"]}, "items": items}
    (theirs / "iiif.json").write_text(json.dumps(whole), encoding="utf-8")
    return base


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A joint exhibition with a little of its own."""
    place = write(tmp_path / "joint", OWN)
    (place / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return place


def told(*arguments: str, root: Path) -> Result:
    """Runs the command in this process."""
    return CliRunner().invoke(cli, ["harvest", *arguments, "--root", str(root)], catch_exceptions=False)


def texts(root: Path) -> dict[str, str]:
    """Files of entries, by name."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / "content").rglob("*"))
        if path.suffix in {".md", ".yml"}
    }


# --- another exhibition ----------------------------------------------------------------------------------------------


def test_another_exhibition_is_planned_then_taken_in_then_taken_back(address: str, root: Path) -> None:
    """Dry run writes nothing; ids carry the prefix, references lead on, the source is kept; undo leaves no trace."""
    before = texts(root)
    dry = told(f"{address}/", "--prefix", "bie", "--dry-run", root=root)
    assert dry.exit_code == 0, dry.output
    assert texts(root) == before
    assert "什么都没有写" in dry.output
    done = told(f"{address}/", "--prefix", "bie", root=root)
    assert done.exit_code == 0, done.output
    after = texts(root)
    entry = {one.key: one for one in read_content(root).entries}["project/bie-yang-ben-jia"]
    assert entry.source == "content/projects/2024/bie-yang-ben-jia.md"
    assert entry.data.studio == "bie-yang-ben-shi"
    assert [credit.person for credit in entry.data.people[:2]] == ["bie-yang-ben-ren", "样本乙"]
    assert entry.data.awards[0].award == "bie-yang-ben-jiang"
    source = entry.data.sources[0]
    assert (source.outlet, source.date, source.licence) == ("样本别家展", "2026-01-02", "CC-BY-4.0")
    assert source.url == f"{address}/projects/yang-ben-jia/"
    assert not any(SECRET in text or "保密等级" in text for text in after.values())
    assert not [problem for problem in read_content(root).problems if problem.severity is code_named("yaml").severity]
    again = told(f"{address}/", "--prefix", "bie", root=root)
    assert "没有要写的" in again.output
    assert CliRunner().invoke(cli, ["undo", "--root", str(root)]).exit_code == 0
    assert texts(root) == before


def test_folder_and_zip_say_the_same(theirs: Path, tmp_path: Path, root: Path) -> None:
    """A package that was handed over is as good as one on the web."""
    shutil.copytree(theirs / "data", tmp_path / "data")
    with zipfile.ZipFile(tmp_path / "bie.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((theirs / "data").rglob("*")):
            archive.write(path, path.relative_to(theirs).as_posix())
    found = []
    for source in (theirs, tmp_path / "data", tmp_path / "data" / "datapackage.json", tmp_path / "bie.zip"):
        out = tmp_path / f"out-{len(found)}"
        done = told(str(source), "--prefix", "bie", "-o", str(out), root=root)
        assert done.exit_code == 0, done.output
        found.append(texts(out))
    assert found[0]
    assert all(one == found[0] for one in found)


def test_what_bears_the_same_name_is_told_or_shared(theirs: Path, tmp_path: Path, root: Path) -> None:
    """An organisation of the same name is ours; a result of the same name is a warning, not a stop."""
    (root / "content/projects/2024/ben-di.md").write_text(
        "---\ntitle: 样本甲成果\nsources: 样本来源\n---\n", encoding="utf-8"
    )
    done = told(str(theirs), "--prefix", "bie", root=root)
    assert done.exit_code == 0, done.output
    assert "harvest-double" in done.output
    named = next(text for name, text in texts(root).items() if name.endswith("bie-yang-ben-ren.md"))
    organisations = [name for name in texts(root) if name.startswith("content/organisations/")]
    shared = [name for name in organisations if "样本厂" in texts(root)[name]]
    assert "organisation: " in named
    assert len(shared) == len({texts(root)[name] for name in shared})


def test_an_edited_entry_is_left_alone_until_asked(theirs: Path, root: Path) -> None:
    """What the joint exhibition's editor changed stays; --update takes the source's word again."""
    told(str(theirs), "--prefix", "bie", root=root)
    path = root / "content/craftsmen/bie-yang-ben-ren.md"
    path.write_text(path.read_text(encoding="utf-8").replace("样本绝技", "改过的绝技"), encoding="utf-8")
    assert "没有动" in told(str(theirs), "--prefix", "bie", root=root).output
    assert "改过的绝技" in path.read_text(encoding="utf-8")
    assert told(str(theirs), "--prefix", "bie", "--update", root=root).exit_code == 0
    assert "改过的绝技" not in path.read_text(encoding="utf-8")


# --- others ----------------------------------------------------------------------------------------------------------


def test_collection_builder(theirs: Path, root: Path) -> None:
    """Rows are entries, parts of compound objects are not; pictures by link only."""
    done = told(
        str(theirs / "collection.csv"), "--owner", "样本博物馆", "--prefix", "bo", "--licence", "CC0-1.0", root=root
    )
    assert done.exit_code == 0, done.output
    entries = {one.title: one for one in read_content(root).entries}
    one = entries["样本藏品一"]
    assert [credit.person for credit in one.data.people] == ["样本作者甲", "样本作者乙"]
    assert (one.data.year, one.data.tags, one.data.summary) == (2019, ("标签一", "标签二"), "样本说明")
    assert (one.data.sources[0].outlet, one.data.sources[0].licence) == ("样本博物馆", "CC0-1.0")
    assert one.data.pictures == ()
    assert "样本藏品二的一页" not in entries


def test_omeka(theirs: Path, root: Path) -> None:
    """Properties by their prefixed names; markup is no text."""
    done = told(str(theirs / "omeka.csv"), "--kind", "method", "--prefix", "om", root=root)
    assert done.exit_code == 0, done.output
    one = {entry.title: entry for entry in read_content(root).entries}["样本条目"]
    assert (one.kind, one.data.summary, one.data.year) == ("method", "样本说明", 2020)


def test_iiif_of_both_versions_with_pictures(address: str, root: Path) -> None:
    """A manifest that is gone is told; pictures are fetched when asked for, and are pictures."""
    refused = told(f"{address}/iiif.json", "--prefix", "ii", root=root)
    assert refused.exit_code == 1
    assert "harvest-source" in refused.output
    done = told(f"{address}/iiif.json", "--prefix", "ii", "--media", "--skip-bad", root=root)
    entries = {one.title: one for one in read_content(root).entries}
    three = entries["样本清单三"]
    assert ([credit.person for credit in three.data.people], three.data.year) == (["样本作者丁"], 2018)
    assert "样本清单二" in entries
    file = root / "content/media" / three.data.pictures[0].file
    with Image.open(file) as picture:
        assert picture.size == (40, 30), done.output


# --- bad sources -----------------------------------------------------------------------------------------------------


class Rude(BaseHTTPRequestHandler):
    """A server that misbehaves, by path."""

    def do_GET(self) -> None:
        """Answer badly."""
        places = {"/round": "/round", "/in": "http://10.0.0.1/", "/file": "file:///etc/hostname"}
        if self.path in places:
            self.send_response(302)
            self.send_header("Location", places[self.path])
            self.end_headers()
            return
        self.send_response(200 if self.path != "/gone" else 404)
        self.end_headers()
        try:
            for _ in range(400):
                self.wfile.write(b"x" * 1024)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def rude() -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rude)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path, code",
    [
        ("/round", "harvest-source"),
        ("/gone", "harvest-source"),
        ("/in", "harvest-address"),
        ("/file", "harvest-address"),
    ],
)
def test_a_server_that_misbehaves_is_refused(rude: str, path: str, code: str) -> None:
    """Endless redirects, answers that are none, redirects into inner networks and to files."""
    with pytest.raises(Refused) as refused:
        fetched(rude + path, guard_for(rude, private=False), most=1 << 20, allowance=Allowance())
    assert refused.value.code == code


def test_limits_of_size_hold(rude: str) -> None:
    """Of one file and of the whole."""
    guard = guard_for(rude, private=False)
    for most, left in ((100_000, 1 << 30), (1 << 30, 100_000)):
        with pytest.raises(Refused) as refused:
            fetched(f"{rude}/large", guard, most=most, allowance=Allowance(left=left))
        assert refused.value.code == "harvest-limit"


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "ff0e::1",
    ],
)
def test_inner_networks_are_asked_only_when_named(place: str) -> None:
    """Public addresses always, this machine when the editor names it, everything when asked to."""
    assert not Guard().admits("zhan.example", place)
    assert Guard(private=True).admits("zhan.example", place)
    assert Guard(named="localhost").admits("localhost", place) == (place in {"127.0.0.1", "::1"})
    assert Guard().admits("zhan.example", "93.184.216.34")


@pytest.mark.parametrize("places", [("127.0.0.1", "93.184.216.34"), ("93.184.216.34", "127.0.0.1")])
def test_a_name_that_leads_inside_as_well_is_not_asked(
    places: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of its addresses the resolver names first; nothing is connected to."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 80)) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Refused) as refused:
        fetched("http://zhan.example/", Guard(), most=1, allowance=Allowance())
    assert refused.value.code == "harvest-address"


@pytest.mark.parametrize(
    "content, code",
    [
        ("<html>", "harvest-format"),
        ("{", "harvest-format"),
        ('{"a": 1}', "harvest-format"),
        ("甲,乙\n1,2\n", "harvest-format"),
        ("", "harvest-format"),
        ('{"exhibition": {"documents": [{"kind": "project", "path": "../../etc/passwd"}]}}', "harvest-address"),
        ('{"exhibition": {"documents": [{"kind": "project", "path": "http://10.0.0.1/"}]}}', "harvest-address"),
        ('{"exhibition": {"documents": [{"kind": "project", "path": "fehlt.jsonl"}]}}', "harvest-source"),
    ],
)
def test_a_bad_file_is_told_in_words(content: str, code: str, tmp_path: Path, root: Path) -> None:
    """One line that names the file and the mend; nothing is written, no traceback."""
    path = tmp_path / "datapackage.json"
    path.write_text(content, encoding="utf-8")
    before = texts(root)
    done = told(str(path), root=root)
    assert done.exit_code == 1
    assert f"错误[{code}]" in done.output
    assert str(path) in done.output
    assert texts(root) == before


def test_bad_lines_and_personal_numbers_stop_all_or_are_skipped(tmp_path: Path, root: Path) -> None:
    """All problems at once; --skip-bad writes the rest."""
    lines = [
        {"id": "hao", "title": "样本好", "address": "a/", "fields": {"title": "样本好"}},
        {"id": "../huai", "title": "样本坏", "address": "a/", "fields": {"title": "样本坏"}},
        {"id": "wu", "title": "样本误", "address": "a/", "fields": {"title": "样本误", "year": "去年"}},
        {"id": "si", "title": "样本私", "address": "a/", "fields": {"title": "样本私", "summary": "请打13800000000"}},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "projects.jsonl").write_text(f"{text}\n{{\n", encoding="utf-8")
    package = {"name": "huai", "exhibition": {"documents": [{"kind": "project", "path": "projects.jsonl"}]}}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    before = texts(root)
    done = told(str(tmp_path), "--prefix", "h", root=root)
    assert done.exit_code == 1
    assert all(f"[{code}]" in done.output for code in ("harvest-format", "bad-year", "private-data")), done.output
    assert "13800000000" not in done.output
    assert texts(root) == before
    assert told(str(tmp_path), "--prefix", "h", "--skip-bad", root=root).exit_code == 0
    assert [name for name in texts(root) if name not in before] == ["content/projects/h-hao.md"]


def test_a_zip_that_is_a_bomb_or_broken_is_refused(tmp_path: Path) -> None:
    """By its ratio, before it is unpacked; one that is no zip at all, too."""
    package = {"exhibition": {"documents": [{"kind": "project", "path": "projects.jsonl"}]}}
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/datapackage.json", json.dumps(package))
        archive.writestr("data/projects.jsonl", b" " * (40 << 20))
    origin = origin_of(str(tmp_path / "bomb.zip"))
    with pytest.raises(Refused) as refused:
        origin.read("data/projects.jsonl")
    assert refused.value.code == "harvest-limit"
    (tmp_path / "kaputt.zip").write_bytes(b"PK\x03\x04kaputt")
    with pytest.raises(Refused) as refused:
        origin_of(str(tmp_path / "kaputt.zip"))
    assert refused.value.code == "harvest-source"
