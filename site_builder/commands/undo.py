"""The journal of imports comes in; the last import is taken back: ``exhibition undo``."""

import click

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, report, root_from
from site_builder.exchange.journal import undo


@click.command("undo")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def undo_(root: str | None) -> None:
    """撤回上一次导入、汇集或撤下：新建的文件删去，修订的文件恢复原样。

    \b
    例：exhibition undo
    可以连着撤回几次。导入之后又改过的文件不会被动：列出它们，一个也不撤。
    """
    with failures_told():
        done = undo(root_from(root))
    if done.problems:
        click.echo(f"没有撤回“{done.label}”：", err=True)
        raise SystemExit(report(done.problems))
    if not done.restored and not done.removed:
        click.echo("没有可以撤回的了。")
        raise SystemExit(FINE)
    click.echo(f"已撤回“{done.label}”：恢复 {len(done.restored)} 个文件，删去 {len(done.removed)} 个文件。")
