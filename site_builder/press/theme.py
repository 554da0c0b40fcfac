"""Theme directories come in; where the packaged theme lies and the one style sheet of the site go out."""

import re
from collections.abc import Iterable
from pathlib import Path

from site_builder.model.pages import OutputFile

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def packaged_theme() -> Path:
    """The theme that comes with the builder: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_theme"
    return inside if inside.is_dir() else package.parent / "theme"


def style_sheet(theme_dirs: Iterable[str]) -> OutputFile:
    """All ``styles/*.css`` in the order of their names; a directory named first overrides a later one's file of the same name."""
    sheets: dict[str, Path] = {}
    for directory in theme_dirs:
        for path in Path(directory, "styles").glob("*.css"):
            sheets.setdefault(path.name, path)
    text = "\n".join(sheets[name].read_text(encoding="utf-8").strip() for name in sorted(sheets))
    return OutputFile("assets/exhibition.css", f"{_bare(text)}\n".encode())


def asset(path: Path) -> bytes:
    """A file of the theme as it is published: scripts without indentation and lines of comment, all others as they are.

    The lines stay, so that a fault in a visitor's browser can be read; our scripts have no text that runs over lines.
    """
    content = path.read_bytes()
    if path.suffix != ".js":
        return content
    lines = (line.strip() for line in content.decode().splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode()


def _bare(css: str) -> str:
    """Without comments, indentation and blank lines: bytes that no visitor needs."""
    return _SPACE.sub("\n", _COMMENT.sub("", css)).strip()
