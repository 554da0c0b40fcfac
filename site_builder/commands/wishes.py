"""What a command wants built comes in; the door's way of building it goes out, for only the door may touch MkDocs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from click.decorators import pass_meta_key

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
