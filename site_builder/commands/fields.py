"""The declarations come in; the tables of fields for the editors' manual go out as Markdown."""

from collections.abc import Iterator

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.kinds import KINDS


def field_tables() -> str:
    """One table per kind of entry, then one per record that fields are made of."""
    lines = [
        "# 字段表",
        "",
        "由字段的声明生成（`exhibition fields`），请勿手改。字段名、中文名称和别名都可以用作字段名。",
        "",
    ]
    records: dict[str, type] = {}
    for kind in KINDS:
        lines += [
            f"## {kind.label}（{kind.name}）",
            "",
            f"放在 `content/{kind.folder}/`，文件名 `编号{kind.suffix}`。",
            "",
            *_table(fields_of(kind.model)),
            "",
        ]
        records |= {field.record.__name__: field.record for field in fields_of(kind.model) if field.record}
    for name in sorted(records):
        for field in fields_of(records[name]):
            if field.record:
                records.setdefault(field.record.__name__, field.record)
    lines += ["# 成组的内容", ""]
    for name in sorted(records):
        lines += [f"## {name}", "", *_table(fields_of(records[name])), ""]
    return "\n".join(lines)


def _table(fields: tuple[DeclaredField, ...]) -> Iterator[str]:
    yield "| 字段 | 中文名称 | 别名 | 说明 |"
    yield "| --- | --- | --- | --- |"
    for field in fields:
        declared = field.declared
        notes = [
            "必填" if field.required else "",
            f"词表 `{declared.vocabulary}`" if declared.vocabulary else "",
            f"编号或名称：{'、'.join(field.refers)}" if field.refers else "",
            f"见 {field.record.__name__}" if field.record else "",
            "不公开" if not declared.public else "",
            declared.note,
        ]
        yield f"| `{field.name}` | {declared.label} | {'、'.join(declared.headings)} | {'；'.join(note for note in notes if note)} |"
