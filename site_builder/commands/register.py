"""The command ``register``: the exhibition comes in; the register of persons goes out into a private folder."""

from pathlib import Path
from types import MappingProxyType

import click

from site_builder.commands.engine import configured, exhibition_of
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, day_from, root_from
from site_builder.commands.writing import whole_file
from site_builder.exchange.register import register_of
from site_builder.intake.content import read_content
from site_builder.sheets.listing import write_workbook

_WITHHELD = MappingProxyType(
    {"withhold": "没有依据，不公开", "member": "没有依据，写作团队成员", "show": "没有依据，仍在公开"}
)


@click.command()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="写到哪里（.xlsx）。",
)
@click.option("--as-of", default="", metavar="日期", help="按哪一天看同意有没有过期；不写就是今天。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def register(target: Path, as_of: str, root: str | None) -> None:
    """写出个人信息登记表：谁、公开什么、依据、自何时、到何时、在哪里，供影响评估用。

    \b
    例：exhibition register -o ../私有/登记.xlsx
    登记表里有凭证编号，只能放在 content/ 和网站目录之外的私有文件夹。
    """
    home = root_from(root)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"-o 的文件要以 .xlsx 结尾，不是 {target.name}")
    config = configured(home)
    where = target.resolve()
    for public in (home / "content", Path(config.site_dir), Path(config.docs_dir), home / "theme"):
        if where.is_relative_to(public.resolve()):
            raise click.UsageError(f"登记表不能写进 {public.name}/：那里的东西会公开。请写到私有的文件夹里")
    exhibition = exhibition_of(config)
    withheld = _WITHHELD[exhibition.persons_without_basis]
    listing = register_of(read_content(home).entries, as_of=day_from(as_of), withheld=withheld)
    with failures_told("什么都没有写。"):
        where.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(where) as draft:
        draft.touch(mode=0o600)
        write_workbook(draft, [listing])
        draft.chmod(0o600)
    click.echo(f"已写出 {target}：{sum(1 for _ in listing.rows())} 行。请放在只有经手人能看的地方，至少存三年。")
    raise SystemExit(FINE)
