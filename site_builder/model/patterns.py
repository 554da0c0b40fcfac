"""A regular expression comes in; its pattern goes out, and is compiled when it is first asked for something.

The modules of this program hold three hundred. To compile those that an edit loads took an eighth of the time before anything was done,
and an edit asks few of them.
"""

import re
from typing import Any, AnyStr, Generic, cast


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, for a constant of a module; ``re.error`` comes with the first use."""
    return cast("re.Pattern[AnyStr]", Pattern(text, flags))


class Pattern(Generic[AnyStr]):
    """Stands for the pattern; what was once asked of it is its own from then on, and asked as fast as of the pattern itself."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._told: tuple[AnyStr, int] = (text, flags)

    def __getattr__(self, name: str) -> Any:
        found = vars(self)[name] = getattr(re.compile(*self._told), name)
        return found
