"""A pressed site comes in; its service worker, which knows by a digest which build it belongs to, goes out."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from site_builder.model.pages import OutputFile
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press
from site_builder.press.theme import asset

ADDRESS = "sw.js"
_DIGITS = 16


def service_worker(press: Press, assets: Iterable[str]) -> OutputFile:
    """``sw.js``; where the settings switch offline pages off, one that takes back what an earlier one kept.

    ``assets`` are the addresses of everything below ``assets/``.
    """
    name = f"workers/{'on' if press.exhibition.offline else 'off'}.js"
    code = asset(_own(press, name))
    version = _version(press, sorted(assets, key=lambda address: address.split("/")))
    return OutputFile(ADDRESS, f'var VERSION="{version}",CODE="{press.assets}";\n'.encode() + code)


def _own(press: Press, name: str) -> Path:
    """An exhibition's own file takes the packaged one's place."""
    return next(
        (path for folder in press.theme_dirs if (path := Path(folder, name)).is_file()), packaged_theme() / name
    )


def _version(press: Press, assets: Iterable[str]) -> str:
    """Digest of what pages are made of: the manifest of the index (so all entries), assets, frames and templates."""
    told = hashlib.sha256(repr(sorted(press.frames.items())).encode())
    for address in ("search/v1/manifest.js", *assets):
        told.update(address.rpartition("/")[2].encode() + b"\0" + press.read(address))
    for path in _templates(press):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:_DIGITS]


def _templates(press: Press) -> list[Path]:
    """Those that pages are made with: of two of a name the exhibition's own."""
    found = {
        path.name: path for folder in reversed(press.theme_dirs) for path in Path(folder, "exhibits").glob("*.html")
    }
    return [found[name] for name in sorted(found)]
