"""The living page of the design: colours that can be read, every component from the real templates, nothing missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from showroom.__main__ import COMPONENTS, MODES, main
from showroom.tokens import contrasts, ratio, tokens_in
from site_builder.press.packaged import packaged_theme

TOKENS = (packaged_theme() / "styles/10-tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read_on_its_ground(scheme: str) -> None:
    """By the contrast that WCAG computes from the style sheet itself."""
    pairs = contrasts(tokens_in(TOKENS)[scheme])
    assert len(pairs) > 12
    assert [(one.ink, one.ground, one.ratio) for one in pairs if one.ratio < one.least] == []


def test_contrast_is_computed_as_published() -> None:
    """Black on white is 21; two values of the specification's own examples; grey on white fails."""
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_ways_into_the_dark_say_the_same() -> None:
    """The system's choice and the reader's."""
    dark = re.findall(r"--paper:#14[^}]*?--shadow:none", TOKENS)
    assert len(dark) == 2
    assert re.sub(r"\s", "", dark[0]) == re.sub(r"\s", "", dark[1])


def test_the_page_shows_every_component_in_every_mode(tmp_path: Path) -> None:
    """Built as `make design` builds it; every picture and sheet it names is there."""
    main(tmp_path / "design")
    folder = tmp_path / "design/design"
    for name, _, mode in MODES:
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert f'<html lang="zh-CN" {mode}>' in text
        assert [label for label, _, part in COMPONENTS if label not in text or part not in text] == []
        named = re.findall(r"(?:src|href)=\"([^\"#?:]+)[\"#?]", text)
        assert len(named) > 20
        assert [one for one in named if not (folder / one).exists()] == []
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert all(f"--{name} " in index for name in ("t1", "s4", "fast"))
    assert "样本成果第15号" in (folder / "light.html").read_text(encoding="utf-8")
