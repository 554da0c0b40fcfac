"""The story of a build: content comes in, is surveyed, planned and pressed, and a site goes out."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.intake.articles import read_articles
from site_builder.intake.attachments import check_files
from site_builder.intake.content import Content, read_content
from site_builder.intake.places import located
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import PagePlan
from site_builder.model.problems import Problem, in_order
from site_builder.press.pressing import Press, press_covers, press_pages, put_files
from site_builder.press.theme import style_sheet
from site_builder.publish.covers import cover_briefs
from site_builder.publish.deck import Deck, deck_of
from site_builder.publish.embeds import embed
from site_builder.publish.publishers import page_plans
from site_builder.publish.sitemap import sitemap


@dataclass(frozen=True)
class Survey:
    """What is known before anything is written: the exhibition as a deck of cards, and everything amiss."""

    deck: Deck
    problems: tuple[Problem, ...]


def survey(root: Path, exhibition: Exhibition, *, jobs: int | None = None) -> Survey:
    """Reads and checks the whole of ``root/content``; all problems of all files in one run."""
    with crew(jobs) as executor:
        content = read_content(root, executor=executor)
    return surveyed(root, exhibition, content)


def surveyed(root: Path, exhibition: Exhibition, content: Content) -> Survey:
    """The survey of content already read."""
    catalogue = compile_catalogue(content.entries, exhibition)
    deck = deck_of(catalogue)
    problems = [*content.problems, *check_catalogue(content.entries, catalogue, unread=content.unread), *check_files(content.entries, root)]
    for article in read_articles(root, content.entries):
        problems += embed(deck, article.text, source=article.source, first_line=article.first_line).problems
    return Survey(deck, in_order(located(problems, root)))


def press_site(deck: Deck, press: Press, written: Iterable[str], *, jobs: int | None = None) -> tuple[PagePlan, ...]:
    """Makes all pages, covers and files of the exhibition under ``press.out``; ``written`` are MkDocs's own pages."""
    plans = tuple(page_plans(deck))
    briefs = tuple(cover_briefs(deck.catalogue))
    with crew(jobs if len(plans) > FEW else 1) as executor:
        press_pages(press, plans, executor)
        press_covers(press, briefs, executor)
    put_files(press, (*sitemap(press.exhibition, plans, written), style_sheet(press.theme_dirs)))
    return plans


FEW = 300
"""Below so many pages a process pool costs more than it brings."""


class InProcess(Executor):
    """Runs the work at once in this process: the executor of small builds and of debuggers."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Calls the function now; its outcome stands in the future."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def crew(jobs: int | None = None) -> Iterator[Executor]:
    """So many workers (``EXHIBITION_JOBS``, else one per core); one worker is this process itself."""
    wanted = jobs or int(os.environ.get("EXHIBITION_JOBS", "0")) or os.cpu_count() or 1
    if wanted == 1:
        yield InProcess()
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(wanted, mp_context=multiprocessing.get_context(method)) as executor:
        yield executor
