"""An entry comes in; its fact table, honours, figures, texts and sources go out, read off the declarations."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.topics import named_topic
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.naming import name_pinyin
from site_builder.model.pages import Fact, HonourLine, Link, Number, SourceLine, TextSection
from site_builder.model.values import (
    AwardGiven,
    Benefit,
    HonourHeld,
    Level,
    OrganisationCredit,
    Patent,
    Period,
    PersonCredit,
    Source,
)
from site_builder.model.wording import date_words, period_words, plain_number, sum_said, sum_words
from site_builder.publish.deck import SPACE, Deck, in_certificate_order

SECTION_FIELDS = (
    "problem",
    "innovation_points",
    "essence",
    "measures",
    "effects",
    "record",
    "application",
    "feat",
    "achievements",
)
"""Fields that are read as text beside the story, in this order; their labels are their headings."""
DATED = ("applied", "founded", "opening", "closing", "date")


_Say = Callable[[Deck, Any], Link]


def facts_of(deck: Deck, entry: Entry) -> tuple[Fact, ...]:
    """The fact table: every declared public fact that has a value, in the order of declaration; empty ones are left out."""
    spelling = (entry.data.pinyin or name_pinyin(entry.title)) if entry.kind == "craftsman" else ""
    # an import once wrote the name itself where it could not spell it
    facts = [Fact("拼音", (Link(spelling),))] if spelling not in ("", entry.title) else []
    for name, label, say in _fact_fields(entry.data.__class__):
        value = getattr(entry.data, name)
        if value is None or value == () or value is False:
            continue
        if entry.data.status == "notice" and name in ("awards", "honours"):
            # no grade before the award is final (look: honours with dignity)
            value = tuple(replace(part, grade=None) for part in value)
        if say is _person_value:
            value = in_certificate_order(value)
        facts.append(
            Fact(label, tuple([say(deck, part) for part in (value if isinstance(value, tuple) else (value,))]))
        )
    benefit = entry.get("benefit")
    return (*facts, *(_benefit_facts(benefit) if isinstance(benefit, Benefit) else ()))


@cache
def _fact_fields(model: type) -> tuple[tuple[str, str, _Say], ...]:
    """Name and label of each field that is a fact, and how to say one of its values."""
    return tuple(
        (field.name, field.declared.label, _sayer(field))
        for field in fields_of(model)
        if field.declared.fact and field.declared.public
    )


def _sayer(field: DeclaredField) -> _Say:
    """How to say one value of a field; chosen once, for there are thousands of entries."""
    vocabulary = field.declared.vocabulary
    if field.record in _RECORDS:
        return _RECORDS[field.record]
    if field.refers:
        return lambda deck, text: deck.link(field.refers, text)
    if vocabulary:
        return lambda deck, text: deck.once(_term_value, (vocabulary, text))
    if field.name in DATED:
        return lambda _deck, when: Link(date_words(when))
    return lambda _deck, value: Link(plain_number(value) if isinstance(value, float) else str(value))


def _term_value(deck: Deck, asked: tuple[str, str]) -> Link:
    vocabulary, text = asked
    return Link(*named_topic(deck.catalogue, vocabulary, text=text))


def _person_value(deck: Deck, part: PersonCredit) -> Link:
    return _credited(deck.link(("craftsman",), part.person), part.role)


def _organisation_value(deck: Deck, part: OrganisationCredit) -> Link:
    return _credited(deck.link(("organisation",), part.organisation), part.role)


def _credited(link: Link, role: str | None) -> Link:
    return Link(link.label, link.address, role) if role else link


def _honour_value(deck: Deck, part: AwardGiven | HonourHeld) -> Link:
    text = part.award if isinstance(part, AwardGiven) else part.honour
    link = deck.link(("award",), text)
    words = (part.session, f"{part.year}年" if part.year else None, part.grade)
    return Link(link.label, link.address, SPACE.join(filter(None, words)))


def _patent_value(_deck: Deck, patent: Patent) -> Link:
    amount = f"{patent.count} 项" if patent.count else ""
    words = (patent.type or "专利", amount, patent.number, patent.title, patent.status)
    return Link(" ".join(filter(None, words)))


def _level_value(deck: Deck, part: Level) -> Link:
    by = deck.link(("union",), part.by).label if part.by else ""
    words = (f"{part.year}年" if part.year else "", part.batch, by)
    return Link(part.level, None, "，".join(filter(None, words)))


def _period_value(_deck: Deck, part: Period) -> Link:
    return Link(period_words(part.start, part.end))


_RECORDS: Mapping[Any, _Say] = MappingProxyType(
    {
        AwardGiven: _honour_value,
        HonourHeld: _honour_value,
        PersonCredit: _person_value,
        OrganisationCredit: _organisation_value,
        Patent: _patent_value,
        Level: _level_value,
        Period: _period_value,
    }
)


def _benefit_facts(benefit: Benefit) -> Iterator[Fact]:
    year = f"（{benefit.year}年）" if benefit.year else ""
    for label, amount in (
        ("年经济效益", benefit.annual),
        ("累计经济效益", benefit.total),
        ("项目总投资额", benefit.investment),
    ):
        if amount is not None:
            yield Fact(label, (Link(sum_said(amount) + year),))
    if benefit.payback:
        yield Fact("回收期", (Link(benefit.payback),))
    if benefit.note:
        yield Fact("效益", (Link(benefit.note),))


def honour_lines(deck: Deck, entry: Entry) -> tuple[HonourLine, ...]:
    """Every honour in full words, the highest first, with its seal."""
    honours = sorted(deck.catalogue.honours[entry.key], key=attrgetter("rank"))
    final = entry.data.status != "notice"
    lines = []
    for honour in honours:
        words = (honour.session, f"{honour.year}年" if honour.year else None, honour.grade if final else None)
        award = deck.link_to(honour.key) if honour.key else Link(honour.award)
        lines.append(HonourLine(award, SPACE.join(filter(None, words)), honour.seal if final else None))
    return tuple(lines)


def figures_of(entry: Entry, most: int = 3) -> tuple[Number, ...]:
    """At most three numbers worth showing large: the editor's, else the sums of the benefit, else the counts of a group."""
    given = [Number(one.label, one.value, one.unit or "", _note(one.year, one.source)) for one in entry.data.figures]
    benefit = entry.get("benefit")
    if not given and isinstance(benefit, Benefit):
        for label, amount in (("年经济效益", benefit.annual), ("累计经济效益", benefit.total)):
            if amount is not None:
                given.append(Number(label, *sum_words(amount), _note(benefit.year, None)))
    counts = (
        ("专利", "patents_count", "项"),
        ("成果", "results_count", "项"),
        ("培养人才", "trained_count", "人"),
        ("团队成员", "members_count", "人"),
    )
    if not given and not isinstance(benefit, Benefit):
        given = [Number(label, str(entry.get(field)), unit) for label, field, unit in counts if entry.get(field)]
    return tuple(given[:most])


