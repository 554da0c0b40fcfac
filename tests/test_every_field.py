"""Hostile text in every public field of every kind, the fields drawn from the model: a new one is tried on the day it is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from markup import read_markup
from pressed import FRAME, SECTIONS
from small import PLAIN, write
from test_pages import injected

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.intake.content import read_content
from site_builder.model.declaration import DeclaredField, fields_of, marks_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS
from site_builder.model.marks import Characters
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press, press_pages
from site_builder.publish.deck import deck_of
from site_builder.publish.publishers import page_jobs

if TYPE_CHECKING:
    from pathlib import Path

PAYLOADS = (
    "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" autofocus onfocus='alert(1)' {{7*7}}{% raw %}]]>--><svg onload=alert(1)>",
)
PATHS = frozenset({"aliases", "file", "poster", "portrait", "captions", "transcript", "url", "website", "cover", "map"})
"""Fields that hold paths, addresses or choices, of which intake refuses such text (test_intake.py, test_hostile.py)."""


def is_text(field: DeclaredField) -> bool:
    """Whether a field takes any words: its type is bounded by nothing but that it is a text."""
    marks = list(marks_of(field.type))
    bounded = [mark for mark in marks if isinstance(mark, Characters)]
    keyed = any(getattr(mark, "__origin__", None) in {dict, Mapping} for mark in marks)
    return bool(bounded) and not bounded[0].most and str in marks and not keyed and field.name not in PATHS


def filled(record: Any, payload: str, *, seen: set[str]) -> Any:
    """The record with this text in every public field that takes words and holds none."""
    changes: dict[str, Any] = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if not field.declared.public or field.name in PATHS:
            continue
        many = isinstance(value, tuple)
        if field.record is not None:
            part = value[0] if many and value else value if value and not many else bare(field.record)
            if part is not None:
                part = filled(part, payload, seen=seen)
                changes[field.name] = (part,) if many else part
        elif is_text(field):
            seen.add(f"{type(record).__name__}.{field.name}")
            changes[field.name] = (payload,) if many else payload
    return replace(record, **changes)


def bare(model: type) -> Any:
    """A record of which only what must be there is there; None where that is no text."""
    given: dict[str, Any] = {}
    known = {field.name: field for field in fields_of(model)}
    for one in fields(model):
        if one.default is not MISSING or one.default_factory is not MISSING:
            continue
        if not (one.name in known and is_text(known[one.name])):
            return None
        given[one.name] = "样本"
    return model(**given)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_in_every_field_of_the_model_stays_text(tmp_path: Path, payload: str) -> None:
    """Of every kind; no element, attribute or address comes out of a text on any page, and no template is run."""
    suffixes = {kind.suffix for kind in KINDS}
    assert {".md", ".yml"} == suffixes
    files = {}
    for kind in KINDS:
        line = f"{kind.title_field}: 样本{kind.name}\nsources: 样本来源\n"
        files[f"{kind.folder}/yang-ben-{kind.name}{kind.suffix}"] = (
            f"---\n{line}---\n" if kind.suffix == ".md" else line
        )
    write(tmp_path, PLAIN | files)
    content = read_content(tmp_path)
    seen: set[str] = set()
    entries = [replace(entry, data=filled(entry.data, payload, seen=seen), body=payload) for entry in content.entries]
    assert {entry.kind for entry in entries} == {kind.name for kind in KINDS}
    assert len(seen) > 150
    assert {"Project.summary", "Craftsman.feat", "Award.organisers"} <= seen
    deck = deck_of(compile_catalogue(entries, Exhibition()))
    out = tmp_path / "pressed"
    press = Press(deck.catalogue.exhibition, dict.fromkeys(SECTIONS, FRAME), (str(packaged_theme()),), out)
    jobs = tuple(page_jobs(deck))
    press_pages(press, jobs)
    pages = {job.address: read_markup((out / job.address / "index.html").read_text(encoding="utf-8")) for job in jobs}
    assert {address: faults for address, view in pages.items() if (faults := injected(view))} == {}
    assert not [
        address
        for address, view in pages.items()
        if "49" in view.text and "{{7*7}}" in payload and "{{7*7}}" not in view.text
    ]
    assert len(pages) > len(KINDS)
