"""Blank forms before they have a file format: sheets of questions with their limits, choices, advice and samples."""

from typing import Literal

from site_builder.model.frozen import frozen

Answer = Literal["text", "whole", "decimal", "year", "date", "choice"]


@frozen
class Choices:
    """What may be chosen: a flat list, or one list for each value of another question of the same sheet."""

    terms: tuple[str, ...] = ()
    closed: bool = False
    """Whether nothing else may be written; only ever true of a flat list."""
    depends_on: str = ""
    """Heading of the question that decides which of the branches is offered."""
    branches: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(value of that question, its terms), in order."""


@frozen
class Question:
    """One column of a blank sheet, one row of a blank form."""

    heading: str
    answer: Answer = "text"
    required: bool = False
    several: bool = False
    """Whether a cell may hold more than one value."""
    limit: int = 0
    """Most characters; 0 for none."""
    choices: Choices | None = None
    advice: str = ""
    sample: str = ""
    public: bool = True
    width: int = 12
    """In characters of Latin type, as spreadsheets count; from 24 up it is a long text."""


@frozen
class BlankSheet:
    """A form for entries of one kind: one line each, or one document each."""

    name: str
    title: str
    questions: tuple[Question, ...]


WARNING = "请勿填写身份证号、电话、住址、出生日期等个人信息；这些内容导入时会被丢弃。"
"""Stands on every form: what must never be published is better not asked for at all."""
