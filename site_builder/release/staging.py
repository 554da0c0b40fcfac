"""A site and the release before it come in; a whole new release, every byte of it verified, goes out."""

import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from site_builder.model.frozen import frozen
from site_builder.release.compression import suffixes, variants
from site_builder.release.manifest import Manifest, sha256_of
from site_builder.release.refusal import refused
from site_builder.release.served import HASHED, SHRINKING

COPIERS = 4
VARIANTS = (".gz", ".br")


@frozen
class Stage:
    """A release in the making."""

    site: Path
    out: Path
    manifest: Manifest
    former: Path
    """Where the release lies that is online."""
    known: Manifest | None
    """What is in it; None where there is none."""

    def is_as_before(self, path: str) -> bool:
        """Whether the release that is online has the same file."""
        return self.known is not None and self.known.files.get(path) == self.manifest.files[path]


def carried_over(former: Manifest | None, new: Manifest) -> tuple[str, ...]:
    """What pages that visitors have open still ask for: files named by their content stay for one release more."""
    return tuple(path for path in (former.files if former else ()) if path not in new.files and HASHED.search(path))


def fill(stage: Stage, *, carried: Iterable[str]) -> tuple[int, int]:
    """Copies or links every file, with its compressed variants; answers how many were copied, and their bytes.

    What a killed deploy left behind is used again. Every file is read back and compared with the manifest.
    """
    carried = tuple(carried)
    _sweep(stage, carried)
    for folder in sorted({str(PurePosixPath(path).parent) for path in (*stage.manifest.files, *carried)}):
        (stage.out / folder).mkdir(parents=True, exist_ok=True)
    for path in carried:
        _linked(stage, path)
    with ThreadPoolExecutor(COPIERS) as pool:
        copied = list(pool.map(lambda path: _placed(stage, path), sorted(stage.manifest.files)))
    return sum(size is not None for size in copied), sum(size or 0 for size in copied)


def mend(stage: Stage, release: Path) -> tuple[int, int]:
    """Replaces what is not as it should be in a release that is whole already, perhaps online; answers how many files, and their bytes."""

    def mended(path: str) -> int:
        out, wanted = release / path, stage.manifest.files[path]
        if _is(out, wanted.sha256):
            return 0
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = out.with_name(f".{out.name}.draft")
        _copied(stage, path, out=draft)
        draft.replace(out)
        _add_variants(out, path)
        return 1

    with ThreadPoolExecutor(COPIERS) as pool:
        paths = sorted(stage.manifest.files)
        again = [path for path, number in zip(paths, pool.map(mended, paths), strict=True) if number]
    return len(again), sum(stage.manifest.files[path].size for path in again)


def _sweep(stage: Stage, carried: Iterable[str]) -> None:
    """Removes what a killed deploy left half-written."""
    wanted = {*stage.manifest.files, *carried}
    wanted |= {f"{path}{suffix}" for path in wanted for suffix in VARIANTS}
    for directory, _, names in os.walk(stage.out):
        for name in names:
            path = Path(directory, name)
            if path.relative_to(stage.out).as_posix() not in wanted:
                path.unlink()


def _placed(stage: Stage, path: str) -> int | None:
    """Puts one file in its place; answers its size if it was copied, None if it is the former one or was there already."""
    out, wanted = stage.out / path, stage.manifest.files[path]
    if _is(out, wanted.sha256) or (stage.is_as_before(path) and _linked(stage, path) and _is(out, wanted.sha256)):
        if not all(out.with_name(f"{out.name}{suffix}").exists() for suffix in suffixes()):
            _add_variants(out, path)
        return None
    for suffix in ("", *VARIANTS):
        out.with_name(f"{out.name}{suffix}").unlink(missing_ok=True)
    _copied(stage, path, out=out)
    _add_variants(out, path)
    return wanted.size


def _copied(stage: Stage, path: str, *, out: Path) -> None:
    shutil.copy2(stage.site / path, out)
    if not _is(out, stage.manifest.files[path].sha256):
        raise refused("deploy-differs", path, message=f"{path} 复制后与原文件不一致；网站可能正在重建，或磁盘有故障")


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _linked(stage: Stage, path: str) -> bool:
    """Takes the former file over under another name, and its variants; False where the disk has no links."""
    try:
        for suffix in ("", *VARIANTS):
            old, out = stage.former / f"{path}{suffix}", stage.out / f"{path}{suffix}"
            if old.is_file() and not out.exists():
                os.link(old, out)
    except OSError:
        return False
    return (stage.out / path).is_file()


def _add_variants(out: Path, path: str) -> None:
    """Writes the compressed variants of a text beside it, each whole at once."""
    if PurePosixPath(path).suffix not in SHRINKING:
        return
    stat = out.stat()
    for suffix, content in variants(out.read_bytes()):
        draft = out.with_name(f"{out.name}{suffix}.draft")
        draft.write_bytes(content)
        os.utime(draft, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        draft.replace(out.with_name(f"{out.name}{suffix}"))
