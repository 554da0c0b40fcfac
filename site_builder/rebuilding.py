"""A site in place and today's content come in; the site goes out as it is now, MkDocs's own pages taken over because they are right."""

from typing import TYPE_CHECKING

from site_builder.model.problems import stops
from site_builder.press.crew import Staff
from site_builder.press.output import discard, staging_for
from site_builder.press.pressing import Press
from site_builder.press.stages import Stage, stage
from site_builder.press.twin import Twin, put_in_place
from site_builder.survey import Survey, cores
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Engine
from site_builder.warm.offering import offered

if TYPE_CHECKING:
    from site_builder.pipeline import Made


def mended(found: Survey, twin: Twin, *, desk: Desk, engine: Engine, staff: Staff) -> "Made":
    """Presses what is not right any more and puts it in place; with problems that stop a build the site stays as it was."""
    place = twin.site
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
        with offered(found.deck, press, desk=desk, staff=staff, alone=cores() == 1) as offering:
            # what lists, presses and audits pages is loaded while others make the open data
            from site_builder.pipeline import press_site

            made = press_site(found, offering, desk=desk, engine=engine, staff=staff)
        if not stops(made.problems):
            with stage(Stage.SWAP):
                put_in_place(staging, twin, names=made.memory.tokens.keys())
        return made
    finally:
        discard(place)
