"""Values too large to be remembered by every build come in; they go out again by the token that they were put away under."""

import contextlib
import hashlib
import pickle
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.intake.record_cache import BROKEN
from site_builder.intake.stamps import fresh_file


@dataclass(frozen=True)
class Shelf:
    """A folder with a file for each value, named by its content: so what an earlier build put there stays until a later one has settled."""

    home: Path | None = None
    """None where nothing can be kept."""

    def put(self, value: object) -> str:
        """Puts a value away and says under which token; empty where it could not be kept."""
        if self.home is None:
            return ""
        content = pickle.dumps(value, protocol=5)
        token = _token(content)
        with contextlib.suppress(OSError):
            if not (self.home / token).is_file():
                with fresh_file(self.home / token) as draft:
                    draft.write_bytes(content)
            return token
        return ""

    def get(self, token: str) -> Any:
        """What was put away; None where it is not there any more, or harmed."""
        if self.home is None or not token:
            return None
        try:
            content = (self.home / token).read_bytes()
            return pickle.loads(content) if _token(content) == token else None
        except BROKEN:
            return None

    def prune(self, tokens: Collection[str]) -> None:
        """Leaves only these."""
        if self.home is not None:
            with contextlib.suppress(OSError):
                for path in self.home.iterdir():
                    if path.name not in tokens:
                        path.unlink()


def _token(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
