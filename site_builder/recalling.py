"""What the last build knew and the files that differ since come in; today's survey goes out, as far as these files can tell.

Most edits change what one entry says and nothing that others are made of; so what was known before, with these entries in the places of
the former ones, is what reading and surveying everything anew would give (``exchanging``). Whatever else differs, or is amiss, asks for
a whole survey.
"""

from collections.abc import Mapping
from contextlib import nullcontext

from site_builder.exchanging import exchanged
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.languages import FOLDER as TRANSLATIONS
from site_builder.press.rereading import MOST, FewRead, reread
from site_builder.press.stages import Stage, stage
from site_builder.release.mounting import papers_stand
from site_builder.survey import Survey
from site_builder.warm.comparing import differing
from site_builder.warm.reading import Fact
from site_builder.warm.visit import Visit


@frozen
class Recalled:
    """A survey that was had without reading everything."""

    survey: Survey
    entries: Mapping[str, Entry]
    """Key → entry, of those that stand in the places of what was kept."""
    changed: frozenset[Fact]
    """All facts that may be others than when the last build looked."""


def recalled(visit: Visit, *, begun: FewRead | None = None) -> Recalled | None:
    """Today's survey, where what differs concerns nobody else than what the last build knew; None where it must be made.

    The files that differ may be being read already. Notes in them have no line: neither build nor preview shows notes.
    """
    with stage(Stage.READ):
        entries = _entries(visit, begun)
    if entries is None:
        return None
    with stage(Stage.SURVEY):
        kept = visit.survey()
        if not isinstance(kept, Survey) or not papers_stand(kept.mounts):
            return None
        # the last build may have begun with what was kept, too
        last = exchanged(kept, visit.exchanged, root=visit.root, notes=False) if visit.exchanged else kept
        entries = {**visit.exchanged, **entries}
        found = exchanged(kept, entries, root=visit.root, notes=False)
        if last is None or found is None:
            return None
        changed = frozenset((*differing(kept.deck, last.deck), *differing(kept.deck, found.deck)))
        return Recalled(found, entries, changed)


def _entries(visit: Visit, begun: FewRead | None) -> dict[str, Entry] | None:
    """The entries in the files that differ, by key; None where one is none, or is amiss, or there are translations of some."""
    if visit.differing is None or len(visit.differing) > MOST:
        return None
    if any(path.startswith(TRANSLATIONS) for path in visit.inputs.files):
        return None
    with nullcontext(begun) if begun else reread(visit.root, visit.differing, alone=True) as reading:
        read = reading.result
    entries = [entry for entry, problems in read if entry is not None and not problems]
    return {entry.key: entry for entry in entries} if len(entries) == len(read) else None
