"""Adopted finds come in; the step each of them takes goes out: a new file, a changed one, or nothing to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from site_builder.exchange.plan import Action
from site_builder.exchange.revising import front_of
from site_builder.harvest.adopting import Adopted
from site_builder.harvest.picturing import pictured
from site_builder.intake.drafts import Draft
from site_builder.intake.shapes import shape_of
from site_builder.intake.writing import text_of
from site_builder.intake.yaml_text import parse
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem

_PICTURES = ("pictures", "portrait")
Reader = Callable[[str], bytes]


@frozen
class Wish:
    """What the editor asks of a harvest."""

    prefix: str
    edition: str = ""
    status: str = ""
    update: bool = False
    """Whether files of an earlier harvest are written anew where the source has changed."""
    skip_bad: bool = False
    read: Reader | None = None
    """Fetches pictures, where they are asked for."""


@frozen
class HarvestStep:
    """What happens to one entry."""

    action: Action
    key: str
    path: str
    title: str
    text: str = ""

    @property
    def writes(self) -> bool:
        """Whether a file is written."""
        return self.action in {Action.CREATE, Action.REVISE}


@dataclass
class Steps:
    """Makes steps; pictures and what is amiss with them gather here."""

    root: Path
    present: Mapping[str, Entry]
    wish: Wish
    media: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def step(self, one: Adopted) -> HarvestStep:
        """The step of one find; what an earlier harvest wrote is left alone unless the editor wants it anew."""
        key = f"{one.draft.kind}/{one.draft.id}"
        before = self.present.get(key)
        held = (self.root / before.source).read_text(encoding="utf-8") if before else ""
        if before is not None and not self.wish.update:
            same = text_of(_with_kept(one.draft, held)) == held
            return HarvestStep(Action.LEAVE if same else Action.SKIP, key, before.source, one.draft.title)
        draft = self._pictured(one, held)
        text = text_of(draft)
        action = Action.CREATE if before is None else Action.LEAVE if text == held else Action.REVISE
        return HarvestStep(action, key, before.source if before else one.path, one.draft.title, text)

    def _pictured(self, one: Adopted, held: str) -> Draft:
        """With pictures fetched now, else with those that the file has."""
        if self.wish.read is None or not one.find.pictures:
            return _with_kept(one.draft, held)
        got = pictured(one, self.wish.read, prefix=self.wish.prefix)
        self.problems += got.problems
        new = {path: data for path, data in got.files.items() if _content_of(self.root / path) != data}
        self.media |= new
        return got.draft


def refusal(one: Adopted) -> HarvestStep:
    """The step of a find that has errors."""
    return HarvestStep(Action.REFUSE, f"{one.draft.kind}/{one.draft.id}", one.path, one.draft.title)


def _content_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _with_kept(draft: Draft, held: str) -> Draft:
    """The draft with the pictures that the file has already."""
    if not held:
        return draft
    kind = kind_named(draft.kind)
    yaml, line = front_of(held, kind)
    fields: Mapping[str, Any] = parse(yaml, shape_of(kind.model), source=draft.path, line=line).fields
    kept = {name: fields[name] for name in _PICTURES if name in fields}
    return replace(draft, fields={**draft.fields, **kept})
