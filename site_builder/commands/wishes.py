"""What a command wants built comes in; the door's way of building it goes out, for only the door may touch MkDocs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import click
from click.decorators import pass_meta_key

from site_builder.commands.shared import report
from site_builder.model.problems import Place, Problem
from site_builder.pipeline import Survey


@dataclass(frozen=True)
class Wish:
    """Which exhibition is to be built: one edition alone or (empty) everything, with large pictures or without."""

    edition: str
    small: bool = False
    archive: bool = False
    """Whether it is to be kept for good: with everything, and saying so on every page."""


class Build(Protocol):
    """The door's way to a site, handed down to commands, which may not touch MkDocs themselves."""

    def __call__(self, root: Path, site: Path, *, wish: Wish) -> Survey:
        """Builds what is wished into the directory ``site``; KeyError where there is no such edition."""


BUILD = "site_builder.build"
"""Where in Click's context the door keeps its ``Build``."""
pass_build = pass_meta_key(BUILD, doc_description="how a site is built")


def built(build: Build, home: Path, *, site: Path, wish: Wish) -> Survey:
    """Builds what is wished; an edition that is not there ends the command."""
    try:
        return build(home, site, wish=wish)
    except KeyError as fault:
        missing = Problem("unknown-edition", Place("content/editions"), f"没有展期“{wish.edition}”")
        code = report((missing,))
        click.echo("什么都没有写。", err=True)
        raise SystemExit(code) from fault
