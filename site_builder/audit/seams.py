"""The pieces of a page, each a tag with what follows it, come in; whether personal data may stand across a tag goes out.

Browsers leave out an end without its beginning, and some beginnings, where they have no business to be, and join the words on both sides:
``138-0000</b>0000`` is one number to whoever reads it. Neither half says so by itself.
"""

import re
from collections.abc import Iterable

from site_builder.model.privacy_hints import LATTER, may_be_former

END = b"\0"
"""Stands in a piece where the page has the ``<`` of an end, so that a page is cut before beginnings only."""
LEFT_OUT = rb"caption|col|colgroup|tbody|td|tfoot|th|thead|tr|frame|frameset|form|head|html|body"
"""Elements of which browsers leave out the tag where it has no business to be."""
_LEFT_OUT = rb"<(?:/|(?=[cfhibt])(?:" + LEFT_OUT + rb"|table|input)(?=[\s/>]))[^<>]*+>"
"""What stands behind a table's own tag, or a field that is hidden in it, may be laid before the table, beside other words."""
_TAG = re.compile(_LEFT_OUT)
_SEAM = re.compile(_LEFT_OUT + rb"(?![<\n])" + LATTER + rb"[^<]*+")


def whole(pieces: Iterable[bytes]) -> bytes:
    """What such pieces are cut from."""
    return b"<".join(pieces).replace(END, b"<")


def go_on(part: bytes) -> bool:
    """Whether words in such pieces may go on with personal data begun before the tag that they follow.

    What stands before an end is in its piece and says whether they can, wherever the piece stands; what stands before a beginning is not.
    """
    for seam in _SEAM.finditer(part):
        before = part.rfind(b">", 0, seam.start()) + 1
        tag, _, words = seam[0].partition(b">")
        if not tag.startswith(b"</") or may_be_former(part[before : seam.start()], words):
            return True
    return False


def joined(content: bytes) -> bytes:
    """A page without any tag that may be left out: words that browsers join stand together in it, and others may."""
    return _TAG.sub(b"", content)
