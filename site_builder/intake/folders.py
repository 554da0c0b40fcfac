"""The content directory comes in; files that should hold entries go out, and what their paths say of them."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.guesses import nearest
from site_builder.model.habits import folded
from site_builder.model.kinds import KINDS, Kind, kind_in_folder
from site_builder.model.naming import slug
from site_builder.model.problems import Place, Problem

CONTENT = "content"
_NO_ENTRIES = frozenset({"pages", "media", "fonts", "imports", "charts", "archives", "languages"})
_IGNORED = frozenset({"readme.md", "thumbs.db", "desktop.ini"})
_LEDGER = "addresses.txt"
"""A file that stands beside the folders: every address ever published."""
_BY_EDITION = "projects"
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for itself: a folder of this name cannot be made there."""


@frozen
class Listing:
    """Paths of files relative to the root, sorted, and what is wrong with folders and loose files."""

    sources: tuple[str, ...]
    problems: tuple[Problem, ...]


@frozen
class Standing:
    """What the path of a file says of its entry."""

    kind: Kind
    id: str
    edition: str | None
    """The folder of projects that it lies in."""


def standing_of(source: str) -> tuple[Standing | None, tuple[Problem, ...]]:
    """Kind, id and edition of the entry in a file; None where no entry belongs there."""
    folder, _, name = source.rpartition("/")
    top, *parts = _folders(folder) or ("",)
    if top != CONTENT or not parts:
        return None, (Problem("unknown-file", Place(source, (), 1, 1), "条目要放在 content/ 下各类的文件夹里"),)
    kind = kind_in_folder(parts[0])
    if kind is None or len(parts) > (2 if parts[0] == _BY_EDITION else 1):
        return None, (_misplaced("/".join((top, *parts))),)
    stem, dot, ending = name.rpartition(".")
    if not stem or f"{dot}{ending}" != kind.suffix:
        message = f"{kind.label}的条目应当是 {kind.suffix} 文件，这个文件不会展出"
        hint = f"改扩展名为 {kind.suffix}；图片和附件放进 content/media/"
        return None, (Problem("unknown-file", Place(source, (), 1, 1), message, hint),)
    standing = Standing(kind, stem, parts[1] if len(parts) == 2 else None)
    return standing, tuple(_bad_names(standing, source))


@lru_cache(maxsize=1 << 10)
def _folders(path: str) -> tuple[str, ...]:
    return PurePosixPath(path).parts


def is_ignored(name: str) -> bool:
    """Whether a file is none of ours: hidden, left by an office program or the system, or a note to editors."""
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in _IGNORED


def listing(root: Path) -> Listing:
    """All files that should hold entries; folders and files that are in nobody's way are passed over."""
    found = tuple(_kinds(root))
    sources = sorted(item for item in found if isinstance(item, str))
    return Listing(tuple(sources), tuple(item for item in found if isinstance(item, Problem)))


def _kinds(root: Path) -> Iterator[str | Problem]:
    for item, source in _inside(root, CONTENT):
        if isinstance(item, Problem):
            yield item
        elif not _is_folder(item):
            if item.name == _LEDGER:
                continue
            yield Problem("unknown-file", Place(source), f"“{item.name}”不在任何一类的文件夹里，不会展出")
        elif kind_in_folder(item.name):
            yield from _files(root, source, deeper=item.name == _BY_EDITION)
        elif item.name not in _NO_ENTRIES:
            yield _misplaced(source)


def _files(root: Path, folder: str, *, deeper: bool) -> Iterator[str | Problem]:
    for item, source in _inside(root, folder):
        if isinstance(item, Problem):
            yield item
        elif not _is_folder(item):
            yield source
        elif not deeper:
            yield _misplaced(source)
        else:
            if not is_id(item.name):
                yield Problem("bad-id", Place(source), f"展期文件夹“{item.name}”的名称不合规则", _proposal(item.name))
            yield from _files(root, source, deeper=False)


def _inside(root: Path, folder: str) -> Iterator[tuple[os.DirEntry[str] | Problem, str]]:
    """What lies in a folder, with its path relative to the root; or why that cannot be known."""
    try:
        with os.scandir(root / folder) as listed:
            items = sorted(listed, key=lambda item: item.name)
    except OSError as error:
        missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        message = f"没有 {folder} 文件夹" if missing else f"文件夹 {folder} 读不出来"
        yield Problem("unreadable", Place(folder), message), folder
        return
    content = os.path.realpath(root / CONTENT)
    for item in items:
        source = f"{folder}/{item.name}".encode("utf-8", "replace").decode()
        if is_ignored(item.name):
            continue
        if source != f"{folder}/{item.name}":
            yield Problem("bad-id", Place(source), "文件名不是 UTF-8 编码，读不出来", "给文件重新起名"), source
        elif item.is_symlink() and _is_folder(item) and not Path(item.path).resolve().is_relative_to(content):
            yield Problem("bad-path", Place(source), "这个链接指向 content/ 之外", "把文件夹本身放进 content/"), source
        else:
            yield item, source


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:  # a link to itself
        return False


def _misplaced(source: str) -> Problem:
    folder = PurePosixPath(source).parts[1]
    if kind_in_folder(folder):
        message = f"“{source}”是多出来的一层文件夹，里面的文件不会展出"
        return Problem("wrong-folder", Place(source), message, f"把文件放到 content/{folder}/ 里")
    words = {kind.folder: kind.folder for kind in KINDS} | {kind.label: kind.folder for kind in KINDS}
    guess = nearest(folder.lower(), words)
    hint = f"是不是“content/{words[guess]}”？" if guess else f"可用的文件夹：{'、'.join(kind.folder for kind in KINDS)}"
    return Problem("wrong-folder", Place(source), f"没有“{folder}”这一类，里面的文件不会展出", hint)


def _bad_names(standing: Standing, source: str) -> Iterator[Problem]:
    if is_id(standing.id) and standing.id not in _DEVICES:
        return
    place = Place(source, (), 1, 1)
    if standing.id in _DEVICES:
        message = f"“{standing.id}”是 Windows 保留的名称，不能作编号"
        yield Problem("bad-id", place, message, f"改成别的编号，如 {standing.id}-1")
    else:
        yield Problem("bad-id", place, f"编号（文件名）“{standing.id}”不合规则", _proposal(standing.id))


def _proposal(name: str) -> str:
    """An id near a name that is none: first by spelling, else by pinyin."""
    spelt = re.sub(r"[^a-z0-9]+", "-", folded(name).lower()).strip("-") if folded(name).isascii() else slug(name)
    rule = "只用小写字母、数字和连字符，不超过 64 个字符"
    return f"{rule}，如 {spelt}" if is_id(spelt) and spelt not in _DEVICES else rule
