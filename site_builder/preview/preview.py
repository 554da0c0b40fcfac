"""An exhibition being edited comes in; each page goes out as it is asked for, made from the latest content."""

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock

from site_builder.catalogue.addresses import address_of
from site_builder.intake.content import Read, read_file
from site_builder.intake.stamps import Stamp, files_below, stamp_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.languages import parted
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Problem, stops
from site_builder.opendata.sharding import ROOT as INTERFACE
from site_builder.press.output import lay
from site_builder.press.pressing import Press, draw_covers, press_pages, put_files, put_index, put_media
from site_builder.press.templates import environment
from site_builder.preview.resuming import Built
from site_builder.preview.retouching import Company, retouched
from site_builder.preview.state import State
from site_builder.preview.whole import Whole
from site_builder.publish.cards import FOLDER, share_making_at
from site_builder.publish.embeds import Embed
from site_builder.publish.outside import outside_file_at
from site_builder.publish.takeaway import ROOT as DATA
from site_builder.search.layout import ROOT
from site_builder.survey import Survey
from site_builder.warm.records import records


@frozen
class Drafted:
    """An entry as it would be if its draft were saved: its page, if it has one, and all that is amiss in its file."""

    address: str
    page: bytes | None
    problems: tuple[Problem, ...]


class Preview:
    """Takes up edits and makes pages on demand: what is looked at costs what it is, whatever the number of entries.

    ``glance`` takes up single entries at once; ``refresh`` surveys the whole, as a build does, and has the last word. They may be
    called at the same time by two threads. Texts that MkDocs renders (stories, editorial pages), the theme and the settings need a
    build of MkDocs.
    """

    def __init__(
        self,
        root: Path,
        build: Callable[[Callable[[Exhibition], Survey]], Built],
        *,
        lenient: bool = False,
        left: Callable[[], Built | None] = lambda: None,
    ) -> None:
        self.root = root
        self.survey: Survey | None = None
        """What was found last, errors or not."""
        self.surveys = 0
        """How many times the whole was taken up."""
        self._build = build
        self._left = left
        """Finds what the last build left, where it is worth to be looked at."""
        self._lenient = lenient
        """Whether pages follow the content in spite of errors, as far as it can be read."""
        self._state: State | None = None
        self._drafted: State | None = None
        self._whole: Whole | None = None
        self._company: Company | None = None
        """None as long as nothing was read."""
        self._written: dict[str, Stamp] = {}
        self._embedded: tuple[Embed, ...] = ()
        """What MkDocs showed in stories and editorial pages when it built last."""
        self._saved: dict[str, Read] = {}
        """What was glanced at since the last refresh began."""
        self._made: set[str] = set()
        self._on_disk: set[str] = set()
        self._lock = RLock()

    @property
    def reads(self) -> Mapping[str, Read]:
        """Path → what was last read in each file that should hold an entry."""
        return self._whole.reads if self._whole else {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is known to be amiss."""
        return self.survey.problems if self.survey else ()

    @property
    def site(self) -> Path | None:
        """Where pages are laid; each build of MkDocs lays its own in another place, so that nobody sees half of them."""
        return self._state.press.out if self._state is not None else None

    @property
    def has_pages(self) -> bool:
        """Whether there is anything to look at."""
        return self._state is not None

    def has_page(self, path: str) -> bool:
        """Whether the press makes a page at this path."""
        with self._lock:
            return self._state is not None and self._state.job(path.lstrip("/")) is not None

    def resume(self) -> None:
        """Takes up what the last build left, so that there is something to look at; the next refresh has the last word."""
        with _uncollected():
            built = self._left()
        if built is not None:
            self._take(built.survey, built.press)
            self.ready("/")  # beside a thread that surveys it would take twice as long

    def refresh(self) -> tuple[Problem, ...]:
        """Takes up all changes since the last call; with errors among the problems the pages stay as they were."""
        with self._lock:
            self._saved = {}
        written = dict(self._stamps())
        if self._state is not None and self._whole is not None and written == self._written:
            found = self._known(self._whole.renewed)
            if (stops(found.problems) and not self._lenient) or found.embedded == self._embedded:
                return self._take(found, self._state.press)
        environment.cache_clear()  # templates may be others now
        built = self._build(self._surveyed)
        if built.press.frames:  # with errors nothing was built: what asked for it, asks again when they are mended
            self._written = written
            self._embedded = built.survey.embedded
        return self._take(built.survey, built.press)

    def glance(self, sources: Iterable[str]) -> None:
        """Takes up what was just saved in these files; where that changes more than an entry's own page, the next refresh does."""
        for source in sources:
            read = read_file(self.root, source)
            with self._lock:
                self._saved[source] = read
                self._retouch(source, read)

    def _retouch(self, source: str, read: Read) -> None:
        if self._state is None or self.survey is None:
            return
        shown = replace(self._state.found, problems=self.survey.problems)
        found = retouched(shown, source, read=read, company=self._company, root=self.root)
        if found is None:
            return
        self.survey = replace(self.survey, problems=found.problems)
        if found.deck is not shown.deck and not any(
            stops((one,)) for one in found.problems if one.place.path == source
        ):
            self._show(self._state.retouched(found))

    def _surveyed(self, exhibition: Exhibition) -> Survey:
        former = self._whole.records if self._whole else records(self.root)
        return self._known(lambda: Whole.of(self.root, exhibition, former=former))

    def _known(self, look: Callable[[], Whole]) -> Survey:
        with _uncollected():
            self._whole = look()
            self._company = Company.of(self.reads)
        return self._whole.survey

    def drafted(self, source: str, read: Read) -> Drafted:
        """The page of one entry as its draft has it, everything else as it lies on the disk; nothing is saved.

        A draft that is not to be published yet is shown as if it were. Only after a refresh.
        """
        assert self._state is not None and self._whole is not None
        entry, faults = read
        if entry is not None and entry.data.status == "draft":
            entry = replace(entry, data=replace(entry.data, status="published"))
        found = self._whole.with_file(source, (entry, faults))
        state = State.of(found, self._state.press)
        with self._lock:
            self._drafted = state
            self._made = {one for one in self._made if one.endswith("/") or not one}
        address = address_of(entry) if entry is not None else ""
        job = state.job(address) if address else None
        plan = job.plan() if job else None
        page = state.press.page(plan, state.press.kept()) if plan and plan.section in state.press.frames else None
        return Drafted(address, page, tuple(one for one in found.problems if one.place.path == source))

    def _take(self, found: Survey, press: Press) -> tuple[Problem, ...]:
        with self._lock:
            self.survey = found
            # a first look at an exhibition with errors shows what could be read
            if not stops(found.problems) or (press.frames and (self._lenient or self._state is None)):
                if self._state is not None and self._state.press.out != press.out:
                    self._carry(self._state.press.out, press.out)
                self._show(State.of(found, replace(press, former=None, tongues=found.tongues)))
                self.surveys += 1
            for source, read in self._saved.items():
                self._retouch(source, read)
            return self.survey.problems

    def _carry(self, former: Path, out: Path) -> None:
        """Takes the pages made so far along, for one that cannot be made any more is shown as it was."""
        for address in self._on_disk:
            page, target = former / address / "index.html", out / address / "index.html"
            if page.is_file() and not target.exists():
                lay(out, f"{address}index.html", original=page)
        shutil.rmtree(former, ignore_errors=True)

    def _show(self, state: State) -> None:
        self._state, self._drafted, self._made = state, None, set()

    def ready(self, path: str) -> None:
        """Makes sure that the page or cover at this path is the latest; one that is no more loses its file.

        What a template or the disk refuses is raised, and tried again when it is asked for again.
        """
        # a page is made in all languages at once
        address = parted(path.lstrip("/"))[1].removesuffix("index.html")
        with self._lock:
            if self._state is not None and address not in self._made:
                self._make(self._state, address)
                self._made.add(address)

    def _make(self, state: State, address: str) -> None:
        if job := state.job(address):
            self._on_disk.add(address)
            press_pages(state.press, [job])
        elif address in self._on_disk:
            (state.press.out / address / "index.html").unlink(missing_ok=True)
        elif brief := next((found for one in (self._drafted, state) if one and (found := one.cover(address))), None):
            draw_covers(state.press, [(address, brief)])
        elif making := next(
            (one.media()[address] for one in (state, self._drafted) if one and address in one.media()), None
        ):
            put_media(state.press, [making], store=state.found.store)
        elif address.startswith(f"{FOLDER}/"):
            drawn = share_making_at(state.deck, state.found.originals, address=address)
            put_media(state.press, [drawn] if drawn else [], store=state.found.store)
        elif outside := outside_file_at(state.deck, address):
            put_files(state.press, [outside])
        elif address == DATA:
            press_pages(state.press, state.data()[1])
        elif address.startswith((ROOT, DATA, INTERFACE)):
            _put_file(state, address)

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        """What only a build of MkDocs takes up: settings, editorial pages, stories, the theme."""
        settings = self.root / "mkdocs.yml"
        if settings.is_file():
            yield "mkdocs.yml", stamp_of(settings.stat())
        for folder in ("content/pages", "content/stories", "theme"):
            for path, stat in files_below(str(self.root / folder)):
                yield path, stamp_of(stat)


def _put_file(state: State, address: str) -> None:
    """A file of the search index or the open data as it is now; one that is no more is removed."""
    found: Mapping[str, OutputFile] = state.index() if address.startswith(ROOT) else state.data()[0]
    file = found.get(address)
    if file is not None:
        put_index(state.press, [file])
    elif ".." not in address:
        (state.press.out / address).unlink(missing_ok=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A survey makes millions of values and no rings: looking for rings would take a quarter of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
