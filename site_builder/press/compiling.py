"""The syntax tree of a template comes in; Python that writes the same bytes with fewer calls goes out.

Jinja's own compiler asks at run time what is known beforehand here: whether a call wants the context (no function of ours does),
whether text is to be escaped (it always is), what arguments a macro has. Half of a page's time went into those questions.
"""

from functools import partial
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import markup_join
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

_MAY_LACK = frozenset({"default", "d", "defined", "undefined"})
"""Filters and tests whose subject need not have the attribute."""

_ESCAPING = frozenset({"e", "escape"})

marked = partial(str.__new__, Markup)
"""Text that is escaped already, as markup: without the questions that ``Markup`` asks of any object."""


def shown(value: Any) -> str:
    """A value as it stands in the page, escaped; parts are joined to plain text, so plain text will do."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


def joined(parts: tuple[Any, ...]) -> str:
    """What ``~`` makes of its parts: words are put together as they are, other values as Jinja does."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


def told(macro: Any, *, name: str, arguments: tuple[str, ...]) -> Any:
    """A macro as a plain function that knows its name; arguments left out are missing, which it fills with its defaults."""
    macro.name, macro.arguments = name, arguments
    macro.__defaults__ = (missing,) * len(arguments)
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
        """Names what the generated code calls."""
        self.writeline(f"from {__name__} import joined, keyed, marked, shown, told")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, *, forward_caller: bool = False) -> None:  # type: ignore[override]
        """Calls a function directly; calls with names, or with a block, take the long way."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("keyed(" if node.kwargs else "")
        self.visit(node.node, frame)
        self.write(", " if node.kwargs else "(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

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
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller:
            super().macro_def(macro_ref, frame)
            return
        arguments = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"told(macro, name={getattr(macro_ref.node, 'name', None)!r}, arguments={arguments!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """What a macro returns is markup."""
        self.writeline(f"return marked(concat({frame.buffer}))")

    def _output_child_pre(self, *_: Any) -> None:
        self.write("shown(")
