"""The command ``check``: content comes in, all its problems go out, and on request those with the rules of official documents."""

import gc
from pathlib import Path

import click

from site_builder.catalogue.basis import overdue
from site_builder.commands.engine import Misconfigured, survey_of
from site_builder.commands.shared import FORMATS, day_from, report, root_from
from site_builder.intake.places import located
from site_builder.press.readers import Reading
from site_builder.survey import cores
from site_builder.warm.records import records


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="输出形式：文字、JSON 或 GitHub 标注。"
)
@click.option("--strict", is_flag=True, help="警告也当作错误。")
@click.option("--quiet", is_flag=True, help="不显示提示，只显示错误和警告。")
@click.option("--rules", is_flag=True, help="还按文件的规则检查：名额、周期、比例、工作室考核等。")
@click.option("--as-of", default="", metavar="日期", help="按哪一天检查，如 2026-06-30；不写就是今天。")
@click.option(
    "--report", "to", type=click.Path(path_type=Path), metavar="文件", help="把规则检查写成 .html、.json 或 .csv。"
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def check(form: str, strict: bool, quiet: bool, rules: bool, as_of: str, to: Path | None, root: str | None) -> None:
    """检查全部内容，一次列出所有问题：文件、行、列、怎样改。

    \b
    例：exhibition check --strict
        exhibition check --format json > 问题.json
        exhibition check --rules --as-of 2026-06-30 --report 规则检查.html
    退出码：0 没有问题，1 有问题，2 用法不对。
    """
    home = root_from(root)
    gc.disable()  # much is read, little dropped, and the end is near
    try:
        found = survey_of(home, begun=Reading(records(home), workers=cores()))
    except Misconfigured as fault:
        raise SystemExit(report(fault.problems, form=form, strict=strict, notes=not quiet)) from fault
    problems = list(found.problems)
    day = day_from(as_of)
    problems += located(overdue(found.deck.catalogue.entries.values(), as_of=day), home)
    if rules or as_of or to:
        # what reports are made with is loaded only for them
        from site_builder.commands.rules import rule_findings

        problems += rule_findings(found.deck.catalogue, home, as_of=day, path=to)
    raise SystemExit(report(problems, form=form, strict=strict, notes=not quiet))
