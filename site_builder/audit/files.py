"""A file of the site that is no page comes in; what it asks for, tells or weighs beyond measure goes out."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from site_builder.audit.foreign import drawing_faults, script_faults, sheet_faults
from site_builder.audit.leaks import Secrets, leak, personal_words, traces
from site_builder.audit.metadata import DOCUMENTS, PICTURES, Limits, document_faults, picture_faults
from site_builder.audit.places import Site
from site_builder.audit.texts import TEXTUAL, Unread, texts_in
from site_builder.model.problems import Place, Problem

_STRAY = re.compile(
    r"(?:^|/)(?:\.(?!well-known/|nojekyll$)[^/]+|Thumbs\.db|desktop\.ini|~\$[^/]+|__MACOSX/.*)$|\.(?:map|bak|orig|swp|tmp|draft|log|pyc)$",
    re.IGNORECASE,
)


def file_faults(site: Site, name: str, *, secrets: Secrets, most: int) -> Iterator[Problem]:
    """Everything that one file shows by itself; ``most`` is the budget of a picture in bytes."""
    path, suffix = site.root / name, PurePosixPath(name).suffix.lower()
    if _STRAY.search(name):
        yield Problem("stray-file", Place(name), "这个文件不像是要发布的")
    if suffix in PICTURES:
        yield from picture_faults(path, name, limits=Limits(most))
    elif suffix in DOCUMENTS:
        yield from document_faults(path, name)
    if suffix in {".css", ".js", ".svg"}:
        yield from _code(site, name, suffix=suffix)
    if suffix in TEXTUAL:
        yield from _leaks(site, name, secrets=secrets)


def _code(site: Site, name: str, *, suffix: str) -> Iterator[Problem]:
    text = site.read(name).decode("utf-8", "replace")
    if suffix == ".css":
        yield from sheet_faults(name, text, site=site)
    elif suffix == ".js":
        yield from script_faults(name, text, site=site)
    else:
        yield from drawing_faults(name, text)


def _leaks(site: Site, name: str, *, secrets: Secrets) -> Iterator[Problem]:
    found: set[Problem] = set()
    for text in texts_in(site.root / name):
        if isinstance(text, Unread):
            found.add(Problem("unread-file", Place(name), f"没有读到 {text.name}：{text.why}"))
            continue
        said = personal_words(text, allowed=secrets.allowed)
        found |= {leak(name, said)} if said else set()
        found |= set(traces(name, text, secrets=secrets))
    yield from found
