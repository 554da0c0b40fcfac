"""The pieces of a page, each a tag with the words behind it, come in; which of them may go on with personal data begun before goes out.

Browsers leave out an end without its beginning, and some beginnings, where they have no business to be, and join the words on both sides:
`138-0000</b>0000` is one number to whoever reads it. Neither of its pieces says so by itself.
"""

import re

from site_builder.model.privacy_hints import LATTER

LEFT_OUT = rb"caption|col|colgroup|tbody|td|tfoot|th|thead|tr|frame|frameset|form|head|html|body"
"""Elements of which browsers leave out the tag where it has no business to be."""
_JOINING = LEFT_OUT + rb"|table|input"
"""Words behind these may be laid before the table in which they stand, beside others that are laid there."""
_SEAM = re.compile(rb"(?:/[^>]*+|(?:" + _JOINING + rb")(?:[\s/][^>]*+)?)>" + LATTER)
_TAG = re.compile(rb"<(?:/[^>]*+|(?:" + _JOINING + rb")(?:[\s/][^>]*+)?)>")


def seams_in(pieces: list[bytes]) -> list[bytes]:
    """The pieces that may be the latter half of personal data."""
    return [*filter(_SEAM.match, pieces)]


def joined(content: bytes) -> bytes:
    """A page without any tag that may be left out: words that browsers join stand together in it, and others may."""
    return _TAG.sub(b"", content)
