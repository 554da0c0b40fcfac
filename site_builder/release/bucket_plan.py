"""A release and what lies in a bucket come in; the steps that lead from one whole site to the next go out.

A bucket has no link that could be switched. So the order makes the site whole at every moment: first what nobody asks for
yet (new keys, with files before pages), then what is overwritten, each page one at a time; entry pages before lists, the head of the
search index and home last; what is no more goes one release later. Files of the search index that changed get new keys
(`Record.moved`), for they are right only together; the head says where they lie, and at the next deploy, when nobody
reads their old keys any more, they are folded back there.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from site_builder.model.frozen import frozen
from site_builder.release.bucket import Kept
from site_builder.release.history import History
from site_builder.release.manifest import Manifest
from site_builder.release.record import BLOBS, EVERY, RECIPE, Record, record_key, root_of
from site_builder.release.served import ENTRIES, HOME, INDEX, INDEX_HEAD, LISTS, PARTS, SEARCH, is_shard, step_of

MOST_MOVED = 300
"""Names that the head of the index carries at most; above, all files move, most of them by copies inside the bucket."""
_MOVED = re.compile(r"^search/v\d+/r-[0-9a-f]{10}/")
_NEW = MappingProxyType({PARTS: 0, SEARCH: 0, ENTRIES: 1, LISTS: 2})
_OVER = MappingProxyType({PARTS: 3, ENTRIES: 4, LISTS: 5, SEARCH: 6, HOME: 7})
WAVES = (
    "新的图片、样式和数据",
    "新的条目页",
    "新的列表页",
    "更改的图片和数据",
    "更改的条目页",
    "更改的列表页",
    "检索",
    "首页",
)
"""What goes online together, in this order."""


@frozen
class Found:
    """What lies in the bucket before a deploy."""

    live: Mapping[str, Kept]
    history: History
    records: Mapping[str, Record]
    pending: Record | None
    """What a deploy that did not end was about to put online."""

    @property
    def current(self) -> Record | None:
        """The release that is online; None before the first deploy."""
        return self.records.get(self.history.current)

    @property
    def is_trusted(self) -> bool:
        """Whether objects that are there were written by this recipe, so that equal bytes mean equal headers."""
        return any(one.recipe == RECIPE for one in (self.current, self.pending) if one)

    def etag(self, key: str) -> str:
        """The entity tag of an object; empty where there is none."""
        return self.live[key].etag if key in self.live else ""


@frozen
class Plan:
    """The steps to a release, in the order in which they are taken."""

    record: Record
    """The release, with the entity tags of all files that are there already."""
    folds: tuple[tuple[str, str], ...]
    """Copies inside the bucket, from key to key."""
    backups: tuple[tuple[str, str], ...]
    waves: tuple[tuple[str, ...], ...]
    """Paths to be written, in eight waves."""
    doomed: tuple[str, ...]
    """Keys that go last."""


def planned(new: Manifest, found: Found, *, keep: int) -> Plan:
    """The steps from what lies in the bucket to this release."""
    moved, home = _moved(new, found)
    record = Record(new, moved=moved, home=home)
    folds = tuple(_folds(found)) if found.current and home != found.current.home else ()
    live = {**found.live, **{key: found.live[source] for source, key in folds}}
    after = Found(live, found.history, found.records, found.pending)
    there = {path: after.etag(record.key(path)) for path in new.files if _is_there(path, record, found=after)}
    waves: list[list[str]] = [[] for _ in WAVES]
    for path in sorted(new.files.keys() - there.keys()):
        waves[_wave(path, is_new=record.key(path) not in live)].append(path)
    return Plan(
        Record(new, there, moved, home),
        folds,
        tuple(_backups(new, found)) if keep else (),
        tuple(map(tuple, waves)),
        tuple(sorted(_doomed(record, after, keep=keep))),
    )


def _moved(new: Manifest, found: Found) -> tuple[frozenset[str], str]:
    """Which files of the index get new keys, and in which folder; those of an index that did not change stay where they are."""
    if found.current is None:
        return frozenset(), ""
    old = {path: file for path, file in found.current.manifest.files.items() if INDEX.match(path)}
    index = {path: file for path, file in new.files.items() if INDEX.match(path)}
    if old == index:
        return found.current.moved, found.current.home
    changed = frozenset(path for path in index if is_shard(path) and path in old and old[path] != index[path])
    if not changed:
        return frozenset(), ""
    home = f"{root_of(min(changed))}r-{new.digest[:10]}/"
    return (frozenset({EVERY}) if len(changed) > MOST_MOVED else changed), home


def _folds(found: Found) -> Iterator[tuple[str, str]]:
    for path, key in (found.current.keys if found.current else {}).items():
        if key != path and key in found.live and found.etag(path) != found.etag(key):
            yield key, path


def _backups(new: Manifest, found: Found) -> Iterator[tuple[str, str]]:
    """What a rollback will need: the former content of all that changes, once for equal files."""
    if found.current is None:
        return
    sources = {}
    for path, file in found.current.manifest.files.items():
        key = found.current.keys[path]
        is_former = found.etag(key) == found.current.etags.get(path) and key in found.live
        if new.files.get(path) != file and is_former and not INDEX_HEAD.match(path):
            sources[f"{BLOBS}{file.sha256}"] = key
    yield from ((key, blob) for blob, key in sorted(sources.items()) if blob not in found.live)


def _is_there(path: str, record: Record, *, found: Found) -> bool:
    """Whether the object is the one of this release, by what the former one noted of it."""
    current = found.current
    if current is None or current.recipe != RECIPE:
        return False
    if INDEX_HEAD.match(path) and (current.home, current.moved) != (record.home, record.moved):
        return False
    return current.manifest.files.get(path) == record.manifest.files[path] and (
        found.etag(record.key(path)) == current.etags.get(path) != ""
    )


def _wave(path: str, *, is_new: bool) -> int:
    step = step_of(path)
    if is_new and step in _NEW and not INDEX_HEAD.match(path):
        return _NEW[step]
    return _OVER[step]


def _doomed(record: Record, found: Found, *, keep: int) -> set[str]:
    """Keys of former releases that neither this one nor the one before has; nothing that is not ours."""
    digest = record.manifest.digest
    ours = [*found.records.values(), *([found.pending] if found.pending else [])]
    known = {key for one in ours for key in one.keys.values()} | {key for key in found.live if _MOVED.match(key)}
    before = found.history.before if found.history.current == digest else found.history.current
    stay = set(record.keys.values())
    if keep and before in found.records:
        stay |= set(found.records[before].keys.values())
    return (known & found.live.keys()) - stay


def forgotten(history: History, records: Mapping[str, Record], *, live: Mapping[str, Kept]) -> tuple[str, ...]:
    """Records and kept contents that no release of this history needs."""
    kept = [records[release] for release in history.releases if release in records]
    needed = {f"{BLOBS}{file.sha256}" for record in kept for file in record.manifest.files.values()}
    needed |= {record_key(release) for release in history.releases}
    ours = {key for key in live if key.startswith(BLOBS)} | {record_key(release) for release in records}
    return tuple(sorted((ours & live.keys()) - needed))
