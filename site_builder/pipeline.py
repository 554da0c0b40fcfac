"""The story of a build: a survey comes in, is planned and pressed, and a site goes out."""

from collections.abc import Iterable, Mapping
from functools import partial
from importlib import import_module

from site_builder.closing import Closing, Laying, all_pieces
from site_builder.languages.tongues import Tongue
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Problem
from site_builder.opendata.work import interface_files
from site_builder.press.crew import Staff, Tick, together
from site_builder.press.pressing import (
    Press,
    draw_covers,
    put_files,
    put_index,
    put_media,
    turned,
)
from site_builder.press.stages import Stage, stage
from site_builder.press.templates import compile_all, keep_compiled
from site_builder.press.theme import style_sheets
from site_builder.press.turns import Turns, turns
from site_builder.publish.also_said import also_said
from site_builder.publish.cards import share_makings
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck
from site_builder.publish.halls import every_hall
from site_builder.publish.identifiers import identifier_files
from site_builder.publish.outside import gathering_files
from site_builder.publish.publishers import loose_files
from site_builder.search.beside import Beside, beside_index, completed
from site_builder.search.index import Searched, index_layout, search_files
from site_builder.search.layout import Layout
from site_builder.search.selftest import self_test
from site_builder.survey import Survey, cores
from site_builder.warm.data import DataWork
from site_builder.warm.desk import Desk
from site_builder.warm.indexing import SHARDS, Found, IndexWork
from site_builder.warm.joining import Joining
from site_builder.warm.memory import Engine, Memory
from site_builder.warm.offering import Offering, joins_of
from site_builder.warm.recording import Recorded
from site_builder.warm.sections import SECTION, SLICES, Sections, slices
from site_builder.warm.todo import Todo, in_place


@frozen
class Made:
    """What a pressing made: how many pages, what its own test of the search index found amiss, and what it remembers."""

    pages: int
    problems: tuple[Problem, ...]
    memory: Memory


@frozen
class _Share:
    """What one worker says of its part: what it recorded, the index of its entries, what else it laid."""

    recorded: Recorded
    indexed: Found
    loose: Mapping[str, str]


@frozen
class _Work:
    """What workers share out among themselves."""

    found: Survey
    press: Press
    todo: Todo
    turns: Turns
    sections: Sections
    index: IndexWork
    data: DataWork | None
    """None where somebody else makes the open data."""

    def __call__(self, part: int, of: int, *, tick: Tick) -> _Share:
        """Makes a part of everything, stage by stage."""
        press, todo = self.press, self.todo
        loose = turned(press)
        with stage(Stage.MEDIA):
            put_media(press, self.found.media[part::of], store=self.found.store)
        # from here on everything belongs to a piece
        if not part:
            self._plain()
        for at in range(part, SLICES, of):
            self._slice(at)
        with stage(Stage.INDEX):
            indexed = self.index.put(press, todo.desk, part=part, of=of)
        if self.data:
            with stage(Stage.DATA):
                self.data.put(part, of)
        with stage(Stage.PAGES):
            todo.press_pages(press, self.turns.taken(part, of), tick=tick)
        return _Share(todo.desk.recorder.recorded(), indexed, loose)

    def _plain(self) -> None:
        """What is no page and of which there is little."""
        press = self.press
        with stage(Stage.CLOSING):
            self.sections.put(
                press, STYLES, make=lambda _: put_files(press, style_sheets(press.theme_dirs, press.assets))
            )
            # which entries there are and which terms, but nothing that they say
            self.sections.put(press, INTERFACE, make=lambda deck: put_files(press, interface_files(deck)))
            self.sections.put(press, LOOSE, make=lambda deck: put_files(press, loose_files(deck)))

    def _slice(self, at: int) -> None:
        """What is made of all entries alike."""
        found, press, put = self.found, self.press, self.sections.put

        def covers(deck: Deck) -> None:
            draw_covers(press, cover_briefs(deck.catalogue, part=at, of=SLICES))

        def identified(deck: Deck) -> None:
            put_files(press, identifier_files(deck, part=at, of=SLICES))

        def outside(deck: Deck) -> None:
            put_files(press, gathering_files(deck, part=at, of=SLICES))

        def shared(deck: Deck) -> None:
            put_media(press, share_makings(deck, found.originals, part=at, of=SLICES), store=found.store)

        def beside(deck: Deck) -> Beside:
            share = _beside(deck, self.index.layout, part=at, of=SLICES)
            put_index(press, share.files)
            return share

        for name, during, make in (
            (COVERS, Stage.COVERS, covers),
            (BESIDE, Stage.INDEX, beside),
            (IDENTIFIED, Stage.OUTSIDE, identified),
            (OUTSIDE, Stage.OUTSIDE, outside),
            (SHARED, Stage.SHARE, shared),
        ):
            with stage(during):
                put(press, f"{name} {at}", make=make)


