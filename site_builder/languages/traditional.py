"""Simplified Chinese comes in; Traditional Chinese as it is written in Taiwan goes out, words as they were.

Characters change, words do not: a firm that is called 软件 stays 軟件 and does not become 軟體. What OpenCC cannot know, because a name is
no phrase, is given: surnames here, all else by the exhibition.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

_CONFIGURATION = "s2tw"
_HAN = re.compile("[\u3400-\u9fff]")
SURNAMES: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            "范余于后沈岳种朴郁游丑仇曲舍凌秋姜谷干涂松征咸布占台向郭周胡梁朱洪杰席柏尹云党钟宁万叶苏单冯娄邓郑纪",
            "范余于后沈岳种朴郁游丑仇曲舍凌秋姜谷干涂松征咸布占台向郭周胡梁朱洪杰席柏尹雲黨鍾寧萬葉蘇單馮婁鄧鄭紀",
            strict=True,
        )
    )
)
"""Surnames that a rule of phrases gets wrong, or could: character → how the family writes itself."""


@cache
def _converter() -> Callable[[str], str]:
    import opencc  # its dictionaries are for those alone who ask for it

    convert: Callable[[str], str] = opencc.OpenCC(_CONFIGURATION).convert
    return convert


def traditional(text: str) -> str:
    """One text; nothing is known of names."""
    return _converter()(text)


def name_of(name: str) -> str:
    """A person's name: the surname as families write it, the given name character by character, for it is no phrase."""
    surname = SURNAMES.get(name[:1])
    if surname is None:
        return traditional(name)
    return surname + "".join(map(traditional, name[1:]))


def exceptions(names: Iterable[str]) -> dict[str, str]:
    """Of these names of persons those that the converter alone would get wrong, each with its right form."""
    return {name: right for name in sorted(set(names)) if (right := name_of(name)) != traditional(name)}


def forms_of(name: str) -> tuple[str, ...]:
    """In what other characters a name can have been shown."""
    return tuple(sorted({name_of(name), traditional(name)} - {name}))


class Traditional:
    """Converts texts; given ones stand as they were given, the longest first."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = dict(given)
        words = sorted(given, key=lambda word: (-len(word), word))
        self._words = re.compile("|".join(map(re.escape, words))) if words else None

    def said(self, text: str) -> str:
        """The text in Traditional characters."""
        if not _HAN.search(text):
            return text
        if self._words is None or not self._words.search(text):
            return traditional(text)
        pieces, at = [], 0
        for found in self._words.finditer(text):
            pieces += [traditional(text[at : found.start()]), self._given[found[0]]]
            at = found.end()
        return "".join((*pieces, traditional(text[at:])))
