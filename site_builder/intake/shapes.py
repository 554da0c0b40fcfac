"""A model comes in; out go the words that name its fields, and the same for the records inside it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from site_builder.model.declaration import field_names, fields_of
from site_builder.model.frozen import frozen
from site_builder.model.habits import folded

Path = tuple[str | int, ...]


@frozen
class Shape:
    """What a mapping in a file may hold: its fields by every word that names them, and their records."""

    words: Mapping[str, str]
    """Name, label or heading → the field's name; also without differences of width and case."""
    labels: Mapping[str, str]
    """The field's name → its Chinese label."""
    records: Mapping[str, "Shape"]
    """The field's name → the shape of its values, where they have fields of their own."""

    def name_of(self, word: str) -> str:
        """The name of the field that a word means; a word that means none stays as it is."""
        return self.words.get(word) or self.words.get(_plain(word), word)

    def knows(self, word: str) -> bool:
        """Whether a word means a field here or in any record inside."""
        return self.name_of(word) in self.labels or any(shape.knows(word) for shape in self.records.values())

    def label(self, path: Path) -> str:
        """A field path in Chinese: ``“奖项”第 2 项的“等级”``."""
        parts: list[str] = []
        shape: Shape | None = self
        for part in path:
            if isinstance(part, int):
                parts.append(f"第 {part + 1} 项")
                continue
            joint = "的" if parts else ""
            parts.append(f"{joint}“{shape.labels.get(part, part) if shape else part}”")
            shape = shape.records.get(part) if shape else None
        return "".join(parts)


@cache
def shape_of(model: type) -> Shape:
    """The shape of entries, or of records, of a model."""
    words = field_names(model)
    labels = {field.name: field.declared.label for field in fields_of(model)}
    records = {field.name: shape_of(field.record) for field in fields_of(model) if field.record is not None}
    plain = {_plain(word): name for word, name in words.items()}
    return Shape(MappingProxyType(plain | words), MappingProxyType(labels), MappingProxyType(records))


def _plain(word: str) -> str:
    return folded(word).casefold()


def nearest(places: Mapping[Path, tuple[int, int]], path: Path) -> tuple[int, int]:
    """Line and column of a field, or of what holds it; a single value may stand where the path says item 0."""
    known: Path = ()
    for part in path:
        if (*known, part) in places:
            known = (*known, part)
        elif part != 0:
            break
    return places.get(known, (1, 1))
