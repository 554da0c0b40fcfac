"""The directory of a bag comes in; every file that is missing, has been added or has changed goes out as a problem.

An implementation of our own, so that a bag is proved by two that share nothing: this one, and that of the Library of Congress.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from site_builder.model.problems import Place, Problem, in_order
from site_builder.release.manifest_reading import DIGITS, Promise, promise_of

SENDER, EDITION = "Internal-Sender-Identifier", "edition/"
"""How the papers of a bag say that it holds an edition, and which."""
SEALS = tuple(f"tagmanifest-{algorithm}.txt" for algorithm, _ in DIGITS)
_BLOCK = 1 << 20
_WORKERS = 4
"""Threads: hashing lets go of the interpreter, and more of them only wait for the disk."""
Told = Callable[[int, int], None]
"""Told how many files are done, of how many."""


def untold(_done: int, _all: int) -> None:
    """For whoever does not ask."""


def verify(bag: Path, *, told: Told = untold) -> tuple[Problem, ...]:
    """Everything amiss with a bag, in order; OSError where the disk refuses."""
    if not bag.is_dir():
        words = "这是一个文件，不是归档袋的目录；压缩过的先解压" if bag.exists() else "没有这个目录"
        return (Problem("bag-format", Place(bag.name), words),)
    promise = promise_of(bag)
    if promise.problems:
        return promise.problems
    return in_order((*_sealed(promise), *_listed(promise), *_oxum(bag, promise), *_hashed(bag, promise, told=told)))


def _sealed(promise: Promise) -> Iterator[Problem]:
    """Manifests of the papers, which other bags may do without; without them nobody can tell a bag of ours by its digest."""
    for name in SEALS if promise.info.get(SENDER, "").startswith(EDITION) else ():
        if name not in promise.there:
            yield Problem("bag-missing", Place(name), "归档时有，现在没有")


def _listed(promise: Promise) -> Iterator[Problem]:
    for path in promise.files:
        if path not in promise.there:
            yield Problem("bag-missing", Place(path), "清单里有，袋里没有")
    for path in promise.there:
        if path.startswith("data/") and path not in promise.files:
            yield Problem("bag-added", Place(path), "袋里有，清单里没有")


def _oxum(bag: Path, promise: Promise) -> Iterator[Problem]:
    said = promise.info.get("Payload-Oxum", "")
    payload = [path for path in promise.there if path.startswith("data/")]
    found = f"{sum((bag / path).stat().st_size for path in payload)}.{len(payload)}"
    if said and said != found:
        yield Problem("bag-changed", Place("bag-info.txt"), f"记的总字节数和文件数是 {said}，实际是 {found}")


def _hashed(bag: Path, promise: Promise, *, told: Told) -> Iterator[Problem]:
    paths = sorted(path for path in promise.files if path in promise.there)
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        verdicts = pool.map(partial(_is_whole, bag, promises=promise.files), paths)
        for done, (path, whole) in enumerate(zip(paths, verdicts, strict=True), 1):
            told(done, len(paths))
            if not whole:
                yield Problem("bag-changed", Place(path), "内容与清单里的摘要不符")


def _is_whole(bag: Path, path: str, *, promises: Mapping[str, Mapping[str, str]]) -> bool:
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in promises[path]}
    with (bag / path).open("rb") as file:
        while block := file.read(_BLOCK):
            for one in hashes.values():
                one.update(block)
    return {name: one.hexdigest() for name, one in hashes.items()} == promises[path]
