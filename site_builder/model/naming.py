"""Chinese words come in; ASCII names for addresses and pinyin for sorting go out."""

import hashlib
import re
import unicodedata
from functools import cache

from pypinyin import Style, lazy_pinyin

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 48


@cache
def syllables(text: str) -> tuple[str, ...]:
    """Pinyin without tones, a syllable each; Latin words and numbers stay whole."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(word for part in lazy_pinyin(plain, style=Style.NORMAL) for word in _WORD.findall(part.lower().replace("ü", "v")))


def slug(text: str, *, distinct: bool = False) -> str:
    """An ASCII name made of pinyin, at most 48 characters, cut between syllables; ``distinct`` adds a digest of the text."""
    kept: list[str] = []
    cut = False
    for word in syllables(text):
        if len("-".join([*kept, word])) > _LONGEST:
            cut = True
            break
        kept.append(word)
    name = "-".join(kept) or "x"
    if cut or distinct or not kept:
        name = f"{name}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:4]}"
    return name


def sort_key(text: str) -> tuple[str, ...]:
    """Order of the dictionary: by pinyin, syllable by syllable, then by the text itself."""
    return (*syllables(text), text)