def _note(year: int | None, source: str | None) -> str:
    return "，".join(filter(None, (f"{year}年" if year else "", source)))


def sections_of(entry: Entry) -> tuple[TextSection, ...]:
    """The texts that the forms ask for, each under its label."""
    found = []
    for name, label in _section_labels(entry.data.__class__):
        value = getattr(entry.data, name)
        if value:
            found.append(TextSection(label, value) if isinstance(value, str) else TextSection(label, "", tuple(value)))
    benefit = entry.get("benefit")
    if isinstance(benefit, Benefit) and benefit.social:
        found.append(TextSection("社会效益", benefit.social))
    return tuple(found)


@cache
def _section_labels(model: type) -> tuple[tuple[str, str], ...]:
    fields = {field.name: field for field in fields_of(model)}
    return tuple((name, fields[name].declared.label) for name in SECTION_FIELDS if name in fields)


def source_lines(deck: Deck, sources: tuple[Source, ...]) -> tuple[SourceLine, ...]:
    """Outlet, title and date; the address only where the source is official (facts/README: reposts are not linked)."""
    lines = []
    for source in sources:
        kind = deck.catalogue.lexicon.term("source-kinds", source.kind) if source.kind else None
        official = bool(kind and kind.id == "official") or source.kind == "official"
        title = source.title if "《" in source.title or not source.outlet else f"《{source.title}》"
        terms = f"许可：{source.licence}" if source.licence else ""
        words = "，".join(filter(None, (source.outlet, title, date_words(source.date), terms)))
        lines.append(
            SourceLine(words, source.url if official and source.url and source.url.startswith("http") else None)
        )
    return tuple(lines)
