"""The declarations come in; the table of what each field is called in other vocabularies goes out as Markdown."""

from site_builder.model.crosswalk import crossings
from site_builder.model.kinds import kind_named


def crosswalk_table() -> str:
    """One row per field and kind: field, schema.org, Dublin Core, Open Graph, GB/T 7714—2015."""
    lines = [
        "| 种类 | 字段 | schema.org | Dublin Core | Open Graph | GB/T 7714 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in crossings():
        kind = "全部" if one.kind == "*" else kind_named(one.kind).label
        dublin = f"DC.{one.dublin}" if one.dublin else ""
        cells = (kind, f"`{one.field}` {one.label}", one.schema, dublin, one.open_graph, one.cited)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
