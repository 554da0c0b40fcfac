"""What an import would do, as values: steps with their old and new texts, problems, questions, reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from site_builder.exchange.extraction import SheetReport
from site_builder.exchange.filling import Candidate
from site_builder.exchange.matching import Question
from site_builder.model.problems import Problem, Severity


class Action(Enum):
    """What happens to an entry."""

    CREATE = "新建"
    REVISE = "修订"
    LEAVE = "不变"
    REFUSE = "有错，不写"
    SKIP = "按方式跳过"


@dataclass(frozen=True)
class FieldChange:
    """One field of one entry, as cells would show it before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Step:
    """What happens to one entry, and why."""

    action: Action
    key: str
    path: str
    title: str
    candidate: Candidate | None
    text: str = ""
    before: str | None = None
    """The whole text of the file as it is; None where there is none."""
    changes: tuple[FieldChange, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether a file is written."""
        return self.action in {Action.CREATE, Action.REVISE}


@dataclass(frozen=True)
class Plan:
    """All steps of an import; nothing has been written."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    """Of files, sheets and cells; those of steps are among them."""
    questions: tuple[Question, ...]
    reports: tuple[SheetReport, ...]
    notes: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    """Path of a picture → its bytes; only of entries that are written."""

    def of(self, action: Action) -> tuple[Step, ...]:
        """The steps of one action."""
        return tuple(step for step in self.steps if step.action is action)

    @property
    def writing(self) -> tuple[Step, ...]:
        """The steps that write a file."""
        return tuple(step for step in self.steps if step.writes)

    @property
    def stops(self) -> bool:
        """Whether any error keeps the import from being written as a whole."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
