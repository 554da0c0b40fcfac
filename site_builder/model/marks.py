"""Marks on the type of a field come in; when a value is validated, and not before, they tell Pydantic how to read it.

To load Pydantic takes as long as a fifth of all that an edit loads, and whoever takes entries up as they were kept validates none.
"""

from collections.abc import Callable
from typing import Any, TypedDict

from site_builder.model.frozen import frozen

Handler = Callable[[Any], Any]
"""Gives Pydantic's schema of a type."""


class Settings(TypedDict):
    """How Pydantic reads a record, as its ``ConfigDict`` says it."""

    extra: str
    str_strip_whitespace: bool


@frozen
class Before:
    """A value goes through a function before its type is asked for, as with Pydantic's ``BeforeValidator``."""

    func: Callable[[Any], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> Any:
        from pydantic import BeforeValidator

        return BeforeValidator(self.func).__get_pydantic_core_schema__(source, handler)  # type: ignore[arg-type]


@frozen
class Characters:
    """A text has at least so many characters without its outer spaces, or at most so many; 0 is no bound."""

    least: int = 0
    most: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> Any:
        bounds = {"min_length": self.least, "max_length": self.most, "strip_whitespace": self.least > 0}
        return handler(source) | {name: bound for name, bound in bounds.items() if bound}


def refusal(code: str, message: str, **told: str) -> Exception:
    """What a function that reads a value raises: a problem's code, and what is wrong, with ``{text}`` in the place of what is told."""
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(code, message, told)
