"""The story of a build: content comes in, is surveyed, planned and pressed, and a site goes out."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.intake.articles import read_articles
from site_builder.intake.attachments import MEDIA, check_files, named_files, posters_beside
from site_builder.intake.charts import read_charts
from site_builder.intake.content import Content, read_content
from site_builder.intake.places import located
from site_builder.media.cards import Hand
from site_builder.media.fonts import FONTS, typefaces
from site_builder.media.originals import CACHE, originals
from site_builder.media.store import Making, Store
from site_builder.model.charts import Chart
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Place, Problem, in_order
from site_builder.opendata.datafile import DataFile
from site_builder.opendata.page import data_job
from site_builder.opendata.work import closing_files, open_data
from site_builder.press.crew import Tick, together, unheard
from site_builder.press.pressing import Press, Pressed, draw_covers, press_pages, put_files, put_media
from site_builder.press.theme import style_sheet
from site_builder.publish.calendar import calendar_files
from site_builder.publish.cards import check_lettering, share_makings
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck, deck_of
from site_builder.publish.embeds import Embed, embed
from site_builder.publish.halls import empty_halls, every_hall
from site_builder.publish.llms import llms_text
from site_builder.publish.outside import outside_files
from site_builder.publish.pictures import makings_of
from site_builder.publish.publishers import page_jobs
from site_builder.publish.sitemap import sitemap
from site_builder.publish.zooming import tile_makings
from site_builder.search.columns import column_files
from site_builder.search.index import Gathered, digest, gather, index_layout, search_files, shard_files
from site_builder.search.layout import Layout
from site_builder.search.lookup import lookup_files
from site_builder.search.selftest import self_test


@dataclass(frozen=True)
class Survey:
    """What is known before anything is written: the exhibition as a deck of cards, and everything amiss."""

    deck: Deck
    problems: tuple[Problem, ...]
    media: tuple[Making, ...] = ()
    """What there is to make of the files in content/media, and where it goes."""
    embedded: tuple[Embed, ...] = ()
    """What stories and editorial pages embed, in order."""
    store: Store = field(default_factory=lambda: Store(Path(CACHE)))
    """Where what was made is kept."""
    originals: Path = Path(MEDIA)
    """Where the files lie that entries name."""
    charts: Mapping[str, Chart] = field(default_factory=lambda: MappingProxyType({}))
    """Charts of content/charts by id."""


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


Watch = Callable[[int], Tick]


def unwatched(_pages: int) -> Tick:
    """For builds that nobody looks at."""
    return unheard


def survey(root: Path, exhibition: Exhibition, *, workers: int | None = None) -> Survey:
    """Reads and checks the whole of ``root/content``; all problems of all files in one run."""
    with crew(workers or cores()) as executor:
        content = read_content(root, executor=executor)
    return surveyed(root, exhibition, content=content)


def surveyed(root: Path, exhibition: Exhibition, *, content: Content) -> Survey:
    """The survey of content already read."""
    catalogue = compile_catalogue(content.entries, exhibition)
    shown = [entry for entry in content.entries if entry.key in catalogue.facets]
    media = originals(_named(shown, root), root / MEDIA, cache=root / CACHE, workers=cores())
    deck = replace(deck_of(catalogue, media.known), hand=Hand(*typefaces(root / FONTS)))
    problems = [
        *content.problems,
        *media.problems,
        *check_catalogue(content.entries, catalogue, unread=content.unread),
        *check_files(content.entries, root),
        *empty_halls(deck),
        *check_lettering(deck),
    ]
    charts, faults = read_charts(root)
    problems += faults
    embedded: list[Embed] = []
    for article in read_articles(root, content.entries):
        text = embed(deck, article.text, source=article.source, first_line=article.first_line, charts=charts)
        problems += text.problems
        embedded += text.embeds
    cut = exhibition.deep_zoom
    makings = {
        making.key: making
        for entry in (shown if media.known else ())
        for making in (
            *makings_of(entry, media.known, media=root / MEDIA, avif=exhibition.avif),
            *(tile_makings(entry, media.known, media=root / MEDIA, site_url=exhibition.url) if cut else ()),
        )
    }
    return Survey(
        deck,
        in_order(located(problems, root)),
        media=tuple(makings.values()),
        embedded=tuple(embedded),
        store=Store(root / CACHE),
        originals=root / MEDIA,
        charts=charts,
    )


def _named(shown: Iterable[Entry], root: Path) -> Iterator[tuple[Place, str]]:
    for entry in shown:
        for one in (*named_files(entry), *posters_beside(entry, root / MEDIA)):
            yield Place(entry.source, one.field), one.file


def press_site(found: Survey, press: Press, *, written: Iterable[str], watch: Watch = unwatched) -> Made:
    """Makes all pages, covers and files of the exhibition under ``press.out``; ``written`` are MkDocs's own pages.

    ``watch`` is told how many pages there are and answers with whom to tell of those that are done. Nobody may see a site
    whose problems stop it.
    """
    catalogue, cards = found.deck.catalogue, found.deck.cards
    jobs = tuple(page_jobs(found.deck))
    briefs = tuple(cover_briefs(catalogue))
    layout = index_layout(catalogue, cards)

    def part_of_it(part: int, of: int, *, tick: Tick) -> _Share:
        draw_covers(press, briefs, part=part, of=of)
        put_media(press, found.media, store=found.store, part=part, of=of)
        gathered, files = gather(catalogue, cards, layout=layout, part=part, of=of)
        beside = beside_index(found.deck, layout) if part == of - 1 else ()
        put_files(press, (*files, *beside))
        put_files(press, outside_files(found.deck, part=part, of=of))
        data = put_data(found.deck, press, part=part, of=of)
        pressed = press_pages(press, jobs[part::of], tick=tick)
        put_media(press, tuple(share_makings(found.deck, found.originals, part=part, of=of)), store=found.store)
        return _Share(pressed, gathered, digest(beside) if beside else "", data)

    found.store.all_made(found.media, workers=cores())
    few = FEW_DRAWN if press.exhibition.share_cards else FEW
    made = together(part_of_it, cores() if len(jobs) > few else 1, tick=watch(len(jobs)))
    put_files(press, shard_files((share.gathered for share in made), layout=layout, others=made[-1].beside))
    missed = self_test(catalogue, cards, read=lambda address: (press.out / address).read_bytes())
    data = tuple(one for share in made for one in share.data)
    offered = press_pages(press, [data_job(found.deck, data)])
    pressed = (*offered, *(page for share in made for page in share.pressed))
    pages = {page.address: page.published[:10] for page in pressed if page.indexed} | dict.fromkeys(written, "")
    put_files(
        press,
        (
            *sitemap(press.exhibition, pages),
            style_sheet(press.theme_dirs, press.assets),
            llms_text(found.deck),
            *calendar_files(found.deck),
            *closing_files(found.deck, data),
        ),
    )
    found.store.prune({making.key for making in found.media})
    return Made(len(pressed), missed)


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


def cores() -> int:
    """How many processes to use: ``EXHIBITION_JOBS``, else one per core."""
    return int(os.environ.get("EXHIBITION_JOBS", "0")) or os.cpu_count() or 1


FEW = 300
"""Below so many pages a second process costs more than it brings."""
FEW_DRAWN = 20
"""The same where share cards may have to be drawn, which takes ten times as long as the page."""


@contextmanager
def crew(workers: int) -> Iterator[Executor | None]:
    """An executor of so many processes, or None where this process does the work itself."""
    if workers == 1:
        yield None
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method)) as executor:
        yield executor
