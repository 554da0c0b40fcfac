"""A YAML text that does not parse comes in; it goes out with a slip of the hand mended, and what it was."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from site_builder.intake.shapes import Shape
from site_builder.intake.yaml_faults import Fault, NotMapping, TooDeep, Trouble, explained
from site_builder.model.frozen import frozen

_WIDTHS = (2, 4, 8)
_VALUE = re.compile(r"(\s*(?:- +)*(?:[^\s:#\"'\[\]{}|>][^:#]*:\s+)?)(\S.*)")
_INDENT = re.compile(r"[ \t]*\t[ \t]*")
_SIGNS = r"#\"'\[\]{}|>,，。；"
_FIELD = re.compile(rf"^(\s*(?:- +)*)([^\s:：{_SIGNS}][^:：{_SIGNS}]{{0,29}}?)\s*([:：])(\s*)(?=(.?))")


@frozen
class Mend:
    """A text nearer to YAML than before, and what had to be said of it."""

    text: str
    faults: tuple[Fault, ...]
    quoted: frozenset[int] = frozenset()
    """Lines whose value was put in quotes."""
    whole: bool = True
    """Whether nothing was left out."""


def mended(trouble: Trouble, shape: Shape, *, parses: Callable[[str], bool]) -> Mend | None:
    """The text with the fault at this place mended; None where it is not one of the faults known here."""
    near = [trouble.stop[0], trouble.stop[0] - 1]
    if trouble.start is not None and "simple key" in trouble.context:
        near = [trouble.start[0]]
    if any(_INDENT.match(trouble.line(number)) for number in near):
        return _without_tabs(trouble.text, parses)
    if "document start" in trouble.problem:
        return _dedented(trouble)
    if trouble.start is not None and "flow" in trouble.context:
        return None  # within brackets a colon may mean many things
    for number in near:
        fault = _colon(trouble.line(number), number, shape=shape)
        if fault:
            lines = trouble.text.split("\n")
            lines[number] = _FIELD.sub(r"\1\2: ", lines[number], count=1)
            return Mend("\n".join(lines), (fault,))
    return None


def passed_over(trouble: Trouble, quoted: frozenset[int]) -> Mend:
    """The text with the value of the faulty line put in quotes; where that was tried, without the line's block."""
    fault = explained(trouble)
    if isinstance(trouble.error, (NotMapping, TooDeep)):
        return Mend("", (fault,), whole=False)
    row = fault.line
    lines = trouble.text.split("\n")
    faults = () if row in quoted else (fault,)
    found = _VALUE.fullmatch(trouble.line(row))
    if found and found[1].strip() and row not in quoted:
        value = found[2].rstrip().replace("'", "''")
        lines[row] = f"{found[1]}'{value}'"
        if "block scalar" not in trouble.context:
            return Mend("\n".join(lines), faults, frozenset({row}))
    else:
        lines[row] = ""
    below = () if "document start" in trouble.problem else range(row + 1, len(lines))
    end = next((number for number in below if _stands_beside(lines[number], trouble.line(row))), len(lines))
    lines[row + 1 : end] = [""] * (end - row - 1)
    return Mend("\n".join(lines), faults, frozenset({row}), whole=False)


def _stands_beside(line: str, above: str) -> bool:
    """Whether a line does not belong to the line above it."""
    return bool(line.strip()) and _indent(line) <= _indent(above)


def _indent(line: str) -> int:
    """How far a line is indented; an item of a list belongs to the key above it, be it indented or not."""
    return len(line) - len(line.lstrip()) + line.lstrip().startswith("- ")


def _dedented(trouble: Trouble) -> Mend | None:
    """The first fields moved to the margin, where those below them stand."""
    lines = trouble.text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip())
    indent = len(lines[first]) - len(lines[first].lstrip())
    if not indent or first >= trouble.stop[0]:
        return None
    for number in range(first, trouble.stop[0]):
        spaces = len(lines[number]) - len(lines[number].lstrip())
        lines[number] = lines[number][min(indent, spaces) :]
    fault = Fault("yaml", first, 1, "第一个字段的行首多了空格，和下面的字段没有对齐", "删去行首的空格")
    return Mend("\n".join(lines), (fault,))


def _without_tabs(text: str, parses: Callable[[str], bool]) -> Mend:
    lines = text.split("\n")
    tabbed = [number for number, line in enumerate(lines) if _INDENT.match(line)]
    spaced = (_spaced(lines, width) for width in _WIDTHS)
    best = next((candidate for candidate in spaced if parses(candidate)), _spaced(lines, _WIDTHS[0]))
    return Mend(best, tuple(_runs(tabbed)))


def _spaced(lines: list[str], width: int) -> str:
    return "\n".join(
        found[0].expandtabs(width) + line[found.end() :] if (found := _INDENT.match(line)) else line for line in lines
    )


def _runs(numbers: list[int]) -> Iterator[Fault]:
    """One fault for each run of neighbouring lines."""
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        more = f"（连续 {len(run)} 行）" if len(run) > 1 else ""
        yield Fault("yaml-tab", run[0], 1, f"行首的缩进用了制表符{more}")


def _colon(line: str, number: int, *, shape: Shape) -> Fault | None:
    """A full-width colon, or a colon without the space that YAML asks for."""
    found = _FIELD.match(line)
    if not found:
        return None
    _, word, sign, space, following = found.groups()
    if sign == "：":
        hint = f"改成“{word}: ”：半角冒号加一个空格"
        return Fault("yaml-colon", number, found.start(3) + 1, f"“{word}”后面是全角冒号", hint)
    if not space and following and shape.knows(word):
        return Fault("yaml", number, found.start(3) + 1, f"“{word}”的冒号后面缺一个空格", f"改成“{word}: ”")
    return None
