"""The story of a build: a survey comes in, is planned and pressed, and a site goes out."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from site_builder.audit.allowances import allowed_in
from site_builder.audit.auditing import Demands, audit
from site_builder.audit.leaks import Secrets
from site_builder.audit.places import HOME, Site, site_at
from site_builder.catalogue.addresses import address_of
from site_builder.languages.tongues import Tongue
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Place, Problem
from site_builder.opendata.page import data_job
from site_builder.opendata.work import closing_files, group_share, groups_of, join_shares
from site_builder.press.crew import Staff, Tick, together
from site_builder.press.laid import Laid
from site_builder.press.pressing import Press, draw_covers, press_pages, put_files, put_index, put_media, turned
from site_builder.press.shelf import shelf_at
from site_builder.press.stages import Stage, stage
from site_builder.press.templates import compile_all
from site_builder.press.theme import style_sheets
from site_builder.press.worker import service_worker
from site_builder.publish.cards import share_makings
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck
from site_builder.publish.halls import every_hall
from site_builder.publish.outside import outside_files
from site_builder.publish.publishers import loose_files, page_jobs
from site_builder.publish.sitemap import sitemap
from site_builder.publish.spoken import also_said
from site_builder.release.addresses import answered
from site_builder.release.ledger import stand_ins
from site_builder.release.mounting import Mount, living, mounted
from site_builder.search.columns import column_files
from site_builder.search.index import Gathered, Searched, digest, index_layout, search_files
from site_builder.search.layout import Layout
from site_builder.search.lookup import lookup_files
from site_builder.search.selftest import self_test
from site_builder.surveying import Survey, cores
from site_builder.warm.data import DATA, DataWork
from site_builder.warm.indexing import IndexWork
from site_builder.warm.memory import Desk, Engine, Memory, Recorded
from site_builder.warm.todo import PAGE, Todo, in_place


@dataclass(frozen=True)
class Made:
    """What a pressing made: how many pages, what its own test of the search index found amiss, and what it remembers."""

    pages: int
    problems: tuple[Problem, ...]
    memory: Memory


@dataclass(frozen=True)
class _Share:
    """What one worker says of its part: what it recorded, the index of its entries, what else it laid."""

    recorded: Recorded
    gathered: Mapping[int, Gathered]
    beside: str
    """Digest of what lies beside the index, of the worker that made it."""
    loose: Mapping[str, str]


@dataclass(frozen=True)
class _Work:
    """What workers share out among themselves."""

    found: Survey
    press: Press
    todo: Todo
    index: IndexWork
    data: DataWork

    def __call__(self, part: int, of: int, *, tick: Tick) -> _Share:
        """Makes a part of everything, stage by stage."""
        found, press, todo, deck = self.found, self.press, self.todo, self.found.deck
        loose = turned(press)
        with stage(Stage.COVERS):
            draw_covers(press, tuple(cover_briefs(deck.catalogue)), part=part, of=of)
        with stage(Stage.MEDIA):
            put_media(press, found.media[part::of], store=found.store)
        with stage(Stage.INDEX):
            beside = beside_index(deck, self.index.layout) if part == of - 1 else ()
            put_index(press, beside)
        with stage(Stage.OUTSIDE):
            put_files(press, outside_files(deck, part=part, of=of))
        with stage(Stage.SHARE):
            put_media(press, share_makings(deck, found.originals, part=part, of=of), store=found.store)
        # from here on everything belongs to a piece
        with stage(Stage.INDEX):
            gathered = self.index.put(press, todo.desk, part=part, of=of)
        with stage(Stage.DATA):
            self.data.put(part, of)
        with stage(Stage.PAGES):
            todo.press_pages(press, part=part, of=of, tick=tick)
        return _Share(todo.desk.recorder.recorded(), gathered, digest(beside) if beside else "", loose)


def press_site(found: Survey, press: Press, *, desk: Desk, engine: Engine, staff: Staff) -> Made:
    """Makes all pages, covers and files of the exhibition under ``press.out``; of a site in place only what is not right any more.

    ``desk`` is what is remembered, ``engine`` what MkDocs made. Nobody may see a site whose problems stop it.
    """
    press = replace(press, laid=Laid(desk.known))
    catalogue, cards = found.deck.catalogue, found.deck.cards
    with stage(Stage.PLAN):
        jobs, moved = living(page_jobs(desk.recorder.deck), found.mounts)
        todo = Todo.of(desk, jobs, press=press)
        if todo.jobs:
            compile_all(press.theme_dirs, found.originals.parents[1])
    with stage(Stage.MEDIA):
        missing = [one for one in found.media if not in_place(desk.known, one)]
        found.store.all_made(missing, workers=cores(), executor=staff.crew.executor if staff.crew else None)
    few = FEW_DRAWN if press.exhibition.share_cards and not desk.is_warm else FEW
    workers = cores() if len(jobs) > few else 1
    with shelf_at(desk.shelf, beside=press.out) as shelf:
        groups = tuple(groups_of(found.deck))
        index = IndexWork.of(desk, index_layout(catalogue, cards), tongues=found.tongues, shelf=shelf)
        data = DataWork.of(desk, map(group_share, groups), press=press, shelf=shelf)
        work = _Work(found, press, todo, index, data)
        made = together(work, workers, tick=staff.watch(len(todo.jobs)), crew=staff.crew)
        parts = data.made(share.recorded for share in made)
        joins = DataWork.of(desk, join_shares(found.deck, groups, made=parts), press=press, shelf=shelf)
        with stage(Stage.DATA):
            joined = together(joins, cores() if joins.weight > FEW_JOINED else 1)
    with stage(Stage.JOIN):
        loose = index.write(press, [share.gathered for share in made], others=made[-1].beside, workers=workers)
        missed = self_test(catalogue, cards, read=press.read, layout=index.layout)
    with stage(Stage.CLOSING):
        right = {**todo.right, **index.right, **data.right, **joins.right}
        memory = desk.remembered(right, [*(share.recorded for share in made), *joined])
        pages = _close(found, press, memory=memory, engine=engine)
        faults = put_mounts(found.mounts, press, moved=moved)
        for share in made:
            loose |= share.loose
        code = {one for one in (*memory.tokens, *loose) if one.startswith("assets/")}
        put_files(press, (service_worker(press, code),))
        if not desk.is_warm:
            found.store.prune({making.key for making in found.media})
    memory = replace(memory, loose=loose)
    with stage(Stage.AUDIT):
        # what an extract lacks is led elsewhere by whoever asked for it, who looks it over then
        more = () if found.is_extract else _amiss(found, _finished(press, desk=desk, names=memory.tokens.keys()))
        return Made(pages, (*missed, *faults, *more), memory)


def _close(found: Survey, press: Press, *, memory: Memory, engine: Engine) -> int:
    """What names all pages, or all open data, in one list; says how many pages there are."""
    data = sorted((one for piece in memory.of(DATA) for one in piece.result.said), key=lambda one: one.address)
    offered = press_pages(press, [data_job(found.deck, data)])
    pressed = (*offered, *(piece.result for piece in memory.of(PAGE)))
    pages = {page.address: page.published[:10] for page in pressed if page.indexed} | dict.fromkeys(engine.written, "")
    pages |= dict.fromkeys((mount.folder for mount in found.mounts), "")
    put_files(
        press,
        (
            *sitemap(press.exhibition, pages, alone=press.neutral),
            *style_sheets(press.theme_dirs, press.assets),
            *loose_files(found.deck),
            *closing_files(found.deck, data),
            *(stand_ins(found.ledger, answered(found.deck, found.originals.parents[1])) if found.ledger else ()),
        ),
    )
    return len(pressed)


def _finished(press: Press, *, desk: Desk, names: Set[str]) -> Site:
    """The site as it will stand, with these files; where one is gone, pages that stay may lead to it, and all are looked at."""
    url, base = press.exhibition.kept_url, press.exhibition.base_path
    if not desk.is_warm:
        return site_at(press.out, url, base=base)
    return Site(press.out, frozenset(names), url, base, press.former, only_new=desk.present.keys() <= names)


def _amiss(found: Survey, site: Site) -> tuple[Problem, ...]:
    """What the fast part of the audit finds in the new site; problems of a page that editors write are told of their file."""
    allowed = allowed_in(found.deck.catalogue, found.originals.parents[1])
    demands = Demands(whole=False, secrets=Secrets(allowed=allowed))
    problems = audit(site, demands, workers=cores())
    sources = {f"{address_of(entry)}{HOME}": entry.source for entry in found.deck.catalogue.entries.values()}
    pages = found.originals.parent / "pages"
    for problem in problems:
        name = problem.place.path
        written = pages / f"{name.removesuffix(f'/{HOME}')}.md"
        if name not in sources and written.is_file():
            sources[name] = written.relative_to(pages.parents[1]).as_posix()
    return tuple(replace(one, place=Place(sources.get(one.place.path, one.place.path))) for one in problems)


def put_mounts(mounts: Iterable[Mount], press: Press, *, moved: Iterable[OutputFile]) -> tuple[Problem, ...]:
    """Lays the kept sites of archived editions over what the living site made; says which of their files are not what they were."""
    put_files(press, moved)
    problems = []
    for mount in mounts:
        for one in mounted(mount):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                put_files(press, (one,))
    return tuple(problems)


def beside_index(deck: Deck, layout: Layout) -> tuple[OutputFile, ...]:
    """What lies beside the index: columns by which lists are narrowed and sorted, and ways from keys to records."""
    columns = column_files(deck.catalogue, deck.cards, layout=layout, halls=every_hall(deck))
    return (*columns, *lookup_files(deck.catalogue, deck.cards))


def whole_index(deck: Deck, tongues: Iterable[Tongue] = ()) -> Mapping[str, OutputFile]:
    """Address → file of everything under ``search/``, made by this process alone."""
    beside = beside_index(deck, index_layout(deck.catalogue, deck.cards))
    searched = Searched(deck.catalogue, deck.cards, also_said(deck, tongues))
    made = search_files(searched, others=digest(beside))
    return {file.address: file for file in (*beside, *made)}


FEW = 300
"""Below so many pages a second process costs more than it brings."""
FEW_DRAWN = 20
"""The same where share cards may have to be drawn, which takes ten times as long as the page."""
FEW_JOINED = 10_000
"""The same of what is joined into files of the open data: entries, times what a join of one takes."""
