"""The fields of a candidate come in with plain names; they go out with ids where an entry is meant, and with questions where one may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from site_builder.exchange.answers import Answers
from site_builder.exchange.filling import Candidate
from site_builder.exchange.known import Known
from site_builder.exchange.wording import key_of
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry, references_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place

PEOPLE = "craftsman"
_ASKED = ("organisation", "union", "studio", "award")
"""Kinds that are looked for by names near to one."""


@frozen
class Question:
    """A name that may mean an entry."""

    kind: str
    name: str
    offered: tuple[Entry, ...]
    place: Place
    why: str

    @property
    def words(self) -> str:
        """The question as it is put."""
        several = "；".join(f"{entry.title}（{entry.id}）" for entry in self.offered)
        return f"{kind_named(self.kind).label}“{self.name}”{self.why}：{several}"


@frozen
class Linker:
    """Finds whom names mean: by id, by answer, by any exact name; people only with their unit."""

    known: Known
    answers: Answers
    near: dict[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    """What was found near a name, kept for the run: thousands of rows name the same few units."""

    def linked(self, candidate: Candidate, *, before: Entry | None) -> tuple[Candidate, tuple[Question, ...]]:
        """The candidate with ids; ``before`` is the entry that it revises, whose links stay."""
        kept = _links(before, self.known) if before else {}
        units = self.units_of(candidate)
        work = _Linking(self, kept, units, [])
        fields = {name: work.value(name, value, candidate=candidate) for name, value in candidate.fields.items()}
        return replace(candidate, fields=fields), tuple(work.questions)

    def near_to(self, kind: str, name: str) -> tuple[Entry, ...]:
        """Entries whose names are near to this one."""
        if (kind, name) not in self.near:
            self.near[kind, name] = self.known.near(kind, name)
        return self.near[kind, name]

    def units_of(self, candidate: Candidate) -> frozenset[str]:
        """Keys or names of the units that a candidate names."""
        return frozenset(self.unit_key(name) for name in unit_names(candidate.fields))

    def unit_key(self, name: str) -> str:
        """The key of a unit's entry, else its bare name."""
        meant = self.answers.name("organisation", name) or name
        found = self.known.called(("organisation",), meant)
        return found[0].key if len(found) == 1 else key_of(meant)

    def units_of_entry(self, entry: Entry) -> frozenset[str]:
        """The same for an entry of the exhibition."""
        credits = [credit.organisation for credit in entry.get("organisations", ())]
        own = entry.get("organisation")
        return frozenset(self.unit_key(name) for name in (*credits, *([own] if own else [])))


@dataclass
class _Linking:
    linker: Linker
    kept: Mapping[tuple[str, str], str]
    units: frozenset[str]
    questions: list[Question]

    def value(self, name: str, value: Any, *, candidate: Candidate) -> Any:
        """The value of a field with its names linked."""
        declared = next((one for one in fields_of(candidate.raw.kind.model) if one.name == name), None)
        place = candidate.raw.at(candidate.cells.get(name))
        return self._linked(value, declared, place=place) if declared else value

    def _linked(self, value: Any, field: DeclaredField, *, place: Place) -> Any:
        if isinstance(value, list):
            return [self._linked(part, field, place=place) for part in value]
        if isinstance(value, Mapping) and field.record is not None:
            inner = {one.name: one for one in fields_of(field.record)}
            return {k: self._linked(v, inner[k], place=place) if k in inner else v for k, v in value.items()}
        if field.refers and isinstance(value, str):
            return self._meant(value, field.refers, place=place)
        return value

    def _meant(self, text: str, kinds: tuple[str, ...], *, place: Place) -> str:
        for kind in kinds:
            answer = self.linker.answers.name(kind, text)
            if answer:
                return answer
        found = self.linker.known.called(kinds, text)
        held = self.kept.get((kinds[0], key_of(text)))
        if held and (held != text or len(found) == 1):
            return held  # a name that the entry holds as a mere name is asked about until somebody answers
        if kinds == (PEOPLE,) and found and not _is_explicit(text, found):
            return self._person(text, found, place=place)
        if len(found) == 1:
            return _reference(found[0], kinds)
        if len(found) > 1:
            self.questions.append(Question(found[0].kind, text, found, place, "有几个同名的"))
            return text
        self._near(text, kinds, place=place)
        return text

    def _person(self, text: str, found: tuple[Entry, ...], *, place: Place) -> str:
        same = [one for one in found if self.units & self.linker.units_of_entry(one)]
        if len(same) == 1:
            return same[0].id
        self.questions.append(Question(PEOPLE, text, tuple(same) or found, place, "与已有人物同名，单位对不上"))
        return text

    def _near(self, text: str, kinds: tuple[str, ...], *, place: Place) -> None:
        for kind in kinds:
            near = self.linker.near_to(kind, text) if kind in _ASKED else ()
            if near:
                self.questions.append(Question(kind, text, near, place, "与已有条目相近"))
                return


def unit_names(fields: Mapping[str, Any]) -> Iterable[str]:
    """The units that raw fields name."""
    for credit in fields.get("organisations", ()):
        if isinstance(credit, Mapping) and credit.get("organisation"):
            yield str(credit["organisation"])
    if fields.get("organisation"):
        yield str(fields["organisation"])


def _is_explicit(text: str, found: tuple[Entry, ...]) -> bool:
    return len(found) == 1 and (text == found[0].id or text.endswith((f"〔{found[0].id}〕", f"/{found[0].id}")))


def _reference(entry: Entry, kinds: tuple[str, ...]) -> str:
    return entry.id if len(kinds) == 1 or entry.kind == kinds[0] else f"{entry.kind}/{entry.id}"


def _links(entry: Entry, known: Known) -> dict[tuple[str, str], str]:
    """What the references of an entry are called → the references as they are written."""
    found: dict[tuple[str, str], str] = {}
    for reference in references_of(entry.data):
        for meant in known.called(reference.kinds, reference.text):
            found.setdefault((reference.kinds[0], key_of(meant.title)), reference.text)
        found.setdefault((reference.kinds[0], key_of(reference.text)), reference.text)
    return found
