"""A card and what its entry says come in; the record goes out that a list of results shows, with the text in which hits are marked."""

from site_builder.model.kinds import KINDS
from site_builder.model.pages import Card, Image
from site_builder.search.said import BODY, NAME, SUMMARY, TITLE, Said
from site_builder.search.sounds import Sounds

LISTED = tuple(kind for kind in KINDS if kind.listed)
_NAMES = tuple(kind.name for kind in LISTED)
Record = list[object]


def record_of(card: Card, said: Said, *, sounds: Sounds) -> Record:
    """The fields of docs/search.md in their order; empty ones at the end are left out."""
    shown = (card.by, card.people)
    seal = card.seal
    record: Record = [
        card.key.partition("/")[2],
        card.title,
        kind_at(card.kind),
        card.by,
        card.people,
        card.meta,
        "\n".join(said.at(SUMMARY)) or card.summary,
        "、".join(text for text in said.at(NAME) if text not in shown),
        "\n".join(said.at(BODY)),
        said.words,
        _pinyin(said, card.kind == "craftsman", sounds=sounds),
        [seal.text, seal.rank, seal.shape] if seal else 0,
        card.edition,
        card.year or 0,
        _picture(card.picture),
        list(card.title_lines) if len(card.title_lines) > 1 else 0,
    ]
    while not record[-1]:
        record.pop()
    return record


def _pinyin(said: Said, person: bool, *, sounds: Sounds) -> str:
    """How title, other names, and the people and organisations named sound: syllables joined by ``'``, names by blanks."""
    own = [part.text for part in said.parts if part.level == TITLE or part.alias]
    found = dict.fromkeys(own, person) | {text: person for text, person in said.named if text not in own}
    return " ".join("'".join(sound) for named in found.items() for sound in sounds[named])


def kind_at(name: str) -> int:
    """The place of a kind among those that have lists."""
    return _NAMES.index(name)


def _picture(picture: Image | None) -> object:
    """Address, width, height, and 1 where it was made by a machine."""
    return [picture.address, picture.width, picture.height, int(picture.ai_generated)] if picture else 0
