"""Candidates come in; out goes which entry each of them is: one of the exhibition, a new one with its id, or a doubtful case."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from site_builder.exchange.filling import Candidate
from site_builder.exchange.kind_guess import label_of
from site_builder.exchange.known import Known
from site_builder.exchange.matching import Linker, unit_names
from site_builder.exchange.shelf import Shelf
from site_builder.exchange.wording import key_of
from site_builder.model.entry import Entry, is_id
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.naming import digest, id_for, id_for_person, initials, slug, with_suffix
from site_builder.model.problems import Problem
from site_builder.sheets.sheet import Cell


@frozen
class Identified:
    """A candidate with its id, and the entry it revises, if any."""

    candidate: Candidate
    id: str
    before: Entry | None
    by_id: bool = False
    """Whether the sheet itself gave the id."""

    @property
    def key(self) -> str:
        """Kind and id."""
        return f"{self.candidate.kind}/{self.id}"


@dataclass
class Identifier:
    """Tells candidates from each other and finds their entries; ids given out once are not given again."""

    known: Known
    linker: Linker
    taken: set[str] = field(default_factory=set)

    def identified(self, candidate: Candidate) -> tuple[Identified | None, tuple[Problem, ...]]:
        """Which entry it is; None with a problem where that cannot be said."""
        if candidate.id:
            return self._by_id(candidate)
        found = self._by_name(candidate)
        if len(found) > 1:
            several = "、".join(entry.id for entry in found)
            message = f"“{candidate.title}”可能是这几个条目之一：{several}"
            return None, (Problem("doubtful-match", candidate.raw.at(self._title_cell(candidate)), message),)
        if found:
            return self._first(Identified(candidate, found[0].id, found[0]))
        others = tuple(self._elsewhere(candidate))
        return Identified(candidate, self._new_id(candidate), None), others

    def _by_id(self, candidate: Candidate) -> tuple[Identified | None, tuple[Problem, ...]]:
        if not is_id(candidate.id):
            place = candidate.raw.at()
            return None, (Problem("bad-id", place, f"条目编号“{candidate.id[:40]}”不合规则"),)
        before = self.known.entries.get(f"{candidate.kind}/{candidate.id}")
        return self._first(Identified(candidate, candidate.id, before, by_id=True))

    def _first(self, identified: Identified) -> tuple[Identified | None, tuple[Problem, ...]]:
        """An entry is revised once: of two rows, one by name and one by id, the second would undo the first."""
        if identified.key in self.taken:
            candidate = identified.candidate
            message = f"条目 {identified.id} 在这次导入的材料里已经有了"
            return None, (Problem("doubled-row", candidate.raw.at(self._title_cell(candidate)), message),)
        self.taken.add(identified.key)
        return identified, ()

    def _by_name(self, candidate: Candidate) -> list[Entry]:
        """Entries of the same name, unit and edition, as far as both sides say them."""
        keys = self.known.names.get((candidate.kind, key_of(candidate.title)), ())
        found = [
            entry
            for entry in map(self.known.entries.__getitem__, keys)
            if key_of(entry.title) == key_of(candidate.title)
        ]
        if candidate.edition:
            found = [entry for entry in found if entry.get("edition") == candidate.edition]
        units = self.linker.units_of(candidate)
        same = [entry for entry in found if units & self.linker.units_of_entry(entry)]
        if same or not units:
            return same or found
        return [entry for entry in found if not self.linker.units_of_entry(entry)]

    def _elsewhere(self, candidate: Candidate) -> Iterator[Problem]:
        """A result of the same name and unit in another edition."""
        if candidate.kind not in {"project", "method"}:
            return
        units = self.linker.units_of(candidate)
        for key in self.known.names.get((candidate.kind, key_of(candidate.title)), ()):
            entry = self.known.entries[key]
            if units & self.linker.units_of_entry(entry):
                message = f"“{candidate.title}”在 {entry.get('edition') or '未注明的'} 展期已有条目 {entry.id}"
                yield Problem("seen-before", candidate.raw.at(self._title_cell(candidate)), message)

    def _new_id(self, candidate: Candidate) -> str:
        for name in _proposals(candidate):
            key = f"{candidate.kind}/{name}"
            if is_id(name) and key not in self.taken and key not in self.known.entries:
                self.taken.add(key)
                return name
        raise AssertionError("the last proposal is numbered without end")

    @staticmethod
    def _title_cell(candidate: Candidate) -> Cell | None:
        return candidate.cells.get(candidate.raw.kind.title_field)


def _proposals(candidate: Candidate) -> Iterator[str]:
    """Ids from pinyin; those who share a name are told apart by unit, then year, then a digest, then a number."""
    title = candidate.title
    stem = (id_for_person(title) if candidate.kind == "craftsman" else id_for(title)) or slug(title)
    unit = initials("".join([*unit_names(candidate.fields)][:1]))
    year = str(candidate.edition or candidate.fields.get("year") or "")
    mark = digest(f"{title}{unit}{year}")
    yield stem
    yield with_suffix(stem, unit)
    yield with_suffix(stem, unit, year)
    yield with_suffix(stem, mark)
    number = 2
    while True:
        yield with_suffix(stem, mark, str(number))
        number += 1


def joined(candidates: Iterable[Candidate], linker: Linker) -> tuple[Shelf[Candidate], tuple[Candidate, ...]]:
    """Candidates of the same entry as one: a summary and a form complete each other; then those that a file has twice."""
    whole: Shelf[Candidate] = Shelf()
    kept: dict[tuple[str, ...], _Kept] = {}
    titled: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    doubled: list[Candidate] = []
    for candidate in candidates:
        identity, file = _identity(candidate, linker), candidate.raw.file
        title = (identity[0], identity[1])
        others = [key for key in titled.get(title, ()) if kept[key].file != file]
        key = identity if identity in kept else _fitting(others, identity)
        first = kept[key] if key else None
        if first is None:
            kept[identity] = _Kept(whole.append(candidate), file)
            titled[title].append(identity)
        elif first.file == file and (further := _further_report(whole[first.number], candidate)):
            whole[first.number] = further
        elif first.file == file:
            message = f"“{candidate.title}”在 {whole[first.number].raw.at().cell} 已经有了"
            doubled.append(
                replace(candidate, problems=(*candidate.problems, Problem("doubled-row", candidate.raw.at(), message)))
            )
        else:
            whole[first.number] = _completed(whole[first.number], candidate)
    return whole, tuple(doubled)


class _Kept(NamedTuple):
    """Where the first candidate of an identity lies, and the file that it came from."""

    number: int
    file: str


def _further_report(first: Candidate, second: Candidate) -> Candidate | None:
    """A union reports of several festivals, a row of the summed table for each; None where the second row is no such."""
    kept, added = first.fields.get("reports", []), second.fields.get("reports", [])
    told = {str(one.get("event")) for one in kept} & {str(one.get("event")) for one in added}
    if told or not (kept and added) or set(second.fields) != {second.raw.kind.title_field, "reports"}:
        return None
    problems = (*first.problems, *second.problems)
    return replace(first, fields={**first.fields, "reports": [*kept, *added]}, problems=problems)


def _identity(candidate: Candidate, linker: Linker) -> tuple[str, ...]:
    if candidate.id:
        return (candidate.kind, "", candidate.id)
    return (candidate.kind, key_of(candidate.title), candidate.edition, *sorted(linker.units_of(candidate)))


def _fitting(others: Iterable[tuple[str, ...]], identity: tuple[str, ...]) -> tuple[str, ...] | None:
    """The one candidate of another file that may be the same: either may leave the edition or the unit unsaid."""
    if not identity[1]:
        return None
    found = [
        key
        for key in others
        if (not key[2] or not identity[2] or key[2] == identity[2])
        and (not key[3:] or not identity[3:] or set(key[3:]) & set(identity[3:]))
    ]
    return found[0] if len(found) == 1 else None


def _completed(first: Candidate, second: Candidate) -> Candidate:
    """What both say: records are joined, of two texts the longer one stays, for forms say more than summaries."""
    fields = dict(first.fields)
    cells = dict(first.cells)
    problems = [*first.problems, *second.problems]
    for name, value in second.fields.items():
        held = fields.get(name)
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            fields[name] = {**held, **value}
        elif held is None or len(str(value)) > len(str(held)):
            fields[name], cells[name] = value, second.cells.get(name) or first.cells[name]
        if (
            isinstance(held, str)
            and isinstance(value, str)
            and key_of(held) not in key_of(value)
            and key_of(value) not in key_of(held)
        ):
            where = first.raw.at(first.cells.get(name)).words
            message = f"“{candidate_label(second, name)}”与 {where} 说法不同"
            problems.append(Problem("told-twice", second.raw.at(second.cells.get(name)), message))
    captions = (*first.captions, *second.captions)
    body = first.body or second.body
    cleared = frozenset(path for path in first.cleared | second.cleared if len(path) > 1 or path[0] not in fields)
    return replace(
        first, fields=fields, cells=cells, problems=tuple(problems), body=body, captions=captions, cleared=cleared
    )


def candidate_label(candidate: Candidate, name: str) -> str:
    """What a field of a candidate is called."""
    return label_of(candidate.raw.kind, (name,))


def folder_of(kind: Kind, edition: object) -> str:
    """Where files of a kind lie, results by their edition."""
    return f"content/{kind.folder}/{edition}" if kind.name == "project" and edition else f"content/{kind.folder}"
