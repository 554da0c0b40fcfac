"""Office files come in; entries under content/ go out, after the plan was shown: ``exhibition import``."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from site_builder.commands.failures import failures_told
from site_builder.commands.import_rules import import_tables
from site_builder.commands.import_words import plan_lines, question_lines
from site_builder.commands.patience import TimeUp, within
from site_builder.commands.shared import FINE, PROBLEMS, edition_from, report, root_from
from site_builder.exchange.answers import Answers, is_rules, load_answers, write_answers
from site_builder.exchange.gallery import Offered
from site_builder.exchange.journal import heal, write_all
from site_builder.exchange.known import same_but_for_form
from site_builder.exchange.matching import PEOPLE, Question
from site_builder.exchange.plan import Plan
from site_builder.exchange.planning import MODES, Wish, plan_of
from site_builder.exchange.report import write_reports
from site_builder.exchange.translation_plan import translation_plan
from site_builder.exchange.translation_sheet import is_translators
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, kind_named
from site_builder.model.problems import Place, Problem
from site_builder.sheets.reading import Reading, read_paths

ANSWERS = "content/imports/answers.yml"
"""Where answers are kept when no other file is named."""
_MINUTES = 30.0
"""A hundred thousand rows, the most that a sheet may have, take about five on a slow machine."""
_EXISTING = click.Path(path_type=Path, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)
_NAMES = tuple(kind.name for kind in KINDS)


@frozen
class _Run:
    """One call of the command."""

    paths: tuple[Path, ...]
    root: Path
    wish: Wish
    map_path: Path
    reading: Reading
    minutes: float

    def planned(self) -> Plan:
        """The plan as things stand."""
        books = [book for _, book in self.reading.books]
        with _in_time(self.minutes, self.paths), _bar() as tick:
            if any(is_translators(book) for book in books):
                return translation_plan(books, self.root)
            return plan_of(books, self.root, wish=replace(self.wish, tick=tick), offered=_offered(self.reading))


@click.command("import")
@click.argument("paths", metavar="文件或文件夹…", nargs=-1, required=True, type=_EXISTING)
@click.option("--dry-run", is_flag=True, help="只说会做什么，不写文件。")
@click.option("--report", "report_path", type=_FILE, help="把问题标在原表上，另存为这个 .xlsx，可以发回去改。")
@click.option("--map", "map_path", type=_FILE, help=f"对照表：怪表头是哪个字段，名称是哪个条目。不写则用 {ANSWERS}。")
@click.option("--write-map", is_flag=True, help="把认不出的表头写进对照表，等人填。")
@click.option("--kind", type=click.Choice(_NAMES), help="表里是哪种条目；不写则由表头判断。")
@click.option("--edition", default="", help="成果所属的展期；表里写了的以表为准。")
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="auto",
    show_default=True,
    help="auto 新建和修订，create 只新建，revise 只修订，append 只补充。",
)
@click.option("--status", type=click.Choice(tuple(STATUS_WORDS)), help="新条目的状态；不写就是发布。")
@click.option("--source", default="", help="新条目的资料来源；不写则用表的标题。")
@click.option("--create-missing", is_flag=True, help="表里提到、还没有条目的单位和工会，也建条目。")
@click.option("--skip-bad", is_flag=True, help="有错的行跳过，其余照写；不写这一项，有一行错就什么都不写。")
@click.option("--yes", is_flag=True, help="名称与已有条目只差“有限公司”等字样的，当作同一个。")
@click.option(
    "--time-limit",
    "minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=_MINUTES,
    show_default=True,
    metavar="分钟",
    help="读表、核对超过这么久，就不导入。",
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def import_(
    paths: tuple[Path, ...],
    dry_run: bool,
    report_path: Path | None,
    map_path: Path | None,
    write_map: bool,
    kind: str | None,
    edition: str,
    mode: str,
    status: str | None,
    source: str,
    create_missing: bool,
    skip_bad: bool,
    yes: bool,
    minutes: float,
    root: str | None,
) -> None:
    """从汇总表、申报表和成果文件夹导入条目：先说会做什么，再一次写入。

    \b
    认得 .xlsx、.csv、.docx、.json，和装着它们与图片的文件夹。
    例：exhibition import 推荐汇总表.xlsx --edition 2026 --dry-run
        exhibition import 推荐汇总表.xlsx --edition 2026 --report 请改正.xlsx
        exhibition import 收到的材料/ --edition 2026
        exhibition import 译文.xlsx        （exhibition export --translations en 导出、译好的表）
    同一份表再导入一次，什么也不变。写错了：exhibition undo。
    """
    home = root_from(root)
    if map_path and is_rules(map_path):
        raise SystemExit(import_tables(paths, home, map_path=map_path, dry_run=dry_run))
    chosen = map_path or home / ANSWERS
    gc.freeze()  # the program itself need not be looked through again and again
    with failures_told("什么都没有写。"), _stop_told():
        _say_healed(heal(home))
        answers, faults = load_answers(chosen, shown=_shown(chosen, home))
        wish = Wish(mode, kind or "", edition_from(edition, home), status or "", source, create_missing, answers)
        with _in_time(minutes, paths):
            reading = read_paths(paths, home)
        run = _Run(paths, home, wish, chosen, reading, minutes)
        plan, run = _answered(run, yes=yes, ask=not dry_run and sys.stdin.isatty(), keep=not dry_run)
        _write_map(run, plan, wanted=write_map)
        for line in plan_lines(plan):
            click.echo(line)
        for line in question_lines(question.words for question in plan.questions):
            click.echo(line)
        problems = (*faults, *run.reading.problems, *plan.problems)
        code = report(problems)
        if report_path:
            _report(run, plan, path=report_path)
        raise SystemExit(_finish(run, plan, code=code, dry_run=dry_run, skip_bad=skip_bad))


def _finish(run: _Run, plan: Plan, *, code: int, dry_run: bool, skip_bad: bool) -> int:
    if dry_run:
        click.echo("这是试运行，什么都没有写。")
        return code
    if code != FINE and not skip_bad:
        click.echo("有错误，什么都没有写。改好后再导入；或加 --skip-bad，只写没有错的。", err=True)
        return PROBLEMS
    number = write_all(run.root, plan.files(), label=f"导入 {'、'.join(path.name for path in run.paths)}"[:80])
    click.echo(f"已写入 {number} 个文件。要撤回：exhibition undo" if number else "没有要写的。")
    return FINE


def _report(run: _Run, plan: Plan, *, path: Path) -> None:
    with _in_time(run.minutes, run.paths):
        written = write_reports(plan, run.reading.books, target=path)
    for one in written:
        click.echo(f"已写出标注好的表：{one}")
    if not written:
        click.echo("没有可以标注的表。")


def _answered(run: _Run, *, yes: bool, ask: bool, keep: bool) -> tuple[Plan, _Run]:
    """The plan after the questions were answered, where somebody answers them; with ``keep`` they are not asked again."""
    plan = run.planned()
    if not plan.questions or not (yes or ask):
        return plan, run
    answers = run.wish.answers
    for question in plan.questions:
        meant = _sure(question) if yes else _asked(question)
        if meant:
            answers = answers.having(question.kind, question.name, meant=meant)
    if answers == run.wish.answers:
        return plan, run
    if keep:
        write_answers(run.map_path, answers, odd=(), kinds=())
        click.echo(f"答案记在 {run.map_path}，下次不再问。")
    again = replace(run, wish=replace(run.wish, answers=answers))
    return again.planned(), again


def _sure(question: Question) -> str:
    """What nobody need look at: 绿化劳动模范 is no 劳动模范, and a namesake in another unit may be anybody."""
    same = [one for one in question.offered if one.kind != PEOPLE and same_but_for_form(question.name, one)]
    return same[0].id if len(same) == 1 else ""


def _asked(question: Question) -> str:
    click.echo(f"{question.place.words}：{kind_named(question.kind).label}“{question.name}”{question.why}")
    for number, entry in enumerate(question.offered, 1):
        click.echo(f"  {number} {entry.title}（{entry.id}）")
    choice = click.prompt("是哪一个？0 都不是，回车以后再说", default="", show_default=False)
    if choice == "0":
        return question.name
    return question.offered[int(choice) - 1].id if choice.isdigit() and 0 < int(choice) <= len(question.offered) else ""


def _write_map(run: _Run, plan: Plan, *, wanted: bool) -> None:
    odd = dict.fromkeys(one.text for sheet in plan.reports for one in sheet.unknown)
    if not wanted:
        return
    kinds = [kind_named(name) for name in dict.fromkeys(sheet.kind for sheet in plan.reports if sheet.kind)]
    answers: Answers = run.wish.answers
    for question in plan.questions:
        answers = (
            answers
            if answers.name(question.kind, question.name)
            else answers.having(question.kind, question.name, meant="？")
        )
    write_answers(run.map_path, answers, odd=odd, kinds=kinds)
    click.echo(f"对照表写在 {run.map_path}：把“？”改成答案，再导入一次。")


def _offered(reading: Reading) -> list[Offered]:
    books = [(path, book.path) for path, book in reading.books]
    return [
        Offered(one.path, one.pictures, frozenset(shown for path, shown in books if path.is_relative_to(one.path)))
        for one in reading.folders
    ]


def _say_healed(moved: tuple[str, ...]) -> None:
    if moved:
        click.echo(f"上一次导入中途停了，现在补完了其余 {len(moved)} 个文件。", err=True)


def _shown(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else path.as_posix()


@contextmanager
def _stop_told() -> Iterator[None]:
    """Ctrl-C, or the end of the input where an answer was asked for, ends the command with one line."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n停下了，没有导入。（如果正在写入，下次导入或撤回时会先补完。）", err=True)
        raise SystemExit(PROBLEMS) from None


@contextmanager
def _in_time(minutes: float, paths: tuple[Path, ...]) -> Iterator[None]:
    """Ends the command where a stage before the writing takes too long: a monstrous file must not run for hours."""
    try:
        with within(minutes * 60):
            yield
    except TimeUp:
        message = f"{minutes:g} 分钟里没有读完、核对完，什么都没有写"
        hint = "把表分成几个文件，或把文件夹分几次导入；电脑慢的，用 --time-limit 放宽"
        place = Place("、".join(path.as_posix() for path in paths))
        raise SystemExit(report([Problem("sheet-limit", place, message, hint)])) from None


@contextmanager
def _bar() -> Iterator[Callable[[str], None]]:
    """How many entries were read and checked; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, object] = {}

        def tick(stage: str) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.advance(tasks[stage])  # type: ignore[arg-type]  # made by add_task

        yield tick
