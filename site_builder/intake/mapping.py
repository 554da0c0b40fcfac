"""A mapping file (对照表) comes in; how the columns of tables become fields of entries goes out."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

_CONFIG = ConfigDict(extra="forbid")


@frozen(kw_only=True)
class Rule:
    """What becomes of a cell: where it goes, in which form, and which texts are written otherwise."""

    __pydantic_config__: ClassVar[ConfigDict] = _CONFIG

    into: str
    """Field, or path: ``awards[].grade`` is the grade in the one award of this row."""
    form: str = "text"
    values: dict[str, Any] = field(default_factory=dict)
    """Cell or part of it → what is written instead; an empty text leaves it out."""
    beside: dict[str, str] = field(default_factory=dict)
    """Key of the records made from this cell → column that holds its value."""
    ignore: list[str] = field(default_factory=list)
    """Clauses that look like something and are not."""
    hosts: list[str] = field(default_factory=list)
    """Ends of host names that belong to official publishers."""
    pattern: str = ""


def _rules(value: object) -> object:
    many = value if isinstance(value, list) else [value]
    return [{"into": rule} if isinstance(rule, str) else rule for rule in many]


@frozen(kw_only=True)
class TableRules:
    """How the rows of one table are read."""

    __pydantic_config__: ClassVar[ConfigDict] = _CONFIG

    kind: str
    columns: dict[str, Annotated[tuple[Rule, ...], BeforeValidator(_rules)]]
    kind_when: dict[str, dict[str, str]] = field(default_factory=dict)
    """Column → cell → kind of the rows that have it."""
    identity: list[str] = field(default_factory=list)
    """Columns that tell one entry from another; rows that agree in them are one entry."""
    guess: dict[str, list[str]] = field(default_factory=dict)
    """Field → columns in which its keywords are looked for."""


@frozen(kw_only=True)
class Editions:
    """Which edition a result belongs to, by the years of its awards."""

    __pydantic_config__: ClassVar[ConfigDict] = _CONFIG

    years: dict[str, list[int]] = field(default_factory=dict)
    otherwise: str = ""

    def of(self, years: list[int]) -> str:
        """The edition of the latest of these years; an undated or older result goes to the last resort."""
        latest = max(years, default=0)
        return next((edition for edition, covered in self.years.items() if latest in covered), self.otherwise)


@frozen(kw_only=True)
class TableMap:
    """A whole mapping file."""

    __pydantic_config__: ClassVar[ConfigDict] = _CONFIG

    name: str
    tables: dict[str, TableRules]
    editions: Editions = field(default_factory=Editions)
    keywords: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Field → term → words that speak for it; the first term with a hit is taken."""
    organisation_names: dict[str, str] = field(default_factory=dict)
    """Spelling → the name under which the same unit is shown."""
    award_ids: dict[str, str] = field(default_factory=dict)
    """Award as published → id of its entry."""
    bodies: dict[str, int] = field(default_factory=dict)
    """``organisation`` and ``union`` → in how many rows a name must occur to get an entry."""
    people_also_of: dict[str, str] = field(default_factory=dict)
    """Entry → another unit under which its people are known."""
    additions: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """Kind → title → fields that an editor gives by hand; an empty text takes a field away."""


@cache
def _adapter() -> TypeAdapter[TableMap]:
    """Made when the first mapping file is read, for few commands read one."""
    return TypeAdapter(TableMap)


def load_map(path: Path) -> tuple[TableMap | None, tuple[Problem, ...]]:
    """The mapping file, or None and what is wrong with it."""
    place = Place(path.as_posix())
    try:
        raw = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.CBaseLoader)
        return _adapter().validate_python(_parsed(raw)), ()
    except OSError as error:
        return None, (Problem("unreadable", place, f"读不出对照表：{error.strerror}"),)
    except UnicodeDecodeError:
        return None, (Problem("encoding", place, "对照表不是 UTF-8 编码"),)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return None, (Problem("yaml", Place(place.path, (), line), f"对照表格式有误：{error.problem}"),)
    except ValidationError as error:
        return None, tuple(
            Problem("wrong-type", place, f"对照表的“{_path(fault['loc'])}”不对：{fault['msg']}")
            for fault in error.errors()
        )


def _parsed(raw: object) -> object:
    return raw if isinstance(raw, Mapping) else {}


def _path(parts: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in parts)
