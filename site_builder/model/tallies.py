"""What the pages that count show: numbers of the exhibition, editions side by side, and the slides of a guided tour."""

from site_builder.model.charts import Chart
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card, Link, Number
from site_builder.model.views import HallBanner


@frozen
class NumbersView:
    """The page of numbers: head figures, charts, and the awards with the number of their results."""

    title: str
    lead: str
    numbers: tuple[Number, ...]
    charts: tuple[Chart, ...]
    awards: tuple[tuple[Link, int], ...]
    notes: tuple[str, ...]
    """How and when it was counted."""
    compare: Link | None


@frozen
class Firms:
    """Organisations of an edition, and the page that lists them."""

    address: str
    keys: tuple[str, ...]
    links: tuple[Link, ...]


@frozen
class Graded:
    """Results of an edition that share their best grade."""

    link: Link
    """The grade in words, leading to the list."""
    keys: tuple[str, ...]


@frozen
class EditionColumn:
    """One edition beside the others: what it shows, who came back, who is new, and the grades from high to low."""

    edition: Link
    whole: str
    """Address of the list of its results."""
    results: int
    growth: str
    """``比上期多 3 项``; nothing for the first."""
    organisations: Firms
    returned: Firms
    newcomers: Firms
    industries: tuple[Link, ...]
    """Industries that no earlier edition had."""
    grades: tuple[Graded, ...]


@frozen
class ComparisonView:
    """Editions compared: one chart, then a table, the newest first."""

    title: str
    lead: str
    chart: Chart
    columns: tuple[EditionColumn, ...]


@frozen
class TourView:
    """A guided tour of a hall: its works as slides, in the order of the hall."""

    banner: HallBanner
    edition: Link
    slides: tuple[Card, ...]
    total: int
    next: Link | None
    """The tour of the next hall."""


@frozen
class KioskView:
    """What a screen in the hall shows in turn, and of which edition that is."""

    slides: tuple[Card, ...]
    edition: Link | None
