"""The ruler that the code is measured by: sizes, signatures, annotations, state, docstrings, output and handlers."""

from __future__ import annotations

import ast
import math
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Standing = tuple[ast.AST, ast.ClassDef | None]

PACKAGE = "site_builder"
PROJECT = Path(__file__).resolve().parent.parent
NOT_CODE = frozenset({"starter", "_theme"})

MODULE_MEDIAN, MODULE_LARGEST = 120, 300
FUNCTION_P90, FUNCTION_LONGEST = 24, 50
PARAMETERS, POSITIONAL = 5, 2

MUTABLE_TYPES = frozenset(
    {
        *("list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict", "ChainMap"),
        *("List", "Dict", "Set", "DefaultDict", "Deque", "MutableMapping", "MutableSequence", "MutableSet"),
    }
)
MUTABLE_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
CLICK_DECORATORS = frozenset({"command", "group", "option", "argument", "callback", "result_callback"})
PYDANTIC_DECORATORS = frozenset(
    {"field_validator", "model_validator", "field_serializer", "model_serializer", "validate_call"}
)

Binding = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr
Function = ast.FunctionDef | ast.AsyncFunctionDef
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Module:
    """One module of the package: its place in the clone, its text and its tree."""

    path: str
    source: str
    tree: ast.Module

    @classmethod
    def parse(cls, path: str, source: str) -> Module:
        """Read a module."""
        return cls(path, source, ast.parse(source, path))

    @property
    def is_door_for_people(self) -> bool:
        """Whether this is the command line, which prints."""
        return Path(self.path).parts[1] in {"cli.py", "commands"}

    @property
    def is_door(self) -> bool:
        """Whether this is on the top floor, where a fault of any kind may be turned into a message."""
        return self.is_door_for_people or Path(self.path).parts[1] == "plugin.py"

    @property
    def lines(self) -> int:
        """How many lines are not blank."""
        return sum(1 for line in self.source.splitlines() if line.strip())


