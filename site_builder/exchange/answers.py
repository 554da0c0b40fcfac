"""A file of answers (对照表) comes in: what odd headings mean, whom odd names mean; and it goes out again with the open questions."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import yaml

from site_builder.intake.writing import write_whole, yaml_of
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.problems import Place, Problem

_KEYS = ("headings", "sheets", "names")
_OPEN = "？"
"""Stands where an answer is wanted."""


@frozen
class Answers:
    """What the editor answered, in this run and in earlier ones."""

    headings: Mapping[str, str] = field(default_factory=dict)
    """Heading → label or name of a field, or 不要."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Name of a sheet → kind."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Kind → name in the sheet → id of the entry meant, or the same name where it is nobody known."""

    def name(self, kind: str, text: str) -> str | None:
        """The answer about a name; None where nobody asked or answered."""
        said = self.names.get(kind, {}).get(text)
        return None if said in (None, "", _OPEN) else said

    def having(self, kind: str, text: str, *, meant: str) -> "Answers":
        """The same with one answer more."""
        return replace(self, names={**self.names, kind: {**self.names.get(kind, {}), text: meant}})


def is_rules(path: Path) -> bool:
    """Whether a mapping file says for whole tables how they are read (``tables``), instead of answering questions."""
    try:
        return any(line.startswith("tables:") for line in path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def load_answers(path: Path, *, shown: str) -> tuple[Answers, tuple[Problem, ...]]:
    """The answers in a file; no answers where there is no file yet."""
    place = Place(shown)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.CBaseLoader)
    except FileNotFoundError:
        return Answers(), ()
    except OSError as fault:
        return Answers(), (Problem("unreadable", place, f"读不出对照表：{fault.strerror}"),)
    except UnicodeDecodeError:
        return Answers(), (Problem("encoding", place, "对照表不是 UTF-8 编码"),)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        return Answers(), (Problem("yaml", Place(shown, (), line), "对照表格式有误"),)
    return _checked(raw if isinstance(raw, Mapping) else {}, place)


def _checked(raw: Mapping[str, Any], place: Place) -> tuple[Answers, tuple[Problem, ...]]:
    kinds = {word: kind.name for kind in KINDS for word in (kind.name, kind.label)}
    faults = [
        Problem("wrong-type", place, f"对照表里没有“{key}”这一节", f"可用的：{'、'.join(_KEYS)}")
        for key in raw
        if key not in _KEYS
    ]
    headings = _texts(raw.get("headings"))
    sheets, names = _texts(raw.get("sheets")), raw.get("names") if isinstance(raw.get("names"), Mapping) else {}
    for word in (*sheets.values(), *(names or {})):
        if word not in kinds and word != _OPEN:
            labels = "、".join(kind.label for kind in KINDS)
            faults.append(Problem("wrong-type", place, f"对照表里的“{word}”不是条目的种类", f"可用的：{labels}"))
    answered = {kinds[kind]: _texts(several) for kind, several in (names or {}).items() if kind in kinds}
    said = {heading: meant for heading, meant in headings.items() if meant not in ("", _OPEN)}
    return Answers(said, {name: kinds[kind] for name, kind in sheets.items() if kind in kinds}, answered), tuple(faults)


def _texts(raw: object) -> dict[str, str]:
    return {str(key): str(value).strip() for key, value in raw.items()} if isinstance(raw, Mapping) else {}


def write_answers(path: Path, answers: Answers, *, odd: Iterable[str], kinds: Iterable[Kind]) -> None:
    """The file with all answers, odd headings still to be answered, and the words that may be used."""
    headings = {**dict.fromkeys(odd, _OPEN), **answers.headings}
    fields = {
        "headings": headings,
        "sheets": dict(answers.sheets),
        "names": {k: dict(v) for k, v in answers.names.items()},
    }
    text = yaml_of({name: value for name, value in fields.items() if value}) if any(fields.values()) else ""
    lines = [
        "# 对照表：导入时认不出的表头和名称。把“？”改成答案，下次导入用 --map 带上本文件。",
        "# headings：表头: 字段名；不要的写 不要。names：表里的写法: 条目编号；不是同一个的，照原样再写一遍。",
        *(
            f"# {kind.label}的字段：{'、'.join(field.declared.label for field in fields_of(kind.model))}"
            for kind in kinds
        ),
    ]
    write_whole(path, "\n".join(lines) + f"\n{text}")
