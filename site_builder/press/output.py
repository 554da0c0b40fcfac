"""Bytes come in; files in a staging directory go out, and the whole of it becomes the site in one move."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from filecmp import cmp
from pathlib import Path

from site_builder.model.problems import Place, Problem


def staging_for(site_dir: Path) -> Path:
    """A fresh directory beside the site, on the same disk so that it can take the site's place by a rename."""
    heal(site_dir)
    staging = _staging(site_dir)
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def discard(site_dir: Path) -> None:
    """Throws away what this process has staged for the site."""
    shutil.rmtree(_staging(site_dir), ignore_errors=True)


def put(out: Path, address: str, *, content: bytes, former: Path | None = None) -> int:
    """Writes a file of the new site; one that did not change is taken over from the former site with its time."""
    path = f"{out}/{address}"
    if former is not None and _linked(former / address, Path(path), content=content):
        return 1
    try:
        if path.endswith(_HOME):
            _make_room(path)
        _created(path, content)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _created(path, content)
    except FileExistsError:
        # a preview may be reading it
        beside = Path(path).with_name(f".{Path(path).name}.new")
        beside.write_bytes(content)
        beside.replace(path)
    return 1


def lay(out: Path, address: str, *, original: Path) -> None:
    """Puts a file of the store into the new site: the same file under another name, or a copy where the disk is another."""
    path = out / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        os.link(original, path)
    except OSError:
        shutil.copy2(original, path)


def move(out: Path, address: str, *, draft: Path) -> None:
    """Lets a finished file of the same disk take its place in the new site."""
    path = out / address
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(path)


_HOME = "/index.html"
"""A page has a directory of its own, which nobody made before; other files share theirs."""


def _make_room(path: str) -> None:
    with contextlib.suppress(FileExistsError):
        os.mkdir(path.removesuffix(_HOME))  # noqa: PTH102  # thousands of pages


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _created(path: str, content: bytes) -> None:
    """Writes a file that is not there yet; a tenth of the calls of ``Path.write_bytes``, for there are thousands of files."""
    file = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def take_over(out: Path, former: Path) -> None:
    """Replaces every file of the new site that equals its former self by that one, so that deploys stay small."""
    for directory, _, names in os.walk(out) if former.is_dir() else ():
        for name in names:
            path = Path(directory, name)
            old = former / path.relative_to(out)
            # of large files that differ little is read, and neither is held whole
            if path.stat().st_nlink == 1 and old.is_file() and cmp(old, path, shallow=False):
                _named_after(old, path)


def keep(out: Path, former: Path, *, names: Iterable[str]) -> None:
    """Adds what was not made anew from the former site: the very files, where the disk can link them."""
    for name in names:
        if not (out / name).exists():
            lay(out, name, original=former / name)


def swap(staging: Path, site_dir: Path) -> None:
    """Lets a site that was made anew take the former one's place; nothing of the former stays, its twin included."""
    succeed(staging, site_dir)
    for one in (former_of(site_dir), twin_of(site_dir)):
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)


def succeed(staging: Path, site_dir: Path) -> None:
    """Two renames, and nobody ever sees half a site for long; the former one then lies beside it."""
    former = former_of(site_dir)
    if site_dir.exists():
        site_dir.rename(former)
    try:
        staging.rename(site_dir)
    except OSError:
        if former.exists():
            former.rename(site_dir)
        raise


def former_of(site_dir: Path) -> Path:
    """Where this process puts the site that it replaces."""
    return site_dir.with_name(f".{site_dir.name}.former-{os.getpid()}")


def twin_of(site_dir: Path) -> Path:
    """Where the twin of a site lies between builds (``twin``); with the number of a process behind it while one works on it."""
    return site_dir.with_name(f".{site_dir.name}.twin")


def heal(site_dir: Path) -> None:
    """Mends what a killed build left behind: a former site without a successor comes back, half-built ones go."""
    if not site_dir.parent.is_dir():
        return
    for former in sorted(site_dir.parent.glob(f".{site_dir.name}.former-*")):
        if not site_dir.exists():
            former.rename(site_dir)
        elif not _running(former):
            shutil.rmtree(former, ignore_errors=True)
    for staging in site_dir.parent.glob(f".{site_dir.name}.building-*"):
        if not _running(staging):
            shutil.rmtree(staging, ignore_errors=True)
    for twin in site_dir.parent.glob(f".{site_dir.name}.twin*"):
        if not _of_use(twin, site_dir):
            shutil.rmtree(twin, ignore_errors=True)


def _of_use(twin: Path, site_dir: Path) -> bool:
    """Whether a twin has a site, and nobody who may still be writing in it has died."""
    if twin == twin_of(site_dir):
        return site_dir.exists()
    return _running(twin) or twin.name.endswith(f"-{os.getpid()}")


def is_ours(site_dir: Path, root: Path) -> Problem | None:
    """Refuses to replace a directory that holds the exhibition itself or is no site of ours."""
    here, home = site_dir.resolve(), root.resolve()
    if here == home or here in home.parents or (home / "content") in (here, *here.parents):
        return Problem(
            "settings", Place("mkdocs.yml", ("site_dir",)), f"输出目录 {site_dir} 包含展览自己的文件，请换一个目录"
        )
    if here.is_dir() and any(here.iterdir()) and not _is_site(here):
        return Problem(
            "settings",
            Place("mkdocs.yml", ("site_dir",)),
            f"输出目录 {site_dir} 里有别的文件，不会覆盖；请清空或换一个目录",
        )
    return None


def _is_site(directory: Path) -> bool:
    """Whether a build left this directory, today's or one from before code had a folder of its own."""
    return any(True for _ in (directory / "assets").glob("**/exhibition.css"))


def _staging(site_dir: Path) -> Path:
    return site_dir.with_name(f".{site_dir.name}.building-{os.getpid()}")


def _linked(old: Path, path: Path, *, content: bytes) -> bool:
    """Takes the former file over into a directory that may not be there yet."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    return _taken_over(old, path, content=content)


def _taken_over(old: Path, path: Path, *, content: bytes) -> bool:
    with contextlib.suppress(OSError):
        return old.stat().st_size == len(content) and old.read_bytes() == content and _named_after(old, path)
    return False


def _named_after(old: Path, path: Path) -> bool:
    """Gives the former file the place of the new one, of the same bytes; False where the disk cannot link."""
    with contextlib.suppress(OSError):
        # linked under another name first, so that a disk without links never loses the new file
        beside = path.with_name(f".{path.name}.link")
        try:
            os.link(old, beside)
        except FileExistsError:
            # a worker that was lost left it
            beside.unlink()
            os.link(old, beside)
        beside.replace(path)
        return True
    return False


def _running(directory: Path) -> bool:
    """Whether the build that made this directory is still at work."""
    number = directory.name.rpartition("-")[2]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
