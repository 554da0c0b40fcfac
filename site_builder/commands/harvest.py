"""The data of another exhibition come in; entries of a joint one go out, after the plan was shown: ``exhibition harvest``."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, PROBLEMS, report, root_from
from site_builder.exchange.journal import heal, write_all
from site_builder.exchange.plan import Action
from site_builder.harvest.adopting import prefix_for
from site_builder.harvest.finds import Harvest, Owner
from site_builder.harvest.formats import harvest_of
from site_builder.harvest.limits import LARGEST_PICTURE
from site_builder.harvest.origins import Origin, origin_of
from site_builder.harvest.planning import HarvestPlan, plan_of_harvest
from site_builder.harvest.steps import Wish
from site_builder.model.entry import is_id
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.kinds import KINDS
from site_builder.model.privacy import masked
from site_builder.model.problems import Problem
from site_builder.sheets.packages import Refused

SHOWN = 60
"""How many entries of each sort are named; the rest are counted."""
_KINDS = tuple(kind.name for kind in KINDS if kind.name not in {"vocabulary", "edition", "story", "plan"})


@click.command()
@click.argument("source", metavar="网址或文件")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不写文件，也不取图片。")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="写到别的目录；不写则写进展览。",
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="project",
    show_default=True,
    help="别家的条目算哪一种；展览的数据包自己写明。",
)
@click.option("--edition", default="", help="成果归入本展的哪一届。")
@click.option("--prefix", default="", help="编号前面加什么，免得重号；不写则取对方的网址。")
@click.option("--owner", default="", help="数据是谁的；不写则以数据自己写的为准。")
@click.option("--licence", default="", help="对方准许怎样使用；不写则以数据自己写的为准。")
@click.option("--status", type=click.Choice(tuple(STATUS_WORDS)), help="新条目的状态；不写就是发布。")
@click.option("--media", is_flag=True, help="也取图片；不写则只留网址。")
@click.option("--update", is_flag=True, help="上次汇集的条目，对方改过的照着改；不写则不动它们。")
@click.option("--skip-bad", is_flag=True, help="有错的条目跳过，其余照写；不写这一项，有一条错就什么都不写。")
@click.option("--allow-private", is_flag=True, help="准许从内部网络的地址汇集。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def harvest(
    source: str,
    dry_run: bool,
    output: Path | None,
    kind: str,
    edition: str,
    prefix: str,
    owner: str,
    licence: str,
    status: str | None,
    media: bool,
    update: bool,
    skip_bad: bool,
    allow_private: bool,
    root: str | None,
) -> None:
    """从别的展览汇集条目，办联展：先说会做什么，再一次写入，来源写明在每个条目里。

    \b
    认得别家展览的数据包（网址、文件夹或 zip）、CollectionBuilder 和 Omeka S 的 CSV、IIIF 集合。
    例：exhibition harvest https://zhan.example.org/ --dry-run
        exhibition harvest 邻市数据.zip --edition 2026 --media
        exhibition harvest metadata.csv --owner 样本博物馆 -o 看看
    写错了：exhibition undo。
    """
    if prefix and not is_id(prefix):
        raise click.UsageError(f"前缀“{prefix}”不合规则：只用小写字母、数字和连字符")
    home = output.resolve() if output else root_from(root)
    with failures_told("什么都没有写。"):
        heal(home)
        try:
            origin = origin_of(source, private=allow_private)
            found = _owned(harvest_of(origin, kind=kind, owner=owner), owner=owner, licence=licence)
            read = partial(_picture, origin) if media and not dry_run else None
            wish = Wish(prefix or prefix_for(found.owner), edition, status or "", update, skip_bad, read)
            plan = plan_of_harvest(found, home, wish=wish)
        except Refused as fault:
            raise SystemExit(report([fault.at(source)])) from fault
        for line in _lines(found, plan, wish=wish):
            click.echo(masked(line))
        raise SystemExit(_finish(plan, home, source=source, dry_run=dry_run, skip_bad=skip_bad))


def _picture(origin: Origin, address: str) -> bytes:
    return origin.read(address, most=LARGEST_PICTURE)


def _owned(found: Harvest, *, owner: str, licence: str) -> Harvest:
    said: Owner = replace(found.owner, name=owner or found.owner.name, licence=licence or found.owner.licence)
    return replace(found, owner=said)


def _lines(found: Harvest, plan: HarvestPlan, *, wish: Wish) -> Iterator[str]:
    owner = found.owner
    dated = f"，数据日期 {owner.date}" if owner.date else ""
    yield f"{found.form}：{owner.name}（{owner.address}）{dated}，许可：{owner.licence or '没有写明'}"
    yield f"编号前面加“{wish.prefix}-”"
    yield from plan.notes[:SHOWN]
    for action in (Action.CREATE, Action.REVISE, Action.REFUSE, Action.SKIP):
        steps = plan.of(action)
        if steps:
            yield f"{_word(action)}：{len(steps)} 个"
            yield from (f"  {step.title}　{step.path}" for step in steps[:SHOWN])
    counts = [f"{_word(action)} {len(steps)} 个" for action in Action if (steps := plan.of(action))]
    yield f"共 {'，'.join(counts)}" if counts else "没有条目"


def _word(action: Action) -> str:
    return "对方或本展改过，没有动（要照着改加 --update）" if action is Action.SKIP else action.value


def _finish(plan: HarvestPlan, home: Path, *, source: str, dry_run: bool, skip_bad: bool) -> int:
    problems: tuple[Problem, ...] = plan.problems
    code = report(problems)
    if dry_run:
        click.echo("这是试运行，什么都没有写。")
        return code
    if code != FINE and not skip_bad:
        click.echo("有错误，什么都没有写。请对方改好，或加 --skip-bad，只写没有错的。", err=True)
        return PROBLEMS
    files = plan.files
    if not files:
        click.echo("没有要写的。")
        return FINE
    write_all(home, files.items(), label=f"汇集 {source}"[:80])
    click.echo(f"已写入 {len(files)} 个文件。要撤回：exhibition undo")
    return FINE
