"""Two releases come in; what a deploy changes, file by file, and what it came to, go out."""

from dataclasses import field

from site_builder.model.frozen import frozen
from site_builder.release.manifest import Manifest

NEW, CHANGED, GONE = "新增", "更改", "删去"


@frozen
class Change:
    """One file that is not as it was: `NEW`, `CHANGED` or `GONE`, and its size in bytes, the former one if it is gone."""

    word: str
    path: str
    size: int


@frozen
class Outcome:
    """What a deploy did, or would do."""

    release: str
    """Digest of the release that is online now."""
    former: str = ""
    """Digest of the one that was online before; empty where there was none."""
    changes: tuple[Change, ...] = ()
    sent: int = 0
    """Files that were copied or uploaded in this run."""
    sent_bytes: int = 0
    kept: int = 0
    """Files that were there already."""
    removed: int = 0
    notes: tuple[str, ...] = field(default=())
    """What the person who deploys should know."""


def changes_between(former: Manifest | None, new: Manifest) -> tuple[Change, ...]:
    """New, changed and gone files, sorted by path."""
    before = former.files if former else {}
    found = [
        Change(CHANGED if path in before else NEW, path, file.size)
        for path, file in new.files.items()
        if path not in before or before[path].sha256 != file.sha256
    ]
    found += [Change(GONE, path, file.size) for path, file in before.items() if path not in new.files]
    return tuple(sorted(found, key=lambda change: change.path))
