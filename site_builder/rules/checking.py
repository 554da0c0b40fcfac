"""A catalogue and a day come in; the outcome of every rule goes out, programme by programme."""

from collections.abc import Iterable

from site_builder.catalogue.catalogue import Catalogue
from site_builder.rules import (
    authors,
    benefits,
    cadence,
    consent,
    declarations,
    doubles,
    editions,
    holders,
    namings,
    notices,
    organisations,
    percentages,
    prizes,
    quotas,
    reviews,
    shares,
    studios,
    targets,
)
from site_builder.rules.finding import Finding, Outcome
from site_builder.rules.inspection import inspect

CHECKS = (
    declarations.check,
    quotas.check,
    cadence.check,
    shares.check,
    prizes.check,
    authors.check,
    holders.check,
    studios.check,
    reviews.check,
    targets.check,
    namings.check,
    notices.check,
    consent.check,
    benefits.check,
    percentages.check,
    doubles.check,
    organisations.check,
    editions.check,
)


def check_rules(catalogue: Catalogue, as_of: str) -> tuple[Outcome, ...]:
    """All outcomes as of an ISO day, in the order of the checks."""
    inspection = inspect(catalogue, as_of)
    return tuple(outcome for check in CHECKS for outcome in check(inspection))


def findings_of(outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """Everything amiss, in the order found."""
    return tuple(finding for outcome in outcomes for finding in outcome.findings)
