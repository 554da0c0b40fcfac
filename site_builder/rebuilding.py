"""A site in place and today's content come in; the site goes out as it is now, MkDocs's own pages taken over because they are right."""

from site_builder.model.problems import stops
from site_builder.pipeline import Made, press_site
from site_builder.press.crew import Staff
from site_builder.press.output import discard, staging_for
from site_builder.press.pressing import Press
from site_builder.press.stages import Stage, stage
from site_builder.press.twin import Twin, put_in_place
from site_builder.survey import Survey
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Engine


def mended(found: Survey, twin: Twin, *, desk: Desk, engine: Engine, staff: Staff) -> Made:
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
        made = press_site(found, press, desk=desk, engine=engine, staff=staff)
        if not stops(made.problems):
            with stage(Stage.SWAP):
                put_in_place(staging, twin, names=made.memory.tokens.keys())
        return made
    finally:
        discard(place)
