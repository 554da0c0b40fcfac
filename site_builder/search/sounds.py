"""A name comes in; its pinyin and its initials go out, so that those who type letters find it."""

import unicodedata
from functools import cache, lru_cache

from pypinyin.pinyin_dict import pinyin_dict

from site_builder.model.naming import person_sort_key, read_rightly, syllables

Sound = tuple[str, ...]
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


def sounds_of_character(character: str) -> tuple[str, ...]:
    """Its usual sounds without tones, at most three; straight from the dictionary, for thousands are asked for at once."""
    return _without_tones(pinyin_dict.get(ord(character), ""))


@cache
def _without_tones(sounds: str) -> tuple[str, ...]:
    toned = unicodedata.normalize("NFD", sounds)
    plain = unicodedata.normalize("NFC", toned.translate(_TONES)).replace("ü", "v")
    return tuple(dict.fromkeys(filter(None, plain.split(","))))[:3]


def spelled(sound: Sound) -> tuple[str, str]:
    """Pinyin and initials as one types them: ``wangjun``, ``wj``."""
    return "".join(sound), "".join(one if one.isdigit() else one[0] for one in sound if one)
