"""An exhibition that was built before comes in; what the last build left goes out as a preview to begin with, where it is today's.

A whole survey takes seconds, and what the last build knew lies beside its record. Where program, libraries, theme and settings are the
same and files of content differ in few entries only, in what concerns nobody else (``recalling``), that *is* today's survey, and the
frames and pages that MkDocs made lie in the site. Nothing is written beside the preview's own directory and no lock is taken: what a
build leaves is written in single moves under seals, so that files of two builds never speak together. Whatever is not as it should be
counts as nothing.
"""

from collections.abc import Mapping
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.press.laid import token_of
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press, put_files
from site_builder.press.theme import style_sheets
from site_builder.publish.publishers import loose_files
from site_builder.recalling import recalled
from site_builder.survey import Survey
from site_builder.warm.memory import ENGINE
from site_builder.warm.settled import Look, asked_site
from site_builder.warm.visit import Visit


@frozen
class Built:
    """What MkDocs made: frames and written pages in a directory, ready for the press."""

    survey: Survey
    press: Press


def resumed(root: Path, out: Path) -> Built | None:
    """What the last build left, laid into the directory ``out``; None where there is nothing to begin with."""
    site = asked_site(root, None)
    if site is None:
        return None
    visit = Visit.reading(root, site, look=Look.at(root, site, theme=packaged_theme(), keeps=False))
    engine = visit.engine
    known = recalled(visit) if engine else None
    if engine is None or known is None:
        return None
    written = _files(site, visit.left.memory.pieces[ENGINE].files)
    if written is None:
        return None
    found = known.survey
    press = Press(engine.exhibition, engine.frames, engine.theme_dirs, out, assets=engine.assets, neutral=found.neutral)
    put_files(press, [*written, *loose_files(found.deck), *style_sheets(press.theme_dirs, press.assets)])
    return Built(found, press)


def _files(site: Path, tokens: Mapping[str, str]) -> list[OutputFile] | None:
    """These files of the site; None where one has not the bytes that it was left with."""
    try:
        found = [OutputFile(address, (site / address).read_bytes()) for address in tokens]
    except OSError:
        return None
    return found if all(token_of(one.content) == tokens[one.address] for one in found) else None
