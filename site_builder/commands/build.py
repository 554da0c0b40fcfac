"""The command ``build``: content comes in, the site goes out, or everything that is amiss."""

import gc
import os
import time
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.commands.profile import profiled
from site_builder.commands.shared import FINE, root_from
from site_builder.commands.site_dir import site_of
from site_builder.press.output import heal, is_ours
from site_builder.press.packaged import packaged_theme
from site_builder.press.stages import Stage, stage
from site_builder.warm.lock import Held, locked
from site_builder.warm.settled import Look, Settled, home_of, nothing_changed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from site_builder.press.readers import Reading
    from site_builder.press.rereading import FewRead


@click.command()
@click.option("--site-dir", metavar="目录", help="输出目录；不写则用 mkdocs.yml 里的 site_dir。")
@click.option("--cold", is_flag=True, help="全部重做，不用上次留下的。")
@click.option("--executor", metavar="地址", help="由别的机器分担，写作 dask://主机:端口；不写则用本机的各个处理器核。")
@click.option("--strict", is_flag=True, help="警告也当作错误。")
@click.option("--profile", "measures", is_flag=True, help="最后列出每个阶段的用时、处理器时间和内存。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def build(
    site_dir: str | None, cold: bool, executor: str | None, strict: bool, measures: bool, root: str | None
) -> None:
    """建成网站；只重做改动涉及的部分。有错误时不动原来的网站。

    \b
    例：exhibition build --site-dir /var/www/zhan
        exhibition build --executor dask://10.0.0.5:8786
    """
    home = root_from(root)
    began = time.monotonic()
    gc.disable()  # a build makes much, drops little and ends soon: at 10,000 entries the collector took a fifth of the time
    site = site_of(home, site_dir)
    refused = is_ours(site, home)
    if refused:
        raise click.ClickException(refused.message)
    try:
        with locked(home_of(home, site)) as safe:
            heal(site)
            # strict asks MkDocs, too, which keeps nothing of its warnings
            trusted = safe and not cold
            look = Look.at(home, site, theme=packaged_theme(), apart=_cores() > 1) if trusted else Look.afresh(home)
            with closing(look):
                settled = None if strict else nothing_changed(home, site, look=look)
                if settled:
                    click.echo(_unchanged(settled, site))
                    return
                if look.walk and look.differing is not None:
                    look.walk.go_on()
                # all that follows needs parts that take longer to load than to find out that there is nothing to do,
                # and what is to be read can be begun before the others are loaded
                with profiled() if measures else nullcontext(), ExitStack() as begun:
                    with stage(Stage.START):
                        reading = begun.enter_context(_reading(home, look, trusted=trusted))
                        few = begun.enter_context(_few_read(home, look))
                        from site_builder.commands.building import Order, built_site

                    order = Order(home, site, look, reading, few, strict=strict, executor=executor)
                    built = built_site(order)
    except Held as held:
        who = f"（进程 {held}）" if str(held) else ""
        raise click.ClickException(f"另一个构建正在写 {site}{who}，请等它结束再试") from held
    click.echo(f"已建成 {site}：{built.pages} 个网页，用时 {time.monotonic() - began:.1f} 秒。")
    # not by returning: what the exception passed, and so what was built, is held till the process ends
    raise SystemExit(FINE)


def _cores() -> int:
    """How many processes to use; asked before anything is loaded that knows it."""
    return int(os.environ.get("EXHIBITION_JOBS", "0")) or os.cpu_count() or 1


def _reading(root: Path, look: Look, *, trusted: bool) -> "AbstractContextManager[Reading | None]":
    """Begins to read all content, where nobody knows what of it differs."""
    if look.differing is not None:
        return nullcontext()
    from site_builder.press.readers import Reading
    from site_builder.warm.records import records

    return closing(Reading(records(root, empty=not trusted), workers=_cores()))


def _few_read(root: Path, look: Look) -> "AbstractContextManager[FewRead | None]":
    """Begins to read the files that differ, where these are few."""
    if not look.differing:
        return nullcontext()
    from site_builder.press.rereading import MOST, reread

    return reread(root, look.differing, alone=_cores() == 1) if len(look.differing) <= MOST else nullcontext()


def _unchanged(settled: Settled, site: Path) -> str:
    still = f"；仍有 {settled.warnings} 处警告，用 exhibition check 查看" if settled.warnings else ""
    return f"没有改动，{site} 里的 {settled.pages} 个网页就是最新的{still}。"
