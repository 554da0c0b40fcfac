"""What every command needs: where the exhibition lies, how problems are printed, when the program ends with which code."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

import click

from site_builder.intake.reporting import as_github, as_json, as_text, summary
from site_builder.model.guesses import perhaps
from site_builder.model.problems import Problem, Severity, stops

FINE, PROBLEMS, USAGE = 0, 1, 2
_FORMATS: tuple[tuple[str, Callable[[Iterable[Problem]], str]], ...] = (
    ("text", as_text),
    ("json", as_json),
    ("github", as_github),
)
FORMATS = tuple(name for name, _ in _FORMATS)


def root_from(given: str | None) -> Path:
    """The directory of the exhibition: the one given, else the nearest one upwards that has mkdocs.yml."""
    if given:
        root = Path(given).resolve()
        if not (root / "mkdocs.yml").is_file():
            raise click.UsageError(f"{root} 里没有 mkdocs.yml，不是展览的目录。新建展览：exhibition init {given}")
        return root
    here = Path.cwd()
    for directory in (here, *here.parents):
        if (directory / "mkdocs.yml").is_file() and (directory / "content").is_dir():
            return directory
    raise click.UsageError("当前目录不在展览里（找不到 mkdocs.yml 和 content/）。请进入展览的目录，或用 --root 指明")


def edition_from(given: str, root: Path) -> str:
    """The id of an edition as given; one that nobody has written yet is a slip, and would be the folder of many entries."""
    known = sorted(path.stem for path in (root / "content" / "editions").glob("*.yml"))
    if given and given not in known:
        there = f"{perhaps(given, known)}有：{'、'.join(known)}" if known else "先用 exhibition new edition 新建"
        raise click.UsageError(f"没有编号为“{given}”的展期。{there}")
    return given


def report(
    problems: Iterable[Problem], *, form: str = "text", strict: bool = False, notes: bool = True, quiet: bool = False
) -> int:
    """Prints problems and says with which code the program should end; ``quiet`` says nothing where there are none."""
    found = [problem for problem in problems if notes or problem.severity is not Severity.NOTE]
    said = dict(_FORMATS)[form](found)
    if said:
        click.echo(said)
    if form == "text" and (found or not quiet):
        click.echo(summary(found), err=True)
    return PROBLEMS if stops(found, strict=strict) else FINE


def day_from(text: str) -> str:
    """An ISO day; today for nothing; a usage error for anything else."""
    if not text:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as fault:
        raise click.UsageError(f"--as-of 要写成 2026-06-30 这样的日期，不是“{text}”") from fault