@dataclass(frozen=True)
class Routine:
    """A function or method, with the module it is in and the class, if any, that it belongs to."""

    module: Module
    node: Function
    owner: ast.ClassDef | None

    @property
    def place(self) -> str:
        """Where to look."""
        return f"{self.module.path}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self) -> int:
        """Length from `def` to the last line, docstring and blank lines included."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    @property
    def decorators(self) -> frozenset[str]:
        """The last names of the decorators: `click.option(…)` is `option`."""
        return frozenset(last_name(item) for item in self.node.decorator_list)

    @property
    def positional(self) -> list[ast.arg]:
        """What can be given by position, without self or cls."""
        given = [*self.node.args.posonlyargs, *self.node.args.args]
        bound = self.owner is not None and "staticmethod" not in self.decorators
        return given[1:] if bound else given

    @property
    def parameters(self) -> list[ast.arg]:
        """Everything a caller can give."""
        args = self.node.args
        return [*self.positional, *args.kwonlyargs, *(star for star in (args.vararg, args.kwarg) if star)]

    @property
    def signature_is_dictated(self) -> bool:
        """Whether Click, pydantic or Python itself decides on the parameters.

        Click gives a command one parameter for each option, pydantic calls validators in its own way, and a magic
        method such as `__exit__` is what the language says; a constructor is ours.
        """
        name = self.node.name
        magic = name.startswith("__") and name.endswith("__") and name not in {"__init__", "__new__", "__call__"}
        click = self.module.is_door_for_people and bool(self.decorators & CLICK_DECORATORS)
        geometry = self.module.path.endswith("media/strokes.py")  # coordinates stand in their order, as in SVG
        return magic or click or geometry or bool(self.decorators & PYDANTIC_DECORATORS)


def last_name(node: ast.expr) -> str:
    """The name an expression ends in: of `a.b`, `a.b[c]` and `a.b(c)` it is `b`; else nothing."""
    match node:
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return last_name(inner)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Constant(value=str(text)):
            return last_name(ast.parse(text, mode="eval").body)
    return ""


def routines(modules: Iterable[Module]) -> list[Routine]:
    """All functions and methods, nested ones included."""
    return [
        Routine(module, child, node if isinstance(node, ast.ClassDef) else None)
        for module in modules
        for node in ast.walk(module.tree)
        for child in ast.iter_child_nodes(node)
        if isinstance(child, Function)
    ]


def p90(numbers: Sequence[int]) -> int:
    """The 90th percentile by nearest rank; of nothing it is 0."""
    return sorted(numbers)[math.ceil(0.9 * len(numbers)) - 1] if numbers else 0


def module_sizes(modules: Iterable[Module]) -> dict[str, int]:
    """Non-blank lines by path; thresholds hold no code and would flatter the median."""
    return {module.path: module.lines for module in modules if not module.path.endswith("__init__.py")}


def figures(modules: Sequence[Module]) -> str:
    """How the code stands against the limits of size."""
    sizes = sorted(module_sizes(modules).values()) or [0]
    lengths = sorted(routine.lines for routine in routines(modules)) or [0]
    return (
        f"Modules: {len(sizes)}, median {statistics.median(sizes)} (≤ {MODULE_MEDIAN}), "
        f"largest {sizes[-1]} (≤ {MODULE_LARGEST}). Functions: {len(lengths)}, "
        f"90th percentile {p90(lengths)} (≤ {FUNCTION_P90}), longest {lengths[-1]} (≤ {FUNCTION_LONGEST})."
    )


def long_modules(modules: Iterable[Module]) -> list[str]:
    """Modules over the limit, and the median if it is."""
    sizes = module_sizes(modules)
    median = statistics.median(sizes.values()) if sizes else 0
    faults = [f"{path}: {size} > {MODULE_LARGEST}" for path, size in sizes.items() if size > MODULE_LARGEST]
    return [*faults, *([f"median {median} > {MODULE_MEDIAN}"] if median > MODULE_MEDIAN else [])]


def long_functions(modules: Iterable[Module]) -> list[str]:
    """Functions over the limit; if the 90th percentile is too high, those that make it so."""
    found = routines(modules)
    tail = p90([routine.lines for routine in found])
    limit = FUNCTION_P90 if tail > FUNCTION_P90 else FUNCTION_LONGEST
    faults = [f"{routine.place}: {routine.lines}" for routine in found if routine.lines > limit]
    return [*faults, *([f"90th percentile {tail} > {FUNCTION_P90}"] if tail > FUNCTION_P90 else [])]


def wide_signatures(modules: Iterable[Module]) -> list[str]:
    """Functions that want too much, or too much by position."""
    return [
        f"{routine.place}: {len(routine.parameters)} parameters, {len(routine.positional)} of them positional"
        for routine in routines(modules)
        if not routine.signature_is_dictated
        if len(routine.parameters) > PARAMETERS or len(routine.positional) > POSITIONAL
    ]


def unannotated(modules: Iterable[Module]) -> list[str]:
    """Functions with a parameter or a result whose type is not said."""
    return [
        routine.place
        for routine in routines(modules)
        if routine.node.returns is None or any(parameter.annotation is None for parameter in routine.parameters)
    ]


def outside_functions(node: ast.AST, owner: ast.ClassDef | None = None) -> Iterator[Standing]:
    """Everything that runs on import, each with the class it stands in."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, SCOPES):
            yield child, owner
            yield from outside_functions(child, child if isinstance(child, ast.ClassDef) else owner)


def is_mutable(value: ast.expr | None) -> bool:
    """Whether an expression makes something that can be changed in place."""
    match value:
        case ast.Call(func=func, args=args) if last_name(func) == "MappingProxyType":
            return any(isinstance(given, ast.Dict) and any(map(is_mutable, given.values)) for given in args)
        case ast.Call(func=func):
            return last_name(func) in MUTABLE_TYPES
        case ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            return any(map(is_mutable, parts))
        case ast.IfExp(body=left, orelse=right) | ast.BinOp(left=left, right=right):
            return is_mutable(left) or is_mutable(right)
        case ast.NamedExpr(value=inner) | ast.Starred(value=inner):
            return is_mutable(inner)
    return isinstance(value, MUTABLE_DISPLAYS)


