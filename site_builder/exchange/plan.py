"""What an import would do, as values: steps with their old and new texts, problems, questions, reports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum

from site_builder.exchange.extraction import SheetReport
from site_builder.exchange.filling import Candidate
from site_builder.exchange.matching import Question
from site_builder.exchange.shelf import Shelf
from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem, Severity


class Action(Enum):
    """What happens to an entry."""

    CREATE = "新建"
    REVISE = "修订"
    LEAVE = "不变"
    REFUSE = "有错，不写"
    SKIP = "按方式跳过"


@frozen
class FieldChange:
    """One field of one entry, as cells would show it before and after."""

    label: str
    old: str
    new: str


@frozen
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


class Steps:
    """The steps of an import in their order; they lie on a shelf, what happens to each is known without it."""

    def __init__(self) -> None:
        self._shelf: Shelf[Step] = Shelf()
        self._actions: list[Action] = []

    def __len__(self) -> int:
        return len(self._actions)

    def __iter__(self) -> Iterator[Step]:
        return iter(self._shelf)

    def __getitem__(self, number: int) -> Step:
        return self._shelf[number]

    def __setitem__(self, number: int, step: Step) -> None:
        self._shelf[number], self._actions[number] = step, step.action

    def append(self, step: Step) -> None:
        """Put a step behind the others."""
        self._shelf.append(step)
        self._actions.append(step.action)

    def of(self, action: Action) -> Iterator[Step]:
        """The steps of one action."""
        return (self._shelf[number] for number, one in enumerate(self._actions) if one is action)

    def counted(self) -> Mapping[Action, int]:
        """How many steps there are of each action, in the order in which they occur."""
        return Counter(self._actions)


@frozen
class Plan:
    """All steps of an import; nothing has been written."""

    steps: "Steps"
    problems: tuple[Problem, ...]
    """Of files, sheets and cells; those of steps are among them."""
    questions: tuple[Question, ...]
    reports: tuple[SheetReport, ...]
    notes: tuple[str, ...] = ()
    media: Mapping[str, int] = field(default_factory=dict)
    """Path of a picture → its number among ``pictures``; only of entries that are written."""
    pictures: Shelf[bytes] = field(default_factory=Shelf)

    def of(self, action: Action) -> Iterator[Step]:
        """The steps of one action."""
        return self.steps.of(action)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that the import writes, one after the other."""
        for step in self.steps:
            if step.writes:
                yield step.path, step.text.encode()
        for path, number in self.media.items():
            yield path, self.pictures[number]

    @property
    def stops(self) -> bool:
        """Whether any error keeps the import from being written as a whole."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
