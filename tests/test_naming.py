"""Ids and orders of Chinese words: what is said without the dictionary is said as the dictionary says it."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest

from site_builder.model import naming
from site_builder.model.naming import pinyin_of, slug


def test_numbers_of_years_and_sessions_sound_as_in_the_dictionary() -> None:
    """Wherever they stand among themselves, phrases of the dictionary included."""
    for length in (1, 2, 3):
        for characters in product(naming._COUNTED, repeat=length):
            text = "".join(characters)
            assert pinyin_of(text) == [naming._COUNTED[character] for character in text]


@pytest.mark.parametrize("name", ["2025年", "第三十一届", "年份未载", "CRH380-B", "x_1"])
def test_a_session_is_named_without_the_dictionary(name: str) -> None:
    """By a process that has not loaded it, and the same."""
    code = f"import sys; from site_builder.model.naming import slug; print(slug({name!r}), 'pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == [slug(name), "False"]
    assert tuple(slug(name).split("-")) == tuple(
        word.lower() for one in pinyin_of(name) for word in naming._WORD.findall(one.lower())
    )
