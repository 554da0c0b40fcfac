"""Editorial pages come in; what their front matter excepts of the search for personal data goes out."""

import re
from pathlib import Path

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


def excepted_in_pages(root: Path) -> tuple[str, ...]:
    """What editorial pages except, all together."""
    pages = sorted((root / "content/pages").rglob("*.md"))
    texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in pages if path.is_file()]
    return tuple(one for text in texts if "privacy_exceptions" in text for one in excepted_in(text))


def excepted_in(text: str) -> tuple[str, ...]:
    """What the front matter of a page excepts, as in entries; without a reason nothing is."""
    found = _front(text).get("privacy_exceptions")
    listed = found if isinstance(found, list) else []
    return tuple(str(one["what"]) for one in listed if isinstance(one, dict) and one.get("what") and one.get("reason"))


def _front(text: str) -> dict[str, object]:
    import yaml  # for the few pages that except anything

    found = _FRONT.match(text)
    try:
        read = yaml.load(found[1], Loader=yaml.CSafeLoader) if found else None
    except yaml.YAMLError:  # the engine reports it
        return {}
    return read if isinstance(read, dict) else {}
