"""A built site and its content come in; after each edit just the pages that changed are pressed again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from site_builder.intake.content import content_of, entry_files, read_file
from site_builder.media.covers import CoverBrief
from site_builder.model.entry import Entry
from site_builder.model.pages import PageJob, PagePlan
from site_builder.model.problems import Problem, stops
from site_builder.pipeline import Survey, surveyed
from site_builder.press.pressing import Press, digest, draw_covers, press_pages
from site_builder.publish.covers import cover_briefs
from site_builder.publish.publishers import page_plans

Read = tuple[Entry | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class Built:
    """A whole build as MkDocs and the press made it."""

    survey: Survey
    press: Press


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: pages pressed again, and everything amiss (errors leave the pages as they were)."""

    pages: int
    problems: tuple[Problem, ...]
    whole: bool = False


class Preview:
    """Keeps a site in step with its content; texts that MkDocs renders, the theme and the settings need a whole build."""

    def __init__(self, root: Path, build: Callable[[], Built]) -> None:
        self.root = root
        self._build = build
        self._built: Built | None = None
        self._stamps: dict[str, tuple[int, int]] = {}
        self._read: dict[str, Read] = {}
        self._digests: dict[str, bytes] = {}
        self._covers: dict[str, CoverBrief] = {}
        self._written: dict[str, tuple[int, int]] = {}

    def refresh(self) -> Refreshed:
        """Takes up all changes since the last call; what MkDocs's own build says of errors is its caller's to show."""
        written = dict(self._stamps_of(self._written_files()))
        if self._built is None or written != self._written:
            self._written = written
            return self._whole_build()
        return self._entries_only(self._built)

    def _whole_build(self) -> Refreshed:
        self._read_changed()
        self._built = self._build()
        deck = self._built.survey.deck
        plans = tuple(page_plans(deck))
        self._digests = {plan.address: digest(plan) for plan in plans}
        self._covers = dict(cover_briefs(deck.catalogue))
        return Refreshed(len(plans), self._built.survey.problems, whole=True)

    def _entries_only(self, built: Built) -> Refreshed:
        exhibition = built.press.exhibition
        self._read_changed()
        found = surveyed(self.root, exhibition, content=content_of(self._read))
        if stops(found.problems):
            return Refreshed(0, found.problems)
        press = replace(built.press, former=None)
        plans = tuple(page_plans(found.deck))
        digests = {plan.address: digest(plan) for plan in plans}
        changed = [plan for plan in plans if digests[plan.address] != self._digests.get(plan.address)]
        briefs = dict(cover_briefs(found.deck.catalogue))
        drawn = [(address, brief) for address, brief in briefs.items() if self._covers.get(address) != brief]
        press_pages(press, [PageJob(plan.address, partial(_as_planned, plan)) for plan in changed])
        draw_covers(press, drawn)
        for address in self._digests.keys() - digests.keys():
            (press.out / address / "index.html").unlink(missing_ok=True)
        self._digests, self._covers = digests, dict(briefs)
        return Refreshed(len(changed), found.problems)

    def _read_changed(self) -> None:
        """Reads entry files whose time or size changed; a file that vanishes meanwhile is gone."""
        stamps = dict(self._stamps_of(self.root / source for source in entry_files(self.root)))
        for source in self._read.keys() - stamps.keys():
            del self._read[source]
        for source, stamp in stamps.items():
            if self._stamps.get(source) != stamp:
                self._read[source] = read_file(self.root, source)
        self._stamps = stamps

    def _stamps_of(self, paths: Iterator[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
        for path in paths:
            try:
                stat = path.stat()
            except OSError:
                continue
            yield (
                path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path),
                (stat.st_mtime_ns, stat.st_size),
            )

    def _written_files(self) -> Iterator[Path]:
        """What only a whole build takes up: settings, editorial pages, stories, theme, media."""
        yield self.root / "mkdocs.yml"
        for folder in ("content/pages", "content/stories", "content/vocabularies", "theme"):
            yield from sorted(path for path in (self.root / folder).rglob("*") if path.is_file())


def _as_planned(plan: PagePlan) -> PagePlan:
    return plan
