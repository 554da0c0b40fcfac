"""The directory of an exhibition comes in; all that is wrong with its settings goes out, with line, column and the mend."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from site_builder.intake.documents import decoded
from site_builder.intake.shapes import Path as FieldPath
from site_builder.intake.shapes import nearest as nearest_place
from site_builder.intake.yaml_reading import Value
from site_builder.intake.yaml_text import Parsed, parse
from site_builder.model.exhibition import Exhibition
from site_builder.model.guesses import nearest, perhaps
from site_builder.model.problems import Place, Problem
from site_builder.model.settings import SETTINGS, amiss

SOURCE = "mkdocs.yml"
_ENGINES_OWN = frozenset({"yaml-tag", "yaml-alias", "hidden-text"})
"""What the engine allows here, unlike in entries: ``!ENV [EXHIBITION_URL, ""]``."""
_TOP = ("site_name", "site_description", "site_url", "docs_dir", "site_dir", "theme", "plugins", "markdown_extensions")
_TABLE = "全部设置见手册“字段表”里的“展览的设置”"


def check_settings(root: Path) -> tuple[Problem, ...]:
    """Problems of ``mkdocs.yml``: of the file as a text, of its shape, and of each setting of the exhibition."""
    text, faults = decoded((root / SOURCE).read_bytes(), SOURCE)
    if text is None:
        return faults
    parsed = parse(text, None, source=SOURCE)
    faults += tuple(problem for problem in parsed.problems if problem.code not in _ENGINES_OWN)
    # of a file of which something had to be left out the rest would be guesses
    return (*faults, *_of_the_top(root, parsed), *_of_the_exhibition(parsed)) if parsed.whole else faults


def unknown_editions(root: Path, exhibition: Exhibition, *, editions: Iterable[str]) -> Iterator[Problem]:
    """Settings that name an edition which is not there; ``editions`` are the keys of those that are."""
    known = [key.partition("/")[2] for key in editions]
    named = {"current_edition": exhibition.current_edition, "halls_edition": exhibition.halls_edition}
    for name, value in named.items():
        if value and value not in known:
            yield Problem(
                "settings-edition", _place_of(root, name), f"{name} 写的展期“{value}”不存在", perhaps(value, known)
            )


def _place_of(root: Path, name: str) -> Place:
    file = root / SOURCE
    text = decoded(file.read_bytes(), SOURCE)[0] if file.is_file() else ""
    parsed = parse(text or "", None, source=SOURCE)
    return _at(parsed, (*_plugin(parsed.fields)[0], name))


def _of_the_top(root: Path, parsed: Parsed) -> Iterator[Problem]:
    fields = parsed.fields
    for name in fields:
        if name in SETTINGS:
            yield _problem(parsed, (name,), says=f"“{name}”写的位置不对", hint="写在 plugins 下面、exhibition 的下一层")
        elif name not in _TOP and (meant := nearest(name, _TOP)) and meant not in fields:
            yield _problem(parsed, (name,), says=f"没有“{name}”这个设置", hint=f"是不是“{meant}”？")
    if not fields.get("site_name") and "INHERIT" not in fields:
        yield _problem(
            parsed, ("site_name",), says="没有写展览的名称（site_name）", hint="写一行“site_name: 展览的名称”"
        )
    url = fields.get("site_url")
    if isinstance(url, str) and url and not url.startswith(("http://", "https://")):
        yield _problem(parsed, ("site_url",), says=f"site_url 写的“{url}”不是完整的网址", hint="以 https:// 开头")
    pages = fields.get("docs_dir")
    if isinstance(pages, str) and not (root / pages).is_dir():
        yield _problem(parsed, ("docs_dir",), says=f"docs_dir 写的目录“{pages}”不存在", hint="一般是 content/pages")


def _of_the_exhibition(parsed: Parsed) -> Iterator[Problem]:
    path, given = _plugin(parsed.fields)
    if not path and "INHERIT" not in parsed.fields:
        yield _problem(
            parsed, ("plugins",), says="plugins 里没有 exhibition", hint="补上一行“  - exhibition:”，设置写在它下面"
        )
    for name, value in given.items() if isinstance(given, dict) else ():
        setting, place = SETTINGS.get(name), (*path, name)
        if setting is None:
            yield _problem(parsed, place, says=f"没有“{name}”这个设置", hint=perhaps(name, SETTINGS) or _TABLE)
        elif wanted := amiss(setting, value):
            yield _problem(parsed, place, says=f"“{name}”（{setting.label}）写得不对", hint=wanted)
    if given and not isinstance(given, dict):
        yield _problem(parsed, path, says="exhibition 的设置写得不对", hint="一行一个设置，比 exhibition 多缩进四格")


def _plugin(fields: Mapping[str, Value]) -> tuple[FieldPath, Value]:
    """Where the plugin stands and what is written below it; an empty place where it does not stand there."""
    plugins = fields.get("plugins")
    if isinstance(plugins, dict):
        return (("plugins", "exhibition"), plugins["exhibition"]) if "exhibition" in plugins else ((), None)
    for number, one in enumerate(plugins if isinstance(plugins, list) else ()):
        if one == "exhibition":
            return ("plugins", number), None
        if isinstance(one, dict) and "exhibition" in one:
            # settings that are not indented stand beside the plugin and not below it
            return ("plugins", number, "exhibition"), one["exhibition"] if len(one) == 1 else "beside"
    return (), None


def _problem(parsed: Parsed, path: FieldPath, *, says: str, hint: str) -> Problem:
    return Problem("settings", _at(parsed, path), says, hint)


def _at(parsed: Parsed, path: FieldPath) -> Place:
    return Place(SOURCE, path, *nearest_place(parsed.places, path))
