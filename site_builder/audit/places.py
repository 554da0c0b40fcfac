"""The files of a built site come in; where an address on one of its pages leads goes out."""

import os
import re
from collections.abc import Callable, Iterator, Set
from functools import cache, cached_property
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from site_builder.model.frozen import frozen

HOME, LOST = "index.html", "404.html"
OUTSIDE, NOWHERE = "outside", "nowhere"
"""Where an address leads that does not lead to a file of the site."""
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BREAKS, _BLANKS = str.maketrans("", "", "\t\n\r"), "".join(map(chr, range(0x21)))
_UP = "../"
_MOST = 1 << 16
"""Bytes that are asked for at once: more than most pages have."""
_ARCHIVE = re.compile(r"^(editions/[^/]+/)assets/[^/]+/exhibition\.css$")


@frozen
class Site:
    """A built site on the disk."""

    root: Path
    names: Set[str]
    """Paths of all files, with ``/``."""
    url: str
    """Address of its home page, with a slash at the end; empty where it has none."""
    base: str = "/"
    """Path at which its host shows it, with slashes at both ends."""
    former: Path | None = None
    """The site as it stands, of which files that are right are taken over: what is new lies alone in ``root``."""
    only_new: bool = False
    """Whether pages that are taken over need not be looked at again."""

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        try:
            return _bytes_of(f"{self.root}/{name}")
        except FileNotFoundError:
            if self.former is None:
                raise
            return (self.former / name).read_bytes()

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Paths of all style sheets, sorted."""
        return self.named(".css")

    def named(self, *suffixes: str) -> tuple[str, ...]:
        """Paths that end so, sorted."""
        return tuple(sorted([name for name in self.names if name.endswith(suffixes)]))

    @cached_property
    def archives(self) -> tuple[str, ...]:
        """Folders of archived editions that stand in the site: whole sites that nobody can change any more."""
        found = map(_ARCHIVE.match, self.sheets)
        return tuple(sorted({match[1] for match in found if match}))

    def pages(self) -> tuple[str, ...]:
        """The pages to be looked at, those of archived editions left out, sorted."""
        names = frozenset(_walked(self.root)) & self.names if self.only_new else self.names
        return tuple(sorted(name for name in names if name.endswith(".html") and not name.startswith(self.archives)))

    def is_own(self, address: str) -> bool:
        """Whether it is an absolute address of this site."""
        return bool(self.url) and address.startswith(self.url)

    def is_foreign(self, address: str) -> bool:
        """Whether asking for it means asking another host."""
        address = _asked(address)
        if self.is_own(address) or address.startswith(("data:", "blob:", "about:")):
            return False
        return bool(_SCHEME.match(address)) or address.startswith("//")

    def led(self, address: str, *, at: str) -> tuple[str, str]:
        """The file to which an address on the page ``at`` leads, or `OUTSIDE` or `NOWHERE`, and the part of it after ``#``."""
        up = _UP * at.count("/")
        if up and address.startswith(up):
            return self._from_home(address[len(up) :])
        address = _asked(address)
        path, _, fragment = address.partition("#")
        path = path.partition("?")[0]
        if self.is_own(path):
            return self._from_home(address[len(self.url) :])
        if _SCHEME.match(path) or path.startswith("//"):
            return (OUTSIDE if _is_sound(path) else NOWHERE), fragment
        if path.startswith("/"):
            return self._from_root(path, at), fragment
        folder = dirname(at)
        return (self._file(f"{folder}/{unquote(path)}" if folder else unquote(path)) if path else at), fragment

    @cached_property
    def _from_home(self) -> Callable[[str], tuple[str, str]]:
        """Where an address leads that is written from the home page: head and foot of all pages write the same ones."""

        @cache
        def led(address: str) -> tuple[str, str]:
            path, _, fragment = address.partition("#")
            return self._file(unquote(path.partition("?")[0])), fragment

        return led

    def _from_root(self, path: str, at: str) -> str:
        """Only the page for missing addresses starts at the root of its host; elsewhere it would break in a folder."""
        if at != LOST or not path.startswith(self.base):
            return NOWHERE
        return self._file(unquote(path[len(self.base) :]))

    def _file(self, path: str) -> str:
        if path in self.names:
            return path
        page = f"{path}{HOME}" if path.endswith("/") or not path else f"{path}/{HOME}"
        if page in self.names:
            return page
        plain = normpath(path)
        if plain == "." or (plain != path.rstrip("/") and not plain.startswith((_UP, "/"))):
            return self._file("" if plain == "." else plain)
        return NOWHERE


def _asked(address: str) -> str:
    """An address as browsers read it: breaks and tabs in it are left out, blanks and signs of control around it (URL Standard, 4.4)."""
    return address.translate(_BREAKS).strip(_BLANKS)


def site_at(root: Path, url: str = "") -> Site:
    """The site in this directory; its address, where none is given, is what its home page calls its own."""
    names = frozenset(_walked(root))
    if not url and HOME in names:
        found = _CANONICAL.search((root / HOME).read_text(encoding="utf-8", errors="replace"))
        url = found[1] if found else ""
    url = url if not url or url.endswith("/") else f"{url}/"
    return Site(root, names, url, urlsplit(url).path or "/")


def _walked(directory: Path) -> Iterator[str]:
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{directory}/{folder}") as items:
            for item in items:
                if item.is_file(follow_symlinks=False):
                    yield f"{folder}{item.name}"
                elif item.is_dir(follow_symlinks=False):
                    waiting.append(f"{folder}{item.name}/")


def _is_sound(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _bytes_of(path: str) -> bytes:
    """All that a file holds; asked for by thousands, so with no more questions than it takes."""
    file = os.open(path, os.O_RDONLY)
    try:
        begun = os.read(file, _MOST)
        return begun if len(begun) < _MOST else begun + b"".join(iter(lambda: os.read(file, _MOST), b""))
    finally:
        os.close(file)
