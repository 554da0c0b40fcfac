"""A plain value comes in; one line of JSON goes out."""

import json

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line_of(value: object) -> str:
    """JSON on one line by every reader's count: what some take for the end of a line is escaped."""
    text = _JSON.encode(value)
    return (
        text
        if text.isascii()
        else text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )
