"""Files named in entries come in; what each of them is, and what is amiss, goes out."""

import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from site_builder.media.examining import Examined
from site_builder.media.index import findings
from site_builder.media.sniffing import named_kind
from site_builder.media.unfit import Unfit
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

CACHE = ".cache/media"
"""Where in an exhibition the index and the store lie."""


@frozen
class Originals:
    """What is known of the files that can be published, and the problems of the others."""

    known: Mapping[str, Examined]
    """File under content/media → what it is."""
    problems: tuple[Problem, ...]


def originals(
    named: Iterable[tuple[Place, str]],
    media: Path,
    *,
    cache: Path,
    workers: int = 1,
    allowed: Collection[tuple[str, str]] = (),
) -> Originals:
    """Looks at every file once; those that are missing or lie outside are somebody else's to report.

    ``allowed`` are pairs of an entry's path and a file whose personal data the entry excepts.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for place, file in named:
        places[file].append(place)
    home = media.resolve()
    files = [file for file in sorted(places) if _is_inside(media / file, home)]
    if not files:
        return Originals({}, ())
    from PIL import Image  # who shows what was found does without

    with warnings.catch_warnings():
        # set before the threads start, for the filters are one for all of them
        warnings.simplefilter("ignore", UserWarning)  # Pillow's remarks on odd metadata, all of which is dropped
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        found = findings(media, files, cache=cache / "index.json", workers=workers)
    problems = [
        problem
        for file, one in found.items()
        for place in places[file]
        for problem in _faults(file, one, place=place)
        if problem.code != "private-data" or (place.path, file) not in allowed
    ]
    return Originals({file: one for file, one in found.items() if isinstance(one, Examined)}, tuple(problems))


def _is_inside(path: Path, home: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(home)
    except (OSError, ValueError):
        return False


def _faults(file: str, one: Examined | Unfit, *, place: Place) -> Iterator[Problem]:
    if isinstance(one, Unfit):
        yield Problem("bad-picture", place, f"“{file}”：{one}", one.hint)
        return
    if named_kind(file) != one.kind:
        suffix = {"jpeg": "jpg", "tiff": "tif"}.get(one.kind, one.kind)
        yield Problem("mislabelled", place, f"“{file}”的内容是 {one.kind.upper()}", f"把扩展名改成 .{suffix}")
    if one.personal:
        hint = "在文件里删去；确实可以公开的，在 privacy_exceptions 里写这个文件名并说明理由"
        yield Problem("private-data", place, f"“{file}”里有{'、'.join(one.personal)}", hint)
