"""The commands ``fields`` and ``schema``: the declarations of all kinds come in; tables and JSON Schema go out."""

import click

from site_builder.commands.crosswalk import crosswalk_table
from site_builder.commands.fields import field_tables
from site_builder.model.kinds import KINDS, kind_named
from site_builder.model.schemas import json_schema


@click.command()
@click.option("--crosswalk", is_flag=True, help="改为打印对照表：各字段在 schema.org、Dublin Core 等词表里叫什么。")
def fields(crosswalk: bool) -> None:
    """打印字段表（Markdown）：每种条目有哪些字段、怎样写。

    例：exhibition fields > 字段表.md
    """
    click.echo(crosswalk_table() if crosswalk else field_tables())


@click.command()
@click.argument("kind", type=click.Choice([one.name for one in KINDS]), metavar="种类")
def schema(kind: str) -> None:
    """打印一种条目的 JSON Schema，供编辑器边写边查。

    例：exhibition schema project > project.schema.json
    """
    click.echo(json_schema(kind_named(kind)))
