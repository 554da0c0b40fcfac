"""The records of a member come in; the same as records of the common index go out, without what lies on the member's own host."""

import re
from collections.abc import Iterator
from typing import Any

from site_builder.federation.members import Member
from site_builder.federation.reading import unfit
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.search.files import script
from site_builder.search.layout import MOST

ID, TITLE, KIND, PINYIN, SEAL, PICTURE = 0, 1, 2, 10, 11, 14
"""Fields of a record, as docs/search.md numbers them."""
_LISTS = frozenset({SEAL, PICTURE, 15})
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_SHAPE = re.compile(r"[a-z]{1,20}")


@frozen
class Copied:
    """A record of the common index: its number, the order of its title, its file."""

    number: int
    title: tuple[object, ...]
    file: OutputFile


def records_of(member: Member, *, part: int = 0, of: int = 1) -> Iterator[Copied]:
    """Every record of every ``of``-th block of a member from ``part`` on."""
    for block in range(part, member.blocks, of):
        for at in range(member.sizes[block]):
            name = f"d/{block}/{at}"
            record = _checked(member.content(name), member, name=name)
            common = member.first + block
            sound = tuple(_at(record, PINYIN).split(" ")[0].split("'"))
            yield Copied(common * MOST + at, (sound, record[TITLE]), script(f"d/{common}/{at}", record))


def _checked(record: Any, member: Member, *, name: str) -> list[Any]:
    """The record with our number of its kind and without its picture; ``Refused`` where its fields are not what they must be."""
    if not isinstance(record, list) or len(record) <= KIND or not _ID.fullmatch(str(record[ID])):
        raise unfit(name)
    numbers = (KIND, 13)
    texts = [one for at, one in enumerate(record) if at not in _LISTS and at not in numbers]
    if not all(isinstance(one, str) or one == 0 for one in texts) or not isinstance(record[TITLE], str):
        raise unfit(name)
    if record[KIND] not in range(len(member.kinds)) or not isinstance(_at(record, 13) or 0, int):
        raise unfit(name)
    seal = _at(record, SEAL)
    if seal and not _is_seal(seal):
        raise unfit(name)
    if not all(isinstance(line, str) for line in _at(record, 15) or ()):
        raise unfit(name)
    if member.address and len(record) > PICTURE:
        record[PICTURE] = 0
    record[KIND] = member.kinds[record[KIND]]
    while len(record) > KIND + 1 and not record[-1]:
        record.pop()
    return record


def _at(record: list[Any], at: int) -> Any:
    return record[at] if len(record) > at and record[at] else ""


def _is_seal(seal: Any) -> bool:
    text, rank, shape = seal if isinstance(seal, list) and len(seal) == 3 else (0, 0, 0)
    return isinstance(text, str) and isinstance(rank, int) and bool(_SHAPE.fullmatch(str(shape)))
