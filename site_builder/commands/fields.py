"""The declarations come in; the tables of fields and settings for the editors' manual go out as Markdown."""

from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from types import MappingProxyType

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS
from site_builder.model.settings import SETTINGS

_WRITTEN: Mapping[str, str] = MappingProxyType(
    {"text": "文字", "texts": "清单：`[第一段, 第二段]`", "switch": "`true`或`false`", "number": "整数"}
    | {"day": "日期：`2026-11-21`", "sizes": "`{entry: 400KB}`"}
)


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
    lines += ["# 展览的设置", "", *_settings_table(), "", "# 成组的内容", ""]
    for name in sorted(records):
        lines += [f"## {name}", "", *_table(fields_of(records[name])), ""]
    return "\n".join(lines)


def _settings_table() -> Iterator[str]:
    yield "写在 `mkdocs.yml` 里，`plugins` 下面 `exhibition` 的下一层，一行一个。都可以不写。文件最上面的 `site_name` 是展览的"
    yield "名称，必填；`site_url` 是网址，发布前填写；`site_description` 是一句话介绍，给搜索引擎看。"
    yield ""
    yield "| 设置 | 名称 | 怎样写 | 不写时 | 说明 |"
    yield "| --- | --- | --- | --- | --- |"
    defaults = {one.name: one.default for one in dataclass_fields(Exhibition)}
    for name, setting in SETTINGS.items():
        form = "、".join(f"`{choice}`" for choice in setting.choices)
        form = f"清单：{form}" if form and setting.form == "choices" else form or _WRITTEN[setting.form]
        yield f"| `{name}` | {setting.label} | {form} | {_default(defaults.get(name))} | {setting.note} |"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`" if value else ""
    return f"`{value}`" if value else ""


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
