"""A site and a bucket come in; the site online, whole at every moment on the way, goes out. Plan: bucket_plan.py."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from site_builder.model.frozen import frozen
from site_builder.release.bucket import Bucket, open_bucket
from site_builder.release.bucket_lock import Lock, held
from site_builder.release.bucket_plan import WAVES, Found, Plan, forgotten, planned
from site_builder.release.changes import Change, Outcome, changes_between
from site_builder.release.compression import gzipped
from site_builder.release.history import History, history_in
from site_builder.release.manifest import Manifest, manifest_of
from site_builder.release.record import BLOBS, HISTORY, PENDING, led_on, record_in, record_key
from site_builder.release.refusal import refused
from site_builder.release.served import ALWAYS_ASKED, INDEX_HEAD, served
from site_builder.release.target import BucketTarget

WORKERS = 16
Tell = Callable[[str], None]
_NOTE = MappingProxyType({"Content-Type": "application/json; charset=utf-8", "Cache-Control": ALWAYS_ASKED})
_GZIP = b"\x1f\x8b"
_T = TypeVar("_T")
_R = TypeVar("_R")


@frozen
class Crossing:
    """A deploy under way: from what is in the bucket to a release that lies in a directory or, for a rollback, in the bucket."""

    bucket: Bucket
    target: BucketTarget
    found: Found
    plan: Plan
    site: Path | None
    lock: Lock

    def written(self, path: str) -> tuple[str, int]:
        """Writes the object of a path; answers its entity tag and how many bytes were uploaded, -1 for none."""
        record, key = self.plan.record, self.plan.record.key(path)
        listed = record.manifest.files[path]
        self.lock.refreshed()
        blob = f"{BLOBS}{listed.sha256}"
        if blob in self.found.live and not INDEX_HEAD.match(path):
            self.bucket.copy(blob, key)
            return self.found.etag(blob), -1
        content = self._content(path, listed.sha256)
        if INDEX_HEAD.match(path):
            self._put(blob, path, content=content)
            content = led_on(content, record)
        return self._put(key, path, content=content)

    def _content(self, path: str, sha256: str) -> bytes:
        stored = (self.site / path).read_bytes() if self.site else self.bucket.get(f"{BLOBS}{sha256}") or b""
        content = gzip.decompress(stored) if self.site is None and stored.startswith(_GZIP) else stored
        if hashlib.sha256(content).hexdigest() != sha256:
            raise refused("deploy-differs", path, message=f"{path} 在上线途中变了；网站可能正在重建，建完后再运行一次")
        return content

    def _put(self, key: str, path: str, *, content: bytes) -> tuple[str, int]:
        """Uploads, unless a deploy that was killed already did."""
        how = served(path)
        headers = {"Content-Type": how.content_type, "Cache-Control": how.cache}
        if how.shrinks and self.target.gzip:
            content, headers["Content-Encoding"] = gzipped(content), "gzip"
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        if self.found.is_trusted and self.found.etag(key) == md5:
            return md5, -1
        return self.bucket.put(key, content, headers=headers) or "", len(content)


def deploy_bucket(site: Path, target: BucketTarget, *, keep: int, tell: Tell) -> Outcome:
    """Puts a site online in a bucket; killed at any moment it leaves a whole site, and the next run goes on from there."""
    new = manifest_of(site)
    bucket = open_bucket(target)
    with held(bucket) as lock:
        found = found_in(bucket)
        after = found.history.deployed(new.digest)
        crossing = Crossing(bucket, target, found, planned(new, found, keep=keep), site, lock)
        return _crossed(crossing, after.kept(keep), tell=tell)


def roll_back_bucket(target: BucketTarget, *, keep: int, tell: Tell) -> Outcome:
    """Puts the former release online again, from what the bucket kept of it."""
    bucket = open_bucket(target)
    with held(bucket) as lock:
        found = found_in(bucket)
        plan = planned(_former(found, target), found, keep=max(keep, 1))
        return _crossed(Crossing(bucket, target, found, plan, None, lock), found.history.rolled_back(), tell=tell)


def would_change_bucket(site: Path | None, target: BucketTarget) -> tuple[Change, ...]:
    """What a deploy, or without a site a rollback, would change; writes nothing."""
    found = found_in(open_bucket(target))
    new = manifest_of(site) if site else _former(found, target)
    return changes_between(found.current.manifest if found.current else None, new)


def found_in(bucket: Bucket) -> Found:
    """What lies in the bucket."""
    live = bucket.listed()
    history = history_in(_note(bucket, HISTORY)) if HISTORY in live else History()
    keys = {release: record_key(release) for release in history.releases}
    records = {release: record_in(_note(bucket, key)) for release, key in keys.items() if key in live}
    pending = record_in(_note(bucket, PENDING)) if PENDING in live else None
    return Found(live, history, records, pending)


def _note(bucket: Bucket, key: str) -> dict[str, object]:
    content = bucket.get(key)
    try:
        return dict(json.loads(content or b""))
    except ValueError as fault:
        raise refused(
            "deploy-target", f"{bucket.words}{key}", message="桶里的上线记录读不懂，可能被别的程序改过"
        ) from fault


def _former(found: Found, target: BucketTarget) -> Manifest:
    """The release before the one online, if the bucket still has all of it."""
    before = found.records.get(found.history.before)
    if before is None or found.current is None:
        raise refused("deploy-no-former", target.words, message="没有可以回退的上一版")
    now = found.current.manifest.files
    lost = [
        path
        for path, file in before.manifest.files.items()
        if now.get(path) != file and f"{BLOBS}{file.sha256}" not in found.live
    ]
    if lost:
        raise refused(
            "deploy-no-former", target.words, message=f"上一版缺少 {len(lost)} 个文件（如 {lost[0]}），不能回退"
        )
    return before.manifest


def _crossed(crossing: Crossing, after: History, *, tell: Tell) -> Outcome:
    """Takes the steps of the plan; what comes later in it relies on all that came before."""
    bucket, found, plan = crossing.bucket, crossing.found, crossing.plan
    record = replace(plan.record, etags={})
    _noted(bucket, PENDING, document=record.as_json())
    for copies in (plan.folds, plan.backups):
        _each(lambda pair: _copied(crossing, pair), copies)
    etags, sizes = dict(plan.record.etags), []
    for wave, words in zip(plan.waves, WAVES, strict=True):
        if wave:
            tell(f"{words}：{len(wave)} 个")
        for path, (etag, size) in zip(wave, _each(crossing.written, wave), strict=True):
            etags[path] = etag
            sizes.append(size)
    record = replace(record, etags=etags)
    digest = record.manifest.digest
    _noted(bucket, record_key(digest), document=record.as_json())
    _noted(bucket, HISTORY, document=after.as_json())
    records = {**found.records, digest: record}
    _each(bucket.delete, (*plan.doomed, *forgotten(after, records, live=bucket.listed()), PENDING))
    uploaded = [size for size in sizes if size >= 0]
    return Outcome(
        digest,
        former=found.history.current,
        changes=changes_between(found.current.manifest if found.current else None, record.manifest),
        sent=len(uploaded),
        sent_bytes=sum(uploaded),
        kept=len(record.manifest.files) - len(uploaded),
        removed=len(plan.doomed),
    )


def _copied(crossing: Crossing, pair: tuple[str, str]) -> None:
    crossing.lock.refreshed()
    crossing.bucket.copy(*pair)


def _noted(bucket: Bucket, key: str, *, document: object) -> None:
    content = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    bucket.put(key, content, headers=_NOTE)


def _each(work: Callable[[_T], _R], items: Iterable[_T]) -> list[_R]:
    """Does the work side by side and waits for all of it; after a failure nothing new is begun."""
    pool = ThreadPoolExecutor(WORKERS)
    try:
        return list(pool.map(work, items))
    finally:
        pool.shutdown(cancel_futures=True)
