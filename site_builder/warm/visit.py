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
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from site_builder.catalogue.addresses import IDENTIFIERS
from site_builder.intake.stamps import Recorded, Told, digested
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Severity
from site_builder.press.apart import Apart, apart
from site_builder.press.packaged import packaged_theme
from site_builder.press.shelf import shelf_at
from site_builder.press.stages import Stage, stage
from site_builder.press.standing import Standing
from site_builder.press.twin import Twin
from site_builder.publish.deck import Deck
from site_builder.publish.home import absent_sections
from site_builder.warm.desk import Desk
from site_builder.warm.keeping import (
    Kept,
    Known,
    forget_drafts,
    read_foretold,
    read_kept,
    read_survey,
    write_deck,
    write_foretold,
    write_since,
    write_whole,
)
from site_builder.warm.memory import ENGINE, Engine, Left, Memory, Piece
from site_builder.warm.reading import Fact, Facts, foreseen, told, unwatched
from site_builder.warm.settled import (
    CACHE,
    MOST,
    Look,
    Settled,
    ground_of,
    home_of,
    write_settled,
)

MOST_EXCHANGED = 500
"""So many exchanged entries are kept beside the survey; then all is written anew."""
_SHELF = "shelf"
"""Folder of what files are joined from."""
_WRITTEN = ("content/pages/", "content/charts/", "content/languages/")
"""What MkDocs's pages are made of beside entries."""
_FONTS = "content/fonts/"


@frozen
class Ahead:
    """What was put away, and told, before the build was done."""

    seal: str
    """Of the deck, and of the digests that were foretold; empty where the disk took none."""


