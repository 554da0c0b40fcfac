"""What lies in a bucket since a release comes in and goes out: each file's digest, key and entity tag."""

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.release.manifest import Listed, Manifest
from site_builder.release.served import is_shard

FOLDER = ".releases/"
HISTORY, PENDING, LOCK = f"{FOLDER}history.json", f"{FOLDER}pending.json", f"{FOLDER}lock.json"
BLOBS = f"{FOLDER}blobs/"
RECIPE = "1"
"""To be raised with every change of the headers and encodings of objects, so that they are written anew."""
EVERY = "*"


@frozen
class Record:
    """A release as it lies in the bucket."""

    manifest: Manifest
    etags: Mapping[str, str] = field(default_factory=dict)
    """Path → entity tag of the object."""
    moved: frozenset[str] = frozenset()
    """Paths of the search index that lie in the folder of this release; `EVERY` for all."""
    home: str = ""
    """Folder of the moved paths, such as ``search/v1/r-0123456789/``."""
    recipe: str = RECIPE

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Path → key of the object."""
        return {path: self.key(path) for path in self.manifest.files}

    def key(self, path: str) -> str:
        """Where the file of this path lies."""
        if is_shard(path) and (path in self.moved or EVERY in self.moved):
            return f"{self.home}{path.removeprefix(root_of(path))}"
        return path

    def as_json(self) -> dict[str, Any]:
        """For an object that `record_in` reads."""
        files = {path: [*row, self.etags.get(path, "")] for path, row in self.manifest.as_json().items()}
        return {"files": files, "moved": sorted(self.moved), "home": self.home, "recipe": self.recipe}


def record_in(document: dict[str, Any]) -> Record:
    """The record that was written by `Record.as_json`."""
    files = document["files"]
    return Record(
        Manifest({path: Listed(sha256, size) for path, (sha256, size, _) in files.items()}),
        {path: etag for path, (_, _, etag) in files.items()},
        frozenset(document["moved"]),
        document["home"],
        document["recipe"],
    )


def record_key(release: str) -> str:
    """Where the record of a release lies."""
    return f"{FOLDER}{release}.json"


def root_of(path: str) -> str:
    """``search/v1/`` of ``search/v1/t/3.js``."""
    return "/".join(path.split("/", 2)[:2]) + "/"


def led_on(head: bytes, record: Record) -> bytes:
    """The head of the search index, telling where the moved files lie; unchanged where none is.

    ``exhibitionSearch.put("manifest",{…})`` gains ``"moved": [folder, [names]]``, or ``[folder, null]`` for all files.
    """
    if not record.moved:
        return head
    before, comma, rest = head.decode("utf-8").partition(",")
    document = json.loads(rest.rstrip().removesuffix(")"))
    root = root_of(record.home)
    names = sorted(path.removeprefix(root).removesuffix(".js") for path in record.moved)
    document["moved"] = [record.home.removeprefix(root), None if EVERY in record.moved else names]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return f"{before}{comma}{text})\n".encode()
