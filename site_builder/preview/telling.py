"""Problems come in; what the panel over a page shows of them goes out: where, what, and how to mend it, errors first, the rest counted."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.intake.reporting import mend_of, summary
from site_builder.model.privacy import masked
from site_builder.model.problems import Problem, Severity, in_order

MOST = 20
"""Problems of one severity that are told in full; a list that nobody reads to its end helps nobody."""


def told(problems: Iterable[Problem], failures: Iterable[str] = ()) -> Mapping[str, Any]:
    """What is to be shown, as JSON takes it; ``failures`` are words of what is amiss with the program's surroundings."""
    found = [one for one in in_order(problems) if one.severity is not Severity.NOTE]
    errors = [_said(one) for one in found if one.severity is Severity.ERROR]
    warnings = [_said(one) for one in found if one.severity is Severity.WARNING]
    failed = [{"place": "", "message": masked(words), "mend": ""} for words in failures if words]
    shown = {
        "summary": "，".join(
            part for part in ("网页做不出来" if failed else "", summary(found) if found else "") if part
        ),
        "errors": [*failed, *errors][:MOST],
        "more_errors": max(0, len(failed) + len(errors) - MOST),
        "warnings": warnings[:MOST],
        "more_warnings": max(0, len(warnings) - MOST),
    }
    return shown | {"told": _digest(shown) if errors or warnings or failed else ""}


def _said(problem: Problem) -> Mapping[str, str]:
    message = problem.message.rstrip("。")
    return {"place": problem.place.words, "message": masked(f"{message}。"), "mend": masked(mend_of(problem))}


def _digest(shown: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
