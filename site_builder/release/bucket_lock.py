"""A bucket comes in; the sole right to deploy to it, as long as the deploy runs, goes out."""

import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock as Mutex
from types import MappingProxyType

from site_builder.release.bucket import Bucket, now
from site_builder.release.record import LOCK
from site_builder.release.refusal import refused

STALE = timedelta(minutes=15)
"""A deploy that gave no sign for so long is dead, wherever it ran."""
REFRESHED = 60.0
"""Seconds between two signs of life."""
_JSON = MappingProxyType({"Content-Type": "application/json"})


@dataclass
class Lock:
    """The lock of a deploy that is at work."""

    bucket: Bucket
    content: bytes
    signed: float = field(default_factory=time.monotonic)
    mutex: Mutex = field(default_factory=Mutex)

    def refreshed(self) -> None:
        """Gives a sign of life, if the last one is a while ago."""
        with self.mutex:
            due = time.monotonic() - self.signed > REFRESHED
            if due:
                self.signed = time.monotonic()
        if due:
            self.bucket.put(LOCK, self.content, headers=_JSON)


@contextmanager
def held(bucket: Bucket) -> Iterator[Lock]:
    """Holds the lock; refused while another deploy holds it. That of a dead one is taken over."""
    content = json.dumps({"host": platform.node(), "process": os.getpid()}).encode()
    if bucket.put(LOCK, content, headers=_JSON, only_new=True) is None:
        _refuse_living(bucket)
        bucket.put(LOCK, content, headers=_JSON)
    try:
        yield Lock(bucket, content)
    finally:
        bucket.delete(LOCK)


def _refuse_living(bucket: Bucket) -> None:
    """A lock is dead when its process is no more, or when it gave no sign for long."""
    written = bucket.listed().get(LOCK)
    try:
        holder = json.loads(bucket.get(LOCK) or b"{}")
    except ValueError:
        holder = {}
    is_stale = written is None or now() - written.modified > STALE
    if is_stale or (holder.get("host") == platform.node() and not _runs(int(holder.get("process", 0)))):
        return
    raise refused("deploy-locked", bucket.words, message=f"{holder.get('host', '另一台机器')} 上的另一次上线正在进行")


def _runs(process: int) -> bool:
    if os.name == "nt" or process <= 0:
        return True  # signal 0 would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