def declares_mutable(node: ast.AnnAssign, owner: ast.ClassDef | None) -> bool:
    """Whether an annotation says so: of a module's or class's variable, but not of an instance's field."""
    kind = node.annotation
    while isinstance(kind, ast.Subscript) and last_name(kind) in {"ClassVar", "Final"}:
        owner, kind = None, kind.slice
    return owner is None and last_name(kind) in MUTABLE_TYPES


def is_state(node: Binding, owner: ast.ClassDef | None) -> bool:
    """Whether a binding that happens on import leaves something that can be changed."""
    return is_mutable(node.value) or (isinstance(node, ast.AnnAssign) and declares_mutable(node, owner))


def mutable_state(modules: Iterable[Module]) -> list[str]:
    """Mutable values at module or class level, and functions that rebind a module's names."""
    faults = []
    for module in modules:
        bound = [(node, owner) for node, owner in outside_functions(module.tree) if isinstance(node, Binding)]
        held = [node for node, owner in bound if is_state(node, owner)]
        rebound = [node for node in ast.walk(module.tree) if isinstance(node, ast.Global)]
        faults += [f"{module.path}:{node.lineno} {ast.unparse(node)[:80]}" for node in (*held, *rebound)]
    return faults


def thawed_nouns(modules: Iterable[Module]) -> list[str]:
    """Dataclasses of the model that are not frozen."""
    return [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules
        if module.path.startswith(f"{PACKAGE}/model/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if last_name(decorator) == "dataclass" and "frozen=True" not in ast.unparse(decorator)
    ]


def slow_to_load(modules: Iterable[Module]) -> list[str]:
    """Plain frozen dataclasses made by the standard library, which takes longer to load than `frozen` (model/frozen.py)."""
    return [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).split(".")[-1]
        in {"dataclass(frozen=True)", "dataclass(frozen=True, kw_only=True)", "dataclass(kw_only=True, frozen=True)"}
    ]


def undescribed(modules: Iterable[Module]) -> list[str]:
    """Modules whose docstring is missing or does not begin with a sentence on one line."""
    return [
        f"{module.path}: {first!r}"
        for module in modules
        for first in [next(iter((ast.get_docstring(module.tree) or "").splitlines()), "")]
        if not first.endswith((".", "?", "!")) or first[0].islower() or " " not in first
    ]


def printing(modules: Iterable[Module]) -> list[str]:
    """Calls of `print` anywhere but in the command line."""
    return [
        f"{module.path}:{node.lineno}"
        for module in modules
        if not module.is_door_for_people
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def broad_handlers(modules: Iterable[Module]) -> list[str]:
    """Handlers below the doors that would swallow faults nobody thought of."""
    return [
        f"{module.path}:{node.lineno}"
        for module in modules
        if not module.is_door
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node.type)
    ]


def catches_everything(kind: ast.expr | None) -> bool:
    """Whether a handler is bare or names a root of all exceptions, alone or among others."""
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(item is None or last_name(item) in {"Exception", "BaseException"} for item in kinds)


# --- the code of the exhibition --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def code() -> list[Module]:
    """All modules of the package; what is data there, the theme and the starter, is no code of ours."""
    paths = sorted(path.relative_to(PROJECT) for path in (PROJECT / PACKAGE).rglob("*.py"))
    ours = [path for path in paths if path.parts[1] not in NOT_CODE]
    return [Module.parse(path.as_posix(), (PROJECT / path).read_text(encoding="utf-8")) for path in ours]


@pytest.mark.parametrize(
    "measure",
    [
        long_modules,
        long_functions,
        wide_signatures,
        unannotated,
        mutable_state,
        thawed_nouns,
        slow_to_load,
        undescribed,
        printing,
        broad_handlers,
    ],
)
def test_the_code_measures_up(code: list[Module], measure: Callable[[list[Module]], list[str]]) -> None:
    """Each measure of the ruler, over all modules."""
    faults = measure(code)
    if faults:
        head = f"{len(faults)} × {measure.__name__}: {measure.__doc__}"
        pytest.fail("\n".join([head, *faults, figures(code)]), pytrace=False)


