"""An entry comes in; the fields in which it is said in other languages go out; and what was typed there goes to the translations' files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from site_builder.editing.form_values import plain_text
from site_builder.exchange.translating import Said, renewed
from site_builder.exchange.wanting import Wanting, entry_wanting, known_in
from site_builder.intake.content import read_file
from site_builder.intake.renderings import BODY, Rendering, State
from site_builder.intake.translations import translated_path, translation_at
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import Place

_SEEN = "!"
"""Ends the name of the choice by which an editor says that a translation holds for the new Chinese, too."""


@frozen
class Spoken:
    """What an entry's form shows beside its own fields."""

    form: tuple[Mapping[str, Any], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def by_hand(tags: Iterable[str]) -> tuple[str, ...]:
    """Those of an exhibition's languages that people translate into."""
    return tuple(tag for tag in tags if LANGUAGES[tag].by_hand)


def is_spoken(name: str) -> bool:
    """Whether a field of a form is of another language; no field of the model has a colon in its name."""
    return ":" in name


def spoken(root: Path, path: str, *, tags: Iterable[str]) -> Spoken:
    """The fields of these languages, two for each text: what is said, and whether a former translation still holds."""
    entry, _ = read_file(root, path)
    form: list[Mapping[str, Any]] = []
    fields: dict[str, str] = {}
    for tag in tags if entry else ():
        assert entry is not None
        for text in _wanting(root, entry, tag=tag).renderings:
            name = _name(tag, text)
            fields |= {name: text.said, f"{name}{_SEEN}": ""}
            form += _form(name, text, tag=tag)
    return Spoken(tuple(form), fields)


def _form(name: str, text: Rendering, *, tag: str) -> Iterator[Mapping[str, Any]]:
    label = f"{LANGUAGES[tag].name}：{text.label}"
    changed = text.state is State.CHANGED
    beside = {"tongue": tag, "chinese": text.chinese, "original": text.original if changed else ""}
    yield {"name": name, "label": label, "form": "long" if text.path == BODY else "text", **beside}
    seen = {"choices": [["是", "看过了，译文不用改"]], "empty": "还要改", "form": "choice"}
    yield {"name": f"{name}{_SEEN}", "label": f"{label}，中文改过以后", **seen, "tongue": tag, "changed": changed}


def parted(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of the entry's own file, and those of other languages."""
    return (
        {name: value for name, value in fields.items() if not is_spoken(name)},
        {name: value for name, value in fields.items() if is_spoken(name)},
    )


def translated(root: Path, path: str, *, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Paths of translations with their new texts, for what was typed; texts that the entry has no more are passed over.

    Raises ``ValueError`` where a value is no text, or a translation cannot be read without fault.
    """
    entry, _ = read_file(root, path)
    for tag in dict.fromkeys(name.partition(":")[0] for name in fields):
        if entry is None or tag not in LANGUAGES:
            continue
        wanted = _wanting(root, entry, tag=tag)
        said = list(_said(wanted, fields, tag=tag))
        if said:
            file = root / wanted.path
            text = file.read_bytes().decode("utf-8-sig") if file.is_file() else ""
            yield wanted.path, renewed(text, entry.described, former=wanted.former, said=said)


def _said(wanted: Wanting, fields: Mapping[str, Any], *, tag: str) -> Iterator[Said]:
    for text in wanted.renderings:
        name = _name(tag, text)
        if name in fields:
            yield Said(text.path, plain_text(fields[name]), text.chinese)
        elif fields.get(f"{name}{_SEEN}") == "是":
            yield Said(text.path, text.said, text.chinese)


def field_at(place: Place) -> tuple[str | int, ...]:
    """The field of a form that a problem belongs to, of the entry's own file or of its translations."""
    if translated_path(place.path) == place.path or not place.field:
        return place.field
    tag = place.path.split("/")[2]
    return (f"{tag}:{'.'.join(map(str, place.field))}",)


def _wanting(root: Path, entry: Entry, *, tag: str) -> Wanting:
    former, _ = translation_at(root, entry, tag=tag)
    return entry_wanting(entry, former, tag=tag, is_known=known_in(tag))


def _name(tag: str, text: Rendering) -> str:
    return f"{tag}:{'.'.join(map(str, text.path))}"
