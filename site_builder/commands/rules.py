"""A survey and a day come in; findings of the rules go out, and a report for officials as HTML, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import click

from site_builder.catalogue.catalogue import Catalogue
from site_builder.commands.shared import day_from
from site_builder.commands.writing import whole_file
from site_builder.intake.places import located
from site_builder.model.problems import Severity
from site_builder.press.packaged import packaged_theme
from site_builder.press.templates import environment
from site_builder.rules.checking import check_rules, findings_of
from site_builder.rules.finding import Finding
from site_builder.rules.report import Report, placed, report_of
from site_builder.rules.table import RULES

_FORMULA = ("=", "+", "-", "@", "\t")


def rule_findings(catalogue: Catalogue, root: Path, *, as_of: str, path: Path | None) -> tuple[Finding, ...]:
    """Checks all rules as of a day (today where it is empty); writes the report where a path is given."""
    day = day_from(as_of)
    outcomes = check_rules(catalogue, day)
    findings = tuple(one for one in located(findings_of(outcomes), root) if isinstance(one, Finding))
    if path is not None:
        report = report_of(catalogue, placed(outcomes, findings), as_of=day)
        _write(path, _writer(path)(report))
    return findings


def _writer(path: Path) -> Callable[[Report], bytes]:
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        raise click.UsageError(f"--report 的文件要以 {'、'.join(_WRITERS)} 结尾，不是 {path.name}")
    return found


def _write(path: Path, data: bytes) -> None:
    with whole_file(path, after="") as draft:
        draft.write_bytes(data)
    click.echo(f"已写出 {path}", err=True)


def _as_html(report: Report) -> bytes:
    env = environment((str(packaged_theme()),))
    template = env.get_template("reports/rules.html")
    return template.render(report=report, rules=RULES, levels=tuple(Severity)).encode()


def _as_json(report: Report) -> bytes:
    sections = [
        {
            "programme": section.title,
            "path": section.source,
            "demands": [
                {
                    "demand": line.demand,
                    "basis": line.basis,
                    "found": line.found,
                    "state": line.state,
                    "findings": [_finding(finding) for finding in line.findings],
                }
                for line in section.lines
            ],
        }
        for section in report.sections
    ]
    whole = {"exhibition": report.exhibition, "as_of": report.as_of, "programmes": sections}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "basis": finding.basis,
        "mend": finding.hint,
        "path": finding.place.path,
        "line": finding.place.line or None,
    }


def _as_csv(report: Report) -> bytes:
    """For Excel: with a byte order mark, and with no cell that it would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in _rows(report):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    yield "对象", "要求", "依据", "现状", "结果", "级别", "代码", "说明", "改法", "文件", "行"
    for section in report.sections:
        for line in section.lines:
            head = (section.title, line.demand, line.basis, line.found, line.state)
            for one in line.findings:
                place = (one.place.path, str(one.place.line or ""))
                yield *head, one.severity.value, one.code, one.message, one.hint, *place
            if not line.findings:
                yield *head, "", "", "", "", "", ""


_WRITERS = MappingProxyType({".html": _as_html, ".json": _as_json, ".csv": _as_csv})
