"""A kind and a title come in; a commented template of an entry that passes the check goes out."""

from itertools import chain, count
from pathlib import Path
from typing import Any, get_args

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.exhibit import Status
from site_builder.model.kinds import Kind
from site_builder.model.naming import id_for, id_for_person, slug

_FIRST = ("summary", "status", "sources")


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
