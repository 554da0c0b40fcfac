"""YAML text comes in; fields go out under their own names, with their places and all that is wrong with it."""

import re

import yaml

from site_builder.intake.shapes import Path, Shape
from site_builder.intake.yaml_faults import Fault, Trouble
from site_builder.intake.yaml_mending import mended, passed_over
from site_builder.intake.yaml_reading import NO_SHAPE, Reading, Value
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

_ROUNDS = 100
_MOST_PASSED_OVER = 8
"""After so many faults in one file that only the editor can mend, the others would be guesses."""
_BREAKS = re.compile("[\x85\u2028\u2029]")


@frozen
class Parsed:
    """What a YAML text says: fields under their own names, places by field path, and problems."""

    fields: dict[str, Value]
    places: dict[Path, tuple[int, int]]
    """A scalar's own place; the place of the key where the value is a collection, is empty, or the key is not known."""
    problems: tuple[Problem, ...]
    whole: bool = True
    """Whether nothing had to be left out to read the rest."""


def parse(text: str, shape: Shape | None, *, source: str, line: int = 1) -> Parsed:
    """Read a mapping; what does not parse is reported and mended in memory, so that one run finds all."""
    text = _BREAKS.sub(" ", text)  # YAML counts them as line breaks, editors' line numbers do not
    shape = shape or NO_SHAPE
    faults: list[Fault] = []
    quoted: frozenset[int] = frozenset()
    whole = True
    for _ in range(_ROUNDS):
        reading = Reading(source, line, text)
        try:
            fields = reading.mapping(shape)
        except yaml.YAMLError as error:
            trouble = Trouble.of(error, text)
            mend = mended(trouble, shape, parses=_parses) or passed_over(trouble, quoted)
            text, quoted, whole = mend.text, quoted | mend.quoted, whole and mend.whole
            faults += mend.faults
            if len(quoted) > _MOST_PASSED_OVER:
                break
        else:
            problems = (*_placed(faults, source, line=line), *reading.problems, *reading.hidden())
            return Parsed(fields, reading.places, problems, whole)
    return Parsed({}, {}, _placed(faults, source, line=line), whole=False)


def _parses(text: str) -> bool:
    try:
        Reading("", 1, text).mapping(NO_SHAPE)
    except yaml.YAMLError:
        return False
    return True


def _placed(faults: list[Fault], source: str, *, line: int) -> tuple[Problem, ...]:
    return tuple(Problem(f.code, Place(source, (), f.line + line, f.column), f.message, f.hint) for f in faults)
