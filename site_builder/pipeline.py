"""The story of a build: a survey comes in, is planned and pressed, and a site goes out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.model.pages import OutputFile
from site_builder.model.problems import Problem
from site_builder.opendata.datafile import DataFile
from site_builder.opendata.page import data_job
from site_builder.opendata.work import closing_files, open_data
from site_builder.press.crew import Tick, Watch, together, unwatched
from site_builder.press.pressing import Press, Pressed, draw_covers, press_pages, put_files, put_media
from site_builder.press.stages import Stage, stage
from site_builder.press.templates import compile_all
from site_builder.press.theme import style_sheet
from site_builder.press.worker import service_worker
from site_builder.publish.calendar import calendar_files
from site_builder.publish.cards import share_makings
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck
from site_builder.publish.halls import every_hall
from site_builder.publish.llms import llms_text
from site_builder.publish.outside import outside_files
from site_builder.publish.publishers import page_jobs
from site_builder.publish.sitemap import sitemap
from site_builder.release.addresses import answered
from site_builder.release.ledger import stand_ins
from site_builder.release.mounting import Mount, living, mounted
from site_builder.search.columns import column_files
from site_builder.search.index import Gathered, digest, gather, index_layout, search_files, shard_files
from site_builder.search.layout import Layout
from site_builder.search.lookup import lookup_files
from site_builder.search.selftest import self_test
from site_builder.surveying import Survey, cores


@dataclass(frozen=True)
class Made:
    """What a pressing made: how many pages, and what its own test of the search index found amiss."""

    pages: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Share:
    """What one worker says of its part: pages pressed, the index of its entries, open data written."""

    pressed: tuple[Pressed, ...]
    gathered: Gathered
    beside: str
    """Digest of what lies beside the index, of the worker that made it."""
    data: tuple[DataFile, ...]


def press_site(found: Survey, press: Press, *, written: Iterable[str], watch: Watch = unwatched) -> Made:
    """Makes all pages, covers and files of the exhibition under ``press.out``; ``written`` are MkDocs's own pages.

    ``watch`` is told how many pages there are and answers with whom to tell of those that are done. Nobody may see a site
    whose problems stop it.
    """
    catalogue, cards = found.deck.catalogue, found.deck.cards
    with stage(Stage.PLAN):
        jobs, moved = living(page_jobs(found.deck), found.mounts)
        briefs = tuple(cover_briefs(catalogue))
        layout = index_layout(catalogue, cards)
        compile_all(press.theme_dirs)

    def part_of_it(part: int, of: int, *, tick: Tick) -> _Share:
        with stage(Stage.COVERS):
            draw_covers(press, briefs, part=part, of=of)
        with stage(Stage.MEDIA):
            put_media(press, found.media, store=found.store, part=part, of=of)
        with stage(Stage.INDEX):
            gathered, files = gather(catalogue, cards, layout=layout, part=part, of=of)
            beside = beside_index(found.deck, layout) if part == of - 1 else ()
            put_files(press, (*files, *beside))
        with stage(Stage.OUTSIDE):
            put_files(press, outside_files(found.deck, part=part, of=of))
        with stage(Stage.DATA):
            data = put_data(found.deck, press, part=part, of=of)
        with stage(Stage.PAGES):
            pressed = press_pages(press, jobs[part::of], tick=tick)
        with stage(Stage.SHARE):
            put_media(press, tuple(share_makings(found.deck, found.originals, part=part, of=of)), store=found.store)
        return _Share(pressed, gathered, digest(beside) if beside else "", data)

    with stage(Stage.MEDIA):
        found.store.all_made(found.media, workers=cores())
    few = FEW_DRAWN if press.exhibition.share_cards else FEW
    made = together(part_of_it, cores() if len(jobs) > few else 1, tick=watch(len(jobs)))
    with stage(Stage.JOIN):
        put_files(press, shard_files((share.gathered for share in made), layout=layout, others=made[-1].beside))
        missed = self_test(catalogue, cards, read=lambda address: (press.out / address).read_bytes())
    with stage(Stage.CLOSING):
        pages = _close(found, press, made=made, written=written)
        found.store.prune({making.key for making in found.media})
        return Made(pages, (*missed, *put_mounts(found.mounts, press, moved=moved)))


def _close(found: Survey, press: Press, *, made: Iterable[_Share], written: Iterable[str]) -> int:
    """What names all pages, or all open data, in one list; says how many pages there are."""
    shares = tuple(made)
    data = tuple(one for share in shares for one in share.data)
    offered = press_pages(press, [data_job(found.deck, data)])
    pressed = (*offered, *(page for share in shares for page in share.pressed))
    pages = {page.address: page.published[:10] for page in pressed if page.indexed} | dict.fromkeys(written, "")
    pages |= dict.fromkeys((mount.folder for mount in found.mounts), "")
    put_files(
        press,
        (
            *sitemap(press.exhibition, pages),
            style_sheet(press.theme_dirs, press.assets),
            llms_text(found.deck),
            *calendar_files(found.deck),
            *closing_files(found.deck, data),
            *(stand_ins(found.ledger, answered(found.deck, found.originals.parents[1])) if found.ledger else ()),
        ),
    )
    put_files(press, (service_worker(press),))
    return len(pressed)


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


def put_data(deck: Deck, press: Press, *, part: int, of: int) -> tuple[DataFile, ...]:
    """Writes a worker's share of the open data, one file after the other, for they are large."""
    said = []
    for file, one in open_data(deck, part=part, of=of):
        put_files(press, (file,))
        said.append(one)
    return tuple(said)


def beside_index(deck: Deck, layout: Layout) -> tuple[OutputFile, ...]:
    """What lies beside the index: columns by which lists are narrowed and sorted, and ways from keys to records."""
    columns = column_files(deck.catalogue, deck.cards, layout=layout, halls=every_hall(deck))
    return (*columns, *lookup_files(deck.catalogue, deck.cards))


def whole_index(deck: Deck) -> Mapping[str, OutputFile]:
    """Address → file of everything under ``search/``, made by this process alone."""
    beside = beside_index(deck, index_layout(deck.catalogue, deck.cards))
    return {file.address: file for file in (*beside, *search_files(deck.catalogue, deck.cards, others=digest(beside)))}


FEW = 300
"""Below so many pages a second process costs more than it brings."""
FEW_DRAWN = 20
"""The same where share cards may have to be drawn, which takes ten times as long as the page."""
