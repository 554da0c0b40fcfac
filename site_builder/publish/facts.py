"""An entry comes in; its fact table, honours, figures, texts and sources go out, read off the declarations."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from site_builder.catalogue.topics import topic_address
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


def facts_of(deck: Deck, entry: Entry) -> tuple[Fact, ...]:
    """The fact table: every declared public fact that has a value, in the order of declaration; empty ones are left out."""
    facts = [Fact("拼音", (Link(entry.data.pinyin or name_pinyin(entry.title)),))] if entry.kind == "craftsman" else []
    for field in _fact_fields(entry.data.__class__):
        value = getattr(entry.data, field.name)
        if value is None or value == () or value is False:
            continue
        if entry.data.status == "notice" and field.name in ("awards", "honours"):
            # no grade before the award is final (look: honours with dignity)
            value = tuple(replace(part, grade=None) for part in value)
        if field.record is PersonCredit:
            value = in_certificate_order(value)
        values = tuple(
            link
            for part in (value if isinstance(value, tuple) else (value,))
            for link in _values(deck, field, part=part)
        )
        if values:
            facts.append(Fact(field.declared.label, values))
    benefit = entry.get("benefit")
    return (*facts, *(_benefit_facts(benefit) if isinstance(benefit, Benefit) else ()))


@cache
def _fact_fields(model: type) -> tuple[DeclaredField, ...]:
    return tuple(field for field in fields_of(model) if field.declared.fact and field.declared.public)


def _values(deck: Deck, field: DeclaredField, *, part: Any) -> Iterator[Link]:
    if isinstance(part, (AwardGiven, HonourHeld)):
        yield _honour_value(deck, part)
    elif isinstance(part, PersonCredit):
        link = deck.link(("craftsman",), part.person)
        yield Link(link.label, link.address, part.role or "")
    elif isinstance(part, OrganisationCredit):
        link = deck.link(("organisation",), part.organisation)
        yield Link(link.label, link.address, part.role or "")
    elif isinstance(part, Patent):
        yield Link(_patent_words(part))
    elif isinstance(part, Level):
        by = deck.link(("union",), part.by).label if part.by else ""
        yield Link(
            part.level,
            None,
            "，".join(str(word) for word in (f"{part.year}年" if part.year else "", part.batch, by) if word),
        )
    elif isinstance(part, Period):
        yield Link(period_words(part.start, part.end))
    elif field.refers:
        yield deck.link(field.refers, part)
    elif field.declared.vocabulary:
        label = deck.catalogue.lexicon.label(field.declared.vocabulary, part)
        yield Link(label, topic_address(deck.catalogue, field.declared.vocabulary, text=part))
    else:
        yield Link(_plain_words(field, part))


def _plain_words(field: DeclaredField, part: Any) -> str:
    if field.name in DATED:
        return date_words(part)
    return plain_number(part) if isinstance(part, float) else str(part)


def _honour_value(deck: Deck, part: AwardGiven | HonourHeld) -> Link:
    text = part.award if isinstance(part, AwardGiven) else part.honour
    link = deck.link(("award",), text)
    words = [part.session, f"{part.year}年" if part.year else None, part.grade]
    return Link(link.label, link.address, SPACE.join(word for word in words if word))


def _patent_words(patent: Patent) -> str:
    head = patent.type or "专利"
    amount = f"{patent.count} 项" if patent.count else ""
    return " ".join(word for word in (head, amount, patent.number, patent.title, patent.status) if word)


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
    honours = sorted(deck.catalogue.honours[entry.key], key=lambda honour: honour.rank)
    lines = []
    for honour in honours:
        final = entry.data.status != "notice"
        words = SPACE.join(
            word
            for word in (honour.session, f"{honour.year}年" if honour.year else None, honour.grade if final else None)
            if word
        )
        award = deck.link_to(honour.key) if honour.key else Link(honour.award)
        lines.append(HonourLine(award, words, honour.seal if final else None))
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
    return "，".join(word for word in (f"{year}年" if year else "", source or "") if word)


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
        words = "，".join(word for word in (source.outlet, title, date_words(source.date), terms) if word)
        lines.append(
            SourceLine(words, source.url if official and source.url and source.url.startswith("http") else None)
        )
    return tuple(lines)
