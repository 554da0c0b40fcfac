"""Patterns that are compiled when they are first asked are what they would be if they were compiled at once."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import site_builder
from site_builder.model.patterns import Pattern, regex


def test_a_pattern_answers_as_a_compiled_one() -> None:
    """Of text and of bytes, with flags; twice, for the second answer comes by another way."""
    for one, other in (
        (regex("样(本)", re.DOTALL), re.compile("样(本)", re.DOTALL)),
        (regex(rb"a(?P<b>.)", re.I), re.compile(rb"a(?P<b>.)", re.I)),
    ):
        line = "此处样本样本" if isinstance(other.pattern, str) else b"xABxab"
        for _ in range(2):
            assert one.findall(line) == other.findall(line)  # type: ignore[arg-type]
            assert one.sub(line[:1], line) == other.sub(line[:1], line)  # type: ignore[arg-type]
            assert (one.pattern, one.flags, one.groupindex) == (other.pattern, other.flags, other.groupindex)
    with pytest.raises(AttributeError):
        _ = regex("a").unknown


def test_every_pattern_of_the_package_compiles() -> None:
    """For that is told only by whoever asks it first."""
    found = 0
    for module in pkgutil.walk_packages(site_builder.__path__, "site_builder."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, Pattern):
                found += bool(one.pattern) and callable(one.search)
    assert found > 200
