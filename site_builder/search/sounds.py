"""A name comes in; its pinyin and its initials go out, so that those who type letters find it."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from site_builder.model.naming import person_sort_key, read_rightly, syllables

Sound = tuple[str, ...]
_NONE: Mapping[tuple[str, bool], tuple[Sound, ...]] = MappingProxyType({})
_TONES = dict.fromkeys((0x300, 0x301, 0x304, 0x30C))


@lru_cache(maxsize=1 << 16)
def sounds_of(name: str, person: bool) -> tuple[Sound, ...]:
    """Its syllables; twice where words of the trades are read in another way than the dictionary's."""
    if name.isascii():
        return ()
    if person:
        return (person_sort_key(name)[:-1],)
    trade = read_rightly(name)
    return tuple(dict.fromkeys((syllables(name), syllables(trade)))) if trade != name else (syllables(name),)


class Sounds(dict[tuple[str, bool], tuple[Sound, ...]]):
    """How names sound, each with whether it is a person's; what nobody knew before is worked out when it is asked for first.

    The dictionary takes longer to load than a few hundred names to be read, and an edit seldom brings a new one.
    """

    def __init__(self, known: Mapping[tuple[str, bool], tuple[Sound, ...]] = _NONE) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: tuple[str, bool]) -> tuple[Sound, ...]:
        self[name] = found = self._known.get(name) or sounds_of(*name)
        return found


def sounds_of_characters(characters: str) -> list[tuple[str, ...]]:
    """The usual sounds of each without tones, at most three; straight from the dictionary and all at once, for there are thousands."""
    from pypinyin.pinyin_dict import pinyin_dict  # of half a second, loaded with its phrases

    said = [pinyin_dict.get(ord(one), "") for one in characters]
    # many sound alike to the tone
    once = list(dict.fromkeys(said))
    toned = unicodedata.normalize("NFD", "\n".join(once))
    plain = unicodedata.normalize("NFC", toned.translate(_TONES)).replace("ü", "v").split("\n")
    sounds = {
        one: tuple(dict.fromkeys(filter(None, line.split(","))))[:3] for one, line in zip(once, plain, strict=True)
    }
    return [sounds[one] for one in said]


def spelled(sound: Sound) -> tuple[str, str]:
    """Pinyin and initials as one types them: ``wangjun``, ``wj``."""
    return "".join(sound), "".join(one if one.isdigit() else one[0] for one in sound if one)
