"""Entries come in; what is wrong with the pictures, films and files they name goes out."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from site_builder.intake.shapes import Path as FieldPath
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.guesses import nearest
from site_builder.model.problems import Place, Problem
from site_builder.model.wording import quoted

MEDIA = "content/media"
POSTERS = ("jpg", "jpeg", "png", "webp")
_RULE = "写 content/media/ 里面的路径，如 2024/a.jpg"


@frozen
class Named:
    """A file named in an entry, and which field names it."""

    field: FieldPath
    file: str


def check_files(entries: Iterable[Entry], root: Path) -> tuple[Problem, ...]:
    """Every file named exists under content/media, spelt as on a disk that minds case; pictures have a text."""
    files = _files(root / MEDIA)
    folded = {path.casefold(): path for path in files}
    problems: list[Problem] = []
    for entry in entries:
        for named in named_files(entry):
            problems += _faults(entry, named, files=files, folded=folded)
        for index, picture in enumerate(entry.data.pictures):
            if picture.alt is None:
                place = Place(entry.source, ("pictures", index))
                hint = f"用一句话写出图里有什么，如 alt: {picture.caption or entry.title}"
                problems.append(Problem("no-alt", place, f"图片{quoted(picture.file)}没有替代文字", hint))
    return tuple(problems)


def named_files(entry: Entry) -> Iterator[Named]:
    """Every file that an entry names, in the order of its fields."""
    data = entry.data
    for field in ("pictures", "videos", "attachments"):
        for index, item in enumerate(getattr(data, field)):
            for part in ("file", "captions", "transcript", "poster"):
                file = getattr(item, part, None)
                if file:
                    yield Named((field, index, part), file)
    for field in ("steps", "halls"):
        for index, item in enumerate(entry.get(field, ())):
            if item.picture:
                yield Named((field, index, "picture"), item.picture)
    for field in ("portrait", "logo"):
        picture = entry.get(field)
        if picture:
            yield Named((field, "file"), picture.file)


def posters_beside(entry: Entry, media: Path) -> Iterator[Named]:
    """Pictures of a film's name that lie beside it, so that nobody need name them."""
    for index, film in enumerate(entry.data.videos):
        if film.poster is None:
            stem = film.file.rpartition(".")[0]
            found = (f"{stem}.{suffix}" for suffix in POSTERS if (media / f"{stem}.{suffix}").is_file())
            yield from (Named(("videos", index, "file"), file) for file in found)


def _files(media: Path) -> Mapping[str, bool]:
    """Paths of all files in the folder, as spelt on the disk → whether the file itself lies in there."""
    found: dict[str, bool] = {}
    home = media.resolve()
    for folder, _, names in os.walk(media):
        inside = Path(folder).relative_to(media).as_posix()
        for name in names:
            path = Path(folder, name)
            lies_within = not path.is_symlink() or path.resolve().is_relative_to(home)
            found[name if inside == "." else f"{inside}/{name}"] = lies_within
    return found


def _faults(entry: Entry, named: Named, *, files: Mapping[str, bool], folded: Mapping[str, str]) -> Iterator[Problem]:
    place = Place(entry.source, named.field)
    if named.file in files:
        if not files[named.file]:
            message = f"{quoted(named.file)}是一个链接，指向 content/media/ 之外"
            yield Problem("bad-path", place, message, "把文件本身放进来")
        return
    fault = _bad_path(named.file)
    if fault:
        yield Problem("bad-path", place, *fault)
        return
    other = folded.get(named.file.casefold())
    if other:
        hint = f"是不是“{other}”？文件名区分大小写"
    else:
        found = nearest(named.file, files)
        hint = f"是不是“{found}”？" if found else ""
    yield Problem("missing-media", place, f"content/media/ 里没有{quoted(named.file, 60)}", hint)


def _bad_path(file: str) -> tuple[str, str] | None:
    path = PurePosixPath(file)
    if "://" in file or file.startswith("//"):
        return f"{quoted(file)}是网址，这里只能用 content/media/ 里的文件", "把文件放进 content/media/"
    if path.is_absolute() or file[1:2] == ":" or file.startswith("\\"):
        return f"{quoted(file)}是绝对路径", _RULE
    if "\\" in file:
        return f"{quoted(file)}里有反斜线", f"改成“{file.replace(chr(92), '/')}”"
    if ".." in path.parts:
        return f"{quoted(file)}里有 ..", _RULE
    for prefix in (f"{MEDIA}/", "media/", "./"):
        if file.startswith(prefix):
            return f"{quoted(file)}多写了开头的 {prefix}", f"改成“{file.removeprefix(prefix)}”"
    return None
