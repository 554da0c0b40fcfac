"""Pages and files that are laid come in; lists of all of them are laid, the site is looked over, and what is to be remembered goes out.

An edit waits here for its open data, which another process makes. What needs none of them is done before (`Closing.of`): the days of all
pages, what takes long to load, and what the names of all files tell, if they stay those of the last site, as they do after most edits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache, partial
from importlib import import_module

from site_builder.audit.allowances import allowed_in
from site_builder.audit.auditing import Demands, audit
from site_builder.audit.leaks import Secrets
from site_builder.audit.places import HOME, Site
from site_builder.catalogue.addresses import address_of
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Place, Problem
from site_builder.opendata.work import data_jobs, describing_files
from site_builder.press.pressing import Press, Pressed, press_pages, put_files, turned
from site_builder.press.stages import Stage, stage
from site_builder.press.worker import ADDRESS as WORKER
from site_builder.press.worker import service_worker
from site_builder.publish.deck import Deck
from site_builder.publish.sitemap import sitemap
from site_builder.publish.takeaway import kinds_shown
from site_builder.release.addresses import answered
from site_builder.release.ledger import stand_ins
from site_builder.release.mounting import put_mounts
from site_builder.survey import Survey, cores
from site_builder.warm.data import DATA
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Engine, Memory, Piece, of_sort
from site_builder.warm.reading import told
from site_builder.warm.recording import Recorded
from site_builder.warm.sections import Sections
from site_builder.warm.todo import PAGE


@frozen
class Laying:
    """Who lays files, and by what: the same before and after the open data."""

    found: Survey
    press: Press
    desk: Desk
    engine: Engine
    sections: Sections

    def put_worker(self, names: Set[str]) -> None:
        """Lays the service worker of a site of these files."""
        put_files(self.press, (service_worker(self.press, {one for one in names if one.startswith("assets/")}),))

    def site(self, names: Set[str]) -> Site:
        """The site as it will stand, with these files; where one is gone, pages that stay may lead to it, and all are looked at."""
        press, desk = self.press, self.desk
        site = Site(press.out, names, press.exhibition.kept_url, press.exhibition.base_path)
        return replace(site, former=press.former, only_new=desk.present.keys() <= names) if desk.is_warm else site


@frozen
class Closing:
    """What is left to be done when all pages are laid, by this process."""

    laying: Laying
    days: Mapping[str, str]
    """Address → day of publication of every page in the sitemap, those of MkDocs and of the open data left out."""
    count: int
    """How many pages there are, those left out as well."""
    as_before: Site | None
    """The site, if no file comes or goes; None where there was none."""
    laid: Mapping[str, str]
    """Address → token of what was laid for that one."""

    @classmethod
    def of(cls, laying: Laying, *, right: Mapping[str, Piece], recorded: Sequence[Recorded]) -> "Closing":
        """What is told before the open data are there, by all other pieces."""
        with stage(Stage.CLOSING):
            pages = [piece.result for piece in of_sort(all_pieces(right, recorded), PAGE)]
            days = {page.address: page.published[:10] for page in pages if page.indexed}
            if not laying.desk.is_warm:
                return cls(laying, days, len(pages), None, {})
            _load(laying.found.deck)
            laying.desk.look_up(recorded)
            site, laid = laying.site(laying.desk.former_names), turned(laying.press)
            _ = site.archives
            laying.put_worker(site.names)
            return cls(laying, days, len(pages), site, laid)

    def done(
        self,
        right: Mapping[str, Piece],
        recorded: Sequence[Recorded],
        *,
        loose: Mapping[str, str],
        moved: Iterable[OutputFile],
    ) -> tuple[Memory, tuple[Problem, ...]]:
        """Names all pages and files in lists, and looks the site over; gives back what is remembered, and all that is amiss."""
        laying, found, press, desk = self.laying, self.laying.found, self.laying.press, self.laying.desk
        with stage(Stage.CLOSING):
            self._close(all_pieces(right, recorded))
            right, recorded = {**right, **laying.sections.right}, (*recorded, desk.recorder.recorded())
            mending = turned(press)
            faults = put_mounts(found.mounts, partial(put_files, press), moved=moved)
            names = desk.names(all_pieces(right, recorded), loose=(*loose, *mending, WORKER))
            site = self.as_before
            if site is None or names is not site.names:
                site = laying.site(names)
                laying.put_worker(names)
            mending = {**self.laid, **mending}
            if not desk.is_warm:
                found.store.prune({making.key for making in found.media})

        @cache
        def remembered() -> Memory:
            with stage(Stage.CLOSING):
                return desk.put_away(replace(desk.remembered(right, recorded), loose={**loose, **mending}), press.out)

        with stage(Stage.AUDIT):
            # what an extract lacks is led elsewhere by whoever asked for it, who looks it over then
            # nor does it help to hear of each link into an archive that could not be laid
            amiss = () if found.is_extract or faults else _amiss(found, site, meanwhile=remembered)
        return remembered(), (*faults, *amiss)

    def _close(self, done: Mapping[str, Piece]) -> None:
        """What names all pages, or all open data, in one list."""
        found, press, engine, sections = self.laying.found, self.laying.press, self.laying.engine, self.laying.sections
        data = sorted((one for piece in of_sort(done, DATA) for one in piece.result.said), key=lambda one: one.address)

        def described(deck: Deck) -> tuple[Pressed, ...]:
            put_files(press, describing_files(deck, data))
            return press_pages(press, data_jobs(deck, data))

        offered = sections.put_given(press, DESCRIBED, given=told(data), make=described)
        pages = {page.address: page.published[:10] for page in offered if page.indexed}
        pages |= self.days
        pages |= dict.fromkeys(engine.written, "")
        pages |= dict.fromkeys((mount.folder for mount in found.mounts), "")

        def closed(deck: Deck) -> None:
            standing = stand_ins(found.ledger, answered(deck, found.originals.parents[1])) if found.ledger else ()
            put_files(press, (*sitemap(press.exhibition, pages, alone=press.neutral), *standing))

        sections.put_given(press, CLOSING, given=told(pages) + told((engine.written, found.ledger)), make=closed)


def all_pieces(right: Mapping[str, Piece], recorded: Iterable[Recorded]) -> dict[str, Piece]:
    """Those that were right and those that were made."""
    done = dict(right)
    for one in recorded:
        done |= one.pieces
    return done


def _load(deck: Deck) -> None:
    """Loads, and finds out, what describes the open data and looks for personal data: of an edit only other processes did so far."""
    _ = [import_module(f"site_builder.{name}") for name in ("model.privacy", "opendata.package", "opendata.page")]
    from site_builder.opendata.columns import columns_of

    for kind in kinds_shown(deck) if deck.catalogue.exhibition.open_data else ():
        columns_of(kind)


def _amiss(found: Survey, site: Site, *, meanwhile: Callable[[], object]) -> tuple[Problem, ...]:
    """What the fast part of the audit finds in the new site; problems of a page that editors write are told of their file."""
    allowed = allowed_in(found.deck.catalogue, found.originals.parents[1])
    demands = Demands(whole=False, secrets=Secrets(allowed=allowed))
    problems = audit(site, demands, workers=cores(), meanwhile=meanwhile)
    if not problems:
        return ()
    sources = {f"{address_of(entry)}{HOME}": entry.source for entry in found.deck.catalogue.entries.values()}
    pages = found.originals.parent / "pages"
    for problem in problems:
        name = problem.place.path
        written = pages / f"{name.removesuffix(f'/{HOME}')}.md"
        if name not in sources and written.is_file():
            sources[name] = written.relative_to(pages.parents[1]).as_posix()
    return tuple(replace(one, place=Place(sources.get(one.place.path, one.place.path))) for one in problems)


DESCRIBED, CLOSING = "described", "closing"
