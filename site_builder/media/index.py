"""What earlier builds found in which files comes in from the cache; what is known of today's files goes out, few of them read."""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.media.examining import EXAMINER, Examined, examined
from site_builder.media.unfit import Unfit
from site_builder.model.frozen import frozen

Finding = Examined | Unfit
Stamp = tuple[int, int]
"""Size and time of the last change in nanoseconds."""


@frozen
class Index:
    """What is known: file → stamp and finding."""

    found: Mapping[str, tuple[Stamp, Examined]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, path: Path) -> "Index":
        """The index of an earlier build; an empty one where there is none, or it is broken or of another version."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            if raw["examiner"] != EXAMINER:
                return cls()
            return cls({file: ((size, time), _known(one)) for file, (size, time, one) in raw["files"].items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def write(self, path: Path) -> None:
        """Writes it in one move, so that a build that is stopped leaves the former one; OSError where it cannot be."""
        files: dict[str, Any] = {file: [*stamp, asdict(one)] for file, (stamp, one) in sorted(self.found.items())}
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix="index-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"examiner": EXAMINER, "files": files}, file, ensure_ascii=False)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)


def findings(media: Path, files: list[str], *, cache: Path, workers: int) -> Mapping[str, Finding]:
    """What each file is, or why it cannot be published; only those that are new or changed are read."""
    if not files:
        return {}
    index = Index.read(cache)
    stamps = {file: _stamp(media / file) for file in files}
    known = {file: one for file, (stamp, one) in index.found.items() if stamps.get(file) == stamp}
    todo = [file for file in files if file not in known]
    from concurrent.futures import ThreadPoolExecutor  # for whoever has files to look at

    with ThreadPoolExecutor(workers, thread_name_prefix="examine") as executor:
        fresh = dict(zip(todo, executor.map(_finding, (media / file for file in todo)), strict=True))
    found: dict[str, Finding] = {**known, **fresh}
    fit = {file: (stamps[file], one) for file, one in found.items() if isinstance(one, Examined)}
    if fit != index.found:
        # without it the next build looks again
        with contextlib.suppress(OSError):
            Index(fit).write(cache)
    return found


def _known(one: dict[str, Any]) -> Examined:
    """JSON knows lists only."""
    return Examined(**{**one, "personal": tuple(one.get("personal", ()))})


def _finding(path: Path) -> Finding:
    try:
        return examined(path)
    except Unfit as fault:
        return fault
    except OSError as fault:
        return Unfit(f"文件读不出来（{fault.strerror or type(fault).__name__}）", "检查文件是否被占用、有没有读取权限")


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns
