"""Files to be written come in; all of them are written or none, even if the machine stops; and the last import is taken back."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

HOUSE = ".exhibition/imports"
_STAGED, _BEFORE, _JOURNAL = "staged", "before", "journal.json"
_KEPT = 20
"""How many imports can be taken back, one after the other."""


@frozen
class Undone:
    """What taking an import back did, or why it was refused."""

    restored: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    label: str = ""


def write_all(root: Path, files: Iterable[tuple[str, bytes | None]], *, label: str) -> int:
    """Write files (paths relative to the root with their bytes): staged and journalled first, then moved into place.

    A file without bytes (None) is removed; taking the run back brings it back.

    A run that is killed while it stages leaves nothing; one that is killed while it moves is finished by ``heal``.
    The files are taken one after the other; how many there were goes out.
    """
    heal(root)
    house = _next_house(root)
    (house / _STAGED).mkdir(parents=True)
    (house / _BEFORE).mkdir()
    records = [_stage(root, house, path=path, data=data, number=number) for number, (path, data) in enumerate(files)]
    if not records:
        shutil.rmtree(house)
        return 0
    if hasattr(os, "sync"):
        os.sync()  # once for all of them: a flush for each of twenty thousand files takes minutes
    _write_journal(house, {"label": label, "state": "moving", "files": records})
    _move(root, house)
    _forget_old(root)
    return len(records)


def heal(root: Path) -> tuple[str, ...]:
    """Finish what a killed run had begun to move, drop what it had only staged; names of the files moved now."""
    moved: list[str] = []
    for house in _houses(root):
        journal = _read_journal(house)
        if journal is None:
            shutil.rmtree(house)
        elif journal["state"] == "moving":
            moved += _move(root, house)
        elif journal["state"] == "undoing":
            _restore(root, house, journal=journal)
    return tuple(moved)


def forget(root: Path) -> None:
    """Throws away everything by which imports could be taken back: it holds files as they were before."""
    heal(root)
    shutil.rmtree(root / HOUSE, ignore_errors=True)


def undo(root: Path) -> Undone:
    """Take the last import back; refused, with the files named, where one of them was edited since."""
    heal(root)
    house = next((one for one in reversed(_houses(root)) if (_read_journal(one) or {}).get("state") == "done"), None)
    journal = _read_journal(house) if house else None
    if house is None or journal is None:
        return Undone()
    edited = [one["path"] for one in journal["files"] if _digest_at(root / one["path"]) != one["after"]]
    if edited:
        problems = tuple(Problem("edited-since", Place(path), "导入之后这个文件又被改过或删去") for path in edited)
        return Undone(problems=problems, label=journal["label"])
    _write_journal(house, {**journal, "state": "undoing"})
    restored, removed = _restore(root, house, journal=journal)
    return Undone(restored, removed, label=journal["label"])


def last_label(root: Path) -> str:
    """What the run is called that ``undo`` would take back; empty where there is none."""
    done = [journal for one in _houses(root) if (journal := _read_journal(one)) and journal["state"] == "done"]
    return str(done[-1]["label"]) if done else ""


def _stage(root: Path, house: Path, *, path: str, data: bytes | None, number: int) -> dict[str, Any]:
    if ".." in PurePosixPath(path).parts or not path.startswith("content/"):
        raise ValueError(f"an import writes below content/ only: {path}")
    target = root / path
    before = None
    if target.exists():
        shutil.copyfile(target, house / _BEFORE / str(number))
        before = _digest_at(target)
    if data is None:
        return {"path": path, "number": number, "before": before, "after": None}
    (house / _STAGED / str(number)).write_bytes(data)
    return {"path": path, "number": number, "before": before, "after": hashlib.sha256(data).hexdigest()}


def _move(root: Path, house: Path) -> list[str]:
    journal = _read_journal(house)
    moved = []
    for one in journal["files"] if journal else ():
        staged = house / _STAGED / str(one["number"])
        if one["after"] is None and (root / one["path"]).exists():
            (root / one["path"]).unlink()
            moved.append(str(one["path"]))
        if staged.exists():
            target = root / one["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            moved.append(str(one["path"]))
    _write_journal(house, {**(journal or {}), "state": "done"})
    shutil.rmtree(house / _STAGED, ignore_errors=True)
    return moved


def _restore(root: Path, house: Path, *, journal: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    restored, removed = [], []
    for one in journal["files"]:
        target = root / one["path"]
        if one["before"] is None:
            target.unlink(missing_ok=True)
            removed.append(one["path"])
        else:
            copy = house / _BEFORE / f"{one['number']}.back"
            shutil.copyfile(house / _BEFORE / str(one["number"]), copy)
            copy.replace(target)
            restored.append(one["path"])
    shutil.rmtree(house)
    return tuple(restored), tuple(removed)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _write_journal(house: Path, journal: Mapping[str, Any]) -> None:
    draft = house / f"{_JOURNAL}.draft"
    _write(draft, json.dumps(journal, ensure_ascii=False, indent=1).encode())
    draft.replace(house / _JOURNAL)


def _read_journal(house: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((house / _JOURNAL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _houses(root: Path) -> list[Path]:
    base = root / HOUSE
    return sorted(one for one in base.iterdir() if one.is_dir() and one.name.isdigit()) if base.is_dir() else []


def _next_house(root: Path) -> Path:
    houses = _houses(root)
    return root / HOUSE / f"{int(houses[-1].name) + 1 if houses else 1:06d}"


def _forget_old(root: Path) -> None:
    for house in _houses(root)[:-_KEPT]:
        shutil.rmtree(house)


def _digest_at(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return None
