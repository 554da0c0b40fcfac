"""Neighbouring pages, cut before their tags, come in; pages without the head and the foot that all of them have go out.

A site says the same above and below on all pages of a folder. What was proved on two of them is known as a whole on the others,
and only what stands between is looked at piece by piece.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from site_builder.audit.seams import whole
from site_builder.model.frozen import frozen

MANY = 32
"""Fewer pieces than these have pages that only lead on, without head and foot."""
_BODY = b"body"
Sound = Callable[[bytes], bool]
"""Whether a piece was proved."""


@frozen
class Alike:
    """What pages have in common that is sound: from the tag on that begins the body, and to the end."""

    head: bytes = b""
    """Its last piece stays on a page, and says that what is left goes on with a beginning."""
    staying: int = 0
    """How many bytes these are."""
    foot: bytes = b""
    pieces: tuple[bytes, ...] = ()
    """What is left out of a page."""
    own: frozenset[bytes] = frozenset()
    """Addresses in these that mean something else on each page."""
    open: frozenset[bytes] = frozenset()
    """Those of them that do not lead to a place in head or foot."""

    @property
    def said(self) -> bytes:
        """The bytes that are left out of a page."""
        return self.head[: len(self.head) - self.staying] + self.foot

    def without(self, page: bytes) -> bytes | None:
        """A page that is left without head and foot; None where it has others."""
        if not self.pieces:
            return None
        at, end = page.find(b"<" + _BODY), len(page) - len(self.foot)
        left = at + len(self.head)
        if at < 0 or left > end or not page.startswith(self.head, at) or not page.endswith(self.foot):
            return None
        return page[:at] + page[left - self.staying : end]

    def written(self, sign: bytes, meant: bytes) -> "Alike":
        """The same where pages write something else in the place of a sign."""
        head, foot = self.head.replace(sign, meant), self.foot.replace(sign, meant)
        staying = self.head[len(self.head) - self.staying :].replace(sign, meant)
        return replace(self, head=head, staying=len(staying), foot=foot)


def alike(former: Sequence[bytes], latter: Sequence[bytes], *, sound: Sound) -> Alike:
    """What two pages have in common; nothing where it is worth nothing."""
    head = [*_common(_body(former), _body(latter), sound=sound)]
    rest = min(len(_body(former)), len(_body(latter))) - len(head)
    foot = [*_common(former[::-1][:rest], latter[::-1][:rest], sound=sound)][::-1]
    if len(head) < 2 or not foot:
        return Alike()
    return Alike(b"<" + whole(head), len(whole(head[-1:])) + 1, b"<" + whole(foot), (*head[:-1], *foot))


def _body(pieces: Sequence[bytes]) -> Sequence[bytes]:
    return pieces[sum(1 for _ in takewhile(lambda piece: not piece.startswith(_BODY), pieces)) :]


def _common(former: Iterable[bytes], latter: Iterable[bytes], *, sound: Sound) -> Iterator[bytes]:
    both = takewhile(lambda pair: pair[0] == pair[1] and sound(pair[0]), zip(former, latter, strict=False))
    return (piece for piece, _ in both)
