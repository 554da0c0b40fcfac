"""An entry comes in; what belongs to it and what is related, group by group with the reason, goes out in near-constant time."""

from collections.abc import Iterator

from site_builder.model.entry import Entry
from site_builder.model.kinds import kind_named
from site_builder.model.pages import Card, Group, Link
from site_builder.publish.agenda import festival_parts
from site_builder.publish.deck import RESULTS, Deck

PEOPLE = ("craftsman",)
MOST_OWN = 12
MOST_RELATED = 4
MOST_IN_ALL = 8
_REASONS: tuple[tuple[str, str], ...] = (
    ("studio", "同一工作室"),
    ("organisations", "同一单位"),
    ("organisation", "同一单位"),
    ("honours", "同获此荣誉"),
    ("awards", "同一奖项"),
    ("type", "同类工作室"),
    ("industry", "同一行业"),
    ("series", "同一系列"),
    ("region", "同一地区"),
)
"""Facet → the reason said above the cards, the closest tie first."""


def own_groups(deck: Deck, entry: Entry) -> tuple[Group, ...]:
    """What belongs to an entry: results of a person, studio or organisation, its people, its studios."""
    found = ((title, deck.deal(keys)) for title, keys in _own(deck, entry))
    return tuple(_shortened(deck, entry, title=title, cards=cards) for title, cards in found if cards)


def _own(deck: Deck, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    catalogue, key = deck.catalogue, entry.key
    if entry.kind in RESULTS:
        return
    named = tuple(found for text in entry.get("projects", ()) if (found := catalogue.registry.key_for(RESULTS, text)))
    yield "成果", tuple(dict.fromkeys((*named, *catalogue.sources_of(key, RESULTS))))
    if entry.kind == "event":
        for level, parts in festival_parts(deck, entry).items():
            yield f"{entry.data.session}的{level}活动", parts
        kinds = ("project", "method", "award", "studio", "craftsman")
        yield (
            "相关展品",
            tuple(found for text in entry.data.results if (found := catalogue.registry.key_for(kinds, text))),
        )
    if entry.kind == "plan":
        about = ("award", "event")
        keys = (catalogue.registry.key_for(about, text) for text in entry.data.programmes)
        yield "相关奖项与活动", tuple(found for found in keys if found)
    if entry.kind == "craftsman":
        yield "领衔的工作室", catalogue.sources_of(key, ("studio",), field="leads")
        yield "所在的工作室与团队", catalogue.sources_of(key, ("studio", "team"), field="members")
        yield "师傅", _keys(deck, PEOPLE, entry.data.mentor)
        yield (
            "徒弟",
            (*_keys(deck, PEOPLE, *entry.data.apprentices), *catalogue.sources_of(key, PEOPLE, field="mentor")),
        )
    elif entry.kind in {"studio", "team"}:
        leader = (entry.data.leader,) if entry.kind == "team" else entry.data.leads
        yield "领衔人" if entry.kind == "studio" else "负责人", _keys(deck, PEOPLE, *leader)
        yield "成员", _keys(deck, PEOPLE, *(credit.person for credit in entry.data.members))
    else:
        yield "人物", catalogue.sources_of(key, PEOPLE)
        yield "创新工作室", catalogue.sources_of(key, ("studio",))
        yield "示范基地与班组", catalogue.sources_of(key, ("base", "team"))
        if entry.kind in {"organisation", "union"}:
            yield "活动", catalogue.sources_of(key, ("event",))
            if entry.kind == "organisation":
                yield "下属单位", catalogue.sources_of(key, (entry.kind,), field="parent")
            else:
                yield "下级工会", catalogue.below.get(key, ())


def _keys(deck: Deck, kinds: tuple[str, ...], *texts: str | None) -> tuple[str, ...]:
    return tuple(key for text in texts if text and (key := deck.catalogue.registry.key_for(kinds, text)))


def _shortened(deck: Deck, entry: Entry, *, title: str, cards: tuple[Card, ...]) -> Group:
    kind = cards[0].kind
    more = None
    if len(cards) > MOST_OWN:
        more = Link(
            f"全部 {len(cards)} {deck.catalogue.entries[cards[0].key].described.measure}",
            f"{deck.cards[entry.key].address}{_folder(kind)}/",
        )
    return Group(title, cards[:MOST_OWN], more=more)


def _folder(kind: str) -> str:
    return "projects" if kind in RESULTS else kind_named(kind).folder


def overflow(deck: Deck, key: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Groups too long for an entry's page: title, folder and keys of the list that shows them whole."""
    for title, keys in _own(deck, deck.catalogue.entries[key]) if _has_many(deck, key) else ():
        shown = deck.shown(keys) if len(keys) > MOST_OWN else ()
        if len(shown) > MOST_OWN:
            yield title, _folder(shown[0].partition("/")[0]), shown


def _has_many(deck: Deck, key: str) -> bool:
    """Whether any group of an entry can be long: what it names and what names it is counted, and few need be looked at."""
    catalogue = deck.catalogue
    # parts of a festival are found by its name and session, not by reference
    return (
        key.startswith("event/")
        or len(catalogue.backlinks.get(key, ())) + len(catalogue.registry.references[key]) > MOST_OWN
    )


def related_groups(deck: Deck, entry: Entry, *, shown: tuple[Group, ...] = ()) -> tuple[Group, ...]:
    """Entries of the same sort tied by studio, people, organisation, award, industry or region: at most eight.

    What stands in the groups ``shown`` above is not repeated.
    """
    if entry.kind in {"organisation", "union", "award", "edition", "story"}:
        return ()
    folders = tuple(f"{kind}/" for kind in (RESULTS if entry.kind in RESULTS else (entry.kind,)))
    seen = {entry.key, *(card.key for group in shown for card in group.cards)}
    groups: list[Group] = []
    room = MOST_IN_ALL
    for title, keys in _ties(deck, entry):
        near = _near(keys, folders, seen=seen, most=min(MOST_RELATED, room))
        if near:
            seen.update(near)
            groups.append(Group(title[0], deck.deal(near), title[1]))
            room -= len(near)
            if not room:  # what nobody would see is not even looked up
                break
    return tuple(groups)


def _near(keys: tuple[str, ...], folders: tuple[str, ...], *, seen: set[str], most: int) -> list[str]:
    """The first of these keys that lie in the folders and were not seen; a loop, for to end a generator early costs an exception."""
    found: list[str] = []
    for key in keys:
        if key not in seen and key.startswith(folders):
            found.append(key)
            if len(found) == most:
                break
    return found


def _ties(deck: Deck, entry: Entry) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The reason and its note, with the neighbours of the entry in the group that shares it."""
    catalogue = deck.catalogue
    if entry.kind in RESULTS:
        for credit in entry.data.people:
            key, link = deck.followed(PEOPLE, credit.person)
            if key:
                yield ("同一完成人", link.label), catalogue.sources_of(key, RESULTS, field="people")
    facets = catalogue.facets[entry.key]
    for facet, reason in _REASONS:
        for label in facets.get(facet, ())[:2]:
            # the next ones after this: the work does not grow with the group
            yield (reason, label), catalogue.neighbours[facet, label][entry.key]
