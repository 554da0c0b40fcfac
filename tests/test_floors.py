"""The floors of docs/architecture.md hold: read from the syntax trees, lazy and type-only imports included."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PACKAGE = "site_builder"
PROJECT = Path(__file__).resolve().parent.parent
FLOORS = {
    "model": 0,
    "languages": 1,
    "intake": 1,
    "catalogue": 1,
    "media": 1,
    "sheets": 1,
    "exchange": 2,
    "publish": 2,
    "press": 2,
    "rules": 2,
    "search": 2,
    "audit": 3,
    "harvest": 3,
    "opendata": 3,
    "paper": 3,
    "release": 3,
    "federation": 4,
    "survey": 4,
    "surveying": 5,
    "warm": 4,
    "closing": 5,
    "pipeline": 6,
    "exchanging": 5,
    "recalling": 6,
    "preview": 7,
    "rebuilding": 7,
    "editing": 8,
    "plugin": 7,
    "cli": 9,
}
DOORS = frozenset({"plugin", "cli"})
MAY_IMPORT_MKDOCS = frozenset({f"{PACKAGE}.plugin", f"{PACKAGE}.commands.engine"})
MKDOCS = frozenset({"mkdocs", "properdocs", "material"})
FORBIDDEN_NAMES = frozenset({"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"})
NOT_CODE = frozenset({"starter", "_theme"})


@dataclass(frozen=True)
class Module:
    """One module of the package: its dotted name, its place in the clone and its tree."""

    name: str
    path: str
    tree: ast.Module

    @classmethod
    def parse(cls, path: str, source: str) -> Module:
        """Read a module; an `__init__.py` is named after its folder."""
        parts = Path(path).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        return cls(name, path, ast.parse(source, path))

    @property
    def room(self) -> str:
        """The part of the building: a folder or a single module; `commands/` is the back of the door `cli`."""
        first = (*self.name.split("."), "")[1]
        return "cli" if first == "commands" else first


@dataclass(frozen=True)
class Import:
    """One imported name and the line it stands on."""

    target: str
    line: int
    level: int = 0


def imports(module: Module) -> Iterator[Import]:
    """Every import anywhere in a module; of `from a import b` both readings, `a` and `a.b`."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from (Import(name.name, node.lineno) for name in names)
            case ast.ImportFrom(module=origin, names=names, level=level):
                yield Import(origin or "", node.lineno, level)
                yield from (Import(f"{origin}.{name.name}", node.lineno, level) for name in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(target)), *_],
            ):
                yield Import(target, node.lineno)


def edges(modules: Iterable[Module]) -> Iterator[tuple[Module, Module, int]]:
    """Who imports whom within the package, on which line; the packages on the way do not count."""
    by_name = {module.name: module for module in modules}
    for module in by_name.values():
        named = [item for item in imports(module) if item.target in by_name]
        for item in named:
            shadowed = any(other.line == item.line and other.target.startswith(f"{item.target}.") for other in named)
            if item.target != module.name and not shadowed:
                yield module, by_name[item.target], item.line


def unplaced(modules: Iterable[Module]) -> list[str]:
    """Modules of rooms that no floor is known for."""
    return [f"{module.path}: no floor" for module in modules if module.room and module.room not in FLOORS]


def climbing(modules: Iterable[Module]) -> list[str]:
    """Imports that go up, or sideways into another room of the same floor."""
    return [
        f"{module.path}:{line} imports {target.name}, floor {FLOORS[target.room]} from floor {FLOORS[module.room]}"
        for module, target, line in edges(modules)
        if module.room != target.room and {module.room, target.room} <= FLOORS.keys()
        if FLOORS[target.room] >= FLOORS[module.room]
    ]


