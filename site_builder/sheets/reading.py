"""Paths of files and folders come in; books go out, one for each file that holds a table or a form, and every refusal."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.sheets.forms import read_form
from site_builder.sheets.limits import MOST_FILES
from site_builder.sheets.objects import read_objects
from site_builder.sheets.packages import Refused, inspect
from site_builder.sheets.separated import read_separated
from site_builder.sheets.sheet import Book
from site_builder.sheets.workbooks import read_workbook

TABLES = (".xlsx", ".xlsm", ".xltx", ".csv", ".tsv", ".docx", ".json")
OLD = (".xls", ".xlsb", ".et", ".ett", ".doc", ".wps", ".wpt", ".ods", ".odt", ".rtf", ".xlt")
"""Formats that are refused with advice."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic")


@frozen
class Folder:
    """A folder of one project: where it lies and the pictures in it and below."""

    path: Path
    pictures: tuple[Path, ...]


@frozen
class Reading:
    """Everything that lay at the paths."""

    books: tuple[tuple[Path, Book], ...]
    folders: tuple[Folder, ...]
    problems: tuple[Problem, ...]


def read_paths(paths: Iterable[Path], root: Path) -> Reading:
    """All books, in the order of their paths; names in problems are relative to ``root`` where that is possible."""
    books: list[tuple[Path, Book]] = []
    folders: list[Folder] = []
    problems: list[Problem] = []
    for path in paths:
        files = list(_files(path))
        if len(files) > MOST_FILES:
            problems.append(Problem("sheet-limit", Place(path.as_posix()), f"文件夹里超过 {MOST_FILES} 个文件"))
            continue
        folders += _folders(path, files)
        for file in files:
            if file.suffix.lower() not in (*TABLES, *OLD) and file != path:
                continue
            try:
                books.append((file, read_book(file, shown=_shown(file, root))))
            except Refused as refusal:
                problems.append(refusal.at(_shown(file, root)))
            except OSError as fault:
                problems.append(Problem("unreadable", Place(_shown(file, root)), f"读不出这个文件：{fault.strerror}"))
    return Reading(tuple(books), tuple(folders), tuple(problems))


def read_book(path: Path, *, shown: str) -> Book:
    """One file as a book, by its content where that is a package, else by its name."""
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv", ".txt"}:
        return read_separated(path, shown=shown)
    if suffix == ".json":
        return read_objects(path, shown=shown)
    if suffix in PICTURES or suffix == ".pdf":
        raise Refused("sheet-format", f"{suffix} 里没有可读的表格", hint="请寄件人发来 .xlsx 或 .docx 原件")
    package = inspect(path)
    return (read_workbook if package.form == "xlsx" else read_form)(path, package, shown=shown)


def _files(path: Path) -> Iterator[Path]:
    """Files below a folder in the order of their names; what office programs and systems leave is passed over."""
    if not path.is_dir():
        yield path
        return
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if not name.startswith((".", "__MACOSX")))
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield Path(folder) / name


def _folders(path: Path, files: Iterable[Path]) -> Iterator[Folder]:
    held: dict[Path, list[Path]] = {}
    for file in files:
        if path.is_dir() and file.suffix.lower() in PICTURES:
            held.setdefault(_house(path, file), []).append(file)
    for house, pictures in held.items():
        yield Folder(house, tuple(pictures))


def _house(path: Path, file: Path) -> Path:
    """The project's folder: the one directly below the folder given; pictures lying loose belong to the folder itself."""
    parts = file.relative_to(path).parts
    return path / parts[0] if len(parts) > 1 else path


def _shown(path: Path, root: Path) -> str:
    whole, base = path.resolve(), root.resolve()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else path.as_posix()
