"""What an editor names, an address, a folder, a zip or a file, comes in; a place that answers with bytes goes out."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from site_builder.harvest.fetching import Allowance, Guard, fetched, guard_for
from site_builder.harvest.limits import LARGEST_FILE, LARGEST_RATIO, MOST_MEMBERS, SMALL_MEMBER
from site_builder.sheets.packages import Refused

PACKAGE = "data/datapackage.json"
"""Where an exhibition of this kind has its package."""
_ENTRANCES = (PACKAGE, "datapackage.json")


class Origin(Protocol):
    """Where data come from."""

    first: str
    """Address of the file to begin with."""

    def read(self, address: str, *, most: int = LARGEST_FILE) -> bytes:
        """The bytes at an address, ``Refused`` where there are none to be had."""
        ...

    def beside(self, address: str, reference: str) -> str:
        """The address that a reference inside a file means; ``Refused`` where it leads out."""
        ...


@dataclass
class Web:
    """The web, from one address on; other hosts too, where a manifest names them, and all of them guarded."""

    first: str
    guard: Guard
    allowance: Allowance = field(default_factory=Allowance)

    def read(self, address: str, *, most: int = LARGEST_FILE) -> bytes:
        """The bytes behind a web address; where the first one moved, what it names lies beside its new place."""
        content, final = fetched(address, self.guard, most=most, allowance=self.allowance)
        if address == self.first:
            self.first = final
        return content

    def beside(self, address: str, reference: str) -> str:
        """Relative references only lead on; whole addresses are looked at when they are fetched."""
        return urljoin(address, reference)


@dataclass
class Folder:
    """A folder on this machine; nothing outside of it is read."""

    root: Path
    first: str
    allowance: Allowance = field(default_factory=Allowance)

    def read(self, address: str, *, most: int = LARGEST_FILE) -> bytes:
        """The bytes of a file, links that lead out refused."""
        path = (self.root / address).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise _outside(address)
        if not path.is_file():
            raise Refused("harvest-source", f"没有 {address} 这个文件", hint="请对方重新给一份完整的")
        if path.stat().st_size > most:
            raise Refused("harvest-limit", f"{address} 超过 {most >> 20} MB", hint="请对方分成几份")
        content = path.read_bytes()
        self.allowance.spend(len(content))
        return content

    def beside(self, address: str, reference: str) -> str:
        """A path within the folder."""
        return _inner(address, reference)


@dataclass
class Zip:
    """A zip file; members are read one by one and never unpacked to the disk."""

    path: Path
    first: str
    allowance: Allowance = field(default_factory=Allowance)

    def read(self, address: str, *, most: int = LARGEST_FILE) -> bytes:
        """The bytes of a member that is no bomb."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                content = _member(archive, address, most=most)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as fault:
            raise Refused("harvest-source", f"压缩包里的 {address} 坏了", hint="请对方重新给一份") from fault
        self.allowance.spend(len(content))
        return content

    def beside(self, address: str, reference: str) -> str:
        """A name within the zip."""
        return _inner(address, reference)


def origin_of(text: str, *, private: bool = False) -> Origin:
    """Where to read from; a site's own address means its data package."""
    if "://" in text:
        parts = urlsplit(text)
        first = urljoin(text, PACKAGE) if parts.path.endswith("/") or not parts.path else text
        return Web(first, guard_for(text, private=private))
    path = Path(text)
    if path.is_dir():
        entrance = next((name for name in _ENTRANCES if (path / name).is_file()), None)
        if entrance is None:
            raise Refused(
                "harvest-format", "文件夹里没有 datapackage.json", hint="指明数据包所在的文件夹，或直接指明文件"
            )
        return Folder(path, entrance)
    if not path.is_file():
        raise Refused("harvest-source", "没有这个文件", hint="核对路径；网址要以 https:// 开头")
    if path.suffix.lower() == ".zip":
        return _zip(path)
    # a package of an exhibition leads to pictures beside its own folder
    if path.name == "datapackage.json" and path.resolve().parent.name == "data":
        return Folder(path.resolve().parent.parent, PACKAGE)
    return Folder(path.resolve().parent, path.name)


def _zip(path: Path) -> Zip:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as fault:
        raise Refused("harvest-source", "压缩包打不开", hint="请对方重新给一份") from fault
    if len(names) > MOST_MEMBERS:
        raise Refused("harvest-limit", f"压缩包里的文件超过 {MOST_MEMBERS} 个", hint="只压缩 data 文件夹")
    found = sorted(
        (name for name in names if posixpath.basename(name) == "datapackage.json"), key=lambda name: name.count("/")
    )
    if not found:
        raise Refused("harvest-format", "压缩包里没有 datapackage.json", hint="压缩对方网站的 data 文件夹")
    return Zip(path, found[0])


def _member(archive: zipfile.ZipFile, address: str, *, most: int) -> bytes:
    try:
        member = archive.getinfo(address)
    except KeyError as fault:
        raise Refused("harvest-source", f"压缩包里没有 {address}", hint="请对方重新给一份完整的") from fault
    packed = max(member.compress_size, 1)
    if member.file_size > most or (member.file_size > SMALL_MEMBER and member.file_size / packed > LARGEST_RATIO):
        raise Refused("harvest-limit", f"{address} 解开后太大", hint="请对方分成几份")
    if member.flag_bits & 1:
        raise Refused("harvest-source", "压缩包设了密码", hint="去掉密码再汇集")
    with archive.open(member) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise Refused("harvest-limit", f"{address} 解开后太大", hint="请对方分成几份")
    return content


def _inner(address: str, reference: str) -> str:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(address), reference))
    if "://" in reference or path.startswith(("../", "/")) or path == ".." or "\\" in reference or ":" in reference:
        raise _outside(reference)
    return path


def _outside(reference: str) -> Refused:
    return Refused("harvest-address", f"数据里指着外面的文件 {reference[:80]}，没有去读", hint="请对方检查数据包")
