"""A deck comes in; the pages of awards, every session with its winners by grade, go out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from site_builder.catalogue.addresses import address_at, address_of
from site_builder.catalogue.honours import Honour, grade_named
from site_builder.catalogue.sessions import session_name
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_NONE, seal_for, split_group
from site_builder.model.naming import slug
from site_builder.model.pages import Fact, Link, PageJob, PagePlan, Pager, PagesBelow, page_address
from site_builder.model.programmes import Award, Session
from site_builder.model.views import AwardView, EntryView, GradeGroup, SessionView
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import crumbs_of, entry_head, entry_view, moved_jobs
from site_builder.publish.scopes import MANY, scope
from site_builder.publish.sittings import grade_words, session_words
from site_builder.publish.takeaway import list_links
from site_builder.publish.trends import Told, trends_of

WINNERS_A_PAGE = 120
_HOLDERS = ("project", "method", "craftsman", "studio", "base", "team")
_Won = tuple[str, int]
"""Key of an entry and the place of the honour among its own: the page looks up what the honour says, and need not be given it."""


@frozen
class _Sitting:
    """One session with all who won in it."""

    name: str
    session: Session | None
    won: tuple[_Won, ...]


def publish(deck: Deck) -> Iterator[PageJob | PagesBelow]:
    """The pages of every award; one with very many winners is turned by whole sessions."""
    for key in deck.catalogue.entries:
        if key.startswith("award/"):
            yield PagesBelow(address_at(key), partial(_award_pages, deck, key))
            yield from moved_jobs(deck, key)


def _winners(deck: Deck, award: str) -> tuple[_Won, ...]:
    """All who hold it, in list order."""
    catalogue = deck.catalogue
    holders = catalogue.decided(catalogue.sources_of(award, _HOLDERS))
    return tuple(
        (key, at) for key in holders for at, honour in enumerate(catalogue.honours[key]) if honour.key == award
    )


def _award_pages(deck: Deck, key: str) -> Iterator[PageJob]:
    entry, won = deck.catalogue.entries[key], _winners(deck, key)
    parts = tuple(_parts(_sessions(deck, entry.data, won=won))) if entry.key in deck.cards else ((),)
    first, pages = address_of(entry), len(parts)
    total = len({key for key, _ in won})
    told = tuple(
        Told(sitting.name, f"{page_address(first, page)}#{slug(sitting.name)}", sitting.session, len(sitting.won))
        for page, part in enumerate(parts, 1)
        for sitting in part
    )
    for page, part in enumerate(parts, 1):
        pager = Pager(page, pages, first, total)
        make = partial(_award_page, deck, entry, part=part, pager=pager)
        yield PageJob(pager.address, partial(make, told=told if page == 1 else ()))


def _award_page(
    deck: Deck, entry: Entry, *, part: tuple[_Sitting, ...], pager: Pager, told: tuple[Told, ...]
) -> PagePlan:
    head = entry_head(deck, entry)
    sessions = tuple(_session(deck, entry.data, sitting=sitting) for sitting in part)
    # who holds it stands in the sessions, and the others of thousands are nothing to this page
    shown = entry_view(deck, entry, grouped=not sessions)
    view: AwardView | EntryView = shown
    if entry.key in deck.cards:
        shown = replace(
            shown,
            scope=scope(("award", entry.title)) if pager.total > MANY else "",
            downloads=tuple(Link(f"名单（{link.label}）", link.address) for link in list_links(deck, entry)),
        )
        view = AwardView(shown, tuple(entry.data.rules), sessions, pager.total, pager, trends_of(entry.data, told))
    if pager.page > 1:
        turned = f"（第 {pager.page} 页）"
        head = replace(
            head,
            title=f"{head.title}{turned}",
            description=f"{head.description}{turned}",
            address=pager.address,
        )
    template = "award.html" if isinstance(view, AwardView) else "withdrawn.html"
    return PagePlan(pager.address, template, "awards", head, crumbs_of(deck, entry), view)


def _parts(sittings: tuple[_Sitting, ...]) -> Iterator[tuple[_Sitting, ...]]:
    """Whole sessions page by page; one with more winners than a page holds has a page to itself."""
    part: list[_Sitting] = []
    winners = 0
    for sitting in sittings:
        if part and winners + len(sitting.won) > WINNERS_A_PAGE:
            yield tuple(part)
            part, winners = [], 0
        part.append(sitting)
        winners += len(sitting.won)
    yield tuple(part)


def _honour(deck: Deck, won: _Won) -> Honour:
    key, at = won
    return deck.catalogue.honours[key][at]


def _sessions(deck: Deck, award: Award, *, won: tuple[_Won, ...]) -> tuple[_Sitting, ...]:
    """Sessions that were described or won, newest first; honours without 届 are gathered by year."""
    described = {session.name: session for session in award.sessions}
    groups: dict[str, list[_Won]] = {name: [] for name in described}
    years: dict[str, int] = {name: session.year or 0 for name, session in described.items()}
    for one in won:
        honour = _honour(deck, one)
        name = session_name(award, honour)
        groups.setdefault(name, []).append(one)
        years[name] = max(years.get(name, 0), honour.year or 0)
    names = sorted(groups, key=lambda name: (-years[name], name))
    return tuple(_Sitting(name, described.get(name), tuple(groups[name])) for name in names)


def _session(deck: Deck, award: Award, *, sitting: _Sitting) -> SessionView:
    name, session = sitting.name, sitting.session
    facts = [Fact(label, (Link(words),)) for label, words in session_words(award, name, session=session)]
    title = f"{name}（{session.year}年）" if session and session.year and "年" not in name else name
    grades = tuple(_grades(deck, award, sitting=sitting))
    return SessionView(title, slug(name), tuple(facts), grades, (session.note or "") if session else "")


def _grades(deck: Deck, award: Award, *, sitting: _Sitting) -> Iterator[GradeGroup]:
    by_grade: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    for one in sitting.won:
        honour = _honour(deck, one)
        known = grade_named(award, honour.grade) if honour.grade else None
        name = known.name if known else split_group(honour.grade)[0] if honour.grade else ""
        by_grade[honour.rank if honour.grade else RANK_NONE, name][one[0]] = None
    for (rank, name), keys in sorted(by_grade.items()):
        note = grade_words(award, sitting.session, name=name, held=len(keys))
        yield GradeGroup(name, seal_for(name, rank), rank, deck.deal(keys), note)
