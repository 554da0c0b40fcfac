"""A mapping and a few values come in; the mapping with these in the places of its own goes out, without being copied."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Instead(Mapping[Key, Value]):
    """The same keys in the same order; most values are those of the other mapping, which is not even asked for them."""

    __slots__ = ("now", "of")

    def __init__(self, of: Mapping[Key, Value], now: Mapping[Key, Value]) -> None:
        """``now`` has keys of the other mapping only."""
        self.of: Mapping[Key, Value] = of.of if isinstance(of, Instead) else of
        self.now: Mapping[Key, Value] = {**of.now, **now} if isinstance(of, Instead) else now

    def __getitem__(self, key: Key) -> Value:
        return self.now[key] if key in self.now else self.of[key]

    def __contains__(self, key: object) -> bool:
        return key in self.of

    def __iter__(self) -> Iterator[Key]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def grown_apart(one: Mapping[Key, Value], other: Mapping[Key, Value]) -> list[Key] | None:
    """Keys under which two mappings may differ that were made of the same one; None where they were not."""
    of, now = (one.of, one.now) if isinstance(one, Instead) else (one, {})
    others_of, others_now = (other.of, other.now) if isinstance(other, Instead) else (other, {})
    return list({**now, **others_now}) if of is others_of else None
