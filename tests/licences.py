"""The packages that the program needs at run time, with their licences, as their own metadata say; run by `make licences`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from importlib.metadata import Distribution, distribution
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs/licences.md"
UNSAID = {"pyromark": "MIT", "pypdfium2": "BSD-3-Clause AND Apache-2.0"}
"""What stands in the licence files of packages whose metadata leave it unsaid or say it in words."""
WORDS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: Public Domain": "CC0-1.0",
    "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
}
SPELLINGS = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "CC0": "CC0-1.0",
}
HEAD = """# Licences

Every package that the program needs at run time, those of its dependencies included, with the licence that the package itself
declares. Made by `make licences`; `tests/test_supply.py` compares it and refuses a licence that is not in its list.

| Package | Licence | What needs it |
|---|---|---|
"""


def installed_for(*extras: str) -> dict[str, set[str]]:
    """Name → who wants it, for all packages of an install with these extras."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = chain(project["dependencies"], *(optional[extra] for extra in extras))
    waiting = [("the program", Requirement(text)) for text in wanted]
    found: dict[str, set[str]] = defaultdict(set)
    followed: dict[str, set[str]] = defaultdict(set)
    while waiting:
        by, one = waiting.pop()
        name = canonicalize_name(one.name)
        found[name].add(by)
        asked = {"", *one.extras} - followed[name]
        followed[name] |= asked
        waiting += [
            (name, need)
            for need in map(Requirement, (distribution(name).requires or ()) if asked else ())
            if not need.marker or any(need.marker.evaluate({"extra": extra}) for extra in asked)
        ]
    return dict(sorted(found.items()))


def run_time() -> dict[str, set[str]]:
    """The same for a plain install with what a deploy needs."""
    return installed_for("deploy")


def licence_of(found: Distribution) -> str:
    """An SPDX expression, from the field made for it, else from classifiers or the old free text."""
    said = found.metadata
    if canonicalize_name(found.name) in UNSAID:
        return UNSAID[canonicalize_name(found.name)]
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    named = [WORDS[one] for one in said.get_all("Classifier", []) if one in WORDS]
    text = (said.get("License") or "").strip()
    return " AND ".join(dict.fromkeys(named)) or SPELLINGS.get(text, text.splitlines()[0] if text else "")


def page() -> str:
    """The whole of docs/licences.md."""
    rows = (
        f"| {name} | {licence_of(distribution(name))} | {', '.join(sorted(by))} |" for name, by in run_time().items()
    )
    return HEAD + "\n".join(rows) + "\n"


def parts(expression: str) -> set[str]:
    """The licences that an SPDX expression names."""
    return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR", "WITH"}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