# --- the measures themselves, on faulty samples ----------------------------------------------------------------------


def sample(source: str, path: str = "press/page.py") -> list[Module]:
    """One module in memory."""
    return [Module.parse(f"{PACKAGE}/{path}", source)]


def function(lines: int) -> str:
    """The source of a function of so many lines."""
    return "def f() -> None:\n" + "    x = 1\n" * (lines - 1)


def test_long_modules_are_noticed() -> None:
    """Blank lines and thresholds do not count; a median in the middle does."""
    assert long_modules(sample("x = 1\n\n" * MODULE_MEDIAN)) == []
    assert long_modules(sample("x = 1\n" * (MODULE_MEDIAN + 1))) == ["median 121 > 120"]
    small = [*sample("x = 1"), *sample("", "press/__init__.py")]
    assert long_modules([*small, *sample("x = 1\n" * MODULE_LARGEST, "press/a.py"), *sample("", "press/b.py")]) == []
    assert long_modules([*small, *sample("x = 1\n" * 301, "press/a.py"), *sample("", "press/b.py")]) == [
        f"{PACKAGE}/press/a.py: 301 > 300"
    ]


def test_long_functions_are_noticed() -> None:
    """The longest by itself, many of middle length by their percentile, methods and nested ones too."""
    short = function(FUNCTION_P90)
    assert long_functions(sample(short * 9 + function(FUNCTION_LONGEST))) == []
    assert len(long_functions(sample(short * 9 + function(FUNCTION_LONGEST + 1)))) == 1
    assert len(long_functions(sample(short * 8 + function(FUNCTION_P90 + 1) * 2))) == 3
    nested = "class A:\n    def f(self) -> None:\n" + "        x = 1\n" * FUNCTION_LONGEST
    assert long_functions(sample(short * 9 + nested)) == [f"{PACKAGE}/press/page.py:{9 * FUNCTION_P90 + 2} f: 51"]


@pytest.mark.parametrize(
    "source, path",
    [
        ("def f(a, b, c): ...", "press/page.py"),
        ("def f(a, *, b, c, d, e, f): ...", "press/page.py"),
        ("class A:\n    def __init__(self, a, b, c): ...", "press/page.py"),
        ("class A:\n    @staticmethod\n    def f(a, b, c): ...", "press/page.py"),
        ("def f():\n    async def g(a, b, c): ...", "press/page.py"),
        ("@command()\ndef f(a, b, c): ...", "press/page.py"),
        ("def f(a, b, c): ...", "cli.py"),
    ],
)
def test_wide_signatures_are_noticed(source: str, path: str) -> None:
    """More than five, or more than two by position."""
    assert len(wide_signatures(sample(source, path))) == 1


@pytest.mark.parametrize(
    "source, path",
    [
        ("def f(a, b, *, c, d, e): ...", "press/page.py"),
        ("class A:\n    def f(self, a, b, *, c, d, e): ...", "press/page.py"),
        ("class A:\n    def __exit__(self, kind, error, trace): ...", "press/page.py"),
        ("class A:\n    @model_validator(mode='wrap')\n    def f(cls, a, b, c): ...", "model/entry.py"),
        ("@click.option('--a')\n@click.command()\ndef f(a, b, c, d, e, f): ...", "cli.py"),
        ("@main.command()\ndef f(a, b, c): ...", "commands/build.py"),
    ],
)
def test_good_signatures_pass(source: str, path: str) -> None:
    """Self does not count, nor do signatures that somebody else dictates."""
    assert wide_signatures(sample(source, path)) == []


