"""A language of an exhibition comes in; who says texts in it goes out."""

from collections.abc import Callable, Mapping

from site_builder.languages.markup import Said
from site_builder.languages.phrasebook import Phrasebook, english_messages, script_messages
from site_builder.languages.tongues import Tongue
from site_builder.languages.traditional import Traditional


class _Converted:
    """Traditional Chinese says everything."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._convert = Traditional(given).said

    def said(self, text: str) -> tuple[Said, ...]:
        """The text, converted."""
        return ((self._convert(text), True),)

    def note(self, *, partly: bool) -> str:
        """Nothing is ever left."""
        return ""


def voice_of(tongue: Tongue) -> "_Converted | Phrasebook":
    """Who says texts in this language."""
    if tongue.language.tag == "zh-Hant":
        return _Converted(tongue.texts)
    return Phrasebook(english_messages(), tongue.texts)


def said_by(tongue: Tongue) -> Callable[[str], str]:
    """Says whole texts that stand in no page; what cannot be said stays Chinese."""
    voice = voice_of(tongue)
    return lambda text: "".join(words for words, _ in voice.said(text))


def script_voice(tongue: Tongue) -> Callable[[str], str]:
    """Says the texts of scripts, which are often parts of sentences."""
    if tongue.language.tag == "zh-Hant":
        return said_by(tongue)
    messages = script_messages()
    return lambda text: messages.get(text, text)
