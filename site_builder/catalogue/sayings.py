"""Entries come in; what they say that no vocabulary or award knows goes out: terms, grades, sessions."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.honours import grade_named
from site_builder.catalogue.lexicon import Lexicon
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.guesses import perhaps
from site_builder.model.institutions import Term
from site_builder.model.problems import Place, Problem

_Said = tuple[str, str | None, str | None]
"""An award or an honour as an entry names it, its grade and 届."""
_Fault = tuple[str, str, str]
"""Code, field and message."""


class Sayings:
    """Knows what is amiss with a word as soon as one entry says it; the same few return in all of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._lexicon = catalogue.lexicon
        self._listed, self._given = _Listed(catalogue.lexicon), _Given(catalogue)

    def faults(self, entry: Entry) -> list[Problem]:
        """The problems of one entry."""
        found = self._unknown_grades(entry)
        # nearly every entry says what is listed, and then no place need be named
        if self._lexicon.vocabularies and not _is_listed(entry.data, self._listed):
            found += self._unknown_terms(entry, entry.data, path=())
        return found

    def _unknown_grades(self, entry: Entry) -> list[Problem]:
        given = self._given
        awards = [given[one.award, one.grade, one.session] for one in entry.get("awards", ())]
        honours = [given[one.honour, one.grade, one.session] for one in entry.get("honours", ())]
        return [
            Problem(code, Place(entry.source, (field, index, part)), message)
            for field, several in (("awards", awards), ("honours", honours))
            for index, faults in enumerate(several)
            for code, part, message in faults
        ]

    def _unknown_terms(self, entry: Entry, record: Any, *, path: tuple[str | int, ...]) -> Iterator[Problem]:
        for name, vocabulary in _with_terms(record.__class__):
            value = getattr(record, name)
            if value is None or value == ():
                continue
            many = isinstance(value, tuple)
            for index, part in enumerate(value if many else (value,)):
                place = (*path, name, index) if many else (*path, name)
                if not vocabulary:
                    yield from self._unknown_terms(entry, part, path=place)
                elif (spelt := self._listed[vocabulary]) is not None and part not in spelt:
                    title = self._lexicon.vocabularies[vocabulary].title
                    message = f"词表“{title}”里没有“{part}”。{perhaps(part, spelt)}".rstrip("。")
                    yield Problem("unknown-term", Place(entry.source, place), message)


class _Listed(dict[str, Mapping[str, Term] | None]):
    """Vocabulary → every spelling of its terms; None where there is none, or where it accepts others, too."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, name: str) -> Mapping[str, Term] | None:
        vocabulary = self._lexicon.vocabularies.get(name)
        is_closed = vocabulary is not None and not vocabulary.open
        found = self[name] = self._lexicon.spellings[name] if is_closed else None
        return found


def _is_listed(record: Any, listed: _Listed) -> bool:
    for name, vocabulary in _with_terms(record.__class__):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        parts = value if isinstance(value, tuple) else (value,)
        if not vocabulary:
            for part in parts:
                if not _is_listed(part, listed):
                    return False
        elif (spelt := listed[vocabulary]) is not None and not all(map(spelt.__contains__, parts)):
            return False
    return True


@cache
def _with_terms(model: type) -> tuple[tuple[str, str], ...]:
    """Fields whose values a vocabulary lists, and which; none where it lists what is inside them."""
    return tuple(
        (field.name, "" if field.record else field.declared.vocabulary or "")
        for field in fields_of(model)
        if (_with_terms(field.record) if field.record else field.declared.vocabulary)
    )


class _Given(dict[_Said, tuple[_Fault, ...]]):
    """What an entry says of an honour → what is amiss with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue

    def __missing__(self, said: _Said) -> tuple[_Fault, ...]:
        found = self[said] = tuple(self._faults(said))
        return found

    def _faults(self, said: _Said) -> Iterator[_Fault]:
        name, grade, session = said
        key = self._catalogue.registry.key_for(("award",), name)
        award = self._catalogue.entries[key] if key else None
        if award is None or not award.source:
            return
        if grade and award.data.grades and not grade_named(award.data, grade):
            names = [one.name for one in award.data.grades]
            guess = perhaps(grade, names) or f"可用的等级：{'、'.join(names)}"
            yield "unknown-grade", "grade", f"“{award.title}”没有“{grade}”这一等级。{guess}"
        sessions = {one.name for one in award.data.sessions} if session else ()
        if session and sessions and session not in sessions:
            close = perhaps(session, sessions)
            yield "unknown-session", "session", f"“{award.title}”的文件里没有“{session}”{'。' + close if close else ''}"
