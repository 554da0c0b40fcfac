"""A built site comes in; its files with their digests and sizes, and one digest of the whole, go out."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.release.refusal import refused

NEEDED = ("index.html", "404.html")
HASHERS = 4
_ENOUGH = 16
"""Hexadecimal digits that tell releases apart."""


@frozen
class Listed:
    """A file of a release: SHA-256 in hexadecimal digits, size in bytes."""

    sha256: str
    size: int


@frozen
class Manifest:
    """All files of a release by their paths, with ``/``, relative to the site."""

    files: Mapping[str, Listed]

    @cached_property
    def digest(self) -> str:
        """What tells this release from any other."""
        lines = "".join(f"{self.files[path].sha256}  {path}\n" for path in sorted(self.files))
        return hashlib.sha256(lines.encode()).hexdigest()[:_ENOUGH]

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.size for file in self.files.values())

    def as_json(self) -> dict[str, list[str | int]]:
        """For a file that `manifest_in` reads."""
        return {path: [self.files[path].sha256, self.files[path].size] for path in sorted(self.files)}


def manifest_in(document: Mapping[str, list[str | int]]) -> Manifest:
    """The manifest that was written by `as_json`."""
    return Manifest({path: Listed(str(sha256), int(size)) for path, (sha256, size, *_) in document.items()})


def sizes_in(site: Path) -> dict[str, int]:
    """Path → size of every file; a directory that is no built site is refused."""
    if not all((site / name).is_file() for name in NEEDED):
        raise refused("deploy-site", str(site), message=f"{site} 不是建成的网站（没有 {'、'.join(NEEDED)}）")
    found = dict(_walked(site, ""))
    if not any(path.startswith("assets/") for path in found):
        raise refused("deploy-site", str(site), message=f"{site} 不是建成的网站（没有 assets 目录）")
    return found


def _walked(directory: Path, prefix: str) -> Iterator[tuple[str, int]]:
    with os.scandir(directory) as found:
        items = tuple(found)
    for item in items:
        path = f"{prefix}{item.name}"
        if item.is_symlink() or not (item.is_dir() or item.is_file()):
            raise refused("deploy-site", path, message=f"{path} 是链接或特殊文件，不能上线")
        if item.is_dir():
            yield from _walked(directory / item.name, f"{path}/")
        else:
            yield path, item.stat().st_size


def manifest_of(site: Path) -> Manifest:
    """Reads every file of a site once."""
    sizes = sizes_in(site)
    with ThreadPoolExecutor(HASHERS) as pool:
        digests = pool.map(lambda path: sha256_of(site / path), sizes)
        return Manifest({path: Listed(found, sizes[path]) for path, found in zip(sizes, digests, strict=True)})


def sha256_of(path: Path) -> str:
    """The digest of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def written(path: Path, document: object) -> None:
    """Writes a document beside its place and moves it there, so that nobody reads half of it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(json.dumps(document, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    draft.replace(path)
