"""Content and settings come in; the exhibition as a deck of cards goes out, with everything that is amiss. Nothing is written."""

import multiprocessing
import signal
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from site_builder.catalogue.addresses import address_of, former_addresses, identifier_address
from site_builder.catalogue.catalogue import Catalogue, compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.catalogue.extract import edition_only
from site_builder.catalogue.withholding import publishable
from site_builder.intake.attachments import MEDIA, check_files
from site_builder.intake.charts import read_charts
from site_builder.intake.content import Content, read_content
from site_builder.intake.page_files import check_pages
from site_builder.intake.page_guard import guard_pages
from site_builder.intake.places import located
from site_builder.intake.settings import unknown_editions
from site_builder.intake.translations import Given, read_translations
from site_builder.media.cards import Hand
from site_builder.media.fonts import FONTS, typefaces
from site_builder.media.originals import CACHE, Originals, originals
from site_builder.media.store import Store
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Problem, in_order, stops
from site_builder.press.readers import Reading
from site_builder.press.stages import Stage, stage
from site_builder.publish.cards import check_lettering
from site_builder.publish.deck import Deck, deck_of
from site_builder.publish.halls import empty_halls
from site_builder.publish.spoken import check_translations, tongues_of
from site_builder.release.addresses import answered
from site_builder.release.ledger import lost, read_ledger
from site_builder.release.mounting import read_mounts
from site_builder.survey import Survey, cores, embedded_in, makings_in, named_in

Dealt = Callable[[Deck], object]
"""Told the deck as soon as it is known; the checks of the whole are still to come."""


def unheard(_deck: Deck) -> None:
    """For those who wait for the whole."""


def survey(
    root: Path,
    exhibition: Exhibition,
    *,
    workers: int | None = None,
    begun: Reading | None = None,
    dealt: Dealt = unheard,
) -> Survey:
    """Reads and checks the whole of ``root/content``; all problems of all files in one run.

    What was ``begun`` to be read is not read again, and what it parsed is kept.
    """
    if begun is not None:
        content = begun.done()
    else:
        with stage(Stage.READ), crew(workers or cores()) as executor:
            content = read_content(root, executor=executor)
    with stage(Stage.SURVEY):
        return surveyed(root, exhibition, content=content, dealt=dealt)


def surveyed(root: Path, exhibition: Exhibition, *, content: Content, dealt: Dealt = unheard) -> Survey:
    """The survey of content already read."""
    fit = publishable(content.entries, policy=exhibition.persons_without_basis, as_of=exhibition.published)
    catalogue = compile_catalogue(fit.entries, exhibition)
    shown = [entry for entry in fit.entries if entry.key in catalogue.facets]
    media = _originals(root, shown)
    deck = replace(deck_of(catalogue, media.known), hand=Hand(*typefaces(root / FONTS)))
    dealt(deck)
    problems = [
        *content.problems,
        *media.problems,
        *fit.problems,
        *check_catalogue(fit.entries, catalogue, unread=content.unread),
        *check_files(content.entries, root),
        *check_pages(root),
        *empty_halls(deck),
        *check_lettering(deck),
        *guard_pages(root),
        *unknown_editions(root, exhibition, editions=catalogue.editions),
    ]
    charts, faults = read_charts(root)
    given, untold = _translated(root, content.entries, catalogue=catalogue)
    problems += (*faults, *untold)
    embedded, faults = embedded_in(deck, root, entries=content.entries, charts=charts)
    problems += faults
    mounts, faults = read_mounts(root, [key.partition("/")[2] for key in catalogue.editions])
    problems += faults
    ledger, faults = read_ledger(root)
    problems += faults
    if ledger and not stops(problems):  # what cannot be read is missed anyway
        problems += lost(ledger, answered(deck, root) | _withheld(content.entries, fit.hidden))
    return Survey(
        deck,
        in_order(located(problems, root)),
        media=makings_in(shown, media.known, media=root / MEDIA, exhibition=exhibition),
        embedded=embedded,
        store=Store(root / CACHE),
        originals=root / MEDIA,
        charts=charts,
        ledger=ledger,
        mounts=mounts,
        tongues=tongues_of(deck, given),
    )


def _originals(root: Path, shown: Collection[Entry]) -> Originals:
    """What is known of the files that entries name, and all that is amiss with them."""
    allowed = {(entry.source, one.what) for entry in shown for one in entry.data.privacy_exceptions}
    return originals(named_in(shown, root), root / MEDIA, cache=root / CACHE, workers=cores(), allowed=allowed)


def _translated(root: Path, entries: Iterable[Entry], *, catalogue: Catalogue) -> tuple[Given, tuple[Problem, ...]]:
    """What editors translated, and all that is amiss with it."""
    given, faults = read_translations(root, entries)
    return given, (*faults, *check_translations(catalogue.entries, given))


def _withheld(entries: Iterable[Entry], hidden: frozenset[str]) -> frozenset[str]:
    """Addresses that nothing answers as long as their persons have no basis."""
    return frozenset(
        address
        for entry in entries
        if entry.key in hidden
        for address in (address_of(entry), identifier_address(entry), *former_addresses(entry))
    )


def survey_edition(root: Path, exhibition: Exhibition, *, edition: str, archive: bool = False) -> Survey:
    """The survey of one edition as an exhibition of its own, to be kept for good or not; KeyError where there is no such edition.

    Its problems are those of the whole exhibition, for words that lead nowhere in the extract are no mistake of its editors.
    """
    content = read_content(root)
    whole = surveyed(root, exhibition, content=content)
    entries = edition_only(content.entries, whole.deck.catalogue, edition=edition)
    said = whole.deck.catalogue.entries[f"edition/{edition}"].data
    archived = (said.ordinal or said.title) if archive else ""
    alone = replace(exhibition, current_edition=edition, halls_edition=edition, archived=archived)
    found = surveyed(root, alone, content=replace(content, entries=entries, problems=()))
    return replace(found, problems=whole.problems, ledger=(), mounts=(), is_extract=True)


@contextmanager
def crew(workers: int) -> Iterator[Executor | None]:
    """An executor of so many processes, or None where this process does the work itself."""
    if workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    # Ctrl-C reaches every process: a worker that it ended with a lock in its hand would be waited for without end
    deaf = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(workers, context, initializer=signal.signal, initargs=deaf) as executor:
        yield executor
