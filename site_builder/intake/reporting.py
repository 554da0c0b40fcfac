"""Problems come in; text for people, JSON for programs or annotations for GitHub go out.

A log may be public: whatever a message quotes, personal data in it is hidden.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType

from site_builder.model.problems import Problem, Severity, code_named, in_order, sentence

_GITHUB = MappingProxyType({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that a terminal obeys instead of showing them; names of files may hold them."""
_MEASURES = MappingProxyType({Severity.ERROR: "个错误", Severity.WARNING: "个警告", Severity.NOTE: "条提示"})


def as_text(problems: Iterable[Problem]) -> str:
    """A line for each: ``path:line:column: 级别[code] message。mend``."""
    return "\n".join(_line(problem) for problem in in_order(problems))


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects; the names of their members are as stable as the codes."""
    return _sayable(json.dumps([_object(problem) for problem in in_order(problems)], ensure_ascii=False, indent=2))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    return _sayable("\n".join(_annotation(problem) for problem in in_order(problems)))


def summary(problems: Iterable[Problem]) -> str:
    """How many of each severity, in one phrase: ``3 个错误，2 个警告``."""
    counts = Counter(problem.severity for problem in set(problems))
    return "，".join(f"{counts[level]} {_MEASURES[level]}" for level in Severity if counts[level]) or "没有发现问题"


def mend_of(problem: Problem) -> str:
    """How to mend it: what the problem itself says, else what its code says."""
    return problem.hint or code_named(problem.code).mend


def _line(problem: Problem) -> str:
    said = f"{sentence(problem.message)}{mend_of(problem)}"
    text = f"{problem.place.words}: {problem.severity.value}[{problem.code}] {said}"
    return _hidden(_UNSEEN.sub(lambda sign: f"U+{ord(sign[0]):04X}", " ".join(text.splitlines())))


def _hidden(text: str) -> str:
    """The text as it may be printed; what finds personal data takes long to load, for builds that mostly have nothing to say."""
    from site_builder.model.privacy import masked

    return masked(text)


def _sayable(text: str) -> str:
    """Names of files need not be UTF-8; what is printed must."""
    return text.encode("utf-8", "replace").decode()


def _object(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.name.lower(),
        "path": place.path,
        "line": place.line or None,
        "column": place.column or None,
        "field": list(place.field),
        "cell": place.cell or None,
        "message": _hidden(problem.message),
        "mend": _hidden(mend_of(problem)),
    }


def _annotation(problem: Problem) -> str:
    place = problem.place
    where = {"file": place.path, "line": place.line, "col": place.column}
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in where.items() if value)
    title = _escaped(f"{problem.severity.value}[{problem.code}]", ":,")
    message = _escaped(_hidden(f"{sentence(problem.message)}{mend_of(problem)}"))
    return f"::{_GITHUB[problem.severity]} {properties},title={title}::{message}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
