"""A rule and a place come in; a finding goes out, and what was demanded of a programme beside what is."""

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem, Severity
from site_builder.rules.table import rule_named


@frozen
class Finding(Problem):
    """Something amiss by a rule; a problem, so that every report of problems can show it."""

    basis: str = ""
    """Document and article that demand it."""

    @property
    def severity(self) -> Severity:
        """Severity by the table of rules."""
        return rule_named(self.code).severity


@frozen
class Outcome:
    """One demand checked: of which programme, by which document, what was found, what is amiss."""

    programme: str
    """Key of the award or plan; empty for what holds for the whole exhibition."""
    demand: str
    basis: str
    found: str
    findings: tuple[Finding, ...] = ()


def finding(code: str, place: Place, *, says: str, basis: str = "") -> Finding:
    """A finding of that rule, with the rule's mend; ``basis`` names the document where content gives it."""
    rule = rule_named(code)
    return Finding(code, place, says, rule.mend, basis or rule.reference)
