"""What the pages of programmes show: results on offer, cycles of studios, the pool of talent, unions and their lists."""

from dataclasses import dataclass

from site_builder.model.pages import Card, Fact, Link, Number


@dataclass(frozen=True)
class Offer:
    """A result that can be taken over: in which stage it is, what is offered, and whom to ask."""

    status: str
    address: str | None
    """Where others of the same stage are listed; None for stages that are not on offer."""
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class OfferGroup:
    """All results of one stage, the first of them with what they offer."""

    label: str
    anchor: str
    intro: str
    count: int
    offers: tuple[tuple[Card, Offer], ...]
    more: Link | None


@dataclass(frozen=True)
class TransferView:
    """The page of results on offer, stage by stage, and the figures that were published of such occasions."""

    title: str
    intro: str
    numbers: tuple[Number, ...]
    groups: tuple[OfferGroup, ...]
    stated: tuple[Number, ...]
    occasions: tuple[Card, ...]
