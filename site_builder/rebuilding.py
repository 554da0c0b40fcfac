"""A site in place and today's content come in; the site goes out as it is now, MkDocs's own pages taken over because they are right."""

from pathlib import Path

from site_builder.model.problems import stops
from site_builder.pipeline import Made, press_site
from site_builder.press.crew import Staff
from site_builder.press.output import discard, keep, staging_for, swap, take_over
from site_builder.press.pressing import Press
from site_builder.surveying import Survey
from site_builder.warm.memory import Desk, Engine


def mended(found: Survey, site: Path, *, desk: Desk, engine: Engine, staff: Staff) -> Made:
    """Presses what is not right any more and puts it in place; with problems that stop a build the site stays as it was."""
    place = site.resolve()  # where the site is a link, the files arrive behind it
    staging = staging_for(place)
    try:
        press = Press(
            engine.exhibition,
            engine.frames,
            engine.theme_dirs,
            staging,
            former=place,
            assets=engine.assets,
            tongues=found.tongues,
            neutral=found.neutral,
        )
        made = press_site(found, press, desk=desk, engine=engine, staff=staff)
        if not stops(made.problems):
            take_over(staging, place)
            keep(staging, place, names=made.memory.tokens)
            swap(staging, place)
        return made
    finally:
        discard(place)
