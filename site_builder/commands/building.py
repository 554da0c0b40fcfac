"""The wish for a site comes in; the site is built, warm where what the last build left can be trusted, else cold."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.commands.executors import crew_at
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, PROBLEMS, report
from site_builder.model.frozen import frozen
from site_builder.press.apart import Apart, apart
from site_builder.press.crew import Staff, Tick, unheard
from site_builder.press.rereading import FewRead
from site_builder.press.stages import Stage, stage
from site_builder.press.twin import Twin, twinned
from site_builder.publish.deck import Deck
from site_builder.rebuilding import mended
from site_builder.recalling import recalled
from site_builder.survey import Survey, cores
from site_builder.warm.desk import Desk
from site_builder.warm.settled import Look
from site_builder.warm.visit import Ahead, Away, Visit

if TYPE_CHECKING:
    from site_builder.press.readers import Reading


@frozen
class Order:
    """Which exhibition is to be built where, and how."""

    root: Path
    site: Path
    look: Look
    """What was found there."""
    reading: "Reading | None"
    """What is being read already, where everything is."""
    few: FewRead | None
    """The files that differ, being read already, where these are few."""
    strict: bool
    executor: str | None = None
    """Address of other machines that do the work."""
    twin: Twin | None = None
    """What may take the site's place."""


@frozen
class Built:
    """A site that was built."""

    pages: int
    held: tuple[object, ...]
    """What was known and made: whoever ends now need not take it apart piece by piece (``leaving``)."""


def built_site(order: Order) -> Built:
    """Builds the site; problems end the command."""
    look = order.look
    if look.differing is not None:
        with stage(Stage.LOOK):
            before = look.before
        # where the site is a link, the files arrive behind it
        with twinned(order.site.resolve(), before=before, begun=look.walk) as twin:
            with stage(Stage.LOOK):
                visit = Visit.of(order.root, order.site, look=look)
            if visit.is_warm:
                return _by_engine(order, visit, twin=twin) if order.strict else _mended(order, visit, twin=twin)
    return _by_engine(order, None)


def _mended(order: Order, visit: Visit, *, twin: Twin) -> Built:
    """Mends the site, by the engine where its own pages are concerned."""
    assert visit.engine is not None
    known = recalled(visit, begun=order.few)
    if known is not None:
        found, entries, changed = known.survey, known.entries, known.changed
    else:
        begun = _begun(order)
        # who reads everything can wait for these
        from rich.console import Console

        from site_builder.surveying import survey

        with Console(stderr=True).status("正在读取和检查内容……"):
            found, entries, changed = survey(order.root, visit.engine.exhibition, begun=begun), None, None
    with stage(Stage.PLAN):
        desk = visit.desk(found.deck, changed=changed)
        engine_right = visit.engine_right(desk)
    if not engine_right:
        config = _configured(order)
        _passed(found, order)
        with visit.ahead(found.deck, alone=cores() == 1) as ahead:
            return _pressed(replace(order, twin=twin), config, visit=visit, found=found, ahead=ahead)
    _passed(found, order)
    with visit.ahead(found.deck, alone=entries is not None or cores() == 1) as ahead:
        with failures_told("站点没有改动。"), _staff(order) as staff:
            made = mended(found, twin, desk=desk, engine=visit.engine, staff=staff)
        if report(made.problems, strict=order.strict, notes=False, quiet=True) != FINE:
            click.echo("站点没有改动。", err=True)
            raise SystemExit(PROBLEMS)
        with stage(Stage.RECORD):
            pages = visit.settle(made.memory, Away(visit, found, ahead), exchanged=entries, twin=twin)
    return Built(pages, (visit, known, found, desk, made, twin))


