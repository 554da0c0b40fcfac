"""The command ``pack``: an edition comes in, a zip for sticks and computers without a network goes out."""

import tempfile
from pathlib import Path

import click

from site_builder.commands.engine import Wish, built
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, report, root_from
from site_builder.model.problems import Problem
from site_builder.model.wording import size_words
from site_builder.release.leaflet import leaflet
from site_builder.release.packing import Parcel, unfit, write_pack
from site_builder.release.weighing import bytes_from, too_heavy, weights
from site_builder.release.windows_names import folder_name
from site_builder.survey import Survey


@click.command()
@click.argument("edition", metavar="[展期]", default="")
@click.option("--all", "whole", is_flag=True, help="打包整个展览，不只一个展期。")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到哪里：.zip 文件。"
)
@click.option("--small", is_flag=True, help="小包：不带细节图切片、海报和大图。")
@click.option(
    "--max-size", default="4GB", show_default=True, metavar="大小", help="不得超过多大，如 500MB；超过就不写。"
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def pack(edition: str, whole: bool, output: Path, small: bool, max_size: str, root: str | None) -> None:
    """打包离线版：一个 zip，解压后双击就能看，不用联网；检索、筛选、收藏都能用。

    \b
    例：exhibition pack 2026 -o 展览.zip
        exhibition pack --all --small --max-size 500MB -o 全部.zip
    """
    home = root_from(root)
    if bool(edition) == whole:
        raise click.UsageError("写一个展期的编号，如 exhibition pack 2026 -o 展览.zip；或用 --all 打包全部")
    if output.suffix.lower() != ".zip":
        raise click.UsageError(f"{output} 要以 .zip 结尾")
    try:
        most = bytes_from(max_size)
    except ValueError as fault:
        raise click.UsageError(f"--max-size {max_size} 认不出来；写作 500MB 或 2GB") from fault
    with (
        failures_told("什么都没有写。"),
        tempfile.TemporaryDirectory(prefix=".pack-", dir=output.absolute().parent) as scratch,
    ):
        site, draft = Path(scratch, "site"), Path(scratch, "draft.zip")
        parcel = _parcel(built(home, site=site, wish=Wish(edition, small)), Wish(edition, small), site=site)
        problems = unfit(site, parcel)
        weighed = {} if problems else weights(write_pack(site, draft, parcel=parcel))
        if problems or sum(weighed.values()) > most:
            found = problems or (too_heavy(weighed, most=most, small=small, name=str(output)),)
            raise SystemExit(_refused(found))
        draft.replace(output)
    click.echo(f"已写出 {output}：{size_words(output.stat().st_size)}。")
    click.echo("其中 " + "，".join(f"{group} {size_words(size)}" for group, size in weighed.items()) + "。")


def _refused(problems: tuple[Problem, ...]) -> int:
    code = report(problems)
    click.echo("什么都没有写。", err=True)
    return code or FINE


def _parcel(found: Survey, wish: Wish, *, site: Path) -> Parcel:
    catalogue = found.deck.catalogue
    shown = catalogue.exhibition
    title = catalogue.entries[f"edition/{wish.edition}"].title if wish.edition else ""
    works, people = len(catalogue.of_kind("project", "method")), len(catalogue.of_kind("craftsman"))
    content = f"{title or '各展期'}的成果 {works} 项，人物 {people} 位。" + ("图片用小一些的。" if wish.small else "")
    name = " ".join(part for part in (shown.name, title) if part)
    folder = folder_name(" ".join(part for part in (shown.short_name, title) if part))
    sheet = next(site.glob("assets/*/exhibition.css")).relative_to(site).as_posix()
    top = leaflet(name, content=content, online=shown.url, sheet=sheet)
    return Parcel(folder=folder, top=top, small=wish.small, online=shown.url)
