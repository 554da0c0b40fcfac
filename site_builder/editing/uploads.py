"""The bytes of a picture or paper come in; a file under content/media that is fit to publish goes out, or why it is not."""

import contextlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from PIL import Image

from site_builder.editing.saving import Refused, standing_for
from site_builder.intake.attachments import MEDIA
from site_builder.media.examining import Examined, examined
from site_builder.media.sniffing import PICTURES, named_kind
from site_builder.media.unfit import Unfit
from site_builder.model.problems import code_named

LARGEST_FILE = 64 * 1024 * 1024
"""Films and papers that are larger are laid into content/media by hand."""
_CHUNK = 1 << 16
_SUFFIXES = MappingProxyType({"jpeg": "jpg", "tiff": "tif"})
_SHOWN = MappingProxyType(
    {
        "jpeg": "image/jpeg",
        "png": "image/png",
        "webp": "image/webp",
        "gif": "image/gif",
        "avif": "image/avif",
        "svg": "image/svg+xml",
    }
)


class Stream(Protocol):
    """Where bytes come from."""

    def read(self, most: int, /) -> bytes:
        """The next ones; none at the end."""


def keep(root: Path, path: str, *, name: str, stream: Stream, length: int) -> str:
    """Examines a file and lays it beside the others of its entry; the same picture twice is kept once.

    The sender's name gives no more than a promise of the kind; the file is named after the entry. Returns its path below
    content/media.
    """
    standing = standing_for(path)
    if length > LARGEST_FILE:
        raise Refused(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB", "大的影片请直接放进 content/media/", status=413)
    folder = "/".join(part for part in (standing.kind.folder, standing.edition) if part)
    house = root / MEDIA / folder
    if not house.resolve().is_relative_to((root / MEDIA).resolve()):
        raise Refused("content/media/ 里的文件夹指向别处")
    house.mkdir(parents=True, exist_ok=True)
    with _arrived(house, stream, length=length, suffix=f".{named_kind(name)[:8]}") as draft:
        found = _looked_at(draft)
        suffix = _SUFFIXES.get(found.kind, found.kind)
        for stem in _names(standing.id):
            target = house / f"{stem}.{suffix}"
            if _taken(target, draft):
                return f"{folder}/{target.name}"
    raise AssertionError("names are numbered without end")


def picture_at(root: Path, file: str) -> tuple[Path, str] | None:
    """A picture that a browser may show and its type; None for everything else, and for what lies outside."""
    home = (root / MEDIA).resolve()
    path = root / MEDIA / file
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        if path.resolve().is_relative_to(home) and path.is_file() and named_kind(file) in _SHOWN:
            return path, _SHOWN[named_kind(file)]
    return None


def pictures_in(root: Path, wanted: str, *, most: int = 60) -> list[str]:
    """Files of pictures under content/media whose path holds these letters, the newest first."""
    home = root / MEDIA
    named = {path.relative_to(home).as_posix(): path for path in home.rglob("*") if named_kind(path.name) in PICTURES}
    found = [file for file, path in named.items() if wanted in file and path.is_file()]
    return sorted(found, key=lambda file: named[file].stat().st_mtime_ns, reverse=True)[:most]


@contextlib.contextmanager
def _arrived(house: Path, stream: Stream, *, length: int, suffix: str) -> Iterator[Path]:
    """The bytes in a hidden file beside their later place, for as long as they are looked at."""
    handle, draft = tempfile.mkstemp(prefix=".", suffix=suffix if suffix[1:].isalnum() else "", dir=house)
    try:
        with os.fdopen(handle, "wb") as file:
            left = length
            while left and (chunk := stream.read(min(left, _CHUNK))):
                file.write(chunk)
                left -= len(chunk)
            if left:
                raise Refused("文件没有传完", "再放一次")
        Path(draft).chmod(0o644)
        yield Path(draft)
    finally:
        Path(draft).unlink(missing_ok=True)


def _looked_at(draft: Path) -> Examined:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return examined(draft)
        except Unfit as fault:
            raise Refused(str(fault), fault.hint or code_named("bad-picture").mend) from fault


def _names(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def _taken(target: Path, draft: Path) -> bool:
    """Whether the file now bears this name: it got it, or the same bytes had it already."""
    try:
        os.link(draft, target)
    except FileExistsError:
        return target.is_file() and target.read_bytes() == draft.read_bytes()
    except OSError:  # a disk without links
        if target.exists():
            return target.is_file() and target.read_bytes() == draft.read_bytes()
        draft.replace(target)
    return True
