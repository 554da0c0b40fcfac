"""A change of a copy comes in; the file with only these fields rewritten goes out, or both versions where they differ."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from site_builder.editing.copies import GONE, Copy, copy_of, file_version, joined, standing_at, version_of, versions_of
from site_builder.editing.form_values import plain_text, written
from site_builder.editing.tongues import parted, translated
from site_builder.exchange.revising import front_of, revised
from site_builder.intake.documents import LARGEST
from site_builder.intake.folders import Standing
from site_builder.intake.shapes import shape_of
from site_builder.intake.translations import translated_path
from site_builder.intake.yaml_text import parse
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen


class Refused(Exception):
    """Something asked for that is not done; its text says why, for the person who asked."""

    def __init__(self, reason: str, hint: str = "", *, status: int = 422) -> None:
        super().__init__(reason)
        self.hint = hint
        self.status = status
        """As HTTP says it."""


class Differs(Exception):
    """The file is no longer the one that was copied; nothing was written."""

    def __init__(self, theirs: Copy) -> None:
        super().__init__(theirs.path)
        self.theirs = theirs


@frozen
class Change:
    """What an editor changed in a copy: fields of the form and the body, or the whole text."""

    path: str
    base: str
    """Version of the file that was copied."""
    fields: Mapping[str, Any]
    body: str | None = None
    text: str | None = None


def standing_for(path: str) -> Standing:
    """Kind and id by the path of an entry; refuses every other path."""
    standing = standing_at(path)
    if standing is None:
        raise Refused("这不是条目的文件", status=404)
    return standing


def changed_text(root: Path, change: Change) -> str:
    """The whole text of the file with the change in it; ``Refused`` where that cannot be done."""
    standing = standing_for(change.path)
    copy = copy_of(root, change.path, standing=standing)
    if change.text is not None:
        return plain_text(change.text).replace("\n", "\r\n" if "\r\n" in copy.text else "\n")
    if not copy.is_form:
        raise Refused("这个文件现在只能当作文字来改", "点“改源文件”")
    declared = {field.name: field for field in fields_of(standing.kind.model)}
    own, _ = parted(change.fields)
    unknown = [name for name in own if name not in declared or name in copy.locked]
    if unknown:
        raise Refused(f"没有这个字段：{'、'.join(unknown)[:60]}")
    front, line = front_of(copy.text, standing.kind)
    raw = parse(front, shape_of(standing.kind.model), source=change.path, line=line).fields
    try:
        changes = {name: written(value, declared[name], before=raw.get(name)) for name, value in own.items()}
        body = None if change.body is None else plain_text(change.body)
        return revised(copy.text, standing.kind, changes=changes, body=body)
    except (ValueError, yaml.YAMLError) as fault:
        raise Refused("送来的内容不是表单里的样子", "重新打开这个条目再改") from fault


def save(root: Path, change: Change) -> str:
    """Writes the change and returns the new version; ``Differs`` where a file changed meanwhile, and then nothing is written.

    What is said in other languages is written after the entry, for it is of the Chinese as it is then.
    """
    standing = standing_for(change.path)
    versions = versions_of(root, change.path)
    if joined(versions) != change.base:
        raise Differs(copy_of(root, change.path, standing=standing))
    own, spoken = parted(change.fields)
    if own or change.body is not None or change.text is not None or not spoken:
        _put(root, change.path, text=changed_text(root, change), base=versions[change.path])
    try:
        for path, text in translated(root, change.path, fields=spoken):
            _put(root, path, text=text, base=versions.get(path, GONE))
    except (ValueError, yaml.YAMLError) as fault:
        raise Refused("译文的文件读不出来，译文没有保存", "先改好 content/languages/ 里的这个文件") from fault
    return version_of(root, change.path)


def _put(root: Path, path: str, *, text: str, base: str) -> None:
    data = text.encode("utf-8", "replace")
    if len(data) > LARGEST:
        raise Refused(f"条目的文件不能超过 {LARGEST // 1024} KB", "大段的资料请放进附件")
    replace_file(root, path, data=data, base=base)


def replace_file(root: Path, path: str, *, data: bytes, base: str) -> None:
    """Puts bytes in the place of a version of a file, so that nobody ever sees half of them and no other version is lost.

    A file of which there was none must still be none.
    """
    target = inside_content(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".draft", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).chmod(_mode_of(target))
        # asked again: writing takes a while, and another program may have been quicker
        if file_version(root, path) != base:
            entry = translated_path(path)
            raise Differs(copy_of(root, entry, standing=standing_for(entry)))
        if base == GONE:
            _place(Path(draft), target)
        else:
            Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)


def inside_content(root: Path, path: str) -> Path:
    """The file of a path; ``Refused`` where a link leads it out of the folder of the content."""
    target = root / path
    home = (root / "content").resolve()
    with contextlib.suppress(OSError, RuntimeError):
        if target.resolve().is_relative_to(home):
            return target.resolve() if target.is_symlink() else target
    raise Refused("这个文件不在 content/ 里面", status=404)


def _place(draft: Path, target: Path) -> None:
    """Gives a new file its name; one that came to be meanwhile stays."""
    try:
        os.link(draft, target)
    except FileExistsError as fault:
        raise Refused("同名的文件已经有了", "换一个编号", status=409) from fault
    except OSError:  # a disk without links
        if target.exists():
            raise Refused("同名的文件已经有了", "换一个编号", status=409) from None
        draft.replace(target)


def _mode_of(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return 0o644
