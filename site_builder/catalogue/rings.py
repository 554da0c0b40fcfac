"""Who stands under whom comes in; the same without rings goes out, so that it is a forest."""

from collections.abc import MutableMapping
from typing import TypeVar

One = TypeVar("One")


def open_rings(above: MutableMapping[One, One]) -> None:
    """Where a line runs in a ring, by a slip in the content, one of the ring loses what stands above it."""
    done: set[One] = set()
    for start in tuple(above):
        path: set[One] = set()
        one = start
        while one in above and one not in done:
            if one in path:
                del above[one]
                break
            path.add(one)
            one = above[one]
        done |= path
