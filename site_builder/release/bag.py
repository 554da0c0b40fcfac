"""A directory comes in; the same directory as a BagIt bag goes out, the same bytes wherever and whenever it is made."""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from site_builder.model.pages import OutputFile

ALGORITHMS = ("sha256", "sha512")
SEAL = "tagmanifest-sha256.txt"
"""The manifest of the manifests, whose own digest stands for the whole bag."""
_BREAKS = re.compile(r"\s+")


def fill(directory: Path, files: Iterable[OutputFile]) -> None:
    """Writes files into a directory that is to be a bag."""
    for file in files:
        path = directory / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def seal(directory: Path, info: Mapping[str, str], *, day: str) -> str:
    """Turns a directory into a bag of this day (ISO) and returns its digest; ``info`` is what bag-info.txt says."""
    # for those alone who archive: it weighs as much as all else that a build asks of archives
    from importlib.metadata import version

    import bagit  # type: ignore[import-untyped]  # the package has no stubs

    said = {name: _BREAKS.sub(" ", value).strip() for name, value in info.items() if value.strip()}
    said |= {"Bagging-Date": day, "Bag-Software-Agent": f"bagit.py {version('bagit')}"}
    bagit.make_bag(str(directory), said, checksums=list(ALGORITHMS))
    tags = sorted(path for path in directory.glob("*.txt") if not path.name.startswith("tagmanifest-"))
    for path in tags:  # the library writes the line ends of the system
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    for algorithm in ALGORITHMS:  # and lists these files in the order of the disk
        lines = (f"{hashlib.new(algorithm, path.read_bytes()).hexdigest()}  {path.name}\n" for path in tags)
        (directory / f"tagmanifest-{algorithm}.txt").write_bytes("".join(lines).encode("ascii"))
    _settle(directory, day=day)
    return digest_of(directory)


def digest_of(bag: Path) -> str:
    """The digest that stands for the whole bag: of the manifest of its manifests, 64 hexadecimal digits."""
    return hashlib.sha256((bag / SEAL).read_bytes()).hexdigest()


def _settle(directory: Path, *, day: str) -> None:
    """The same rights and times for all, whatever the mask and the clock of the machine."""
    seconds = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    for path in (*directory.rglob("*"), directory):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (seconds, seconds))
