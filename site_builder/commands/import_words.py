"""The plan of an import comes in; what it says to people goes out, line by line, personal numbers hidden."""

from collections.abc import Iterable, Iterator
from itertools import islice

from site_builder.exchange.extraction import SheetReport
from site_builder.exchange.headings import Fate
from site_builder.exchange.plan import Action, Plan
from site_builder.exchange.report import counts
from site_builder.model.kinds import kind_named
from site_builder.model.privacy import masked

SHOWN = 100
"""How many entries of each sort are named; the rest are counted."""
_LONGEST = 60


def plan_lines(plan: Plan) -> Iterator[str]:
    """The whole plan: sheets, notes, entries by what happens to them."""
    for report in plan.reports:
        yield from map(masked, _sheet_lines(report))
    yield from plan.notes
    for action in (Action.CREATE, Action.REVISE, Action.REFUSE, Action.SKIP):
        yield from map(masked, _steps(action, plan))
    found = counts(plan)
    yield (
        "共 " + "，".join(f"{name} {found[name]} 个" for name in (one.value for one in Action) if name in found)
        if found
        else "没有条目"
    )


def _sheet_lines(report: SheetReport) -> Iterator[str]:
    name = f"{report.file} 的“{report.sheet}”{'（隐藏的表）' if report.hidden else ''}"
    if report.skipped:
        yield f"{name}：跳过，{report.skipped}"
        return
    where = f"，表头在第 {'、'.join(map(str, report.header))} 行" if report.header else ""
    noun = f"{kind_named(report.kind).label} {report.entries} 个" if report.kind else f"新译文 {report.entries} 处"
    yield f"{name}：{noun}{where}"
    for fate, words in ((Fate.PRIVATE, "不公开，没有读"), (Fate.OFFICE, "展览用不到，没有读")):
        dropped = [one for one in report.dropped if one.fate is fate]
        if dropped:
            yield f"  {words}的栏目：{'、'.join(f'{_short(one.text)}（{one.why}）' for one in dropped)}"
    if report.unknown:
        yield f"  不认识的表头：{'、'.join(_short(one.text) for one in report.unknown)}"
    if report.hidden_rows:
        rows = "、".join(map(str, report.hidden_rows[:SHOWN]))
        yield f"  隐藏的行也读了：第 {rows} 行{'等' if len(report.hidden_rows) > SHOWN else ''}。不要的，从表里删去"
    skipped = [one for one in report.asides if one.why != "表头以上"]
    if skipped:
        yield f"  略过的行：{'、'.join(f'第 {one.row} 行（{one.why}）' for one in skipped[:SHOWN])}"


def _steps(action: Action, plan: Plan) -> Iterator[str]:
    number = counts(plan).get(action.value, 0)
    if not number:
        return
    yield f"{action.value}：{number} 个"
    for step in islice(plan.of(action), SHOWN):
        yield f"  {step.title}{'　' + step.path if step.path else ''}"
        if action is Action.REVISE or (step.candidate is None and step.changes):
            yield from (
                f"    {one.label}：{_short(one.old) or '（空）'} → {_short(one.new) or '（空）'}"
                for one in step.changes
            )
    if number > SHOWN:
        yield f"  ……其余 {number - SHOWN} 个"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def question_lines(questions: Iterable[str]) -> Iterator[str]:
    """The open questions, and how they are answered."""
    asked = list(questions)
    if asked:
        yield f"有 {len(asked)} 个名称可能是已有的条目，没有连上："
        yield from (f"  {masked(one)}" for one in asked[:SHOWN])
        if len(asked) > SHOWN:
            yield f"  ……其余 {len(asked) - SHOWN} 个"
        yield "只差“有限公司”等字样的，加 --yes 连上；其余的，导入时逐个回答，或在对照表的 names 里写明编号，不是同一个的写原来的名称。"
