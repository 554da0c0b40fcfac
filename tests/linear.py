"""Seconds of CPU come in; every pattern of the package that takes longer for a long line, in the way it is used, is printed.

Run as a process of its own by tests/test_linear.py, so that a pattern that never ends costs a limited time.
"""

from __future__ import annotations

import ast
import importlib
import re
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "site_builder"
LENGTH = 50_000
EACH = 0.1
"""Seconds of CPU for one pattern and line; what is linear takes a fiftieth, and half the signs take a quarter where it is quadratic."""
USES = ("match", "search", "fullmatch", "sub", "split", "finditer", "findall")
COMMON = (" ", "\t", "\n", "a", "1", "中", "一")
PAIRS = (" 1", "a ", "1.", "a-", "(a", "a@", "a:", "[a", "<a", "中、", "1,", "\n ")


class Slow(Exception):
    """The time for one line is over."""


def patterns() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Where it stands, the pattern, and a method that is called on it; of literals in calls of ``re`` as well."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        compiled = {key: one for key, one in vars(importlib.import_module(name)).items() if isinstance(one, re.Pattern)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr not in USES or not isinstance(node.value, ast.Name):
                continue
            found = compiled.get(node.value.id)
            if found is not None and isinstance(found.pattern, str):
                yield f"{name}.{node.value.id}", found, node.attr
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=use), args=[ast.Constant(str(text)), *_]):
                    if use in USES:
                        yield f"{name}:{node.lineno}", re.compile(text), use


def lines(pattern: str) -> Iterator[str]:
    """Long lines of the signs that a pattern looks for, alone and in twos, and an end that does not fit."""
    signs = sorted(set(re.sub(r"\\[a-zA-Z]|\(\?P<\w+>", "", pattern)) - set("\\()[]{}?*+|^$"))
    for one in dict.fromkeys((*COMMON, *signs[:10])):
        yield one * LENGTH + "\0"
    words = [word for word in re.findall(r"[\u4e00-\u9fff]{2,4}|[A-Za-z]{2,}", pattern) if len(word) > 1]
    for pair in dict.fromkeys((*PAIRS, *words[:4])):
        yield pair * (LENGTH // len(pair)) + "\0"


def used(pattern: re.Pattern[str], use: str, *, line: str) -> None:
    """The call that the package makes."""
    if use == "sub":
        pattern.sub("", line)
    elif use == "finditer":
        for _ in pattern.finditer(line):
            pass
    else:
        getattr(pattern, use)(line)


def over(*_: object) -> None:
    """Heard by the engine of patterns between its steps."""
    raise Slow


def main(seconds: int) -> int:
    """1 where anything was slow."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    signal.signal(signal.SIGVTALRM, over)
    slow, tried = [], set()
    for place, pattern, use in patterns():
        if (pattern.pattern, pattern.flags, use) in tried:
            continue
        tried.add((pattern.pattern, pattern.flags, use))
        for line in lines(pattern.pattern):
            signal.setitimer(signal.ITIMER_VIRTUAL, EACH)
            try:
                used(pattern, use, line=line)
            except Slow:
                slow.append(f"{place} {use} {line[:4]!r}… {pattern.pattern}")
                break
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(f"{len(tried)} patterns", *slow, sep="\n")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1])))
