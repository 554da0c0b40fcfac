"""A directory comes in; a new exhibition that builds at once goes out."""

import shutil
from pathlib import Path


def packaged(name: str) -> Path:
    """A directory that comes with the builder: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def start(target: Path) -> tuple[str, ...]:
    """Copies the starter and the vocabularies; existing files are left as they are. Returns what was written."""
    written = []
    sources = ((packaged("starter"), target), (_vocabularies(), target / "content" / "vocabularies"))
    for source, into in sources:
        for path in sorted(source.rglob("*")):
            goal = into / path.relative_to(source)
            if path.is_file() and "__pycache__" not in path.parts and not goal.exists():
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, goal)
                written.append(goal.relative_to(target).as_posix())
    return tuple(written)


def _vocabularies() -> Path:
    inside = packaged("_vocabularies")
    return inside if inside.is_dir() else packaged("content") / "vocabularies"
