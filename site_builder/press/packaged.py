"""Nothing comes in; where the theme lies that comes with the builder goes out."""

from pathlib import Path


def packaged_theme() -> Path:
    """The theme that comes with the builder: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_theme"
    return inside if inside.is_dir() else package.parent / "theme"
