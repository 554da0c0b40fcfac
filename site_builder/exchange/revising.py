"""The text of a file and new values come in; the text with only these fields rewritten goes out, comments and order kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node

from site_builder.intake.shapes import shape_of
from site_builder.intake.writing import ordered, yaml_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind


@frozen
class _Block:
    """The lines of one top-level field: ``word`` is how the editor writes its name."""

    word: str
    first: int
    end: int
    tail: str
    """The comment behind a value of one line."""


@frozen
class Layout:
    """How the fields of a file are called and in which order they stand."""

    markdown: bool
    name_of: Callable[[str], str]
    ordered: Callable[[Mapping[str, Any]], Mapping[str, Any]]


def revised(text: str, kind: Kind, *, changes: Mapping[str, Any], body: str | None = None) -> str:
    """The text of an entry's file with these fields set; as ``rewritten`` says."""
    return rewritten(text, layout_of(kind), changes=changes, body=body)


def layout_of(kind: Kind) -> Layout:
    """How files of a kind are laid out."""
    return Layout(
        kind.suffix == ".md",
        shape_of(kind.model).name_of,
        lambda fields: ordered(fields, kind.model, first=kind.title_field),
    )


def rewritten(text: str, layout: Layout, *, changes: Mapping[str, Any], body: str | None = None) -> str:
    """The text with these fields set, everything else byte for byte; a field whose value is None goes.

    ``body`` replaces the Markdown where it is given.

    Raises ``ValueError`` where the text is not a file that the intake reads without fault.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    first, end = _front(lines, markdown=layout.markdown)
    block = lines[first:end]
    for name, value in layout.ordered(changes).items():
        block = _with(block, layout, name=name, value=value)
    rest = lines[end:]
    if body is not None and layout.markdown:
        rest = ["---", "", *body.strip().split("\n"), ""] if body.strip() else ["---", ""]
    return newline.join([*lines[:first], *block, *rest])


def front_of(text: str, kind: Kind) -> tuple[str, int]:
    """The YAML of a file and the line, counted from 1, on which it begins."""
    lines = text.replace("\r\n", "\n").split("\n")
    first, end = _front(lines, markdown=kind.suffix == ".md")
    return "\n".join(lines[first:end]) + "\n", first + 1


def _front(lines: Sequence[str], *, markdown: bool) -> tuple[int, int]:
    if not markdown:
        return 0, len(lines) - (1 if lines and not lines[-1] else 0)
    marks = [place for place, line in enumerate(lines) if line.rstrip() == "---"]
    if len(marks) < 2:
        raise ValueError("no front matter")
    return marks[0] + 1, marks[1]


def _with(lines: list[str], layout: Layout, *, name: str, value: Any) -> list[str]:
    blocks = _blocks(lines)
    present = next((one for one in blocks if layout.name_of(one.word) == name), None)
    if present is None and value is None:
        return lines
    if present is None:
        place = _place(blocks, layout, name=name)
        return [*lines[:place], *_written(name, value), *lines[place:]]
    fresh = _written(present.word, value) if value is not None else []
    inside = [line.strip() for line in lines[present.first + 1 : present.end] if line.lstrip().startswith("#")]
    if present.tail and len(fresh) == 1 and not fresh[0].endswith(("|", "|-", ">", ">-")):
        fresh = [f"{fresh[0]}  {present.tail}"]
    elif present.tail:
        inside = [present.tail, *inside]
    return [*lines[: present.first], *inside, *fresh, *lines[present.end :]]


def _written(word: str, value: Any) -> list[str]:
    return yaml_of({word: value}).rstrip("\n").split("\n")


def _blocks(lines: Sequence[str]) -> list[_Block]:
    node = yaml.compose("\n".join(lines) + "\n", Loader=yaml.CBaseLoader)
    if node is None:
        return []
    if not isinstance(node, MappingNode):
        raise ValueError("no mapping")
    pairs = node.value
    starts = [key.start_mark.line for key, _ in pairs] + [len(lines)]
    found = []
    for place, (key, value) in enumerate(pairs):
        end = starts[place + 1]
        while end > starts[place] + 1 and _between(lines[end - 1]):
            end -= 1
        found.append(_Block(str(key.value), starts[place], end, _tail(lines, value)))
    return found


def _between(line: str) -> bool:
    """Whether a line belongs to what follows: blank, or a comment that begins the line."""
    return not line.strip() or line.startswith("#")


def _tail(lines: Sequence[str], value: Node) -> str:
    if value.start_mark.line != value.end_mark.line or value.end_mark.line >= len(lines):
        return ""
    rest = lines[value.end_mark.line][value.end_mark.column :].strip()
    return rest if rest.startswith("#") else ""


def _place(blocks: Sequence[_Block], layout: Layout, *, name: str) -> int:
    """The line before which a new field goes: behind the last field that is declared before it."""
    every = {layout.name_of(one.word): one for one in blocks}
    order = list(layout.ordered(dict.fromkeys([*every, name], "")))
    before = [every[one] for one in order[: order.index(name)] if one in every]
    return max((one.end for one in before), default=0)
