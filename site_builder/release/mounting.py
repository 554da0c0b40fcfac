"""Records of archived editions come in; their kept sites, file by file and only if unchanged, go out to stand in the living one.

``content/archives/<edition>.yml`` says where the bag lies, relative to the exhibition, and the digest that it had when it was taken in.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile, PageJob
from site_builder.model.problems import Place, Problem
from site_builder.release.bag import digest_of
from site_builder.release.ledger import stand_in
from site_builder.release.manifest_reading import promise_of

ARCHIVES = "content/archives"
_SITE = "data/site/"
_HINT = "从备份恢复这个归档袋；确实要换成另一个，删去这个文件，再用 exhibition mount 挂回"


@frozen
class Mount:
    """An archived edition that stands in the living site."""

    edition: str
    bag: Path
    digest: str
    source: str
    """Path of the record."""

    @property
    def folder(self) -> str:
        """Where it stands."""
        return f"editions/{self.edition}/"


def read_mounts(root: Path, editions: Collection[str]) -> tuple[tuple[Mount, ...], tuple[Problem, ...]]:
    """All records, and what is wrong with them or with the papers of their bags; the files themselves are read when they are laid."""
    mounts, problems = [], []
    for path in sorted((root / ARCHIVES).glob("*.yml")):
        mount = _record(root, path)
        if mount is None:
            message = "认不出来：应当有 bag 和 digest 两行"
            problems.append(
                Problem("archive", Place(path.relative_to(root).as_posix()), message, "用 exhibition mount 重新写出")
            )
        elif mount.edition not in editions:
            place = Place(mount.source)
            problems.append(Problem("unknown-edition", place, f"没有展期“{mount.edition}”"))
        else:
            problems += _changed_papers(mount)
            mounts.append(mount)
    return tuple(mounts), tuple(problems)


def archives_stand(root: Path) -> bool:
    """Whether every archive that the site holds is what it was when it was taken in; all that was laid of them is read."""
    mounts, problems = read_mounts(root, [path.stem for path in (root / ARCHIVES).glob("*.yml")])
    return not problems and not any(isinstance(one, Problem) for one in chain.from_iterable(map(mounted, mounts)))


def papers_stand(mounts: Iterable[Mount]) -> bool:
    """Whether the bags of these are there and have the papers that they were taken in with."""
    return not any(True for _ in chain.from_iterable(map(_changed_papers, mounts)))


def record_of(root: Path, bag: Path) -> tuple[str, str]:
    """The edition that a bag holds, and the text of its record; both are empty where the bag holds none."""
    kind, _, edition = promise_of(bag).info.get("Internal-Sender-Identifier", "").partition("/")
    if kind != "edition" or not is_id(edition):
        return "", ""
    said = Path(os.path.relpath(bag, root)).as_posix()
    import yaml  # for exhibitions that have archives

    text = yaml.safe_dump({"bag": said, "digest": digest_of(bag)}, allow_unicode=True, width=1000)
    return edition, text


def living(jobs: Iterable[PageJob], mounts: Iterable[Mount]) -> tuple[tuple[PageJob, ...], tuple[OutputFile, ...]]:
    """The pages that the living site still makes, and small pages where one of the archived edition now lies deeper."""
    kept = tuple(jobs)
    moved: list[OutputFile] = []
    for mount in mounts:
        names = frozenset(path.removeprefix(_SITE) for path in promise_of(mount.bag).files if path.startswith(_SITE))
        own = {job.address for job in kept if job.address.startswith(mount.folder)}
        replaced = {one for one in own if f"{one.removeprefix(mount.folder)}index.html" in names}
        deeper = {one for one in own - replaced if f"{one}index.html" in names}
        moved += [
            OutputFile(f"{one}index.html", stand_in(one, f"{mount.folder}{one}").encode()) for one in sorted(deeper)
        ]
        kept = tuple(job for job in kept if job.address not in replaced | deeper)
    return kept, tuple(moved)


def mounted(mount: Mount) -> Iterator[OutputFile | Problem]:
    """Every file of the kept site, as it must lie in the living one; a problem instead of each that is not what it was."""
    promises = promise_of(mount.bag).files
    for path in sorted(path for path in promises if path.startswith(_SITE)):
        try:
            content = (mount.bag / path).read_bytes()
        except OSError:
            yield Problem("archive", Place(mount.source), f"归档袋里读不出 {path}", _HINT)
            continue
        if any(hashlib.new(name, content).hexdigest() != digest for name, digest in promises[path].items()):
            yield Problem("archive", Place(mount.source), f"归档袋里的 {path} 与归档时不同", _HINT)
        else:
            yield OutputFile(f"{mount.folder}{path.removeprefix(_SITE)}", content)


def put_mounts(
    mounts: Iterable[Mount], put: Callable[[Iterable[OutputFile]], None], *, moved: Iterable[OutputFile]
) -> tuple[Problem, ...]:
    """Lays the kept sites of archived editions over what the living site made; says which of their files are not what they were."""
    put(moved)
    problems = []
    for one in chain.from_iterable(map(mounted, mounts)):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            put((one,))
    return tuple(problems)


def _record(root: Path, path: Path) -> Mount | None:
    import yaml  # likewise

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ("bag", "digest")):
        return None
    return Mount(path.stem, root / said["bag"], said["digest"], path.relative_to(root).as_posix())


def _changed_papers(mount: Mount) -> Iterator[Problem]:
    """What can be known of a bag in no time: that its manifests are the ones that were taken in."""
    place = Place(mount.source)
    if not (mount.bag / "tagmanifest-sha256.txt").is_file():
        yield Problem("archive", place, f"找不到归档袋 {mount.bag.name}", _HINT)
    elif digest_of(mount.bag) != mount.digest:
        yield Problem("archive", place, f"归档袋 {mount.bag.name} 的指纹与挂回时不同", _HINT)
    else:
        promise = promise_of(mount.bag)
        for fault in promise.problems:
            yield Problem("archive", place, f"归档袋里的 {fault.place.path}：{fault.message}", _HINT)
        for name in ("manifest-sha256.txt", "manifest-sha512.txt"):
            said = promise.files.get(name, {}).get("sha256")
            if name in promise.there and said != hashlib.sha256((mount.bag / name).read_bytes()).hexdigest():
                yield Problem("archive", place, f"归档袋里的 {name} 与归档时不同", _HINT)
