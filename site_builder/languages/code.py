"""A script of the theme comes in; the same script goes out with its Chinese words in another language."""

import json
import re
from collections.abc import Callable, Mapping

from site_builder.languages.tongues import Tongue
from site_builder.languages.voices import said_by, script_voice
from site_builder.model.kinds import KINDS
from site_builder.model.languages import Language

_LITERAL = re.compile(r"""(?P<key>[{,]\s*)?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?P<colon>\s*:)?""")
"""A text, what stands before it and after it: between ``{`` or ``,`` and ``:`` it is the name of a member, which no visitor reads."""
_ENGINE = "assets/search/engine.js"
"""The first script of the search; the names of kinds, which come with the index, are said beside it."""
_SAID = re.compile("^.[。：；《》）]+.$|[\u3400-\u9fff]")
"""Marks by themselves are of a language, too; 、 alone is left, for it parts names in the files of the index."""


def _is_read(found: re.Match[str]) -> bool:
    return bool(_SAID.search(found[2])) and not (found["key"] and found["colon"])


def spoken(script: str, say: Callable[[str], str]) -> str:
    """The script with every Chinese text said."""

    def said(found: re.Match[str]) -> str:
        if not _is_read(found):
            return found[0]
        quote, text = found[2][0], found[2][1:-1]
        words = say(text).replace(quote, f"\\{quote}")
        return f"{found['key'] or ''}{quote}{words}{quote}{found['colon'] or ''}"

    return _LITERAL.sub(said, script)


def code_in(tongue: Tongue, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Address → bytes of all code for pages in another language; what is vendored stays as it is."""
    voice = script_voice(tongue)
    found = {
        uri: spoken(content.decode(), voice).encode() if uri.endswith(".js") and "/vendor/" not in uri else content
        for uri, content in files.items()
    }
    words = {word: said_by(tongue)(word) for kind in KINDS for word in (kind.label, kind.measure)}
    told = f"window.exhibitionWords={json.dumps(words, ensure_ascii=False, sort_keys=True)};\n"
    return found | {_ENGINE: told.encode() + found[_ENGINE]}


def code_of(folder: str, language: Language) -> str:
    """The folder of scripts that speak this language: beside that of the others, for their links count on its depth."""
    return f"{folder.rstrip('/')}-{language.folder}"
