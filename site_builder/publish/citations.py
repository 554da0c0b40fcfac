"""An entry comes in; how to cite it (GB/T 7714—2015, BibTeX, RIS) and a card for other sites go out."""

from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from site_builder.catalogue.addresses import address_of, identifier_address
from site_builder.media.sharing import Shared
from site_builder.model.citations import Citation
from site_builder.model.entry import Entry
from site_builder.publish.dating import day_of
from site_builder.publish.deck import RESULTS, Deck, people_of

_LANGUAGE = "zh-CN"
_NAMED = 3
"""Names before 等 (GB/T 7714—2015, 8.1.2)."""
_LATEX = MappingProxyType(
    str.maketrans(
        {
            "\\": r"\textbackslash{}",
            "~": r"\textasciitilde{}",
            "^": r"\textasciicircum{}",
            **{char: f"\\{char}" for char in "&%$#_{}"},
        }
    )
)


def citation_of(deck: Deck, entry: Entry, *, sharing: Shared | None = None) -> Citation | None:
    """References to a shown entry, with its share card on the card for others; None for one that is withdrawn."""
    if entry.key not in deck.cards:
        return None
    site = deck.catalogue.exhibition
    permanent = f"{site.url}{identifier_address(entry)}" if site.url else ""
    work = _Work(entry, authors_of(deck, entry), site.name, house_of(deck), day_of(deck, entry), permanent)
    return Citation(
        permanent=permanent,
        reference=_reference(work),
        reference_end=f". {permanent}" if permanent else ".",
        bibtex=_bibtex(work),
        ris=_ris(work),
        card=_card(deck, entry, url=permanent, sharing=sharing) if permanent else "",
        name=f"{entry.kind}-{entry.id}",
    )


def authors_of(deck: Deck, entry: Entry) -> tuple[str, ...]:
    """Who answers for what is said: the people behind a result, the author of a story; else nobody by name."""
    if entry.kind in RESULTS:
        return tuple(link.label for link in people_of(deck, entry))
    author = entry.get("author")
    return (author,) if author else ()


def house_of(deck: Deck) -> str:
    """Who publishes: the organiser, else the exhibition."""
    site = deck.catalogue.exhibition
    return site.organiser or site.name


@dataclass(frozen=True)
class _Work:
    """What every form of reference says."""

    entry: Entry
    authors: tuple[str, ...]
    site: str
    house: str
    day: str
    url: str


def _reference(work: _Work) -> str:
    """``甲, 乙, 丙, 等. 题名[EB/OL]. 展览, 2026(2026-11-21)``."""
    authors, site, day = work.authors, work.site, work.day
    who = ", ".join((*authors[:_NAMED], "等") if len(authors) > _NAMED else authors) or work.house
    where = "" if who == site else f"{site}, {day[:4]}" if day else site
    dated = f"{where}({day})" if day else where
    return f"{who}. {_plain(work.entry.title)}[EB/OL]{f'. {dated}' if dated else ''}"


def _bibtex(work: _Work) -> str:
    entry, house = work.entry, _latex(work.house)
    fields = {
        "author": " and ".join(map(_latex, work.authors)) if work.authors else f"{{{house}}}",
        "title": f"{{{_latex(entry.title)}}}",
        "howpublished": _latex(work.site),
        "publisher": house,
        "year": work.day[:4],
        "date": work.day,
        "url": work.url,
        "language": _LANGUAGE,
    }
    lines = ",\n".join(f"  {name} = {{{words}}}" for name, words in fields.items() if words)
    return f"@misc{{{entry.kind}-{entry.id},\n{lines}\n}}\n"


def _ris(work: _Work) -> str:
    tags = [
        ("TY", "ELEC"),
        *(("AU", name) for name in work.authors or (work.house,)),
        ("TI", work.entry.title),
        ("T2", work.site),
        ("PB", work.house),
        ("PY", work.day[:4]),
        ("DA", work.day.replace("-", "/")),
        *(("KW", tag) for tag in work.entry.data.tags),
        ("LA", _LANGUAGE),
        ("UR", work.url),
    ]
    return "".join(f"{tag}  - {_plain(words)}\n" for tag, words in tags if words) + "ER  - \n"


def _card(deck: Deck, entry: Entry, *, url: str, sharing: Shared | None) -> str:
    """Plain HTML that any site may paste: no script, no class, and readable where inline style is refused."""
    card, site = deck.cards[entry.key], deck.catalogue.exhibition
    page = escape(f"{site.url}{address_of(entry)}")
    picture = (
        f'<a href="{page}"><img src="{escape(site.url + sharing.card)}" alt="" width="1200" height="630" loading="lazy" '
        'style="display:block;width:100%;height:auto"></a>\n'
        if sharing
        else ""
    )
    words = " · ".join(word for word in (card.by, card.meta) if word)
    return (
        f'<blockquote cite="{escape(url)}" style="max-width:24em;margin:1em 0;padding:0;border:1px solid #ccc">\n{picture}'
        f'<p style="margin:.8em 1em"><a href="{page}"><b>{escape(_plain(entry.title))}</b></a><br>\n'
        f"{f'{escape(_plain(words))}<br>' if words else ''}\n"
        f"<small>{escape(site.name)}</small></p>\n</blockquote>"
    )


def _latex(text: str) -> str:
    return _plain(text).translate(_LATEX)


def _plain(text: str) -> str:
    """On one line, for a line break ends a field."""
    return " ".join(text.split())
