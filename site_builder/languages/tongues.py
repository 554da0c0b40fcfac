"""What an exhibition itself says in another language, for all pages and for single ones."""

from collections.abc import Mapping
from dataclasses import field

from site_builder.model.frozen import frozen
from site_builder.model.languages import Language


@frozen
class Own:
    """What one page says in another language: texts as they stand in it, and pieces of Markdown, each with its translation."""

    texts: Mapping[str, str] = field(default_factory=dict)
    markdown: tuple[tuple[str, str], ...] = ()
    whole: str = ""
    """Markdown in the place of all that an editorial page says."""


@frozen
class Tongue:
    """One language of an exhibition."""

    language: Language
    texts: Mapping[str, str] = field(default_factory=dict)
    """Chinese → translation of what the exhibition gives for all its pages: names, titles, terms."""
    pages: Mapping[str, Own] = field(default_factory=dict)
    """Address → what is given for that page."""
    lines: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """A title as it is set in lines → its translation, which is set as one."""
