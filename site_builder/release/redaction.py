"""A site from which a person or entry was withdrawn comes in; what is left goes out: traces, finds of the search, archives."""

from collections.abc import Iterable
from pathlib import Path

from site_builder.languages.traditional import forms_of
from site_builder.model.frozen import frozen
from site_builder.model.languages import parted
from site_builder.release.traces import Trace, traces_in
from site_builder.search.query import Index


@frozen
class Marks:
    """By what something withdrawn would be recognised."""

    names: tuple[str, ...]
    """Name, name as pinyin; nothing of them may be left anywhere, nor of them in Traditional characters."""
    ids: tuple[str, ...] = ()
    """Its id and former ids, which may be left where its tombstone stands and nowhere else."""
    own: tuple[str, ...] = ()
    """Addresses of the tombstone; none where the address was given up."""
    besides: tuple[str, ...] = ()
    """Longer names of others, which hold the name."""


def remains(site: Path, marks: Marks) -> tuple[Trace, ...]:
    """Everything that is left of it in a built site, in order."""
    found = traces_in(site, (*_written(marks.names), *marks.ids), besides=_written(marks.besides))
    at_home = tuple(trace for trace in found if trace.word in marks.ids and _is_own(trace.path, marks.own))
    return tuple(trace for trace in found if trace not in at_home)


def found_by_search(site: Path, marks: Marks) -> tuple[str, ...]:
    """Words by which the search of the site still finds something; as phrases, for a pair of characters may be chance."""
    if not (site / "search").is_dir():
        return ()
    index = Index(lambda address: (site / address).read_bytes())
    others = {document for word in marks.besides for document in index.candidates(f'"{word}"')}
    return tuple(word for word in marks.names if set(index.search(f'"{word}"')) - others)


def holding(archives: Iterable[Path], marks: Marks) -> tuple[tuple[Path, int], ...]:
    """Archives that hold it, with how many of their files."""
    found = (
        (one, {trace.path for trace in traces_in(one, _written(marks.names), besides=_written(marks.besides))})
        for one in archives
    )
    return tuple((one, len(paths)) for one, paths in found if paths)


def _written(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they stand in pages of any language that says them in characters."""
    return tuple(form for name in names for form in (name, *forms_of(name)))


def _is_own(path: str, own: tuple[str, ...]) -> bool:
    """Whether a file is the tombstone itself, in any language, or a folder on the way to it."""
    place = parted(path)[1]
    return any(f"{place}/".startswith(address) or address.startswith(f"{place}/") for address in own)
