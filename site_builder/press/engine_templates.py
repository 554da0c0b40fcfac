"""MkDocs's theme comes in; it looks at no icons and keeps what it compiled, as the press does, when it goes out.

Frames and written pages are filled by MkDocs, in an environment of its own: of what a first build does beside the press, compiling their
templates took the longest, and then to list ten thousand icons that no page uses. What is listed, filled and copied stays the same.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError

from site_builder.press.compiled import Compiled

_FILLED = (
    "404.html",
    "main.html",
    "base.html",
    "exhibits/head.html",
    "exhibits/cite.html",
    *(
        f"partials/{name}.html"
        for name in ("icons", "language", "settings", "site-footer", "site-header", "site-search")
    ),
    *(f"partials/{name}.html" for name in ("javascripts/base", "javascripts/content", "written")),
)
"""What our frames and written pages are filled from; a theme may lack some, and what else it has is compiled when it is asked for."""


def dress(theme: Any, theme_dirs: Sequence[str], *, root: Path, keeps: bool = True) -> None:
    """From here on MkDocs looks for templates in these directories, by an environment as it is made here.

    ``keeps``: what it compiles is kept; a preview takes up what is kept, and leaves nothing.
    """
    theme.dirs = list(theme_dirs)
    theme.get_env = partial(_environment, theme, root, keeps=keeps)


def compile_filled(theme: Any, theme_dirs: Sequence[str], *, root: Path) -> None:
    """Compiles what MkDocs will fill, and leaves it where MkDocs will look; what is wrong is told when it is used."""
    dress(theme, theme_dirs, root=root)
    env: Environment = theme.get_env()
    for name in _FILLED:
        with suppress(TemplateError):
            env.get_template(name)


class _Loader(FileSystemLoader):
    """Passes hidden folders over. MkDocs lists templates to know what it must copy, and leaves out whatever lies in such folders."""

    def list_templates(self) -> list[str]:
        """As Jinja says."""
        found: set[str] = set()
        for directory in self.searchpath:
            for folder, folders, files in os.walk(directory):
                folders[:] = [name for name in folders if not name.startswith(".")]
                within = Path(folder).relative_to(directory)
                found.update((within / name).as_posix() for name in files)
        return sorted(found)


def _environment(theme: Any, root: Path, *, keeps: bool) -> Environment:
    env: Environment = type(theme).get_env(theme)
    env.loader = _Loader(theme.dirs)
    env.bytecode_cache = Compiled(root, by="engine-", keeps=keeps)
    return env
