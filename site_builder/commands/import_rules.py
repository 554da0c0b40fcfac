"""Tables and a file of rules for each of them come in; entries under content/ go out, the same bytes every time."""

from collections.abc import Iterable
from pathlib import Path

import click

from site_builder.commands.shared import FINE, PROBLEMS, report
from site_builder.intake.importing import ImportPlan, Planned, apply, plan_import
from site_builder.intake.mapping import load_map
from site_builder.intake.tables import read_tables
from site_builder.model.problems import Problem, stops

SHOWN = 20
"""How many files of each sort are named; the rest are counted."""


def import_tables(paths: Iterable[Path], root: Path, *, map_path: Path, dry_run: bool) -> int:
    """Plans first and says so; nothing is written where a row is wrong. Returns the exit code."""
    table_map, problems = load_map(map_path)
    tables, faults = read_tables(list(paths), root)
    found: list[Problem] = [*problems, *faults]
    if table_map is None:
        return report(found)
    plan = plan_import(tables, table_map, root=root)
    found += plan.problems
    _say(plan)
    code = report(found)
    if stops(found):
        click.echo("有错误，什么都没有写。", err=True)
        return PROBLEMS
    if dry_run:
        click.echo("这是试运行，什么都没有写。")
        return code
    apply(plan, root)
    click.echo(f"已写入 {len(plan.created) + len(plan.changed)} 个文件。")
    return FINE


def _say(plan: ImportPlan) -> None:
    for label, files in (("新建", plan.created), ("更新", plan.changed), ("手工改过，未动", plan.edited)):
        _list(label, [file.path if isinstance(file, Planned) else file for file in files])
    _list("手工删去，未重建", plan.removed)
    _list("表里已没有，未删", plan.left_over)
    click.echo(f"没有变化：{len(plan.unchanged)} 个")


def _list(label: str, paths: Iterable[str]) -> None:
    names = list(paths)
    if names:
        click.echo(f"{label}：{len(names)} 个")
        for name in names[:SHOWN]:
            click.echo(f"  {name}")
        if len(names) > SHOWN:
            click.echo(f"  ……其余 {len(names) - SHOWN} 个")
