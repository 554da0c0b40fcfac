"""Compiled templates come in and go out again in later builds, as long as their text and this program are the same."""

import contextlib
import hashlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from site_builder.intake.stamps import fresh_file
from site_builder.intake.versions import program

CACHE = ".cache/templates"
_SIZE = 16


class Compiled(BytecodeCache):
    """A file for each template, told from harmed ones and those of other programs by the digest that it begins with."""

    def __init__(self, root: Path, *, by: str = "", keeps: bool = True) -> None:
        """``by`` tells apart who compiles the same text in another way; what is kept for one begins with it. ``keeps``: more is kept."""
        self._home = root / CACHE
        self._by = by
        self._keeps = keeps
        self._program = program().encode()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As Jinja says."""
        return self._by + super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket with what is kept for just this text; code that was harmed may not even load."""
        with contextlib.suppress(OSError):
            kept = (self._home / bucket.key).read_bytes()
            if kept[:_SIZE] == self._digest(kept[_SIZE:]):
                bucket.bytecode_from_string(kept[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled; a cache that cannot be written is no reason to stop."""
        if not self._keeps:
            return
        code = bucket.bytecode_to_string()
        with contextlib.suppress(OSError), fresh_file(self._home / bucket.key) as draft:
            draft.write_bytes(self._digest(code) + code)

    def _digest(self, code: bytes) -> bytes:
        return hashlib.blake2b(code, key=self._program, digest_size=_SIZE).digest()