def cycle(modules: Iterable[Module]) -> list[str]:
    """One knot of modules that import each other, or nothing."""
    graph: dict[str, set[str]] = {}
    for module, target, _ in edges(modules):
        graph.setdefault(module.name, set()).add(target.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def strangers_to_mkdocs(modules: Iterable[Module]) -> list[str]:
    """Imports of MkDocs anywhere but in the two doors."""
    return [
        f"{module.path}:{item.line} imports {item.target}"
        for module in modules
        if module.name not in MAY_IMPORT_MKDOCS
        for item in imports(module)
        if item.target.split(".")[0] in MKDOCS
    ]


def relative(modules: Iterable[Module]) -> list[str]:
    """Imports with leading dots."""
    return [f"{module.path}:{item.line}" for module in modules for item in imports(module) if item.level]


def furnished_thresholds(modules: Iterable[Module]) -> list[str]:
    """`__init__.py` that hold anything but a docstring."""
    return [
        module.path
        for module in modules
        if module.path.endswith("__init__.py") and (len(module.tree.body) != 1 or not ast.get_docstring(module.tree))
    ]


def misnamed(modules: Iterable[Module]) -> list[str]:
    """Modules and folders with a name that says nothing."""
    return [module.path for module in modules if FORBIDDEN_NAMES & set(re.split(r"[._]", module.name))]


def too_deep(modules: Iterable[Module]) -> list[str]:
    """Modules below the second folder."""
    return [module.path for module in modules if len(Path(module.path).parts) > 3]


def drawn_floors(drawing: str) -> dict[str, int]:
    """The rooms and floors of the tree in the architecture page."""
    rows = re.findall(r"^[├└]── (\w+)(?:/|\.py)\s+(\d)\s", drawing, re.MULTILINE)
    return {room: int(floor) for room, floor in rows}


@pytest.fixture(scope="module")
def building() -> list[Module]:
    """All modules of the package; what is data there, the theme and the starter, is no code of ours."""
    paths = sorted(path.relative_to(PROJECT) for path in (PROJECT / PACKAGE).rglob("*.py"))
    code = [path for path in paths if path.parts[1] not in NOT_CODE]
    return [Module.parse(path.as_posix(), (PROJECT / path).read_text(encoding="utf-8")) for path in code]


def test_every_room_has_a_floor(building: list[Module]) -> None:
    """Every module lies in a room of the table above."""
    assert unplaced(building) == []


def test_the_architecture_page_draws_these_floors() -> None:
    """The page and this test know the same building."""
    assert drawn_floors((PROJECT / "docs/architecture.md").read_text(encoding="utf-8")) == FLOORS


def test_imports_go_down(building: list[Module]) -> None:
    """A module imports only lower floors or its own room."""
    assert climbing(building) == []


def test_no_module_imports_itself_through_others(building: list[Module]) -> None:
    """There is no import cycle, not even a lazy or type-only one."""
    assert cycle(building) == []


def test_only_the_doors_know_mkdocs(building: list[Module]) -> None:
    """Another engine would be one more door."""
    assert strangers_to_mkdocs(building) == []


def test_imports_are_absolute(building: list[Module]) -> None:
    """A line of import can be searched for."""
    assert relative(building) == []


def test_thresholds_hold_a_docstring_only(building: list[Module]) -> None:
    """Entering a folder runs nothing."""
    assert furnished_thresholds(building) == []


def test_every_folder_has_a_threshold(building: list[Module]) -> None:
    """Folders of modules are packages, so that the wheel and mypy see them."""
    folders = {Path(module.path).parent for module in building}
    assert sorted(folder for folder in folders if not (PROJECT / folder / "__init__.py").is_file()) == []


def test_folders_are_two_deep(building: list[Module]) -> None:
    """A file can be found from memory."""
    assert too_deep(building) == []


def test_names_say_something(building: list[Module]) -> None:
    """A drawer for everything grows without limit."""
    assert misnamed(building) == []


ALONE = """
import importlib, json, os, sys, traceback

outside, rooms = json.load(sys.stdin)
for name in outside:  # what others wrote is imported once; of ours nothing, so that each fork begins without
    importlib.import_module(name)
assert not any(name.partition(".")[0] == "site_builder" for name in sys.modules)
for names, banned in rooms:
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        continue
    try:
        for name in names:
            importlib.import_module(name)
        loaded = sorted({one.partition(".")[0] for one in sys.modules} & set(banned))
        said = f"loads {loaded}" if loaded else ""
    except BaseException:
        said = traceback.format_exc()
    if said:
        print(f"{name}: {said}")
    sys.stdout.flush()
    os._exit(0)
print("all tried")
"""


def complaints_of_importing(rooms: Iterable[Iterable[Module]]) -> str:
    """Import the modules of each room, the last first, where nothing of ours was imported; below the doors MkDocs stays unloaded."""
    listed = [list(room) for room in rooms]
    roots = {one.target.partition(".")[0] for room in listed for module in room for one in imports(module)}
    outside = sorted(name for name in roots - MKDOCS - {PACKAGE} if importlib.util.find_spec(name))
    tried = [
        ([module.name for module in reversed(room)], [] if room[0].room in DOORS else sorted(MKDOCS)) for room in listed
    ]
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        input=json.dumps((outside, tried)),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.endswith("all tried\n"), run.stderr
    return run.stdout.removesuffix("all tried\n")


def test_every_room_can_be_imported_alone(building: list[Module]) -> None:
    """Each room stands on the floors below it, whatever else was or was not imported before."""
    rooms = {room: [module for module in building if module.room == room] for room in {one.room for one in building}}
    assert complaints_of_importing(rooms[room] for room in sorted(rooms)) == ""


# --- the checkers themselves, on faulty samples ----------------------------------------------------------------------


def sample(sources: Mapping[str, str]) -> list[Module]:
    """A building in memory; the modules it only names stand empty."""
    base = ("model/entry.py", "intake/files.py", "catalogue/links.py", "pipeline.py", "preview.py", "cli.py")
    return [
        Module.parse(f"{PACKAGE}/{path}", source)
        for path, source in chain(((path, '"""Empty."""') for path in base if path not in sources), sources.items())
    ]


@pytest.mark.parametrize(
    "path, source",
    [
        ("model/entry.py", "from site_builder.intake.files import read"),
        ("model/entry.py", "from site_builder.intake import files"),
        ("model/entry.py", "import site_builder.intake.files"),
        ("model/entry.py", "def f():\n    from site_builder.intake import files"),
        ("model/entry.py", "if TYPE_CHECKING:\n    from site_builder.intake import files"),
        ("model/entry.py", "importlib.import_module('site_builder.intake.files')"),
        ("intake/files.py", "from site_builder.catalogue import links"),
        ("preview.py", "from site_builder import cli"),
        ("pipeline.py", "from site_builder.cli import main"),
        ("plugin.py", "from site_builder import cli"),
    ],
)
def test_climbing_is_noticed(path: str, source: str) -> None:
    """Upward and sideways imports in every form."""
    assert len(climbing(sample({path: source}))) == 1


@pytest.mark.parametrize(
    "path, source",
    [
        ("intake/files.py", "from site_builder.model.entry import Entry"),
        ("intake/files.py", "from site_builder.intake import other"),
        ("cli.py", "from site_builder import pipeline, preview"),
        ("cli.py", "import click, site_builder.commands.build"),
        ("commands/build.py", "from site_builder.cli import main"),
    ],
)
def test_walking_down_is_allowed(path: str, source: str) -> None:
    """Lower floors and the own room, of which `commands/` is a part."""
    building = sample({"intake/other.py": "", "commands/build.py": "", path: source})
    assert list(edges(building)) != []
    assert climbing(building) == []


def test_a_cycle_is_noticed() -> None:
    """A knot of three, one of its imports lazy, one type-only."""
    building = sample(
        {
            "model/entry.py": "from site_builder.model import two",
            "model/two.py": "def f():\n    import site_builder.model.three",
            "model/three.py": "if TYPE_CHECKING:\n    from site_builder.model.entry import Entry",
        }
    )
    assert set(cycle(building)) == {f"{PACKAGE}.model.{name}" for name in ("entry", "two", "three")}
    assert cycle(sample({"model/entry.py": "from site_builder.model import two", "model/two.py": ""})) == []


@pytest.mark.parametrize("source", ["import mkdocs", "def f():\n    from mkdocs.plugins import BasePlugin"])
def test_an_engine_below_the_doors_is_noticed(source: str) -> None:
    """MkDocs in the pipeline or in a command's module is a fault, in a door it is not."""
    assert len({fault.split()[0] for fault in strangers_to_mkdocs(sample({"pipeline.py": source}))}) == 1
    assert strangers_to_mkdocs(sample({"commands/build.py": source})) != []
    assert strangers_to_mkdocs(sample({"commands/engine.py": source, "plugin.py": source})) == []


def test_other_faults_of_the_building_are_noticed() -> None:
    """Relative imports, code in a threshold, deep folders, empty names and rooms without a floor."""
    assert relative(sample({"intake/other.py": "from . import files"})) == [f"{PACKAGE}/intake/other.py:1"] * 2
    assert furnished_thresholds(sample({"model/__init__.py": '"""Nouns."""\nx = 1'})) != []
    assert furnished_thresholds(sample({"model/__init__.py": ""})) != []
    assert furnished_thresholds(sample({"model/__init__.py": '"""Nouns."""'})) == []
    assert too_deep(sample({"model/kinds/project.py": ""})) == [f"{PACKAGE}/model/kinds/project.py"]
    assert misnamed(sample({"press/html_utils.py": "", "common/text.py": "", "press/commons.py": ""})) == [
        f"{PACKAGE}/press/html_utils.py",
        f"{PACKAGE}/common/text.py",
    ]
    assert unplaced(sample({"attic/box.py": ""})) == [f"{PACKAGE}/attic/box.py: no floor"]


def test_a_module_that_fails_alone_is_noticed() -> None:
    """The import check reports the error of the interpreter, and an engine that comes along unasked."""
    for name, word in (("site_builder.no_such_room", "ModuleNotFoundError"), ("mkdocs.config", "mkdocs")):
        assert word in complaints_of_importing([[Module(name, "", ast.Module([], []))]])
