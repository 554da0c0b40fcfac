"""The style sheet as it is written comes in; the same sheet in the words of browsers of 2018 to 2020 goes out.

Such browsers leave out a whole rule for one ``:is()`` that they do not know, and a declaration for one ``clamp()``: pages without margins
and gaps. Only they ask for the sheet that is made here (``prefs.js``), after the one that all get. What changes:

- ``:is()`` and lists in ``:not()`` are written out; rules of ``:has()`` go, ``:focus-visible`` becomes ``:focus``;
- short forms of sides are written out (``inset``, ``padding-inline``);
- what is computed (``clamp()``, ``min()``, ``max()``) gets its first value, and the computed one where it is understood;
- gaps between things in a row become margins where only grids have gaps.

Chromium 70 and Safari 12.1 know what is left, but for properties without which a page is only plainer (docs/accessibility.md).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from types import MappingProxyType

_TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()\[\]{};, ])|[^"'()\[\]{};, ]+""")
_BRACE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}])|[^"'{}]+""")
_NESTED = re.compile(r"""["'()\[\]{}]""")
"""What may hold a mark that parts nothing; most texts have none."""
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_CHOICE = re.compile(r":(?:is|where)\(")
_NONE_OF = re.compile(r":not\(([^()]*,[^()]*)\)")
_COMPUTED = re.compile(r"(?<![a-z-])(clamp|min|max)\(")
_SILENT = re.compile(r'(content:"[^"]*")/""')
_FLEX = re.compile(r"display:\s*(?:inline-)?flex")
_SIDES = MappingProxyType(
    {
        "padding-inline": ("padding-inline-start", "padding-inline-end"),
        "padding-block": ("padding-block-start", "padding-block-end"),
        "margin-inline": ("margin-inline-start", "margin-inline-end"),
        "margin-block": ("margin-block-start", "margin-block-end"),
        "inset-block": ("top", "bottom"),
        "inset": ("top", "right", "bottom", "left"),
    }
)
_COMPUTES = "@supports (width:clamp(1px,1px,1px))"
_NO_GAPS = "@supports (not (appearance:none)) and (not (inset:0))"
"""Browsers whose flexible boxes have no gaps: Chromium up to 83, Safari up to 14.0."""
_UNSEEN = ".vh+*{margin-left:0}\n"
"""What stands after words for screen readers only stands first."""


