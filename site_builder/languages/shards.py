"""A file of the search index comes in; the same file as a page in another language shows it goes out.

What is found is the same in all languages; only what a list shows of an entry, and the names of facets, are said.
"""

import json
import re
from collections.abc import Callable
from typing import Any

_SHOWN = re.compile(r"search/v1/(?:[df]/.*|facets)\.js")
_LINES = 15
"""Place of the lines of a title in a record (docs/search.md); they are those of the Chinese title."""
_TITLE, _WORDS = 1, 9
"""Places of the title, and of words that a record is found by and does not show."""
_CODES = frozenset({"column", "codes", "digest"})
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_shown(address: str) -> bool:
    """Whether a file of the index holds words that visitors read."""
    return _SHOWN.fullmatch(address) is not None


def spoken_shard(content: bytes, say: Callable[[str], str], *, beside: bool) -> bytes:
    """The file with all its words said; ``beside`` keeps what a record says in Chinese among the words it is found by."""
    before, _, rest = content.decode().partition(",")
    told = json.loads(rest.rstrip()[:-1])
    if isinstance(told, dict) and "labels" in told:
        told.setdefault("codes", told["labels"])  # addresses name a value in one way, whatever the language
    said = _said(told, say)
    if isinstance(said, list) and len(said) > _LINES and told[_LINES] and "".join(said[_LINES]) != said[1]:
        said[_LINES] = 0
    if beside and isinstance(said, list) and len(said) > _TITLE:
        kept = [one for one, other in zip(told, said, strict=True) if isinstance(one, str) and one != other]
        said += [""] * (_WORDS + 1 - len(said))
        said[_WORDS] = "\n".join((said[_WORDS], *kept)).strip()
    return f"{before},{_encoded(said)})\n".encode()


def _said(value: Any, say: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, list):
        return [_said(one, say) for one in value]
    if isinstance(value, dict):
        return {name: one if name in _CODES else _said(one, say) for name, one in value.items()}
    return value
