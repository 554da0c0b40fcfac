"""A staging directory with what differs comes in; the site that stands is mended in place, file by file, and nothing else is touched."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path


def patch(staging: Path, site: Path, *, wanted: Collection[str], present: Collection[str]) -> None:
    """Moves every staged file that differs into the site and takes away what is not wanted any more.

    Each file is there whole before and after. Who calls sees to it that a site half patched is not taken for a whole one.
    """
    gone = [address for address in present if address not in wanted]
    folders = {address.rpartition("/")[0] for address in gone} - {""}
    for address in gone:
        (site / address).unlink(missing_ok=True)
    for folder in sorted(folders, key=len, reverse=True):
        _without_empty(site, folder)
    for directory, _, names in os.walk(staging):
        for name in sorted(names):
            path = Path(directory, name)
            _moved(path, site / path.relative_to(staging))
    shutil.rmtree(staging, ignore_errors=True)


def _moved(path: Path, place: Path) -> None:
    if _same(path, place):
        return
    try:
        path.replace(place)
    except OSError:
        # a folder that is new, or a file or a folder where now the other stands
        for above in (place, *place.parents):
            if above.is_file() and above != place:
                above.unlink()
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


def _same(path: Path, place: Path) -> bool:
    try:
        return place.stat().st_size == path.stat().st_size and place.read_bytes() == path.read_bytes()
    except OSError:
        return False


def _without_empty(site: Path, folder: str) -> None:
    """Takes away a folder that nothing is left in, and those above it."""
    while folder:
        try:
            (site / folder).rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]
