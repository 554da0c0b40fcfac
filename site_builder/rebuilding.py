"""A site in place and today's content come in; the site goes out mended, MkDocs's own pages untouched because they are right."""

from pathlib import Path

from site_builder.model.problems import stops
from site_builder.pipeline import Made, press_site
from site_builder.press.crew import Watch
from site_builder.press.output import discard, staging_for
from site_builder.press.pressing import Press
from site_builder.surveying import Survey
from site_builder.warm.memory import Desk, Engine
from site_builder.warm.patching import patch


def mended(found: Survey, site: Path, *, desk: Desk, engine: Engine, watch: Watch) -> Made:
    """Presses what is not right any more and puts it in place; with problems that stop a build the site stays as it was."""
    staging = staging_for(site)
    try:
        press = Press(engine.exhibition, engine.frames, engine.theme_dirs, staging, former=site, assets=engine.assets)
        made = press_site(found, press, desk=desk, engine=engine, watch=watch)
        if not stops(made.problems):
            desk.touching()
            patch(staging, site, wanted=made.memory.tokens, present=desk.present)
        return made
    finally:
        discard(site)
