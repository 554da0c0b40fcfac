"""Files named in entries come in; which of them are published, how large the pictures are, and what is amiss go out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.media.pictures import FILES, Unfit, is_picture, size_of
from site_builder.model.problems import Place, Problem


@dataclass(frozen=True)
class Originals:
    """The files to publish with their addresses, and the sizes of the pictures among them."""

    files: tuple[tuple[str, Path], ...]
    sizes: Mapping[str, tuple[int, int]]
    problems: tuple[Problem, ...]


def originals(named: Iterable[tuple[Place, str]], media: Path) -> Originals:
    """Looks at every file once; those that are missing are somebody else's to report."""
    files: dict[str, Path] = {}
    sizes: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for place, file in named:
        path = media / file
        if file in files or not path.is_file() or not path.resolve().is_relative_to(media.resolve()):
            continue
        if not file.lower().endswith(FILES):
            problems.append(Problem("bad-picture", place, f"“{file}”这种文件不能发布"))
            continue
        try:
            if is_picture(file):
                sizes[file] = size_of(path)
        except Unfit as fault:
            problems.append(Problem("bad-picture", place, f"“{file}”：{fault}"))
            continue
        files[file] = path
    return Originals(tuple((f"media/{file}", path) for file, path in sorted(files.items())), sizes, tuple(problems))