def _by_engine(order: Order, visit: Visit | None, *, twin: Twin | None = None) -> Built:
    """Through MkDocs: with a visit whose memory can be trusted only pages that are not right any more, else everything."""
    from site_builder.commands.engine import survey_of

    config = _configured(order)
    begun = order.reading or _begun(order)
    with ExitStack() as beside:
        # templates need nothing of the content, and what follows reading is work for one process
        templates = beside.enter_context(apart(partial(_compiled, order, config, begun=begun), alone=cores() == 1))
        with stage(Stage.START):
            # and what takes long to load is best loaded as long as there is nothing else to do
            _ = [import_module(name) for name in (_LARGE if order.reading else ())]
        here = visit or _cold(order, config, begun=begun)
        begun_ahead: list[Apart[Ahead]] = []

        def dealt(deck: Deck) -> None:
            if templates.is_done:
                _ = templates.result  # the system tells what it took as soon as the next process begins
            begun_ahead.append(beside.enter_context(here.ahead(deck, alone=cores() == 1)))

        found = survey_of(order.root, config, begun=begun, dealt=dealt)
        _passed(found, order)
        _ = templates.result
        (ahead,) = begun_ahead
        here = here.informed(begun.recorded)
        return _pressed(replace(order, twin=twin), config, visit=here, found=found, ahead=ahead)


def _begun(order: Order) -> "Reading":
    from site_builder.press.readers import Reading
    from site_builder.warm.records import records

    with stage(Stage.LOOK):
        kept = records(order.root)
    return Reading(kept, workers=cores())


def _configured(order: Order) -> Any:
    with stage(Stage.START):
        from site_builder.commands.engine import configured

        return configured(order.root, site_dir=str(order.site), strict=order.strict)


def _compiled(order: Order, config: Any, *, begun: "Reading") -> None:
    """Leaves compiled templates where the press will look for them, when the content is read."""
    from site_builder.commands.engine import templates_of
    from site_builder.press.engine_templates import compile_filled
    from site_builder.press.templates import compile_all

    begun.wait()
    with stage(Stage.PLAN):
        compile_all(templates_of(config), order.root)
        compile_filled(config.theme, templates_of(config), root=order.root)


def _cold(order: Order, config: Any, *, begun: "Reading") -> Visit:
    """Nothing is remembered, and nothing will be where others' code may look anywhere."""
    from site_builder.commands.engine import directories_of

    with stage(Stage.LOOK):
        directories = directories_of(config, order.root)
        unread = begun.due.sources
        visit = Visit.cold(order.root, order.site, directories=directories or (), look=order.look, unread=unread)
    return visit if directories is not None else replace(visit, ground="")


def _pressed(order: Order, config: Any, *, visit: Visit, found: Survey, ahead: Apart[Ahead]) -> Built:
    """Lets MkDocs begin, and the press go on."""
    from site_builder.commands.engine import plugin_of, run

    plugin = plugin_of(config)
    away = Away(visit, found, ahead)

    def open_desk(deck: Deck) -> Desk:
        desk = visit.desk(deck, foretold=lambda: visit.foretold(ahead.result))
        desk.away = away
        plugin.given = visit.engine_given(desk)
        return desk

    plugin.ready, plugin.open_desk, plugin.twin = found, open_desk, order.twin
    with _staff(order) as plugin.staff:
        run(config)
    if plugin.amiss:
        report(plugin.amiss, notes=False)
    with stage(Stage.RECORD):
        pages = visit.settle(plugin.memory, away, twin=order.twin)
    return Built(pages, (visit, found, plugin, config, order.twin))


def _passed(found: Survey, order: Order) -> None:
    """Says what is amiss; ends the command where that stops a build."""
    if report(found.problems, strict=order.strict, notes=False) != FINE:
        click.echo("站点没有改动。", err=True)
        raise SystemExit(PROBLEMS)


@contextmanager
def _staff(order: Order) -> Iterator[Staff]:
    with crew_at(order.executor, order.root) as crew, ExitStack() as shown:
        yield Staff(partial(_watch, shown), crew)


def _watch(shown: ExitStack, pages: int) -> Tick:
    """Shows how far the pages are, unless they are few or nobody looks (a pipe, a log)."""
    if pages < FEW or not sys.stderr.isatty():
        return unheard
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(*Progress.get_default_columns(), console=Console(stderr=True), transient=True)
    shown.enter_context(bar)
    return partial(bar.advance, bar.add_task("正在生成网页", total=pages))


_LARGE = ("pypinyin", "site_builder.search.postings", "site_builder.opendata.making")
"""What every first build loads, and late: the dictionaries, and what makes arrays."""
FEW = 100
"""Below so many pages a bar takes longer to load than they to make."""
