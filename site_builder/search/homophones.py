"""Nothing comes in; which characters sound alike goes out, so that the browser can offer 焊接 to those who typed 焊结."""

from collections import defaultdict
from functools import cache

from site_builder.search.sounds import sounds_of_character


@cache
def homophones() -> str:
    """``han:焊汉…`` for each sound, parted by blanks: the characters of GB 2312, each under every common sound of it."""
    found: dict[str, list[str]] = defaultdict(list)
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    for character in filter(None, (code.decode("gb2312", "ignore") for code in codes)):
        for sound in sounds_of_character(character):
            found[sound].append(character)
    return " ".join(f"{sound}:{''.join(characters)}" for sound, characters in sorted(found.items()))
