"""The outcomes of all rules come in; a report by programme goes out: what is demanded, what is, what is amiss."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.frozen import frozen
from site_builder.model.problems import Severity
from site_builder.rules.finding import Finding, Outcome
from site_builder.rules.table import Rule, rule_named

WHOLE = "全展"
UNKNOWN = ("没有", "受管的工作室 0 个", "核对了 0 ")
"""How a line begins where there was nothing to check."""


@frozen
class Line:
    """One demand: what it asks, by which document, what is, and how it stands in one word."""

    demand: str
    basis: str
    found: str
    state: str
    findings: tuple[Finding, ...]


@frozen
class Section:
    """All demands of one programme."""

    title: str
    source: str
    """The file that declares it; empty for the whole exhibition."""
    lines: tuple[Line, ...]
    counts: Mapping[Severity, int]

    @property
    def groups(self) -> tuple[tuple[Rule, tuple[Finding, ...]], ...]:
        """Everything amiss by rule, the gravest rule first, findings by place."""
        by_code: dict[str, list[Finding]] = {}
        for line in self.lines:
            for finding in line.findings:
                by_code.setdefault(finding.code, []).append(finding)
        levels = list(Severity)
        rules = sorted(map(rule_named, by_code), key=lambda rule: levels.index(rule.severity))
        return tuple((rule, tuple(sorted(by_code[rule.name], key=lambda one: one.place))) for rule in rules)


@frozen
class Report:
    """The report of a check as of a day."""

    exhibition: str
    as_of: str
    sections: tuple[Section, ...]
    counts: Mapping[Severity, int]


def report_of(catalogue: Catalogue, outcomes: Iterable[Outcome], *, as_of: str) -> Report:
    """Programmes with something amiss first, by severity; then the others; within each in list order."""
    by_programme: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_programme.setdefault(outcome.programme, []).append(outcome)
    sections = [_section(catalogue, key, outcomes=tuple(found)) for key, found in by_programme.items()]
    sections.sort(key=lambda section: tuple(-section.counts[level] for level in Severity))
    counts = sum((Counter(dict(section.counts)) for section in sections), Counter[Severity]())
    return Report(catalogue.exhibition.name, as_of, tuple(sections), MappingProxyType(_whole(counts)))


def placed(outcomes: Iterable[Outcome], findings: Iterable[Finding]) -> tuple[Outcome, ...]:
    """The same outcomes with their findings replaced, one for one, by these, which know line and column."""
    left: Iterator[Finding] = iter(findings)
    return tuple(replace(one, findings=tuple(next(left) for _ in one.findings)) for one in outcomes)


def _section(catalogue: Catalogue, key: str, *, outcomes: tuple[Outcome, ...]) -> Section:
    entry = catalogue.entries.get(key)
    lines = tuple(Line(one.demand, one.basis, one.found, _state(one), one.findings) for one in outcomes)
    counts = Counter(finding.severity for line in lines for finding in line.findings)
    return Section(
        entry.title if entry else WHOLE, entry.source if entry else "", lines, MappingProxyType(_whole(counts))
    )


def _whole(counts: Counter[Severity]) -> dict[Severity, int]:
    return {level: counts[level] for level in Severity}


def _state(outcome: Outcome) -> str:
    amiss = sum(finding.severity is not Severity.NOTE for finding in outcome.findings)
    if amiss:
        return f"{amiss} 处不符"
    if outcome.found.startswith(UNKNOWN):
        return "没有资料"
    return f"{len(outcome.findings)} 条提示" if outcome.findings else "符合"
