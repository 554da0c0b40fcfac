"""An exhibition being edited comes in; each page goes out as it is asked for, made from the latest content."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock

from site_builder.catalogue.addresses import address_of
from site_builder.intake.content import Read, content_of
from site_builder.media.covers import CoverBrief
from site_builder.media.store import Making, Store
from site_builder.model.exhibition import Exhibition
from site_builder.model.languages import parted
from site_builder.model.pages import OutputFile, PageJob
from site_builder.model.problems import Problem, stops
from site_builder.opendata.api import ROOT as INTERFACE
from site_builder.opendata.work import whole_data
from site_builder.pipeline import whole_index
from site_builder.press.pressing import Press, draw_covers, press_pages, put_files, put_index, put_media
from site_builder.publish.cards import FOLDER, share_making_at
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck
from site_builder.publish.embeds import Embed
from site_builder.publish.outside import outside_file_at
from site_builder.publish.publishers import page_jobs
from site_builder.publish.takeaway import ROOT as DATA
from site_builder.search.layout import ROOT
from site_builder.surveying import Survey, surveyed
from site_builder.warm.records import records

Stamp = tuple[int, int]
"""Time of the last change in nanoseconds, and size."""


@dataclass(frozen=True)
class Built:
    """What MkDocs made: frames and written pages in a directory, ready for the press."""

    survey: Survey
    press: Press


@dataclass(frozen=True)
class Drafted:
    """An entry as it would be if its draft were saved: its page, if it has one, and all that is amiss in its file."""

    address: str
    page: bytes | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _State:
    """One state of the exhibition: what there is to be made; a later state is another value."""

    press: Press
    jobs: Mapping[str, PageJob]
    covers: Mapping[str, CoverBrief]
    media: Mapping[str, Making]
    store: Store
    deck: Deck
    originals: Path
    embedded: tuple[Embed, ...]
    """Cards inside of what MkDocs has rendered."""
    index: Callable[[], Mapping[str, OutputFile]]
    """The search index, made when it is first asked for."""
    data: Callable[[], tuple[Mapping[str, OutputFile], PageJob]]
    """The open data and their page, likewise."""

    @classmethod
    def of(cls, found: Survey, press: Press) -> "_State":
        jobs = {job.address: job for job in page_jobs(found.deck)}
        return cls(
            press,
            jobs,
            dict(cover_briefs(found.deck.catalogue)),
            {address: making for making in found.media for _, address in making.addresses},
            found.store,
            found.deck,
            found.originals,
            found.embedded,
            cache(partial(whole_index, found.deck, found.tongues)),
            cache(partial(whole_data, found.deck)),
        )


class Preview:
    """Takes up edits and makes pages on demand: an edit costs one survey, whatever the number of pages.

    Texts that MkDocs renders (stories, editorial pages), the theme and the settings need a build of MkDocs.
    """

    def __init__(
        self, root: Path, build: Callable[[Callable[[Exhibition], Survey]], Built], *, lenient: bool = False
    ) -> None:
        self.root = root
        self.survey: Survey | None = None
        """What the last refresh found, errors or not."""
        self._build = build
        self._lenient = lenient
        """Whether pages follow the content in spite of errors, as far as it can be read."""
        self._state: _State | None = None
        self._drafted: _State | None = None
        self._records = records(root)
        self._written: dict[str, Stamp] = {}
        self._made: set[str] = set()
        self._on_disk: set[str] = set()
        self._lock = Lock()

    @property
    def reads(self) -> Mapping[str, Read]:
        """Path → what was last read in each file that should hold an entry."""
        return {source: one.read for source, one in self._records.kept.items()}

    def refresh(self) -> tuple[Problem, ...]:
        """Takes up all changes since the last call; with errors among the problems the pages stay as they were."""
        written = dict(self._stamps(self._written_files()))
        if self._state is not None and written == self._written:
            found = self._surveyed(self._state.press.exhibition)
            if (stops(found.problems) and not self._lenient) or found.embedded == self._state.embedded:
                return self._take(found, self._state.press)
        self._written = written
        built = self._build(self._surveyed)
        return self._take(built.survey, built.press)

    def _surveyed(self, exhibition: Exhibition) -> Survey:
        former, self._records = self._records, self._records.renewed()
        self._records.write(former)
        return surveyed(self.root, exhibition, content=self._records.content)

    def drafted(self, source: str, read: Read) -> Drafted:
        """The page of one entry as its draft has it, everything else as it lies on the disk; nothing is saved.

        A draft that is not to be published yet is shown as if it were. Only after a refresh.
        """
        assert self._state is not None and self.survey is not None
        entry, faults = read
        if entry is not None and entry.data.status == "draft":
            entry = replace(entry, data=replace(entry.data, status="published"))
        reads = {**self.reads, source: (entry, faults)}
        exhibition = self.survey.deck.catalogue.exhibition
        found = surveyed(self.root, exhibition, content=content_of(reads))
        state = _State.of(found, self._state.press)
        with self._lock:
            self._drafted = state
            self._made -= state.covers.keys() | state.media.keys()
        address = address_of(entry) if entry is not None else ""
        plan = state.jobs[address].plan() if address in state.jobs else None
        page = (
            state.press.page(plan, state.press.kept()).encode() if plan and plan.section in state.press.frames else None
        )
        return Drafted(address, page, tuple(one for one in found.problems if one.place.path == source))

    def _take(self, found: Survey, press: Press) -> tuple[Problem, ...]:
        self.survey = found
        if not stops(found.problems) or (self._lenient and press.frames):
            with self._lock:
                self._state = _State.of(found, replace(press, former=None, tongues=found.tongues))
                self._drafted = None
                self._made = set()
        return found.problems

    def ready(self, path: str) -> None:
        """Makes sure that the page or cover at this path is the latest; one that is no more loses its file."""
        # a page is made in all languages at once
        address = parted(path.lstrip("/"))[1].removesuffix("index.html")
        with self._lock:
            state = self._state
            if state is None or address in self._made:
                return
            self._made.add(address)
            if address in state.jobs:
                self._on_disk.add(address)
                press_pages(state.press, [state.jobs[address]])
            elif address in self._on_disk:
                (state.press.out / address / "index.html").unlink(missing_ok=True)
            elif holder := next((one for one in (self._drafted, state) if one and address in one.covers), None):
                draw_covers(state.press, [(address, holder.covers[address])])
            elif holder := next((one for one in (state, self._drafted) if one and address in one.media), None):
                put_media(state.press, [holder.media[address]], store=state.store)
            elif address.startswith(f"{FOLDER}/"):
                drawn = share_making_at(state.deck, state.originals, address=address)
                put_media(state.press, [drawn] if drawn else [], store=state.store)
            elif outside := outside_file_at(state.deck, address):
                put_files(state.press, [outside])
            elif address == DATA:
                press_pages(state.press, [state.data()[1]])
            elif address.startswith((ROOT, DATA, INTERFACE)):
                self._put_file(state, address)

    def _put_file(self, state: _State, address: str) -> None:
        """A file of the search index or the open data as it is now; one that is no more is removed."""
        found = state.index() if address.startswith(ROOT) else state.data()[0]
        file = found.get(address)
        if file is not None:
            put_index(state.press, [file])
        elif ".." not in address:
            (state.press.out / address).unlink(missing_ok=True)

    def _stamps(self, paths: Iterable[Path]) -> Iterator[tuple[str, Stamp]]:
        for path in paths:
            try:
                stat = path.stat()
            except OSError:
                continue
            yield path.relative_to(self.root).as_posix(), (stat.st_mtime_ns, stat.st_size)

    def _written_files(self) -> Iterator[Path]:
        """What only a build of MkDocs takes up: settings, editorial pages, stories, the theme."""
        yield self.root / "mkdocs.yml"
        for folder in ("content/pages", "content/stories", "theme"):
            yield from sorted(path for path in (self.root / folder).rglob("*") if path.is_file())