def press_site(found: Survey, offering: Offering, *, desk: Desk, engine: Engine, staff: Staff) -> Made:
    """Makes all pages, covers and files of the exhibition where the press lays them; of a site in place only what is not right any more.

    ``desk`` is what is remembered, ``engine`` what MkDocs made, ``offering`` the open data that may be being made already. Nobody may see
    a site whose problems stop it.
    """
    press, shelf, data, own = offering.press, offering.shelf, offering.data, offering.begun
    deck, recorded = found.deck, [offering.recorded]
    todo, sections = _planned(found, press, desk=desk)
    _develop(found, desk, staff=staff)
    workers = _workers(todo, press)
    index = IndexWork.of(desk, index_layout(deck.catalogue, deck.cards), tongues=found.tongues, shelf=shelf)
    with turns(len(todo.jobs)) as taking:
        work = _Work(found, press, todo, taking, sections, index, None if own else data)
        watch = staff.watch(len(todo.jobs))
        made = together(work, workers, tick=watch, crew=staff.crew, meanwhile=desk.take_up)
    recorded += [desk.recorder.recorded(), *(share.recorded for share in made)]
    right = {**todo.right, **index.right, **data.right, **sections.right}
    indexed = [share.indexed for share in made]
    joins = None if own else joins_of(offering, deck, recorded=recorded)
    joining = Joining(index.shards_anew(press, indexed), joins)
    columns = all_pieces(sections.right, recorded)
    with stage(Stage.JOIN):
        joined = joining.done(workers)
        table, others = completed([columns[SECTION + name].result for name in slices(BESIDE)], index.layout)
        right[SHARDS] = index.write(press, indexed, made=[one.shards for one in joined], others=others)
        loose = turned(press)
        put_index(press, (table,))
        missed = self_test(deck.catalogue, deck.cards, read=press.read, layout=index.layout, keys=index.mended)
    closing = Closing.of(Laying(found, press, desk, engine, sections), right=right, recorded=recorded)
    files = own.result if own else joining.files(joined)
    right, recorded = {**right, **files.right}, [*recorded, *files.recorded]
    for share in made:
        loose |= share.loose
    memory, amiss = closing.done(right, recorded, loose=loose, moved=todo.moved)
    return Made(closing.count + deck.catalogue.exhibition.open_data, (*missed, *amiss), memory)


def _workers(todo: Todo, press: Press) -> int:
    """How many processes the pages that are left are worth."""
    few = FEW_DRAWN if press.exhibition.share_cards and not todo.desk.is_warm else FEW
    return cores() if len(todo.jobs) > few else 1


def _planned(found: Survey, press: Press, *, desk: Desk) -> tuple[Todo, Sections]:
    """What is left to be made; templates are compiled, and arrays loaded, before workers are forked, so that each need not."""
    with stage(Stage.PLAN):
        todo = Todo.of(desk, press=press, mounts=found.mounts)
        sections = Sections.of(desk, todo.look, names=DEALT)
        if todo.jobs:
            # who makes a few pages alone takes up the few templates that these need
            prepared = compile_all if _workers(todo, press) > 1 else keep_compiled
            prepared(press.theme_dirs, found.originals.parents[1])
        if not desk.is_warm:
            # arrays, and the open data, which a process of its own makes of an edit; and what presses pages
            _ = [
                import_module(f"site_builder.{name}")
                for name in ("search.postings", "opendata.making", "languages.versions")
            ]
    return todo, sections


def _develop(found: Survey, desk: Desk, *, staff: Staff) -> None:
    """Makes what the site lacks of pictures and films."""
    with stage(Stage.MEDIA):
        missing = [one for one in found.media if not in_place(desk.known, one)]
        found.store.all_made(missing, workers=cores(), executor=staff.crew.executor if staff.crew else None)


def _beside(deck: Deck, layout: Layout, *, part: int = 0, of: int = 1) -> Beside:
    halls = partial(every_hall, deck)
    return beside_index(
        Searched(deck.catalogue, deck.cards, outlines=deck.outlines), layout=layout, halls=halls, part=part, of=of
    )


def whole_index(deck: Deck, tongues: Iterable[Tongue] = ()) -> Mapping[str, OutputFile]:
    """Address → file of everything under ``search/``, made by this process alone."""
    layout = index_layout(deck.catalogue, deck.cards)
    beside = _beside(deck, layout)
    table, others = completed((beside,), layout)
    searched = Searched(deck.catalogue, deck.cards, also_said(deck, tongues))
    return {file.address: file for file in (table, *beside.files, *search_files(searched, others=others))}


SLICED = COVERS, IDENTIFIED, OUTSIDE, SHARED, BESIDE = "covers", "identified", "outside", "shared", "beside"
STYLES, INTERFACE, LOOSE = "styles", "interface", "loose"
DEALT = (STYLES, INTERFACE, LOOSE, *(one for name in SLICED for one in slices(name)))
"""Sections that workers make; the others wait for them."""
FEW = 300
"""Below so many pages a second process costs more than it brings."""
FEW_DRAWN = 20
"""The same where share cards may have to be drawn, which takes ten times as long as the page."""
