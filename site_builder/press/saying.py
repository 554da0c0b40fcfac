"""A node of a template comes in; what it says, if that is known when it is compiled, and how a value is shown, go out."""

from jinja2 import nodes
from jinja2.compiler import Frame
from markupsafe import escape

from site_builder.press import rendering

_ESCAPING = frozenset({"e", "escape"})

_PLAIN = ("words(_) if type(_ := ", ") is str else _ if type(_) is Markup else shown(_)")
"""What stands before and after a value that is shown: words are escaped and markup is not, and which it is is told apart in place."""
_CALLED = ("_ if type(_ := ", ") is Markup else words(_) if type(_) is str else shown(_)")
"""The same of what is called: mostly a macro, which gives markup."""


def constant(shown: nodes.Expr, frame: Frame) -> str | nodes.Expr:
    """What is known already, escaped; anything else as it came."""
    # everything is escaped: to ask for it says nothing more here (it does where MkDocs fills the same template)
    if isinstance(shown, nodes.Filter) and shown.name in _ESCAPING and shown.node is not None:
        shown = shown.node
    try:
        return str(escape(shown.as_const(frame.eval_ctx)))
    except nodes.Impossible:
        return shown


def shown_as(node: nodes.Node) -> tuple[str, str]:
    """What stands before and after a value that is shown."""
    if isinstance(node, nodes.CondExpr) and _is_plain(node.expr1) and _is_plain(node.expr2):
        return "", ""
    return _CALLED if isinstance(node, nodes.Call) else _PLAIN


def is_said(node: nodes.Node) -> bool:
    """Whether an expression says all that this says: words and values, and choices between such."""
    if isinstance(node, nodes.If):
        return all(map(is_said, (*node.body, *node.else_, *node.elif_)))
    if isinstance(node, nodes.Block):
        return not node.required
    return isinstance(node, nodes.Output)


def _is_plain(node: nodes.Expr | None) -> bool:
    """Whether this is a word of the template's own that reads the same when it is escaped."""
    return isinstance(node, nodes.Const) and type(node.value) is str and rendering.words(node.value) == node.value
