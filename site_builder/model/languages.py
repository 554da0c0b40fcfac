"""The languages that pages can be made in: their tags, folders and own names."""

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.model.frozen import frozen

FOLDER = "content/languages"
"""Where editors keep what they translate."""


@frozen
class Language:
    """A language of pages: its tag (BCP 47), its folder in the site, its own name, and its name for share cards."""

    tag: str
    folder: str
    name: str
    locale: str
    lost: str = ""
    """What the page says that stands where there is none: a static host has one for all languages."""
    home: str = ""
    """The way from there to the first page."""
    by_hand: bool = False
    """Whether people translate into it; Traditional characters are converted."""


CHINESE = Language("zh-CN", "", "简体", "zh_CN")
"""What entries are written in; its pages lie at the root."""
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "zh-Hant": Language("zh-Hant", "zh-hant/", "繁體", "zh_TW", "這一頁不在這裡。", "回到繁體版首頁"),
        "en": Language(
            "en", "en/", "English", "en_US", "This page is not here.", "Go to the home page in English", by_hand=True
        ),
    }
)
"""What else pages can be made in, by the word that settings use."""


def languages_of(tags: tuple[str, ...]) -> tuple[Language, ...]:
    """All languages of an exhibition, Chinese first."""
    return (CHINESE, *(LANGUAGES[tag] for tag in tags))


def parted(address: str) -> tuple[str, str]:
    """The folder of a language and the address within it: ``en/projects/x/`` → ``en/``, ``projects/x/``."""
    for language in LANGUAGES.values():
        if address.startswith(language.folder):
            return language.folder, address.removeprefix(language.folder)
    return "", address
