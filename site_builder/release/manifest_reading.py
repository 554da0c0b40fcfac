"""The directory of a bag comes in; what its manifests promise goes out, or why they cannot be trusted.

A bag may come from anybody: nothing outside of its directory is read, no link is followed, and no line is believed before its path
has been looked at (RFC 8493, section 5).
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

LARGEST = 512 * 1024 * 1024
"""Bytes of a manifest; two million files take about half of it."""
MANY = 4_000_000
DIGITS = (("sha512", 128), ("sha256", 64))
"""Algorithms that are believed, the strongest first, with the length of their digests; others are passed over."""
_PAYLOAD = frozenset(f"manifest-{algorithm}.txt" for algorithm, _ in DIGITS)
_NO_BAG = "这个目录不是 BagIt 归档袋：没有 bagit.txt，或内容不对"
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_ESCAPED = re.compile("%(0[AaDd]|25)")
_DRIVE = re.compile(r"[A-Za-z]:")


@frozen
class Promise:
    """What a bag says of itself."""

    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Path → algorithm → digest, of the payload and of tag files."""
    there: frozenset[str] = frozenset()
    """Paths of all regular files in the directory."""
    info: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """Anything here, and the bag is refused."""


class _Refused(Exception):
    """Carries the problem for which a bag is not read any further."""

    def __init__(self, code: str, path: str, *, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, Place(path), message)


def promise_of(bag: Path) -> Promise:
    """Reads the small files of a bag and lists its directory."""
    try:
        if not (bag / "bagit.txt").is_file():  # of a folder that is no bag, nothing else is worth telling
            raise _Refused("bag-format", "bagit.txt", message=_NO_BAG)
        there = frozenset(_regular(bag))
        return _promised(bag, there)
    except _Refused as refusal:
        return Promise(problems=(refusal.problem,))


def _promised(bag: Path, there: frozenset[str]) -> Promise:
    if "bagit.txt" not in there or "BagIt-Version:" not in _text(bag, "bagit.txt"):
        raise _Refused("bag-format", "bagit.txt", message=_NO_BAG)
    if "fetch.txt" in there:
        raise _Refused("bag-unsafe", "fetch.txt", message="这个袋要从网上另取文件，内容不全，不予采信")
    files: dict[str, dict[str, str]] = {}
    sets = []
    for algorithm, digits in DIGITS:
        for kind in ("manifest", "tagmanifest"):
            name = f"{kind}-{algorithm}.txt"
            if name in there:
                found = dict(_lines(bag, name, digits=digits))
                sets += [frozenset(found)] if kind == "manifest" else []
                unlisted = sorted(_PAYLOAD & there - found.keys()) if kind == "tagmanifest" else ()
                if unlisted:
                    raise _Refused("bag-format", name, message=f"没有列出 {unlisted[0]}，那份清单改没改过无从核对")
                for path, digest in found.items():
                    files.setdefault(path, {})[algorithm] = digest
    if not sets:
        raise _Refused("bag-format", "manifest-sha256.txt", message="没有 SHA-256 或 SHA-512 的清单，无从核对")
    if len(set(sets)) > 1:
        raise _Refused("bag-format", "manifest-sha256.txt", message="几份清单列的文件不一样，不知道该信哪一份")
    return Promise(files, there, dict(_info(bag, there)))


def _regular(bag: Path, folder: str = "") -> Iterator[str]:
    with os.scandir(bag / folder) as items:
        for item in sorted(items, key=lambda one: one.name):
            path = f"{folder}{item.name}"
            mode = item.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                yield from _regular(bag, f"{path}/")
            elif stat.S_ISREG(mode):
                yield path
            else:
                raise _Refused("bag-unsafe", path, message="袋里有链接或特殊文件，它可能指到袋外")


def _lines(bag: Path, name: str, *, digits: int) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(_text(bag, name).splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None or len(found[1]) != digits:
            raise _Refused("bag-format", name, message=f"第 {number} 行不是“摘要  路径”的形式")
        path = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[2])
        plain = path.removeprefix("./")
        if not _is_inside(plain):
            raise _Refused("bag-unsafe", name, message=f"第 {number} 行的路径指到袋外：{path[:80]}")
        if name.startswith("manifest-") and not plain.startswith("data/"):
            raise _Refused("bag-format", name, message=f"第 {number} 行的文件不在 data/ 里：{path[:80]}")
        if plain in seen or number > MANY:
            raise _Refused("bag-format", name, message=f"第 {number} 行重复，或行数太多：{path[:80]}")
        seen.add(plain)
        yield plain, found[1].lower()


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not (
        path.startswith(("/", "~")) or "\\" in path or "\0" in path or _DRIVE.match(path) or ".." in parts
    )


def _text(bag: Path, name: str) -> str:
    path = bag / name
    if path.stat().st_size > LARGEST:
        raise _Refused("bag-unsafe", name, message=f"清单大得不合理（超过 {LARGEST // 1024 // 1024} MB），不予读取")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _Refused("bag-format", name, message="不是 UTF-8 编码的文字") from fault


def _info(bag: Path, there: frozenset[str]) -> Iterator[tuple[str, str]]:
    for line in _text(bag, "bag-info.txt").splitlines() if "bag-info.txt" in there else ():
        name, colon, value = line.partition(":")
        if colon and not line.startswith((" ", "\t")):
            yield name.strip(), value.strip()