@pytest.mark.parametrize(
    "signature",
    ["(a) -> None", "(a: int)", "(*, a) -> None", "(*a) -> None", "(**a) -> None", "(a, /) -> None"],
)
def test_missing_annotations_are_noticed(signature: str) -> None:
    """Parameters of every sort, and results."""
    assert len(unannotated(sample(f"def f{signature}: ..."))) == 1
    assert unannotated(sample("class A:\n    def f(self, a: int, *b: int, **c: int) -> None: ...")) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = []",
        "x = {}",
        "x = {1}",
        "x = [a for a in b]",
        "x = dict(a=1)",
        "x = collections.defaultdict(list)",
        "x = ([], 1)",
        "x = () or []",
        "x = [1] + y",
        "x: Mapping[str, int] = {'a': 1}",
        "x: dict[str, int] = load()",
        "x: 'dict[str, int]'",
        "x = MappingProxyType({'a': []})",
        "__all__ = ['f']",
        "if a:\n    x = []",
        "class A:\n    x = []",
        "class A:\n    x: ClassVar[dict[str, int]] = load()",
        "class A:\n    x: list[int] = []",
        "x = 0\ndef f():\n    global x\n    x = 1",
    ],
)
def test_mutable_state_is_noticed(source: str) -> None:
    """In modules and classes, by value and by annotation."""
    assert len(mutable_state(sample(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "x = (1, 2)",
        "x = frozenset({1, 2})",
        "x = tuple([1])",
        "x = MappingProxyType({'a': (1,)})",
        "x = re.compile('a')",
        "__all__ = ('f',)",
        "def f():\n    x = []",
        "f = lambda: []",
        "class A:\n    x: list[int]",
        "class A:\n    x: list[int] = field(default_factory=list)",
        "class A:\n    model_config = ConfigDict(frozen=True)",
        "class A:\n    def f(self):\n        self.x = []",
        "for x in [1, 2]:\n    pass",
    ],
)
def test_what_nobody_can_change_passes(source: str) -> None:
    """Frozen values, fields of instances and variables of functions."""
    assert mutable_state(sample(source)) == []


def test_thawed_nouns_are_noticed() -> None:
    """A dataclass of the model that is not frozen; other rooms may have their workbenches."""
    thawed = "@dataclass\nclass A:\n    x: int\n@dataclass(slots=True)\nclass B:\n    x: int"
    assert len(thawed_nouns(sample(thawed, "model/entry.py"))) == 2
    assert thawed_nouns(sample(thawed, "press/page.py")) == []
    assert thawed_nouns(sample("@dataclasses.dataclass(frozen=True)\nclass A:\n    x: int", "model/entry.py")) == []


def test_what_loads_slowly_is_noticed() -> None:
    """What `frozen` makes as well; order, slots and workbenches are for the standard library."""
    plain = "@dataclass(frozen=True)\nclass A:\n    x: int\n@dataclasses.dataclass(frozen=True, kw_only=True)\nclass B:\n    x: int"
    other = "@frozen\nclass A:\n    x: int\n@dataclass(frozen=True, slots=True)\nclass B:\n    x: int\n@dataclass\nclass C: ..."
    assert len(slow_to_load(sample(plain))) == 2
    assert slow_to_load(sample(other)) == []


@pytest.mark.parametrize(
    "source", ["", "x = 1", '"""Half a\nsentence."""', '"""lower case."""', '"""No stop"""', '"""."""']
)
def test_missing_descriptions_are_noticed(source: str) -> None:
    """A module says in one sentence on one line what it is for."""
    assert len(undescribed(sample(source))) == 1
    assert undescribed(sample('"""Records in, entries out.\n\nMore."""')) == []


def test_printing_is_noticed() -> None:
    """The command line prints, nobody else does."""
    assert printing(sample("def f() -> None:\n    print(1)")) == [f"{PACKAGE}/press/page.py:2"]
    assert printing([*sample("print(1)", "cli.py"), *sample("print(1)", "commands/build.py")]) == []


@pytest.mark.parametrize("kind", ["", " Exception", " (OSError, BaseException)", " builtins.Exception as error"])
def test_broad_handlers_are_noticed(kind: str) -> None:
    """Below the doors, bare or by the name of a root."""
    source = f"try:\n    pass\nexcept{kind}:\n    pass"
    assert broad_handlers(sample(source)) == [f"{PACKAGE}/press/page.py:3"]
    assert broad_handlers(sample(source, "plugin.py")) == []
    assert broad_handlers(sample("try:\n    pass\nexcept (OSError, ValueError):\n    pass")) == []
