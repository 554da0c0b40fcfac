"""The HTML of an empty frame comes in; a frame that takes head and content at any depth goes out."""

import re
from functools import lru_cache

from site_builder.model.frozen import frozen

BASE_TOKEN = "\x1f"
"""Stands in frames where a page's way back to the root goes (``../../``); no text of an entry holds control characters."""
_TOKEN = BASE_TOKEN.encode()
HEAD_SLOT = "<!--slot:head-->"
CONTENT_SLOT = "<!--slot:content-->"
_COMMENT = re.compile(r"<!--(?!slot:).*?-->", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_UNUSED = re.compile(
    r' data-md-component="[^"]*"|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>\s*'
)
"""What Material's own scripts look for, which no page loads."""
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@frozen
class Frame:
    """A page of the theme without its head and content: what stands before, between and after them."""

    before: str
    between: str
    after: str

    def filled(self, head: str, content: str, *, base: str) -> bytes:
        """The whole page, its links leading back to the root by ``base``."""
        return b"".join(
            (
                _led_once(self.before, base),
                _led(head, base),
                _led_once(self.between, base),
                _led(content, base),
                _led_once(self.after, base),
            )
        )


def _led(html: str, base: str) -> bytes:
    # in bytes a token is found in half the time
    content = html.encode()
    if base:
        return content.replace(_TOKEN, base.encode())
    # of the home page alone a way back to the root is no way at all, and is written as one
    return content.replace(b'"%b"' % _TOKEN, b'"./"').replace(_TOKEN, b"")


@lru_cache(maxsize=1024)
def _led_once(part: str, base: str) -> bytes:
    """A part of a frame, of which there are a few dozen, at a few depths."""
    return _led(part, base)


def frame_from(html: str) -> Frame:
    """Takes a rendered frame apart at its slots; ValueError where the theme left one out."""
    plain = _INDENT.sub("", tidied(html))
    before, head_slot, rest = plain.partition(HEAD_SLOT)
    between, content_slot, after = rest.partition(CONTENT_SLOT)
    if not head_slot or not content_slot:
        raise ValueError("the theme's main.html must keep the slots for head and content")
    return Frame(before, between, after)


def tidied(html: str) -> str:
    """Without comments, blank lines and handles of scripts that no page loads: bytes that no visitor needs."""
    return _BLANK_LINES.sub("\n", _UNUSED.sub("", _COMMENT.sub("", html)))


def base_of(address: str) -> str:
    """The way from a page back to the root: ``projects/x/`` → ``../../``."""
    return "../" * address.count("/")
