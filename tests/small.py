"""Makes small exhibitions of recognisably made-up entries for tests."""

from pathlib import Path
from textwrap import dedent

from site_builder.catalogue.catalogue import Catalogue, compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.intake.content import read_content
from site_builder.media.examining import examined
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Problem, Severity
from site_builder.publish.deck import Deck, deck_of

PLAIN = {
    "editions/2024.yml": "title: 2024 样本展期\nyears: 2022—2023\n",
    "editions/2026.yml": "title: 2026 样本展期\nyears: 2024—2025\n",
}
"""Two editions, which most samples need."""


def write(root: Path, files: dict[str, str]) -> Path:
    """Writes files under ``root/content``; texts may be indented for reading."""
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def project(**fields: str) -> str:
    """The file of a project with these front-matter lines."""
    lines = "".join(
        f"{name}: {value}\n" for name, value in {"title": "样本成果", "sources": "样本来源", **fields}.items()
    )
    return f"---\n{lines}---\n"


def catalogue_of(root: Path, **settings: object) -> Catalogue:
    """The catalogue of what lies under ``root/content``; samples that do not read are a fault of the test."""
    content = read_content(root)
    faults = [problem for problem in content.problems if problem.severity is Severity.ERROR]
    assert not faults, "\n".join(map(str, faults))
    return compile_catalogue(content.entries, Exhibition(**settings))  # type: ignore[arg-type]  # tests name real settings


def deck_at(root: Path, **settings: object) -> Deck:
    """The deck of what lies under ``root/content``, its pictures looked at but not made."""
    media = root / "content/media"
    known = {path.relative_to(media).as_posix(): examined(path) for path in sorted(media.rglob("*")) if path.is_file()}
    return deck_of(catalogue_of(root, **settings), known)


def problems_of(root: Path) -> tuple[Problem, ...]:
    """What the catalogue finds amiss."""
    content = read_content(root)
    return check_catalogue(content.entries, compile_catalogue(content.entries, Exhibition()))


def codes_of(root: Path) -> list[str]:
    """Codes of what the catalogue finds amiss, sorted."""
    return sorted(problem.code for problem in problems_of(root))
