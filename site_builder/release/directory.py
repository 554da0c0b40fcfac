"""A site comes in; a directory with its releases, one of them online by a link that is switched at once, goes out.

``TARGET/current`` → ``releases/DIGEST``, which the web server shows; what deploys need to know lies in ``TARGET/.deploy``.
"""

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.release.changes import Change, Outcome, changes_between
from site_builder.release.compression import knows_brotli
from site_builder.release.history import History, history_in
from site_builder.release.manifest import Manifest, manifest_in, manifest_of, sizes_in, written
from site_builder.release.refusal import refused
from site_builder.release.served import SHRINKING
from site_builder.release.staging import Stage, carried_over, fill, mend

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_HARMED = (ValueError, KeyError, TypeError, AttributeError)
"""What reading a note raises that a loss of power left empty or in part."""
ROOM_FOR_VARIANTS = 1.5
"""A text with its compressed variants takes up so much of its own size."""


@frozen
class House:
    """A directory that releases are deployed to."""

    root: Path

    @property
    def current(self) -> Path:
        """The link that the web server follows."""
        return self.root / "current"

    def release(self, digest: str) -> Path:
        """Where a whole release lies."""
        return self.root / "releases" / digest

    def partial(self, digest: str) -> Path:
        """Where a release lies as long as it is not whole."""
        return self.root / "releases" / f".partial-{digest}"

    @property
    def notes(self) -> Path:
        """What deploys remember."""
        return self.root / ".deploy"

    def record(self, digest: str) -> Path:
        """What lies in a release."""
        return self.notes / f"{digest}.json"

    def history(self) -> History:
        """The releases that are there; what is online is what the link says."""
        online = self.current.readlink().name if self.current.is_symlink() else ""
        try:
            found = history_in(json.loads((self.notes / "history.json").read_text(encoding="utf-8"))).releases
        except FileNotFoundError:
            found = ()
        except _HARMED:
            found = self._by_age()
        return History(tuple(one for one in found if self.release(one).is_dir()), online)

    def _by_age(self) -> tuple[str, ...]:
        """Releases in the order in which their records were written, where nobody can read in which they went online."""
        records = [path for path in self.notes.glob("*.json") if path.stem != "history"]
        return tuple(path.stem for path in sorted(records, key=lambda path: path.stat().st_mtime_ns))

    def files(self, digest: str) -> Manifest | None:
        """What lies in a release, without what it took over from the one before; None where nobody knows."""
        if not digest:
            return None
        try:
            return manifest_in(json.loads(self.record(digest).read_text(encoding="utf-8"))["files"])
        except (FileNotFoundError, *_HARMED):
            return None


def deploy_directory(site: Path, target: Path, *, keep: int) -> Outcome:
    """Puts a site online; visitors see the former release or the new one, never a mixture.

    A deploy that was killed goes on where it stopped. Files that did not change are the same files under another name.
    """
    house = _house(site, target)
    with locked(house):
        history = house.history()
        _refuse_full(house, site, former=house.files(history.current))
        manifest = manifest_of(site)
        former = house.files(history.current)
        stage = Stage(
            site, house.partial(manifest.digest), manifest, former=house.release(history.current), known=former
        )
        sent = sent_bytes = 0
        if not house.release(manifest.digest).is_dir():
            stage.out.mkdir(parents=True, exist_ok=True)
            sent, sent_bytes = fill(stage, carried=carried_over(former, manifest) if keep else ())
            written(house.record(manifest.digest), {"files": manifest.as_json()})
            stage.out.rename(house.release(manifest.digest))
        else:
            # what somebody changed or lost of it since
            sent, sent_bytes = mend(stage, house.release(manifest.digest))
            written(house.record(manifest.digest), {"files": manifest.as_json()})
        after = history.deployed(manifest.digest)
        removed = _online(house, after, keep=keep)
    return Outcome(
        manifest.digest,
        former=history.current,
        changes=changes_between(former, manifest),
        sent=sent,
        sent_bytes=sent_bytes,
        kept=len(manifest.files) - sent,
        removed=removed,
        notes=()
        if knows_brotli()
        else ("没有安装 brotli，只做了 gzip 压缩文件；安装：pip install 'workers-exhibition[deploy]'",),
    )


