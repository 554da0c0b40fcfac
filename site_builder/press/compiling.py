"""The syntax tree of a template comes in; Python that writes the same bytes with fewer calls goes out.

Jinja's own compiler asks at run time what is known beforehand here: whether a call wants the context (no function of ours does),
whether text is to be escaped (it always is), what arguments a macro has. Half of a page's time went into those questions.
What a template or a block says is collected in a list, as Jinja does for macros alone, and handed out as one text; where no statement
is needed to say it, no list is.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from keyword import iskeyword
from types import MappingProxyType

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, DependencyFinderVisitor, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_RESOLVE

from site_builder.press import rendering
from site_builder.press.naming import arguments_of, named_once, set_by
from site_builder.press.saying import constant, is_said, shown_as

_MAY_LACK = frozenset({"default", "d", "defined", "undefined"})
"""Filters and tests whose subject need not have the attribute."""


class Compiler(CodeGenerator):
    """Jinja's compiler for templates that are escaped throughout, rendered at once and trusted."""

    _lacking = False
    _unmade: str | None = None
    """A frame's list that is named, but not made yet."""
    _texted: frozenset[str] = frozenset()
    """Names of those lists in whose place stands the whole text: all that the frame says was one expression."""
    _set: frozenset[str] = frozenset()
    """Names in Python of what has been set on every way that leads here."""
    _texts: Mapping[str, str] = MappingProxyType({})
    """Of those among them that are macros of this template what gives their text alone."""
    _text = ""
    """The same of the last macro that was written."""
    _named_once: frozenset[str] = frozenset()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Names what the generated code calls, filters and tests among it."""
        self.writeline(f"from {rendering.__name__} import joined, keyed, marked, shown, told, words")
        self.writeline("from jinja2.runtime import Undefined as cond_expr_undefined")
        self.writeline("concat, undefined = environment.concat, environment.undefined")
        self._named_once = named_once(node)
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
        self.writeline("resolve = context.resolve")

    def enter_frame(self, frame: Frame) -> None:
        """Collects in a list what a template or a block says."""
        if frame.buffer is None:
            self.buffer(frame)
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Gives the list out as one text; of a block, whose texts are gone through at once, no generator need be made."""
        super().leave_frame(frame, with_python_scope)
        if with_python_scope and frame.parent is None:
            text = self._text_in(frame)
            self.writeline(f"yield {text}" if frame.rootlevel else f"return ({text},)")

    def _text_in(self, frame: Frame) -> str:
        """What a frame said, as one text."""
        return str(frame.buffer) if frame.buffer in self._texted else f"concat({frame.buffer})"

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """Adds what a block says, unless this template only fills the blocks of another."""
        if frame.toplevel and self.has_known_extends:
            return
        alone = frame.toplevel and self.extends_so_far > 0
        if alone:
            self.writeline("if parent_template is None:")
            self.indent()
        if node.required:
            self.writeline(f"if len(context.blocks[{node.name!r}]) < 2:", node)
            self.indent()
            self.writeline(f'raise TemplateRuntimeError("Required block {node.name!r} not found")', node)
            self.outdent()
        self.writeline(f"{frame.buffer}.append({self._block_in(node, frame)})", node)
        self.outdent(alone)

    def _block_in(self, node: nodes.Block, frame: Frame) -> str:
        """What a block says, as one text."""
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        return f"context.blocks[{node.name!r}][0]({context})[0]"

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:
        """As Jinja does; what is kept under a name is known to be markup."""
        if node.filter is not None:
            super().visit_AssignBlock(node, frame)
            return
        self.push_assign_tracking()
        inner = frame.inner()
        inner.require_output_check = False
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.newline(node)
        self.visit(node.target, frame)
        self.write(f" = marked({self._text_in(inner)})")
        self.pop_assign_tracking(frame)
        self.leave_frame(inner)

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
        """Reads a name that was looked up, or set, as it is."""
        ref = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(ref)
        if node.ctx == "load" and (ref in self._set or (load is not None and load[0] == VAR_LOAD_RESOLVE)):
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

    def buffer(self, frame: Frame) -> None:
        """Names the list in which a frame collects what it says; it is made with the first of it, but for a loop, which begins again."""
        if frame.loop_frame:
            super().buffer(frame)
        else:
            frame.buffer = self._unmade = self.temporary_identifier()

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Adds to a frame's list in one go what follows each other and needs no statement: words, values, and choices between them."""
        fresh, self._unmade = frame.buffer == self._unmade, None
        body = list(body)
        if fresh and body and not frame.require_output_check and all(map(is_said, body)):
            self._texted |= {str(frame.buffer)}
            self.writeline(f"{frame.buffer} = ")
            self._write_joined(body, frame)
            return
        before, texts = self._set, self._texts
        for said, run in groupby(body, is_said):
            if said and not frame.require_output_check:
                self._say(run, frame, fresh=fresh)
                fresh = False
                continue
            if fresh:
                self.writeline(f"{frame.buffer} = []")
                fresh = False
            for node in run:
                super().blockvisit((node,), frame)
                self._set |= {frame.symbols.ref(name) for name in set_by(node)}
        # what a branch or a loop has set may not be set behind it
        self._set, self._texts = before, texts
        if fresh:
            self.writeline(f"{frame.buffer} = []")

    def _say(self, run: Iterable[nodes.Node], frame: Frame, *, fresh: bool) -> None:
        before, after = ("{} = [", "]") if fresh else ("{}.extend((", "))")
        self.writeline(before.format(frame.buffer))
        for piece in self._pieces(run, frame):
            self._write_piece(piece, frame)
            self.write(",")
        self.write(after)

    def _pieces(self, run: Iterable[nodes.Node], frame: Frame) -> list[str | nodes.Node]:
        """What these say: words of the template, joined, and what is asked when it is rendered."""
        pieces: list[str | nodes.Node] = []
        for node in run:
            shown = [constant(one, frame) for one in node.nodes] if isinstance(node, nodes.Output) else [node]
            for one in shown:
                if isinstance(one, str) and pieces and isinstance(pieces[-1], str):
                    pieces[-1] += one
                else:
                    pieces.append(one)
        return pieces

    def _write_piece(self, piece: str | nodes.Node, frame: Frame) -> None:
        if isinstance(piece, str):
            self.write(repr(piece))
        elif isinstance(piece, nodes.If):
            self._write_choice(piece, frame.soft())
        elif isinstance(piece, nodes.Block):
            self.newline(piece)
            self.write(self._block_in(piece, frame))
        elif isinstance(piece, nodes.Call) and (text := self._text_of(piece, frame)):
            self.newline(piece)
            self.write(f"{text}(")
            for given in piece.args:
                self.visit(given, frame)
                self.write(", ")
            self.write(")")
        else:
            before, after = shown_as(piece)
            self.newline(piece)
            self.write(before)
            self.visit(piece, frame)
            self.write(after)

    def _text_of(self, call: nodes.Call, frame: Frame) -> str | None:
        """What gives the text of a macro of this very template that is called: what it says is known to be markup."""
        named = call.kwargs or call.dyn_args or call.dyn_kwargs
        if named or not isinstance(call.node, nodes.Name):
            return None
        return self._texts.get(frame.symbols.ref(call.node.name))

    def _write_choice(self, choice: nodes.If, frame: Frame) -> None:
        """What one of several branches says, or nothing."""
        self.write("(")
        self._write_joined(choice.body, frame)
        self.newline(choice)
        self.write(" if ")
        self.visit(choice.test, frame)
        self.write(" else ")
        if choice.elif_:
            first, *others = choice.elif_
            self._write_choice(nodes.If(first.test, first.body, others, choice.else_, lineno=first.lineno), frame)
        else:
            self._write_joined(choice.else_, frame)
        self.write(")")

    def _write_joined(self, run: Iterable[nodes.Node], frame: Frame) -> None:
        pieces = self._pieces(run, frame) or [""]
        many = len(pieces) > 1
        self.write("concat((" if many else "(")
        for piece in pieces:
            self._write_piece(piece, frame)
            self.write(", " if many else "")
        self.write("))" if many else ")")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        """As Jinja does; from here on the template itself asks a macro for its text."""
        super().visit_Macro(node, frame)
        if self._text and node.name in self._named_once:
            self._texts = {**self._texts, frame.symbols.ref(node.name): self._text}

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """A function that gives what a macro says as text, and one that gives it as markup, which is a copy."""
        inner, macro_ref = super().macro_body(node, frame)
        arguments, self._text = arguments_of(macro_ref), ""
        if arguments is not None:
            self._text = self.temporary_identifier()
            given = ", ".join(inner.symbols.ref(argument) for argument in arguments)
            self.writeline(f"{self._text} = macro")
            self.writeline(f"def macro({given}): return marked({self._text}({given}))")
        return inner, macro_ref

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Keeps a macro a plain function, unless it takes any arguments or a block."""
        arguments = arguments_of(macro_ref)
        if arguments is None:
            super().macro_def(macro_ref, frame)
        else:
            name = getattr(macro_ref.node, "name", None)
            self.write(f"told(macro, {self._text}, name={name!r}, arguments={arguments!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """What a macro says is one text; a loop that calls itself gives markup."""
        text = self._text_in(frame)
        self.writeline(f"return {text}" if force_unescaped else f"return marked({text})")
