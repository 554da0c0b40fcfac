"""A name comes in; its pinyin and its initials go out, so that those who type letters find it."""

from functools import lru_cache

from pypinyin import Style, pinyin

from site_builder.model.naming import id_for, person_sort_key, syllables

Sound = tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def sounds_of(name: str, person: bool) -> tuple[Sound, ...]:
    """Its syllables; twice where words of the trades are read in another way than the dictionary's."""
    if name.isascii():
        return ()
    if person:
        return (person_sort_key(name)[:-1],)
    plain, trade = syllables(name), tuple(id_for(name).split("-"))
    return (plain,) if plain[: len(trade)] == trade else (plain, trade)


def sounds_of_character(character: str) -> tuple[str, ...]:
    """Its usual sounds without tones, at most three."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(sound.replace("ü", "v") for sound in found))[:3]


def spelled(sound: Sound) -> tuple[str, str]:
    """Pinyin and initials as one types them: ``wangjun``, ``wj``."""
    return "".join(sound), "".join(one if one.isdigit() else one[0] for one in sound if one)