def roll_back_directory(target: Path, *, keep: int) -> Outcome:
    """Puts the former release online again."""
    house = _known_house(target)
    with locked(house):
        history = house.history()
        if not history.before:
            raise refused("deploy-no-former", str(target), message="没有可以回退的上一版")
        after = history.rolled_back()
        _online(house, after, keep=keep)
    former, now = house.files(history.current), house.files(after.current)
    return Outcome(after.current, former=history.current, changes=changes_between(former, now) if now else ())


def would_change(site: Path, target: Path) -> tuple[Change, ...]:
    """What a deploy would change; writes nothing."""
    house = _house(site, target)
    return changes_between(house.files(house.history().current), manifest_of(site))


def would_roll_back(target: Path) -> tuple[Change, ...]:
    """What a rollback would change; writes nothing."""
    house = _known_house(target)
    history = house.history()
    before = house.files(history.before)
    if before is None:
        raise refused("deploy-no-former", str(target), message="没有可以回退的上一版")
    return changes_between(house.files(history.current), before)


@contextlib.contextmanager
def locked(house: House) -> Iterator[None]:
    """Nobody else deploys meanwhile; the lock of a killed deploy is gone with it."""
    house.notes.mkdir(parents=True, exist_ok=True)
    with (house.notes / "lock").open("a+b") as file:
        if fcntl is None:
            yield  # two deploys at once cannot be told apart here
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise refused("deploy-locked", str(house.root), message="另一次上线正在进行") from fault
        yield


def _house(site: Path, target: Path) -> House:
    """The target, if it is one: empty, or deployed to before, and neither inside the site nor around it."""
    inside, outside = site.resolve(), target.resolve()
    if inside == outside or inside in outside.parents or outside in inside.parents:
        raise refused("deploy-target", str(target), message="目标与网站的目录互相包含，请换一个目录")
    house = House(target)
    if target.exists() and not target.is_dir():
        raise refused("deploy-target", str(target), message="目标是一个文件，不是目录")
    if target.is_dir() and any(target.iterdir()) and not house.notes.is_dir():
        raise refused("deploy-target", str(target), message="目标目录里有别的文件，不会覆盖；请清空或换一个目录")
    if house.current.exists() and not house.current.is_symlink():
        raise refused("deploy-target", str(house.current), message="current 不是链接，不会覆盖；请把它移走")
    return house


def _known_house(target: Path) -> House:
    house = House(target)
    if not house.notes.is_dir():
        raise refused("deploy-no-former", str(target), message="这里还没有上过线")
    return house


def _refuse_full(house: House, site: Path, *, former: Manifest | None) -> None:
    """Before anything is read or written: what did not change takes up no room."""
    known = {path: file.size for path, file in former.files.items()} if former else {}
    new = {path: size for path, size in sizes_in(site).items() if known.get(path) != size}
    needed = sum(int(size * (ROOM_FOR_VARIANTS if Path(path).suffix in SHRINKING else 1)) for path, size in new.items())
    free = shutil.disk_usage(house.notes).free
    if needed > free:
        raise refused(
            "deploy-space",
            str(house.root),
            message=f"磁盘空间不够：需要约 {needed >> 20} MB，只剩 {free >> 20} MB。没有改动",
        )


def _online(house: House, after: History, *, keep: int) -> int:
    """Switches the link, then forgets what is too old; answers how many releases went."""
    kept = after.kept(keep)
    written(house.notes / "history.json", after.as_json())
    link = house.root / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / after.current, target_is_directory=True)
    link.replace(house.current)
    written(house.notes / "history.json", kept.as_json())
    gone = [path for path in (house.root / "releases").iterdir() if path.name not in kept.releases]
    for path in gone:
        # a name that nobody takes for a whole release, should this be killed half-way
        doomed = path if path.name.startswith(".") else path.rename(path.with_name(f".partial-gone-{path.name}"))
        shutil.rmtree(doomed, ignore_errors=True)
    for path in house.notes.glob("*.json"):
        if path.stem not in {*kept.releases, "history"}:
            path.unlink(missing_ok=True)
    return len(gone)
