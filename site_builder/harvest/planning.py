"""A harvest and an exhibition come in; a plan of what taking it in would do goes out, nothing written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.exchange.plan import Action
from site_builder.exchange.revising import front_of
from site_builder.exchange.wording import key_of
from site_builder.harvest.adopting import Adopted, Joint, adopted
from site_builder.harvest.finds import Harvest
from site_builder.harvest.steps import HarvestStep, Steps, Wish, refusal
from site_builder.intake.content import read_content
from site_builder.intake.shapes import shape_of
from site_builder.intake.validation import validated
from site_builder.intake.writing import text_of
from site_builder.intake.yaml_text import parse
from site_builder.model.entry import Entry, Record
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.privacy import personal_in
from site_builder.model.problems import Place, Problem, Severity, in_order

_ROUNDS = 4
"""An entry that is left out may be what another refers to."""
_ONLY_HERE = frozenset({"frequent-name", "empty-hall"})


@frozen
class HarvestPlan:
    """All steps; files by path, pictures among them."""

    steps: tuple[HarvestStep, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    media: Mapping[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """What is written."""
        texts = {step.path: step.text.encode() for step in self.steps if step.writes}
        return texts | dict(self.media)

    def of(self, action: Action) -> tuple[HarvestStep, ...]:
        """The steps of one action."""
        return tuple(step for step in self.steps if step.action is action)


def plan_of_harvest(harvest: Harvest, root: Path, *, wish: Wish) -> HarvestPlan:
    """What taking this harvest into the exhibition at ``root`` would do."""
    present = {entry.key: entry for entry in read_content(root).entries} if (root / "content").is_dir() else {}
    joint = Joint(present, wish.prefix, wish.edition, wish.status)
    refused: dict[str, Adopted] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for _ in range(_ROUNDS):
        taken, notes = adopted(harvest, replace(joint, excluded=frozenset(refused)))
        found = _judged(taken, present)
        problems |= found
        bad = {one.find.key: one for one in taken if _has_error(found.get(one.path, ()))}
        refused |= bad
        if not bad or not wish.skip_bad:
            break
    good = tuple(one for one in taken if one.find.key not in refused)
    steps = Steps(root, present, wish)
    made = tuple(steps.step(one) for one in good)
    left_out = tuple(refusal(one) for one in refused.values())
    told = (*harvest.problems, *steps.problems, *_doubles(good, present, prefix=wish.prefix))
    own = (problem for several in problems.values() for problem in several)
    return HarvestPlan((*made, *left_out), in_order((*told, *own)), (*harvest.left, *notes), steps.media)


def _judged(taken: Iterable[Adopted], present: Mapping[str, Entry]) -> dict[str, tuple[Problem, ...]]:
    """Path → what ``exhibition check`` would say of it, placed where the find lies in its source."""
    entries = dict(present)
    where: dict[str, str] = {}
    found: dict[str, list[Problem]] = {}
    for one in taken:
        where[one.path] = one.find.where
        entry, faults = _entry(one)
        found[one.path] = [*faults, *_personal(one)]
        if entry is not None:
            entries[entry.key] = entry
    everything = tuple(entries.values())
    for problem in check_catalogue(everything, compile_catalogue(everything, Exhibition())):
        if problem.place.path in found and problem.code not in _ONLY_HERE:
            found[problem.place.path].append(problem)
    return {path: tuple(replace(one, place=Place(where[path])) for one in faults) for path, faults in found.items()}


def _entry(one: Adopted) -> tuple[Entry | None, tuple[Problem, ...]]:
    kind = kind_named(one.draft.kind)
    yaml, line = front_of(text_of(one.draft), kind)
    parsed = parse(yaml, shape_of(kind.model), source=one.path, line=line)
    record = Record(one.path, kind.name, one.draft.id, parsed.fields, parsed.places, one.draft.body, 0)
    entry, faults = validated(record)
    return entry, (*parsed.problems, *faults)


def _personal(one: Adopted) -> Iterator[Problem]:
    for text in (*_texts(one.draft.fields), one.draft.body):
        found = personal_in(text)
        if found and not text.startswith(("http://", "https://")):
            yield Problem("private-data", Place(one.path), f"“{one.draft.title[:40]}”的内容里有{found}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _doubles(taken: Iterable[Adopted], present: Mapping[str, Entry], *, prefix: str) -> Iterator[Problem]:
    """Finds that bear the name of another entry, here or in the harvest itself."""
    names: dict[tuple[str, str], str] = {}
    for entry in present.values():
        if not entry.id.startswith(f"{prefix}-"):
            names.setdefault((entry.kind, key_of(entry.title)), entry.id)
    for one in taken:
        name = (one.draft.kind, key_of(one.draft.title))
        other = names.setdefault(name, one.draft.id)
        if other != one.draft.id:
            label = kind_named(one.draft.kind).label
            words = f"{label}“{one.draft.title}”与 {other} 同名"
            yield Problem("harvest-double", Place(one.find.where), words, "是同一个就不要两个都留；是两个就不用管")
