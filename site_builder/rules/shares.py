"""Awards that must reach non-public enterprises come in; shares among applications and winners that fall short go out."""

from collections.abc import Iterator

from site_builder.model.demands import Demand, limit_words
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection, Won

NONPUBLIC = "非公企业"
_FIELDS = (("申报中非公企业占比", "share-applied-low", "申报"), ("获奖中非公企业占比", "share-won-low", "获奖"))


@frozen
class _Share:
    """Of so many how many were non-public, and where that is said."""

    part: int
    whole: int
    place: Place


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each demand of a share."""
    for award in inspection.shown("award"):
        for demand in award.data.demands:
            for measure, code, word in _FIELDS:
                if demand.measure == measure and demand.least is not None:
                    yield _checked(inspection, award, demand=demand, code=code, word=word)


def _checked(inspection: Inspection, award: Entry, *, demand: Demand, code: str, word: str) -> Outcome:
    least = demand.least or 0
    shares = {
        name: share for name, share in _shares(inspection, award, word=word) if name not in _left_out(award, demand)
    }
    found: list[Finding] = []
    for name, share in shares.items():
        if share.part < least * share.whole:
            ratio = limit_words(demand.measure, share.part / share.whole)
            message = (
                f"“{award.title}”{name}{word} {share.whole}，其中非公企业 {share.part}，占 {ratio}，不到 {least:.0%}"
            )
            found.append(finding(code, share.place, says=message, basis=demand.basis))
    if not shares:
        message = f"“{award.title}”各届都没有写非公企业{word}数，没法核对“{demand.words}”"
        found.append(finding("share-unrecorded", Place(award.source, ("demands",)), says=message, basis=demand.basis))
    seen = "；".join(f"{name} {share.part}/{share.whole}" for name, share in shares.items())
    return Outcome(award.key, demand.words, demand.basis, seen or "没有数字", tuple(found))


def _left_out(award: Entry, demand: Demand) -> frozenset[str]:
    names = {session.name for session in award.data.sessions}
    return frozenset(names - set(demand.sessions)) if demand.sessions else frozenset()


def _shares(inspection: Inspection, award: Entry, *, word: str) -> Iterator[tuple[str, _Share]]:
    """As stated in the award's file; for winners, else as the entries say, where all of them say it."""
    applied = word == "申报"
    field = "nonpublic_entries" if applied else "nonpublic_winners"
    stated: dict[str, int | None] = {}
    for index, session in enumerate(award.data.sessions):
        part, whole = getattr(session, field), session.entries if applied else session.winners
        if part is not None and whole:
            yield session.name, _Share(part, whole, Place(award.source, ("sessions", index, field)))
        else:
            stated[session.name] = session.winners
    if applied:
        return
    told = {session.name for session in award.data.sessions} - set(stated)
    for name, won in inspection.sittings_of(award).items():
        counted = None if name in told else _counted(inspection, won, winners=stated.get(name))
        if counted is not None:
            yield name, _Share(counted, len(won), won[0].place)


def _counted(inspection: Inspection, won: tuple[Won, ...], *, winners: int | None) -> int | None:
    """How many winners are non-public; None unless all are listed and each says what it is."""
    if (winners or len(won)) != len(won):
        return None
    types = [types_of(inspection, one.entry) for one in won]
    return sum(NONPUBLIC in labels for labels in types) if all(types) else None


def types_of(inspection: Inspection, entry: Entry) -> tuple[str, ...]:
    """The kind of its enterprise with the wider kinds above: the entry's own, else its first organisation's."""
    facets = inspection.catalogue.facets
    own = facets[entry.key].get("enterprise_type", ())
    credits = [credit.organisation for credit in entry.get("organisations", ())]
    employer = entry.get("organisation")
    names = [*credits, *([employer] if employer else [])]
    key = inspection.catalogue.registry.key_for(("organisation",), names[0]) if names else None
    return own or (facets[key].get("enterprise_type", ()) if key and key in facets else ())
