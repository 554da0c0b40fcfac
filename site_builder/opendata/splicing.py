"""A file as it lies and what differs of its parts come in; its bytes with these in the place of the former go out.

To join a file of thousands of parts anew takes many times as long as to copy it round the few that differ.
"""

from collections.abc import Collection

FEW = 8
"""So many parts are exchanged at most: each is looked for in the whole file."""


def spliced(content: bytes, parts: Collection[tuple[bytes, bytes]]) -> bytes | None:
    """The file with these parts, each given as it was and as it is; None where they are many, or one does not stand there just once."""
    if len(parts) > FEW:
        return None
    found: list[tuple[int, int, bytes]] = []
    for was, now in parts:
        at = content.find(was)
        if at < 0 or content.find(was, at + 1) >= 0:
            return None
        found.append((at, at + len(was), now))
    pieces: list[bytes | memoryview] = []
    held, end = memoryview(content), 0
    for at, after, now in sorted(found):
        pieces += held[end:at], now
        end = after
    return b"".join([*pieces, held[end:]])
