"""The pieces of a page, each a tag with the words behind it, come in; whether personal data may stand across them goes out.

Browsers leave out an end without its beginning, and some beginnings, where they have no business to be, and join the words on both sides:
``138-0000</b>0000`` is one number to whoever reads it. Neither of its pieces says so by itself.
"""

import re
from collections.abc import Sequence
from itertools import compress, count

from site_builder.model.privacy_hints import LATTER, may_be_former

LEFT_OUT = rb"caption|col|colgroup|tbody|td|tfoot|th|thead|tr|frame|frameset|form|head|html|body"
"""Elements of which browsers leave out the tag where it has no business to be."""
_LEFT_OUT = rb"<(?:/[^<>]*+|(?:" + LEFT_OUT + rb"|table|input)(?:[\s/][^<>]*+)?)>"
"""What stands behind a table's own tag, or a field that is hidden in it, may be laid before the table, beside other words."""
_TAG = re.compile(_LEFT_OUT)
_SEAM = re.compile(_LEFT_OUT + LATTER + rb"[^<]*+")


def seams_in(part: bytes) -> frozenset[bytes]:
    """Of pieces with ``<`` between them those that may go on with personal data begun before."""
    return frozenset(found[0][1:] for found in _SEAM.finditer(b"<" + part))


def go_on(seams: frozenset[bytes], pieces: Sequence[bytes]) -> bool:
    """Whether one of them can go on with what stands before it in a page."""
    places = compress(count(), map(seams.__contains__, pieces))
    return any(may_be_former(pieces[at - 1], pieces[at].partition(b">")[2]) for at in places)


def joined(content: bytes) -> bytes:
    """A page without any tag that may be left out: words that browsers join stand together in it, and others may."""
    return _TAG.sub(b"", content)
