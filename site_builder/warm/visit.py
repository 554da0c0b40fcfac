"""An exhibition and its site come in; what the last build remembers of them goes out, and what this one remembers is put away.

**The warm build, from first to last.** A build *settles* when its site is in place (``settled``). The next one

1. takes the lock of the site (``lock``) and asks whether anything differs at all: if not, it is done (``settled.nothing_changed``);
2. if the ground differs (program, libraries, theme, settings), or there is nothing to trust, it builds cold: everything is made in a
   directory beside the site, files that turn out the same are taken over, and the directory takes the site's place;
3. else it reads the content, parsing only files that changed (``intake/record_cache``), and surveys it whole, as ever;
4. compares what each *piece* of the work was given and had read with what it would be given and read now (``reading``, ``memory``), and
   makes only pieces that are not right any more (``todo``) and whose bytes differ (``press/laid``);
5. takes all other files over from the site as it is, the very files, lets the whole take the site's place, and settles again.

A build that is killed before the swap leaves site and record as they were; one that is killed after it leaves a record of which the files
that differ are known by their stamps. Nothing is ever taken for right by its name; where anything is in doubt, it is made again.
"""

import contextlib
import pickle
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.intake.record_cache import BROKEN
from site_builder.intake.stamps import Told, fresh_file
from site_builder.model.problems import Problem, Severity
from site_builder.press.packaged import packaged_theme
from site_builder.press.shelf import shelf_at
from site_builder.publish.deck import Deck
from site_builder.publish.home import absent_sections
from site_builder.warm.data import strands_of
from site_builder.warm.indexing import lists_of
from site_builder.warm.memory import ENGINE, Desk, Engine, Memory, Piece
from site_builder.warm.reading import told, unwatched
from site_builder.warm.settled import (
    CACHE,
    MOST,
    Settled,
    ground_of,
    home_of,
    inputs_of,
    read_settled,
    site_files,
    write_settled,
)

_MEMORY = "memory"
_SHELF = "shelf"
"""Folder of what files are joined from."""
_WRITTEN = ("content/pages/", "content/charts/", "content/languages/")
"""What MkDocs's pages are made of beside entries."""
_FONTS = "content/fonts/"


@dataclass(frozen=True)
class Visit:
    """One build's look at what the last one left."""

    root: Path
    site: Path
    ground: str
    directories: tuple[str, ...]
    inputs: Told
    memory: Memory
    present: dict[str, bool]
    """Address → whether it is as it was left, of every file in the site; empty where nothing is remembered."""

    @classmethod
    def of(cls, root: Path, site: Path, *, directories: Iterable[str] | None = None) -> "Visit":
        """What is remembered; nothing where the directories that the settings name are given, which only a cold build knows."""
        home = home_of(root, site)
        settled = read_settled(home)
        inputs = inputs_of(root, settled.inputs if settled else {})
        if settled is None or directories is not None:
            named = tuple(directories or ())
            return cls(root, site, ground_of(root, packaged_theme(), directories=named), named, inputs, Memory(), {})
        ground = ground_of(root, packaged_theme(), directories=settled.directories)
        memory = _read(home / _MEMORY, ground) if ground and ground == settled.ground else None
        if memory is None:
            return cls(root, site, ground, settled.directories, inputs, Memory(), {})
        present = {address: settled.files.get(address) == stamp for address, stamp in site_files(site).items()}
        return cls(root, site, ground, settled.directories, inputs, memory, present)

    @property
    def is_warm(self) -> bool:
        """Whether there is a site that can be mended in place."""
        return bool(self.present) and self.engine is not None

    @property
    def engine(self) -> Engine | None:
        """What the press needs of MkDocs, as it is remembered."""
        piece = self.memory.pieces.get(ENGINE)
        return piece.result if piece else None

    def desk(self, deck: Deck) -> Desk:
        """The desk of this build."""
        shelf = home_of(self.root, self.site) / _SHELF if self.ground else None
        return Desk(deck, self.memory, present=self.present, given=self._digest((_FONTS,)), shelf=shelf)

    def engine_given(self, desk: Desk) -> bytes:
        """Digest of what MkDocs is given beside the entries it shows; which sections are empty is asked of all entries at once."""
        return self._digest(_WRITTEN) + told((unwatched(desk.deck), absent_sections(desk.deck)))

    def engine_right(self, desk: Desk) -> Piece | None:
        """What MkDocs made, where it is right still."""
        return desk.right({ENGINE: self.engine_given(desk)}).get(ENGINE)

    def _digest(self, folders: tuple[str, ...]) -> bytes:
        return told(
            sorted(
                (path, digest or stamp)
                for path, (stamp, digest) in self.inputs.files.items()
                if path.startswith(folders)
            )
        )

    def settle(self, memory: Memory, *, pages: int, problems: Iterable[Problem]) -> None:
        """Puts away what this build remembers; a cache that cannot be written is no reason to fail."""
        home = home_of(self.root, self.site)
        if not self.ground:
            return
        warnings = sum(problem.severity is Severity.WARNING for problem in problems)
        settled = Settled(self.ground, self.directories, self.inputs.files, site_files(self.site), pages, warnings)
        with contextlib.suppress(OSError):
            with fresh_file(home / _MEMORY) as draft, draft.open("wb") as file:
                pickle.dump(self.ground, file, protocol=5)
                pickle.dump(memory, file, protocol=5)
            write_settled(home, settled)
            with shelf_at(home / _SHELF) as shelf:
                shelf.clear(but=strands_of(memory) | lists_of(memory))
            _forget(self.root / CACHE, but=home)


def _read(path: Path, ground: str) -> Memory | None:
    try:
        with path.open("rb") as file:
            # what another program pickled may not even load
            if pickle.load(file) != ground:
                return None
            found = pickle.load(file)
            return found if isinstance(found, Memory) else None
    except BROKEN:
        return None


def _forget(cache: Path, *, but: Path) -> None:
    """Forgets the sites that nobody built for longest."""
    homes = sorted(cache.iterdir(), key=lambda home: home.stat().st_mtime_ns, reverse=True)
    for home in [home for home in homes if home != but][MOST - 1 :]:
        shutil.rmtree(home, ignore_errors=True)
