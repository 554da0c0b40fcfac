"""What a build lays where comes in; whether it must be written goes out, and at the end the list of all that was laid."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_DIGITS = 24


@dataclass
class Laid:
    """A page of the build's list, turned for each piece of work; what lies in the site already is listed and not written."""

    known: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Address → token of every file of the former site that is as it was written."""
    files: dict[str, str] = field(default_factory=dict)

    def turned(self) -> dict[str, str]:
        """A new page; what is laid from now on stands there."""
        self.files = {}
        return self.files

    def is_new(self, address: str, token: str) -> bool:
        """Notes the file; whether the site lacks it. A token tells the file's bytes from any other."""
        self.files[address] = token
        return self.known.get(address) != token


def token_of(content: bytes) -> str:
    """The token of finished bytes, by a digest for which processors have instructions of their own."""
    return token_in(hashlib.sha256(content).hexdigest())


def token_in(digest: str) -> str:
    """The same of bytes whose SHA-256, hexadecimal, is known."""
    return digest[:_DIGITS]
