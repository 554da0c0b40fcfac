"""A survey: all that is known of an exhibition before anything is written; and what it asks of entries, be they all or a few.

Whoever has a survey that was put away, and exchanges an entry in it, needs nothing of what reads and checks everything (``surveying``).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from site_builder.intake.articles import read_articles
from site_builder.intake.attachments import MEDIA, named_files, posters_beside
from site_builder.languages.tongues import Tongue
from site_builder.media.examining import Examined
from site_builder.media.originals import CACHE
from site_builder.media.store import Making, Store
from site_builder.model.charts import Chart
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.publish.deck import Deck
from site_builder.publish.embeds import Embed, embed
from site_builder.publish.pictures import makings_of
from site_builder.publish.zooming import tile_makings
from site_builder.release.ledger import Kept
from site_builder.release.mounting import Mount


@frozen
class Survey:
    """What is known before anything is written: the exhibition as a deck of cards, and everything amiss."""

    deck: Deck
    problems: tuple[Problem, ...]
    media: tuple[Making, ...] = ()
    """What there is to make of the files in content/media, and where it goes."""
    embedded: tuple[Embed, ...] = ()
    """What stories and editorial pages embed, in order."""
    store: Store = field(default_factory=lambda: Store(Path(CACHE)))
    """Where what was made is kept."""
    originals: Path = Path(MEDIA)
    """Where the files lie that entries name."""
    charts: Mapping[str, Chart] = field(default_factory=lambda: MappingProxyType({}))
    """Charts of content/charts by id."""
    ledger: tuple[Kept, ...] = ()
    """Every address ever published; of an edition alone, none."""
    mounts: tuple[Mount, ...] = ()
    """Archived editions that stand in the site."""
    tongues: tuple[Tongue, ...] = ()
    """What the site is made in beside Chinese."""
    is_extract: bool = False
    """Whether it is of one edition, whose words may name what is not in it."""

    @property
    def neutral(self) -> tuple[str, ...]:
        """Folders of which the site has no page in another language than their own: archived editions."""
        return tuple(mount.folder for mount in self.mounts)


def embedded_in(
    deck: Deck, root: Path, *, entries: Iterable[Entry], charts: Mapping[str, Chart]
) -> tuple[tuple[Embed, ...], tuple[Problem, ...]]:
    """What the stories among these entries and the editorial pages embed, and what of it is amiss."""
    found = [
        embed(deck, article.text, source=article.source, first_line=article.first_line, charts=charts)
        for article in read_articles(root, entries)
    ]
    return tuple(one for text in found for one in text.embeds), tuple(one for text in found for one in text.problems)


def makings_in(
    shown: Iterable[Entry], known: Mapping[str, Examined], *, media: Path, exhibition: Exhibition
) -> tuple[Making, ...]:
    """What there is to make of the files that entries name, each once."""
    found: dict[str, Making] = {}
    for entry in shown if known else ():
        for making in makings_of(entry, known, media=media, avif=exhibition.avif):
            found[making.key] = making
        for making in tile_makings(entry, known, media=media, site_url=exhibition.url) if exhibition.deep_zoom else ():
            found[making.key] = making
    return tuple(found.values())


def named_in(shown: Iterable[Entry], root: Path) -> Iterator[tuple[Place, str]]:
    """Every file that entries name, and where."""
    media = root / MEDIA
    for entry in shown:
        for one in (*named_files(entry), *posters_beside(entry, media)):
            yield Place(entry.source, one.field), one.file


def cores() -> int:
    """How many processes to use: ``EXHIBITION_JOBS``, else one per core."""
    return int(os.environ.get("EXHIBITION_JOBS", "0")) or os.cpu_count() or 1
