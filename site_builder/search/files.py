"""Content of the index comes in; files that hand it over as scripts go out, so that they load from ``file://`` as well."""

import json
import unicodedata
from typing import Any

from site_builder.model.pages import OutputFile
from site_builder.search.layout import ROOT

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def script(name: str, content: object) -> OutputFile:
    """The file ``search/v1/NAME.js``."""
    text = unicodedata.normalize("NFC", _encoded(content))
    # valid in JSON, line ends in old JavaScript
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return OutputFile(f"{ROOT}{name}.js", f'exhibitionSearch.put("{name}",{text})\n'.encode("utf-8", "replace"))


def handed_over(file: bytes) -> Any:
    """What such a file hands over."""
    text = file.decode()
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])
