"""A catalogue comes in; the brief of every generated cover goes out."""

from collections.abc import Iterator
from itertools import chain, islice

from site_builder.catalogue.addresses import cover_address
from site_builder.catalogue.catalogue import Catalogue
from site_builder.media.covers import CoverBrief
from site_builder.model.entry import Entry

_SMALL = ("五小", "小")
LONGEST_MARK = 4


def cover_briefs(catalogue: Catalogue, *, part: int = 0, of: int = 1) -> Iterator[tuple[str, CoverBrief]]:
    """(address, brief) for every ``of``-th shown entry: the kind decides the composition, the rank the ground, the industry the motif."""
    for key in islice(chain.from_iterable(catalogue.order.values()), part, None, of):
        entry = catalogue.entries[key]
        yield cover_address(entry), brief_of(catalogue, entry)


def brief_of(catalogue: Catalogue, entry: Entry) -> CoverBrief:
    """The brief of one entry's cover."""
    industry = entry.get("industry")
    term = catalogue.lexicon.term("industries", industry) if industry else None
    choice = entry.data.cover
    motifs = (choice.motif,) if choice and choice.motif else term.motifs if term else ()
    small = any(word.startswith(_SMALL) for word in entry.get("result_types", ()))
    composition = "vignette" if small and entry.kind == "project" else entry.described.composition
    mark = (choice.mark if choice else None) or _mark(catalogue, entry, industry=term.label if term else "")
    return CoverBrief(entry.key, composition, catalogue.ranks[entry.key], motifs, mark)


def _mark(catalogue: Catalogue, entry: Entry, *, industry: str) -> str:
    """题字 where the editor gave none: a surname, a lead's whole name, words of the trade or kind; never half a name."""
    if entry.kind == "craftsman":
        return entry.title[:1]
    if entry.kind in {"project", "method"}:
        return industry[:2] or "创新"
    if entry.kind == "edition":
        return entry.id[:4] if entry.id[:4].isdigit() else entry.title[:4]
    if entry.kind == "event":
        return (entry.data.kind or "活动")[:4]
    leads = [_name(catalogue, text) for text in entry.get("leads", ())]
    named = [lead for lead in leads if len(lead) <= LONGEST_MARK and lead in entry.title]
    if entry.kind in {"studio", "team", "base"}:
        return named[0] if named else industry[:2] or entry.described.label[:2]
    short = entry.get("short_name") or entry.title
    return short if len(short) <= LONGEST_MARK else short[:LONGEST_MARK] if entry.kind == "award" else short[:2]


def _name(catalogue: Catalogue, text: str) -> str:
    key = catalogue.registry.key_for(("craftsman",), text)
    return catalogue.entries[key].title if key else text
