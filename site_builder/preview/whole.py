"""All content of an exhibition comes in; its survey goes out, and after a save today's: by the short way, where that is enough.

Most saves change one entry, and nothing that others are made of: then the former survey with this entry in its place is what surveying
everything anew would give (``exchanging``). Every file is looked at all the same, for nobody tells of all that changes.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from site_builder.exchanging import exchanged
from site_builder.intake.content import Content, Read, content_of
from site_builder.intake.record_cache import Records
from site_builder.intake.stamps import Stamp, files_below, stamp_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.languages import FOLDER as TRANSLATIONS
from site_builder.press.rereading import MOST
from site_builder.survey import Survey
from site_builder.surveying import surveyed


@frozen
class Whole:
    """A survey and the files that it was made of."""

    root: Path
    survey: Survey
    records: Records
    """Files that should hold entries, as they were."""
    beside: Mapping[str, Stamp]
    """All other files of ``content/``, when they were last looked at."""

    @classmethod
    def of(cls, root: Path, exhibition: Exhibition, *, former: Records) -> "Whole":
        """Everything surveyed anew; files that are as they were are not parsed again."""
        records, beside = _looked(root, former)
        return cls(root, surveyed(root, exhibition, content=records.content), records, beside)

    @property
    def reads(self) -> Mapping[str, Read]:
        """Path → what was read in each file that should hold an entry."""
        return {source: one.read for source, one in self.records.kept.items()}

    def renewed(self) -> "Whole":
        """Of today's files, where settings and theme are what they were."""
        records, beside = _looked(self.root, self.records)
        reads = _changed(self.records, records) if beside == self.beside else None
        found = self._exchanged(reads) if reads is not None else None
        return Whole(self.root, found or self._surveyed(records.content), records, beside)

    def with_file(self, source: str, read: Read) -> Survey:
        """The survey that there would be if this had been read in this file."""
        return self._exchanged([read]) or self._surveyed(content_of({**self.reads, source: read}))

    def _exchanged(self, reads: Collection[Read]) -> Survey | None:
        entries = {entry.key: entry for entry, problems in reads if entry is not None and not problems}
        if not len(entries) == len(reads) <= MOST or any(path.startswith(TRANSLATIONS) for path in self.beside):
            return None
        return exchanged(self.survey, entries, root=self.root)

    def _surveyed(self, content: Content) -> Survey:
        return surveyed(self.root, self.survey.deck.catalogue.exhibition, content=content)


def _looked(root: Path, former: Records) -> tuple[Records, Mapping[str, Stamp]]:
    """What lies beside is stamped first: whatever changes while the rest is read is other than its stamp."""
    start = len(str(root)) + 1
    stamps = {path[start:].replace("\\", "/"): stamp_of(stat) for path, stat in files_below(str(root / "content"))}
    records = former.renewed()
    records.write(former)
    return records, {path: stamp for path, stamp in stamps.items() if path not in records.kept}


def _changed(former: Records, now: Records) -> list[Read] | None:
    """What was read in files that have other bytes; None where files came or went."""
    if former.kept.keys() != now.kept.keys():
        return None
    pairs = ((former.kept[source], one) for source, one in now.kept.items())
    return [one.read for before, one in pairs if one is not before and (one.digest != before.digest or not one.digest)]
