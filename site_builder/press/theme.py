"""Theme directories come in; the site's code and the folder that code is published in go out."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from rjsmin import jsmin  # type: ignore[import-untyped]  # the package has no stubs

from site_builder.languages.code import code_in, code_of
from site_builder.languages.tongues import Tongue
from site_builder.model.pages import OutputFile
from site_builder.press.older import lowered
from site_builder.press.packaged import packaged_theme

_SEARCH = "assets/search"
BUNDLES = MappingProxyType(
    {
        f"{_SEARCH}/{name}.js": tuple(f"{_SEARCH}/{part}.js" for part in parts.split())
        for name, parts in (
            ("engine", "tokens store postings query shown"),
            ("list", "state columns lists results browse page"),
            ("facets", "facets choosing"),
            ("near", "parts near none"),
        )
    }
)
"""Scripts that are published as one: their address → those of their parts, which are not published themselves."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


PARTS = frozenset(chain.from_iterable(BUNDLES.values()))
"""Scripts that are published inside of another one."""
UNUSED = re.compile(r"^(assets/javascripts/|assets/images/|assets/_|styles/|workers/|sitemap\.xml$|.*\.(?:map|toml)$)")
"""What no page uses of the theme, ours and that of Material, whose sitemap is a template that nobody fills."""


def assets_of(own: Mapping[str, Path]) -> dict[str, bytes]:
    """Address → bytes of scripts, icons and pictures, some scripts as one; an exhibition's ``own`` files take the packaged ones' places."""
    theme = packaged_theme()
    paths = sorted(path for path in (theme / "assets").rglob("*") if path.is_file())
    packaged = {path.relative_to(theme).as_posix(): path for path in paths}
    chosen = {uri: own.get(uri, path) for uri, path in packaged.items() if not UNUSED.match(uri)}
    found = {uri: asset(path) for uri, path in chosen.items() if uri not in PARTS}
    for uri, names in BUNDLES.items():
        whole = uri in own and uri not in PARTS
        found[uri] = bundle([own[uri]] if whole else [chosen[name] for name in names])
    return found


def style_sheets(theme_dirs: Sequence[str], folder: str) -> tuple[OutputFile, OutputFile]:
    """All ``styles/*.css`` in the order of their names, for the folder of the site's code; and the same for older browsers,
    with that of written pages.

    A directory named first overrides a later one's file of the same name.
    """
    sheets: dict[str, Path] = {}
    for directory in theme_dirs:
        for path in Path(directory, "styles").glob("*.css"):
            sheets.setdefault(path.name, path)
    text = _bare("\n".join(sheets[name].read_text(encoding="utf-8").strip() for name in sorted(sheets)))
    written = next(path for directory in theme_dirs if (path := Path(directory, "assets/written.css")).is_file())
    older = lowered(_bare(f"{text}\n{written.read_text(encoding='utf-8')}"))
    return (
        OutputFile(f"{folder}exhibition.css", f"{text}\n".encode()),
        OutputFile(f"{folder}older.css", older.encode()),
    )


def is_code(uri: str) -> bool:
    """Whether a file of the theme is published in the folder that is named by its content; icons keep their address."""
    return uri.startswith("assets/") and (uri.endswith((".js", ".css")) or uri.startswith("assets/vendor/"))


def code_folder(files: Mapping[str, bytes]) -> str:
    """``assets/0123456789/``: another folder for other code, so that browsers keep it for ever and pages never get another's."""
    total = hashlib.sha256()
    for uri in sorted(files):
        total.update(f"{uri} {len(files[uri])}\n".encode())
        total.update(files[uri])
    return f"assets/{total.hexdigest()[:10]}/"


def laid_assets(
    published: Mapping[str, bytes], sheets: Iterable[OutputFile], *, tongues: Iterable[Tongue]
) -> tuple[str, dict[str, bytes]]:
    """The folder of code, and where all that is published lies, code in each language in a folder of its own."""
    code = {uri: content for uri, content in published.items() if is_code(uri)}
    spoken = {tongue.language: code_in(tongue, code) for tongue in tongues}
    said = {f"{one.folder}{uri}": content for one, files in spoken.items() for uri, content in files.items()}
    folder = code_folder(code | {sheet.address: sheet.content for sheet in sheets} | said)
    laid = {_within(folder, uri) if uri in code else uri: content for uri, content in published.items()}
    for language, files in spoken.items():
        laid |= {_within(code_of(folder, language), uri): content for uri, content in files.items()}
    return folder, laid


def _within(folder: str, uri: str) -> str:
    return folder + uri.removeprefix("assets/")


def asset(path: Path) -> bytes:
    """A file of the theme as it is published: our scripts without comments and needless blanks, all others as they are.

    Nothing is renamed, so that the script of a frozen exhibition can be read. What is vendored keeps the notice of its licence.
    """
    content = path.read_bytes()
    ours = path.suffix == ".js" and "vendor" not in path.parts
    return f"{jsmin(content.decode())}\n".encode() if ours else content


def bundle(paths: Iterable[Path]) -> bytes:
    """Scripts as one, in this order, so that a visitor asks for one file."""
    return b"".join(asset(path) for path in paths)


def _bare(css: str) -> str:
    """Without comments, indentation and blank lines: bytes that no visitor needs."""
    return "\n".join(filter(None, map(str.strip, _COMMENT.sub("", css).split("\n"))))
