"""The command ``new``: a kind and a title come in; a commented template of an entry that passes the check goes out."""

import sys
from itertools import chain, count
from pathlib import Path
from typing import Any, get_args

import click

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import edition_from, root_from
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import is_id
from site_builder.model.exhibit import Status
from site_builder.model.kinds import KINDS, Kind, kind_named
from site_builder.model.naming import id_for, id_for_person, slug

_FIRST = ("summary", "status", "sources")


@click.command()
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]), metavar="种类")
@click.option("--title", prompt="标题或名称", help="标题或名称。")
@click.option("--id", "name", help="编号（小写字母、数字、连字符）；不写则由拼音生成。")
@click.option("--edition", default="", help="成果所属的展期。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def new(kind: str, title: str, name: str | None, edition: str, force: bool, root: str | None) -> None:
    """新建一个条目：写出带说明的模板，状态是草稿。

    \b
    种类：project 成果、method 先进操作法、craftsman 人物、studio 创新工作室、base 示范基地、team 班组、
    award 奖项、plan 计划、edition 展期、event 活动、organisation 单位、union 工会、story 专题、vocabulary 词表
    例：exhibition new project --title 高落差电缆无损施工 --edition 2026
    """
    home, described = root_from(root), kind_named(kind)
    if not title.strip():
        raise click.UsageError("标题不能为空")
    if edition and not is_id(edition):
        raise click.UsageError(f"展期“{edition}”不合规则：只用小写字母、数字和连字符")
    edition_from(edition, home)
    proposal = proposed_id(described, title, root=home, folder=edition)
    chosen = name or (click.prompt("编号", default=proposal) if sys.stdin.isatty() else proposal)
    if not is_id(chosen):
        raise click.UsageError(f"编号“{chosen}”不合规则：只用小写字母、数字和连字符，如 {proposal}")
    path = path_of(described, chosen, root=home, folder=edition)
    if path.exists() and not force:
        raise click.UsageError(f"{path} 已经有了；换一个编号，或加 --force 覆盖")
    with failures_told("什么都没有写。"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template(described, title, given={"edition": edition}), encoding="utf-8")
    click.echo(f"已新建 {path.relative_to(home)}")


def proposed_id(kind: Kind, title: str, *, root: Path, folder: str = "") -> str:
    """An ASCII id from pinyin; where it is taken a number is added, as homonyms get it."""
    name = (id_for_person(title) if kind.name == "craftsman" else id_for(title)) or slug(title)
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in names if not path_of(kind, one, root=root, folder=folder).exists())


def path_of(kind: Kind, name: str, *, root: Path, folder: str = "") -> Path:
    """Where the entry's file belongs; projects lie in the folder of their edition."""
    house = root / "content" / kind.folder
    return (house / folder if folder and kind.name == "project" else house) / f"{name}{kind.suffix}"


def template(kind: Kind, title: str, *, given: dict[str, Any]) -> str:
    """The file's text: what is given is set, all other fields stand as comments with their labels."""
    lines = [f"# {kind.label}。井号开头的行是说明，去掉井号就生效；不用的字段可以删掉。"]
    for field in _in_order(kind):
        label = f"{field.declared.label}{'（必填）' if field.required else ''}"
        if field.name == kind.title_field:
            lines.append(f"{field.name}: {quoted(title)}  # {label}")
        elif given.get(field.name):
            lines.append(f"{field.name}: {quoted(str(given[field.name]))}  # {label}")
        elif field.name == "status":
            lines.append(f"status: draft  # {label}：{' '.join(get_args(Status))}（草稿、公示、发布、撤下）")
        else:
            advice = field.declared.note or _sample(field)
            lines.append(f"# {field.name}:  # {label}{'：' if advice else ''}{advice}")
    text = "\n".join(lines)
    if kind.suffix == ".yml":
        return f"{text}\n"
    return f"---\n{text}\n---\n\n"


def quoted(text: str) -> str:
    """A YAML scalar that reads back as this text, whatever it holds."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
    return f'"{escaped}"'


def _in_order(kind: Kind) -> list[DeclaredField]:
    """The title first, then what every entry should have, then the rest as declared."""
    fields = list(fields_of(kind.model))
    ranks = {kind.title_field: 0} | {name: at + 1 for at, name in enumerate(_FIRST)}
    return sorted(fields, key=lambda field: ranks.get(field.name, len(ranks)))


def _sample(field: DeclaredField) -> str:
    declared = field.declared
    if field.record is not None:
        inner = "、".join(f"{one.name} {one.declared.label}" for one in fields_of(field.record))
        return f"每条可写 {inner}"
    if declared.vocabulary:
        return f"见词表 content/vocabularies/{declared.vocabulary}.yml"
    return "可写编号（有条目的）或名称" if field.refers else ""
