"""A built site comes in; one zip that opens by double click, without a server, goes out: the same bytes from the same site."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Problem
from site_builder.release.closing import closed
from site_builder.release.leaflet import SITE
from site_builder.release.windows_names import unfit_names

_ONLINE_ONLY = re.compile(r"^(404\.html|sitemap[^/]*|robots\.txt|sw\.js|_headers)$")
_LARGE = re.compile(r"^media/../[^/]+-(?:(?:full|1[0-9]{3,}|[2-9][0-9]{3,})\.(?:webp|avif)|full\.\w+)$")
"""Renditions of more than a thousand pixels and full sizes; the fallback of 1,200 pixels, to which links lead, stays."""
_PRESSED = re.compile(r"\.(?:jpe?g|png|webp|avif|mp4|webm|m4a|mp3|ogg|pdf|docx|xlsx|pptx|zip|gz|br)$")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can name; a pack says nothing of when it was made."""
_FILE, _UNIX = 0o100644 << 16, 3


@frozen(kw_only=True)
class Parcel:
    """What a pack is to be: its folder, what lies at the top of it, and how its pages are changed."""

    folder: str
    top: tuple[OutputFile, ...]
    small: bool = False
    online: str = ""
    """Address of the site for links that lead out of the pack; empty where there is none."""


def names_in(site: Path, *, small: bool = False) -> tuple[str, ...]:
    """Paths of all files of the site that belong in a pack, sorted."""
    every = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return tuple(sorted(name for name in every if not (_ONLINE_ONLY.match(name) or (small and _LARGE.match(name)))))


def unfit(site: Path, parcel: Parcel) -> tuple[Problem, ...]:
    """Paths that could not be unpacked on Windows."""
    return tuple(unfit_names(names_in(site, small=parcel.small), folder=f"{parcel.folder}/{SITE}"))


def write_pack(site: Path, output: Path, *, parcel: Parcel) -> Iterator[tuple[str, int]]:
    """Writes the zip and tells each file with the bytes that it takes there."""
    with ZipFile(output, "w") as archive:
        for name, content in _contents(site, parcel):
            info = ZipInfo(f"{parcel.folder}/{name}", _EPOCH)
            info.compress_type = ZIP_STORED if _PRESSED.search(name) else ZIP_DEFLATED
            info.create_system, info.external_attr = _UNIX, _FILE
            archive.writestr(info, content, compresslevel=9)
            yield name, info.compress_size


def _contents(site: Path, parcel: Parcel) -> Iterator[tuple[str, bytes]]:
    for file in parcel.top:
        yield file.address, file.content
    names = names_in(site, small=parcel.small)
    there = frozenset(names)
    for name in names:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            page = closed(content.decode("utf-8"), at=name, names=there, online=parcel.online)
            content = page.encode("utf-8")
        yield f"{SITE}/{name}", content
