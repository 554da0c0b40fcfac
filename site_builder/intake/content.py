"""The root of an exhibition comes in; all its entries go out, with everything that is wrong in any file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

from site_builder.intake.advice import advise
from site_builder.intake.documents import bytes_of
from site_builder.intake.folders import is_ignored, listing, standing_of
from site_builder.intake.guarding import guarded
from site_builder.intake.records import record_in
from site_builder.intake.shapes import nearest
from site_builder.intake.validation import validated
from site_builder.model.entry import Entry, Record
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem, in_order

_CHUNK = 64
Read = tuple[Entry | None, tuple[Problem, ...]]


@frozen
class Content:
    """All that could be read: where problems stop a build, entries may lack the fields that are wrong."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    """Keys (``project/gao-luo-cha``) of entries whose files could not be read, so that nobody calls references dead."""


def read_content(root: Path, *, executor: Executor | None = None) -> Content:
    """Reads all entries under ``root/content``; with an executor, in its workers."""
    found = listing(root)
    chunks = [found.sources[start : start + _CHUNK] for start in range(0, len(found.sources), _CHUNK)]
    read = partial(_read_chunk, root)
    done = executor.map(read, chunks) if executor else map(read, chunks)
    content = content_of(dict(zip(found.sources, (one for chunk in done for one in chunk), strict=True)))
    return replace(content, problems=in_order((*found.problems, *content.problems)))


def content_of(read: Mapping[str, Read]) -> Content:
    """The content made of files already read, by their paths."""
    entries = [entry for _, (entry, _) in sorted(read.items()) if entry is not None]
    kept, doubled = _single(entries)
    problems = [problem for _, problems in read.values() for problem in problems]
    unread = (standing_of(source)[0] for source, (entry, _) in sorted(read.items()) if entry is None)
    keys = tuple(f"{standing.kind.name}/{standing.id}" for standing in unread if standing is not None)
    return Content(tuple(kept), in_order((*problems, *doubled)), keys)


def entry_files(root: Path) -> Iterator[str]:
    """Paths of all files that should hold entries, relative to the root, sorted."""
    return iter(listing(root).sources)


def read_file(root: Path, source: str) -> Read:
    """The entry in one file, its path relative to the root with ``/``, and all problems of this file alone."""
    return read_in(bytes_of(root, source), source)


def read_in(data: bytes | Problem, source: str) -> Read:
    """The same of a file that was read (``documents.bytes_of``)."""
    if is_ignored(source.rpartition("/")[2]):
        return None, ()
    standing, misnamed = standing_of(source)
    if standing is None:
        return None, misnamed
    found = record_in(data, source, standing=standing)
    if found.record is None:
        return None, (*misnamed, *found.problems)
    entry, faults = validated(found.record)
    if not found.whole:
        faults = tuple(fault for fault in faults if fault.code != "missing-field")
    faults = (*misnamed, *found.problems, *faults, *guarded(found.record))
    if entry is None or misnamed:
        return None, faults
    return entry, (*faults, *(_advice(entry, found.record, faults=faults) if found.whole else ()))


def _read_chunk(root: Path, sources: Sequence[str]) -> list[Read]:
    return [read_file(root, source) for source in sources]


def _advice(entry: Entry, record: Record, *, faults: Iterable[Problem]) -> Iterator[Problem]:
    """Warnings about the entry, except about fields that are wrong anyway."""
    wrong = {fault.place.field[0] for fault in faults if fault.place.field}
    for problem in advise(entry):
        field = problem.place.field
        if field[0] not in wrong:
            yield replace(problem, place=Place(entry.source, field, *nearest(record.places, field)))


def _single(entries: Iterable[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Entries of which each key is held once, the first by path; a problem on every file that shares its id."""
    holders: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        holders[entry.key].append(entry)
    problems = []
    for group in holders.values():
        for entry in group if len(group) > 1 else ():
            others = "、".join(other.source for other in group if other is not entry)
            message = f"编号“{entry.id}”也用在 {others}"
            problems.append(Problem("doubled-id", Place(entry.source, (), 1, 1), message))
    return [group[0] for group in holders.values()], problems
