"""Values come in that a template shows, joins or calls; what stands in the page goes out. Compiled templates call this (``compiling``)."""

from functools import partial
from typing import Any

from jinja2 import StrictUndefined
from jinja2.runtime import markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as words  # type: ignore[attr-defined]

__all__ = ("joined", "keyed", "marked", "shown", "told", "words")

marked = partial(str.__new__, Markup)
"""Text that is escaped already, as markup: without the questions that ``Markup`` asks of any object."""


def shown(value: Any) -> str:
    """Any other value as it stands in the page, escaped; parts are joined to plain text, so plain text will do."""
    return str(value) if type(value) is int else escape(value)


def joined(parts: tuple[Any, ...]) -> str:
    """What ``~`` makes of its parts: words are put together as they are, other values as Jinja does."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


_NO_CALLER = StrictUndefined("No caller defined", name="caller")


def told(macro: Any, text: Any, *, name: str, arguments: tuple[str, ...]) -> Any:
    """A macro as a plain function that knows its name; arguments left out are missing, which its ``text`` fills with its defaults."""
    macro.name, macro.arguments = name, arguments
    if arguments:
        left_out = tuple(_NO_CALLER if argument == "caller" else missing for argument in arguments)
        macro.__defaults__ = text.__defaults__ = left_out
    return macro


def keyed(function: Any, *given: Any, **named: Any) -> Any:
    """Calls what is called with names: a macro's arguments are found by theirs."""
    arguments = getattr(function, "arguments", None) if named else None
    if arguments is None or not hasattr(function, "__defaults__"):
        return function(*given, **named)
    rest = [named.pop(name, missing) for name in arguments[len(given) :]]
    if named:
        raise TypeError(f"macro {function.name!r} takes no keyword argument {next(iter(named))!r}")
    return function(*given, *rest)
