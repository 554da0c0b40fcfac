"""Kinds of entries come in; a blank workbook, or a blank Word form, to be sent to unions and units goes out."""

from pathlib import Path

import click

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.commands.shared import root_from
from site_builder.commands.writing import whole_file
from site_builder.exchange.asked import ASKED
from site_builder.exchange.template import blank_sheets
from site_builder.intake.content import read_content
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS
from site_builder.sheets.blank_form import blank_form
from site_builder.sheets.blank_workbook import blank_workbook

_KINDS = tuple(kind for kind in KINDS if kind.name in ASKED)
_WORDS = tuple(word for kind in _KINDS for word in (kind.name, kind.label))


@click.command()
@click.argument("kinds", metavar="种类…", nargs=-1, required=True, type=click.Choice(_WORDS))
@click.option("--form", "as_form", is_flag=True, help="写成Word申报表（.docx），一份填一项。")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到哪里：.xlsx 或 .docx。"
)
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def template(kinds: tuple[str, ...], as_form: bool, output: Path, force: bool, root: str | None) -> None:
    """做一份空白申报表，发给基层填写；填好的表不用对照表就能导入。

    \b
    种类：成果、先进操作法、人物、创新工作室、示范基地、班组团队、活动、单位；写英文也行，如 project
    例：exhibition template 成果 人物 -o 申报表.xlsx
        exhibition template 成果 --form -o 成果申报表.docx
    下拉列表取自展览的词表、奖项和工会，所以要在展览的目录里运行。
    """
    home = root_from(root)
    wanted = tuple(kind for kind in _KINDS if kind.name in kinds or kind.label in kinds)
    suffix = ".docx" if as_form else ".xlsx"
    if output.suffix.lower() != suffix:
        raise click.UsageError(f"{output} 要以 {suffix} 结尾" + ("" if as_form else "；Word申报表请加 --form"))
    if as_form and len(wanted) > 1:
        raise click.UsageError("Word申报表一次只能做一种，请只写一个种类")
    if output.exists() and not force:
        raise click.UsageError(f"{output} 已经有了；换一个名字，或加 --force 覆盖")
    sheets = blank_sheets(wanted, compile_catalogue(read_content(home).entries, Exhibition()))
    with whole_file(output) as draft:
        draft.write_bytes(blank_form(sheets[0]) if as_form else blank_workbook(sheets))
    click.echo(f"已写出 {output}：{'、'.join(sheet.title for sheet in sheets)}。")
