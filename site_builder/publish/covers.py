"""A catalogue comes in; the brief of every generated cover goes out."""

from collections.abc import Iterator

from site_builder.catalogue.addresses import cover_address
from site_builder.catalogue.catalogue import Catalogue
from site_builder.media.covers import CoverBrief
from site_builder.model.entry import Entry

_SMALL = ("五小", "小")
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "令狐",
    "宇文",
    "长孙",
    "端木",
)


def cover_briefs(catalogue: Catalogue) -> Iterator[tuple[str, CoverBrief]]:
    """(address, brief) for every shown entry: the kind decides the composition, the rank the ground, the industry the motif."""
    for keys in catalogue.order.values():
        for key in keys:
            entry = catalogue.entries[key]
            yield cover_address(entry), _brief(catalogue, entry)


def _brief(catalogue: Catalogue, entry: Entry) -> CoverBrief:
    industry = entry.get("industry")
    term = catalogue.lexicon.term("industries", industry) if industry else None
    choice = entry.data.cover
    motifs = (choice.motif,) if choice and choice.motif else term.motifs if term else ()
    small = any(word.startswith(_SMALL) for word in entry.get("result_types", ()))
    composition = "vignette" if small and entry.kind == "project" else entry.described.composition
    mark = (choice.mark if choice else None) or _mark(entry, term.label if term else "")
    return CoverBrief(entry.key, composition, catalogue.ranks[entry.key], motifs, mark)


def _mark(entry: Entry, industry: str) -> str:
    """题字 where the editor gave none: a surname, two characters of a name, else of the industry."""
    if entry.kind == "craftsman":
        return next((name for name in _COMPOUND if entry.title.startswith(name)), entry.title[:1])
    if entry.kind in {"project", "method"}:
        return industry[:2] or "创新"
    if entry.kind == "edition":
        return "回顾" if not entry.id[:4].isdigit() else entry.id[:4]
    return (entry.get("short_name") or entry.title)[:2]