@frozen
class Visit:
    """One build's look at what the last one left."""

    root: Path
    site: Path
    ground: str
    directories: tuple[str, ...]
    inputs: Told
    kept: Kept | None = None
    left: Left = field(default_factory=Left)
    differing: tuple[str, ...] | None = None
    """Files of content that differ from those of the last build; None where it is not known what that knew of them."""
    pages: int | None = None
    """How many there were, where the last build is the one that is remembered."""
    settled: Settled | None = None
    """What the last build left, as it lies beside what is remembered."""

    @classmethod
    def of(cls, root: Path, site: Path, *, look: Look) -> "Visit":
        """What is remembered, and which files of the site are as they were left."""
        visit = cls.reading(root, site, look=look)
        if look.settled is None or visit.kept is None:
            return visit
        stamps, files = look.site().files, look.settled.site.files
        present = dict.fromkeys(stamps, True)
        if stamps is not files:
            present = {address: files.get(address) == stamp for address, stamp in stamps.items()}
        return replace(visit, left=replace(visit.left, present=present))

    @classmethod
    def reading(cls, root: Path, site: Path, *, look: Look) -> "Visit":
        """What is remembered alone, for whoever leaves the site as it is."""
        settled = look.settled
        if settled is None:
            return cls(root, site, "", (), look.inputs)
        kept = read_kept(home_of(root, site), look.ground) if look.differing is not None else None
        visit = cls(root, site, look.ground, settled.directories, look.inputs, kept, settled=settled)
        if kept is None:
            return visit
        visit = replace(visit, left=Left(kept.memory))
        return replace(visit, differing=look.differing, pages=settled.pages) if kept.seal == settled.seal else visit

    @classmethod
    def cold(
        cls, root: Path, site: Path, *, directories: Iterable[str], look: Look, unread: Collection[str] = ()
    ) -> "Visit":
        """Nothing is remembered; the directories that the settings name are given, and what was seen at a look.

        Files that others read anyway are left ``unread``: they tell of them when they did (``informed``).
        """
        named, inputs = tuple(directories), digested(root, look.inputs.files, but=frozenset(unread))
        ground = ground_of(root, packaged_theme(), directories=named)
        return cls(root, site, ground, named, Told(inputs))

    def informed(self, read: Recorded) -> "Visit":
        """The same, knowing what of these files was read; what came since the look stays unknown."""
        files = {path: read.get(path, one) for path, one in self.inputs.files.items()}
        return replace(self, inputs=Told(files))

    def survey(self) -> Any:
        """What was known when everything was looked at last; None where that is lost."""
        return read_survey(home_of(self.root, self.site), self.kept) if self.kept else None

    @property
    def exchanged(self) -> Mapping[str, Entry]:
        """Key → entry, of those that were exchanged since."""
        return self.kept.texts if self.kept else {}

    @property
    def is_warm(self) -> bool:
        """Whether there is a site that can be mended in place."""
        return bool(self.left.present) and self.engine is not None

    @property
    def engine(self) -> Engine | None:
        """What the press needs of MkDocs, as it is remembered."""
        piece = self.left.memory.pieces.get(ENGINE)
        return piece.result if piece else None

    def desk(
        self,
        deck: Deck,
        *,
        changed: frozenset[Fact] | None = None,
        foretold: Callable[[], Sequence[bytes]] = tuple,
    ) -> Desk:
        """The desk of this build; ``changed`` are all facts that may be others than they were, None where nobody knows."""
        shelf = home_of(self.root, self.site) / _SHELF if self.ground else None
        left = replace(self.left, changed=changed)
        return Desk(deck, left, given=self._digest((_FONTS,)), shelf=shelf, foretold=foretold)

    @contextmanager
    def ahead(self, deck: Deck, *, alone: bool) -> Iterator[Apart[Ahead]]:
        """Begins to put away what this build knows of the content, and to tell what it will want to remember of it."""
        try:
            with apart(partial(self._ahead, deck), alone=alone) as begun:
                yield begun
        finally:
            forget_drafts(home_of(self.root, self.site))

    def _ahead(self, deck: Deck) -> Ahead:
        if not self.ground:
            return Ahead("")
        seal, home = "", home_of(self.root, self.site)
        with stage(Stage.RECORD), contextlib.suppress(OSError):
            seal = write_deck(home, self.ground, deck=deck)
            # a warm build asks for them before anybody could foretell them
            if not self.left.memory.facts:
                write_foretold(home, Facts(deck).foretold(foreseen(deck)), seal=seal)
        return Ahead(seal)

    def foretold(self, ahead: Ahead) -> Sequence[bytes]:
        """Digests of the facts that are foreseen; none where they could not be put away."""
        return read_foretold(home_of(self.root, self.site), ahead.seal)

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

    def settle(
        self,
        memory: Memory,
        known: Known,
        *,
        ahead: Apart[Ahead],
        exchanged: Mapping[str, Entry] | None = None,
        twin: Twin | None = None,
    ) -> int:
        """Puts away what this build remembers, and says how many pages there are; ``exchanged`` is all that it looked at anew.

        ``ahead`` is what was begun of it, ``twin`` what may have taken the site's place. A cache that cannot be written is no reason to
        fail.
        """
        # search and open data are loaded by whoever builds, not by whoever looks
        from site_builder.warm.data import strands_of
        from site_builder.warm.indexing import lists_of

        pages = self._pages(memory)
        if not self.ground:
            return pages
        home = home_of(self.root, self.site)
        warnings = sum(problem.severity is Severity.WARNING for problem in known.problems)
        with contextlib.suppress(OSError):
            # where facts were numbered anew, nothing can be told beside what is kept
            if self.kept and memory.growth and exchanged is not None and len(exchanged) <= MOST_EXCHANGED:
                seal = write_since(home, self.kept, memory=memory, texts=exchanged)
                site = self._standing(memory, twin)
            else:
                seal = ahead.result.seal
                whole = partial(write_whole, home, self.ground, memory=memory, known=known, seal=seal)
                with apart(whole, alone=ahead.alone) as written:
                    site = self._standing(memory, twin)
                    _ = written.result
            same = twin.folders if twin else {}
            inputs = self.inputs.files
            settled = Settled(self.ground, self.directories, inputs, site, pages, warnings, seal, same)
            write_settled(home, settled, former=self.settled, crossed=bool(twin and twin.placed))
            with shelf_at(home / _SHELF) as shelf:
                shelf.clear(but=strands_of(memory) | lists_of(memory))
            _forget(self.root / CACHE, but=home)
        return pages

    def _standing(self, memory: Memory, twin: Twin | None) -> Standing:
        """What stands in the new site; what stayed in place is not looked at again."""
        return twin.placed if twin and twin.placed else Standing.named(self.site, memory.tokens)

    def _pages(self, memory: Memory) -> int:
        """How many pages the site has now; of those that stayed none is counted again."""
        growth = memory.growth
        if self.pages is None or growth is None or growth.former is not self.left.memory:
            return _counted(memory.tokens)
        new, old = (_counted(chain.from_iterable(growth.laid(one))) for one in (memory, growth.former))
        return self.pages + new - old


def _counted(names: Iterable[str]) -> int:
    """How many of these are pages; the small ones at permanent identifiers lead on and are not counted."""
    return len([name for name in names if name.endswith(".html") and not name.startswith(IDENTIFIERS)])


def _forget(cache: Path, *, but: Path) -> None:
    """Forgets the sites that nobody built for longest."""
    homes = sorted(cache.iterdir(), key=lambda home: home.stat().st_mtime_ns, reverse=True)
    for home in [home for home in homes if home != but][MOST - 1 :]:
        shutil.rmtree(home, ignore_errors=True)
