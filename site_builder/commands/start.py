"""The command ``init``: a directory comes in; a new exhibition that builds at once goes out."""

import shutil
from pathlib import Path

import click

from site_builder.commands.failures import failures_told


@click.command()
@click.argument("directory", metavar="目录")
def init(directory: str) -> None:
    """新建一个展览（带主题、词表和示例条目，马上可以建成网站）。

    \b
    例：exhibition init 我的展览
    """
    target = Path(directory)
    if (target / "mkdocs.yml").exists():
        raise click.UsageError(f"{target} 里已经有展览了，不会覆盖")
    with failures_told():
        written = start(target)
    click.echo(f"已新建展览 {target}，共 {len(written)} 个文件。\n接着：cd {target} && exhibition serve")


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
