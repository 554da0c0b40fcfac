"""A deck comes in; the jobs of all pages of the exhibition go out, and the files that stand beside them."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from site_builder.model.pages import OutputFile, PageJob, PagePlan, PagesBelow
from site_builder.publish import (
    awards,
    comparison,
    directory,
    editions,
    entries,
    favourites,
    home,
    kiosk,
    lines,
    lists,
    numbers,
    offline,
    search_page,
    talent,
    topics,
    transfer,
    unions,
)
from site_builder.publish.calendar import calendar_files
from site_builder.publish.deck import Deck
from site_builder.publish.linked import described
from site_builder.publish.llms import llms_files

Publisher = Callable[[Deck], Iterator[PageJob | PagesBelow]]
PUBLISHERS: tuple[Publisher, ...] = (
    home.publish,
    editions.publish,
    entries.publish,
    awards.publish,
    lists.publish,
    topics.publish,
    numbers.publish,
    comparison.publish,
    directory.publish,
    talent.publish,
    lines.publish,
    transfer.publish,
    unions.publish,
    search_page.publish,
    favourites.publish,
    kiosk.publish,
    offline.publish,
)

"""Deck → pages."""
FILES = (llms_files, calendar_files)
"""Deck → files of which there are few, made together."""


def page_jobs(deck: Deck) -> Iterator[PageJob]:
    """Every page that the press makes, publisher by publisher; naming a page costs next to nothing, planning it comes later."""
    for publish in PUBLISHERS:
        yield from jobs_of(deck, publish)


def jobs_of(deck: Deck, publish: Publisher, *, wanted: Collection[str] | None = None) -> Iterator[PageJob]:
    """The pages of one publisher, in order; only those at the ``wanted`` addresses, where some are."""
    for one in publish(deck):
        jobs = (one,) if isinstance(one, PageJob) else one.jobs() if wanted is None or one.holds(wanted) else ()
        for job in jobs:
            if wanted is None or job.address in wanted:
                yield whole_job(deck, job)


def loose_files(deck: Deck) -> Iterator[OutputFile]:
    """Every file of the exhibition that is no page, and not one of thousands."""
    for publish in FILES:
        yield from publish(deck)


def whole_job(deck: Deck, job: PageJob) -> PageJob:
    """A publisher's job with what all pages tell machines."""
    return PageJob(job.address, partial(_planned, deck, job))


def _planned(deck: Deck, job: PageJob) -> PagePlan:
    return described(deck, job.plan())


def page_plans(deck: Deck) -> Iterator[PagePlan]:
    """Every page, planned."""
    return (job.plan() for job in page_jobs(deck))
