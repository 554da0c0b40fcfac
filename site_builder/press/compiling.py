"""The syntax tree of a template comes in; Python that writes the same bytes with fewer calls goes out.

Jinja's own compiler asks at run time what is known beforehand here: whether a call wants the context (no function of ours does),
whether text is to be escaped (it always is), what arguments a macro has. Half of a page's time went into those questions.
What a template or a block says is collected in a list, as Jinja does for macros alone, and handed out as one text.
"""

from collections.abc import Iterable
from functools import partial
from keyword import iskeyword
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, DependencyFinderVisitor, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as words  # type: ignore[attr-defined]  # noqa: F401  # templates call it

_MAY_LACK = frozenset({"default", "d", "defined", "undefined"})
"""Filters and tests whose subject need not have the attribute."""

_ESCAPING = frozenset({"e", "escape"})

marked = partial(str.__new__, Markup)
"""Text that is escaped already, as markup: without the questions that ``Markup`` asks of any object."""


_PLAIN = ("words(_) if type(_ := ", ") is str else _ if type(_) is Markup else shown(_)")
"""What stands before and after a value that is shown: words are escaped and markup is not, and which it is is told apart in place."""
_CALLED = ("_ if type(_ := ", ") is Markup else words(_) if type(_) is str else shown(_)")
"""The same of what is called: mostly a macro, which gives markup."""


def shown(value: Any) -> str:
    """Any other value as it stands in the page, escaped; parts are joined to plain text, so plain text will do."""
    return str(value) if type(value) is int else escape(value)


def joined(parts: tuple[Any, ...]) -> str:
    """What ``~`` makes of its parts: words are put together as they are, other values as Jinja does."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


_NO_CALLER = StrictUndefined("No caller defined", name="caller")


def told(macro: Any, *, name: str, arguments: tuple[str, ...]) -> Any:
    """A macro as a plain function that knows its name; arguments left out are missing, which it fills with its defaults."""
    macro.name, macro.arguments = name, arguments
    if arguments:
        macro.__defaults__ = tuple(_NO_CALLER if argument == "caller" else missing for argument in arguments)
    return macro


def keyed(function: Any, *given: Any, **named: Any) -> Any:
    """Calls what is called with names: a macro's arguments are found by theirs."""
    arguments = getattr(function, "arguments", None) if named else None
    if arguments is None or not hasattr(function, "__defaults__"):
        return function(*given, **named)
    rest = [named.pop(name, missing) for name in arguments[len(given) :]]
    if named:
        raise TypeError(f"macro {function.name!r} takes no keyword argument {next(iter(named))!r}")
    return function(*given, *rest)


class Compiler(CodeGenerator):
    """Jinja's compiler for templates that are escaped throughout, rendered at once and trusted."""

    _lacking = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Names what the generated code calls, filters and tests among it."""
        self.writeline(f"from {__name__} import joined, keyed, marked, shown, told, words")
        self._looked_up(node.find_all(nodes.Filter), "filters")
        self._looked_up(node.find_all(nodes.Test), "tests")
        super().visit_Template(node, frame)

    def _looked_up(self, used: Iterable[nodes.Filter | nodes.Test], sort: str) -> None:
        """Looks filters or tests up once for a template, not in each of its blocks."""
        known, names = getattr(self.environment, sort), getattr(self, sort)
        for name in sorted({one.name for one in used} & known.keys()):
            names[name] = self.temporary_identifier()
            self.writeline(f"{names[name]} = environment.{sort}[{name!r}]")

    def pull_dependencies(self, nodes: Iterable[nodes.Node]) -> None:
        """As Jinja does where something is asked for that there is not: it is missed only when it is used."""
        finder = DependencyFinderVisitor()
        for node in nodes:
            finder.visit(node)
        if not (finder.filters <= self.filters.keys() and finder.tests <= self.tests.keys()):
            super().pull_dependencies(nodes)

    def write_commons(self) -> None:
        """Lets names be looked up so that what is not known is undefined, and nobody need ask at each mention."""
        super().write_commons()
        self.writeline("resolve = context.resolve")

    def enter_frame(self, frame: Frame) -> None:
        """Collects in a list what a template or a block says."""
        if frame.buffer is None:
            self.buffer(frame)
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Gives the list out as one text."""
        super().leave_frame(frame, with_python_scope)
        if with_python_scope and frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """Adds what a block says."""
        if node.required or self.extends_so_far:
            super().visit_Block(node, frame)
            return
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

    def visit_Call(self, node: nodes.Call, frame: Frame, *, forward_caller: bool = False) -> None:  # type: ignore[override]
        """Calls a function directly; calls with names, or with a block, take the long way."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        named = node.kwargs or forward_caller
        self.write("keyed(" if named else "")
        self.visit(node.node, frame)
        self.write(", " if named else "(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """Reads a name that was looked up as it is."""
        ref = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(ref)
        if node.ctx == "load" and load is not None and load[0] == VAR_LOAD_RESOLVE:
            self.write(ref)
            return
        super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Reads an attribute as Python does; what has keys instead is read by them: ``value["key"]``, and so are blocks."""
        block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if not block and (self._lacking or iskeyword(node.attr)):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}]" if block else f".{node.attr}")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """As Jinja does; the subject of some may lack an attribute."""
        before, self._lacking = self._lacking, self._lacking or node.name in _MAY_LACK
        super().visit_Filter(node, frame)
        self._lacking = before

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """What Python asks in one step is asked so; else as Jinja does: the subject of some may lack an attribute."""
        if node.name == "none":
            self.write("(")
            self.visit(node.node, frame)
            self.write(" is None)")
            return
        if node.name == "defined" and isinstance(node.node, nodes.Getattr):
            self.write("hasattr(")
            self.visit(node.node.node, frame)
            self.write(f", {node.node.attr!r})")
            return
        if node.name == "defined" and isinstance(node.node, nodes.Name):
            self.write("(not isinstance(")
            self.visit(node.node, frame)
            self.write(", Undefined))")
            return
        before, self._lacking = self._lacking, self._lacking or node.name in _MAY_LACK
        super().visit_Test(node, frame)
        self._lacking = before

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Puts words together without looking at them twice."""
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Everything is escaped: to ask for it says nothing more here (it does where MkDocs fills the same template)."""
        for at, shows in enumerate(node.nodes):
            if isinstance(shows, nodes.Filter) and shows.name in _ESCAPING and shows.node is not None:
                node.nodes[at] = shows.node
        super().visit_Output(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Keeps a macro a plain function, unless it takes any arguments or a block."""
        arguments = tuple(argument.name for argument in macro_ref.node.args)
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or "caller" in arguments:
            super().macro_def(macro_ref, frame)
            return
        if macro_ref.accesses_caller:
            arguments += ("caller",)
        self.write(f"told(macro, name={getattr(macro_ref.node, 'name', None)!r}, arguments={arguments!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """What a macro returns is markup."""
        self.writeline(f"return marked(concat({frame.buffer}))")

    def _output_child_pre(self, node: nodes.Expr, *_: Any) -> None:
        self.write((_CALLED if isinstance(node, nodes.Call) else _PLAIN)[0])

    def _output_child_post(self, node: nodes.Expr, *_: Any) -> None:
        self.write((_CALLED if isinstance(node, nodes.Call) else _PLAIN)[1])
