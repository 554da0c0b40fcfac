"""The root of an exhibition comes in; what is amiss with the files of its editorial pages as such goes out."""

import os
from collections.abc import Iterator
from pathlib import Path

from site_builder.intake.articles import PAGES
from site_builder.intake.documents import decoded
from site_builder.model.problems import Place, Problem


def check_pages(root: Path) -> Iterator[Problem]:
    """What MkDocs would follow and publish, wait for or stumble over among the editorial pages.

    Links that lead out of ``content/`` or round in circles, pipes, names and texts of another encoding, characters that
    cannot be seen.
    """
    content = (root / "content").resolve()
    for folder, names, files in os.walk(root / PAGES):
        for path in (Path(folder, name) for name in sorted((*names, *files))):
            source = path.relative_to(root).as_posix()
            place = Place(source.encode("utf-8", "replace").decode(), (), 1, 1)
            if place.path != source:
                yield Problem("bad-id", place, "文件名不是 UTF-8 编码，读不出来", "给文件重新起名")
            elif path.is_symlink() and (why := _astray(path, content)):
                yield Problem("bad-path", place, *why)
            elif not path.is_dir():
                yield from _unreadable(path, place)


def _astray(path: Path, content: Path) -> tuple[str, str] | None:
    """Why a link may not stay, and the mend."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(content):
        return "这个链接指向 content/ 之外", "把文件本身放进 content/pages/"
    return (
        ("这个链接绕成了圈", "删去它")
        if Path(os.path.realpath(path.parent), path.name).is_relative_to(target)
        else None
    )


def _unreadable(path: Path, place: Place) -> Iterator[Problem]:
    if path.exists() and not path.is_file():
        yield Problem("unreadable", place, "这不是普通文件", "删去它，或换成普通文件")
    elif path.suffix == ".md" and path.is_file():
        yield from decoded(path.read_bytes(), place.path)[1]