@lru_cache(maxsize=1)
def lowered(css: str) -> str:
    """The whole sheet, without comments; margins in the place of gaps come first, so that every margin that is written wins."""
    gaps, rules = "".join(_gaps(css, set())), "".join(_rules(css))
    return f"{_NO_GAPS}{{\n{gaps}{_UNSEEN}}}\n{rules}"


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule of a sheet: what stands before its braces, and what stands in them."""
    head, body, depth = "", "", 0
    for found in _BRACE.finditer(css):
        token = found[0]
        depth += (token == "{") - (token == "}")
        if token == "}" and not depth:
            yield head.strip(), body
            head = body = ""
        elif depth and (token != "{" or depth > 1):
            body += token
        elif not depth:
            head += token


def declarations(body: str) -> list[tuple[str, str]]:
    """Each declaration in the braces of a rule: name and value."""
    pairs = (one.partition(":") for one in parted(body, ";") if one.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def parted(text: str, mark: str) -> list[str]:
    """A text cut at a mark, but not within brackets or quotation marks."""
    if not _NESTED.search(text):
        return text.split(mark)
    parts, depth = [""], 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        depth += (token in _OPENS) - (token in _CLOSES)
        if token == mark and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _rules(css: str) -> Iterator[str]:
    for head, body in blocks(css):
        if head.startswith(("@media", "@supports")):
            yield f"{head}{{\n{''.join(_rules(body))}}}\n"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}\n"
        elif selectors := ",".join(_selectors(head)):
            yield from _rule(selectors, body)


def _rule(selectors: str, body: str) -> Iterator[str]:
    plain: list[str] = []
    computed: list[str] = []
    for name, value in declarations(body):
        for side, part in _sided(name, value):
            plain.extend(_plain(f"{side}:{part}"))
            if _COMPUTED.search(part):
                computed.append(f"{side}:{part}")
    yield f"{selectors}{{{';'.join(plain)}}}\n"
    if computed:
        yield f"{_COMPUTES}{{{selectors}{{{';'.join(computed)}}}}}\n"


def _selectors(head: str) -> Iterator[str]:
    for one in parted(head, ","):
        yield from (
            spelt for spelt in _spelt_out(one.strip().replace(":focus-visible", ":focus")) if ":has(" not in spelt
        )


def _spelt_out(selector: str) -> Iterator[str]:
    """One selector for each choice that it leaves."""
    if not (found := _CHOICE.search(selector)):
        yield _NONE_OF.sub(lambda none: "".join(f":not({one})" for one in none[1].split(",")), selector)
        return
    end = _closing(selector, found.end())
    for choice, rest in product(parted(selector[found.end() : end], ","), _spelt_out(selector[end + 1 :])):
        # `.a:is(h1)` is an element with a class, which is written the other way round
        before = selector[: found.start()]
        stem = before.rstrip(" >+~")
        element = bool(re.match("[a-z]", choice)) and stem == before and bool(stem)
        cut = max(before.rfind(mark) for mark in " >+~") + 1
        for inner in _spelt_out(choice):
            yield f"{before[:cut]}{inner}{before[cut:]}{rest}" if element else f"{before}{inner}{rest}"


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that was opened before ``start``."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at
    return len(text)


def _sided(name: str, value: str) -> list[tuple[str, str]]:
    """The declaration for each side that a short form means."""
    if name == "border-block":
        return [("border-block-start", value), ("border-block-end", value)]
    sides = _SIDES.get(name)
    if not sides:
        return [(name, value)]
    plain, mark, loud = value.partition("!")
    values = [one for one in parted(plain, " ") if one]
    if not values:
        return [(name, value)]
    # as in all short forms: what is not said is as on the side opposite
    while len(values) < len(sides):
        values.append(values[max(0, len(values) - 2)])
    return [(side, f"{one}{mark}{loud}") for side, one in zip(sides, values, strict=False)]


def _plain(declaration: str) -> Iterator[str]:
    """The declaration as it is understood everywhere; with words that readers of a screen are spared also as it was."""
    if _SILENT.search(declaration):
        yield _SILENT.sub(r"\1", declaration)
        yield declaration
        return
    yield _uncomputed(declaration)


def _uncomputed(value: str) -> str:
    """The value with the first of what could be computed in the place of each ``clamp()``, ``min()`` and ``max()``."""
    while found := _COMPUTED.search(value):
        end = _closing(value, found.end())
        choices = [one.strip() for one in parted(value[found.end() : end], ",")]
        first = next((one for one in choices if one != "100%"), choices[0])
        first = f"calc({first})" if re.search(r"[*/]|\s[+-]\s", first) and not _COMPUTED.match(first) else first
        value = f"{value[: found.start()]}{first}{value[end + 1 :]}"
    return value


def _gaps(css: str, known: set[str]) -> Iterator[str]:
    """Margins for what stands side by side with gaps between; ``known`` collects what was said to stand so."""
    for head, body in blocks(css):
        if head.startswith("@media"):
            inner = "".join(_gaps(body, known))
            yield f"{head}{{\n{inner}}}\n" if inner else ""
            continue
        said = dict(declarations(body))
        if _FLEX.search(body):
            known.add(head)
        elif head not in known and "flex-direction" not in said:
            continue
        both = parted(said.get("gap", ""), " ")
        row, column = said.get("row-gap", both[0]), said.get("column-gap", both[-1])
        down = said.get("flex-direction") == "column"
        if gap := _uncomputed(row if down else column):
            yield _margins(list(_selectors(head)), gap, down=down, wraps="wrap" in said.get("flex-wrap", ""))


def _margins(selectors: list[str], gap: str, *, down: bool, wraps: bool) -> str:
    if down:
        return f"{','.join(f'{one}>*+*' for one in selectors)}{{margin-left:0;margin-top:{gap}}}\n"
    if wraps:
        return f"{','.join(f'{one}>*' for one in selectors)}{{margin-left:0;margin-right:{gap}}}\n"
    return f"{','.join(f'{one}>*+*' for one in selectors)}{{margin-left:{gap}}}\n"
