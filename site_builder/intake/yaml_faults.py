"""An error of the YAML parser comes in; what it most likely means goes out, in Chinese, with its place."""

import yaml

from site_builder.model.frozen import frozen
from site_builder.model.wording import quoted

_QUOTE = "内容以这个符号开头时，给整段内容加引号"
_FROM_THE_START = ("quoted", "simple key", "flow", "alias", "anchor", "tag", "block scalar", "directive")
"""What cannot be finished is shown where it began; every other error where the parser gave up."""
_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    # context, problem, message, hint
    ("quoted scalar", "end of stream", "引号没有配对：从这里开始，一直没有结束", "在内容末尾补上同样的半角引号"),
    ("quoted scalar", "document indicator", "引号没有配对：从这里开始，一直没有结束", "在内容末尾补上同样的半角引号"),
    ("quoted scalar", "", "双引号里的反斜线 \\ 有特殊含义，这里的写法不认识", "改用单引号，或把 \\ 写成 \\\\"),
    ("simple key", "", "这一行不是“字段: 内容”的形式：缺少冒号和空格", "写成“字段: 内容”；是上一行的续行就多空两格"),
    ("flow sequence", "", "方括号 [ ] 没有配对，或各项之间缺少半角逗号", "补上 ]；内容以 [ 开头时，给整段加引号"),
    ("flow mapping", "", "花括号 { } 没有配对，或各项之间缺少半角逗号", "补上 }；内容以 { 开头时，给整段加引号"),
    ("block scalar", "tab", "缩进用了制表符", ""),
    ("block scalar", "", "| 或 > 后面不能再写内容", "内容从下一行开始，行首空两格；或给整段内容加引号"),
    ("plain scalar", "tab", "缩进用了制表符", ""),
    ("block collection", "", "清单的缩进没有对齐", "同一张清单的“- ”要对齐，其下的字段再缩进两格"),
    ("next token", "", "内容不能以这个符号开头", _QUOTE),
    ("directive", "", "行首不能是 %", _QUOTE),
    ("", "mapping values", "", ""),
    ("", "block sequence entries", "“- ”清单不能跟在冒号后面同一行", "清单另起一行，每项前面加“- ”"),
    ("", "document start", "这一行和前面的内容连不起来：缩进没有对齐，或前面的资料已经结束", "同一层的字段要对齐"),
    ("", "expected key", "", ""),
)


class NotMapping(yaml.YAMLError):
    """The text is YAML, but no mapping; made with the mark where it begins."""


class TooDeep(yaml.YAMLError):
    """The text is nested more deeply than any entry needs; made with the mark where it becomes too deep."""


@frozen
class Fault:
    """A fault of a text: its code, 0-based line and 1-based column within the text, and words for the editor."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""


@frozen
class Trouble:
    """Where a parser gave up: 0-based lines and columns within the text, and what it said."""

    text: str
    error: yaml.YAMLError
    context: str
    problem: str
    start: tuple[int, int] | None
    """Where the thing began that could not be finished."""
    stop: tuple[int, int]

    @classmethod
    def of(cls, error: yaml.YAMLError, text: str) -> "Trouble":
        """What an error of PyYAML says."""
        start = getattr(error, "context_mark", None)
        given = error.args[0] if isinstance(error, (NotMapping, TooDeep)) else None
        stop = given or getattr(error, "problem_mark", None) or start
        return cls(
            text,
            error,
            getattr(error, "context", None) or "",
            getattr(error, "problem", None) or "",
            min((start.line, start.column), _end(text)) if start else None,
            min((stop.line, stop.column), _end(text)) if stop else (0, 0),
        )

    def line(self, number: int) -> str:
        """A line of the text; empty beyond its end."""
        lines = self.text.split("\n")
        return lines[number] if 0 <= number < len(lines) else ""


def _end(text: str) -> tuple[int, int]:
    """Where the last line that is not blank ends; what is missing at the end of a text is shown there."""
    lines = text.rstrip().split("\n")
    return len(lines) - 1, len(lines[-1])


def explained(trouble: Trouble) -> Fault:
    """The fault to show for an error."""
    code, message, hint = _meaning(trouble)
    began = trouble.start is not None and any(word in trouble.context for word in _FROM_THE_START)
    row, column = trouble.start if began and trouble.start else trouble.stop
    return Fault(code, row, column + 1, message, hint)


def _meaning(trouble: Trouble) -> tuple[str, str, str]:
    match trouble.error:
        case NotMapping():
            return "not-mapping", "这里应当是“字段: 内容”的形式", ""
        case TooDeep():
            return "too-deep", "资料嵌套太深", ""
    if "alias" in trouble.context or "anchor" in trouble.context:
        return "yaml-alias", "内容以 * 或 & 开头，会被当成 YAML 的引用", "给整段内容加引号"
    if "tag" in trouble.context or "tag handle" in trouble.problem:
        return "yaml-tag", "内容以 ! 开头，会被当成 YAML 的标记", "给整段内容加引号"
    if "mapping values" in trouble.problem:
        return "yaml", *_second_colon(trouble)
    if "expected key" in trouble.problem:
        return "yaml", *_no_key(trouble)
    for context, problem, message, hint in _MEANINGS:
        if context in trouble.context and problem in trouble.problem and message:
            return ("yaml-tab" if problem == "tab" else "yaml"), message, hint
    return "yaml", f"从{quoted(trouble.line(trouble.stop[0]))}这一行起，格式读不懂", ""


def _second_colon(trouble: Trouble) -> tuple[str, str]:
    row, column = trouble.stop
    before = trouble.line(row)[:column]
    if ": " in before:
        return "同一行里出现了第二个冒号加空格", "给整段内容加引号，或把内容里的冒号改成全角"
    indent = len(before) - len(before.lstrip())
    above = trouble.line(row - 1)
    if indent > len(above) - len(above.lstrip()):
        hint = "与上一行对齐；属于上一行的字段时，上一行冒号后面不写内容"
        return f"{quoted(before.strip())}比上一行多缩进，但上一行已经有内容", hint
    return f"{quoted(before.strip())}接在了上一行的后面", "检查上一行是不是缺少半角冒号加空格"


def _no_key(trouble: Trouble) -> tuple[str, str]:
    row, column = trouble.stop
    before = trouble.line(row)[:column].rstrip()
    if before.endswith(("'", '"')):
        return "引号后面还有文字", "把引号移到整段内容的两头；内容里有引号时用中文引号“”"
    if before.endswith(("]", "}")):
        return "括号后面还有文字", "内容本身以 [ 或 { 开头时，给整段内容加引号"
    if trouble.line(row)[column : column + 1] == ":":
        return "冒号前面没有字段名", "在冒号前面写上字段名"
    return "这一行的缩进和前面没有对齐", "同一层的字段，行首空格要一样多"
