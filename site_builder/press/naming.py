"""The syntax tree of a template comes in; the names that it gives, and the arguments that its macros take, go out."""

from collections import Counter

from jinja2 import nodes
from jinja2.compiler import MacroRef


def set_by(node: nodes.Node) -> tuple[str, ...]:
    """The names that a statement always sets."""
    if isinstance(node, nodes.Macro):
        return (node.name,)
    if isinstance(node, nodes.Import):
        return (node.target,)
    if isinstance(node, nodes.Assign | nodes.AssignBlock) and isinstance(node.target, nodes.Name):
        return (node.target.name,)
    return ()


def named_once(template: nodes.Template) -> frozenset[str]:
    """Names that are given once in a template, and mean the same wherever they are known."""
    given = Counter(one.name for one in template.find_all(nodes.Macro))
    given.update(one.name for one in template.find_all(nodes.Name) if one.ctx == "store")
    given.update(one.target for one in template.find_all(nodes.Import))
    for one in template.find_all(nodes.FromImport):
        given.update(name if isinstance(name, str) else name[1] for name in one.names)
    return frozenset(name for name, times in given.items() if times == 1)


def arguments_of(macro_ref: MacroRef) -> tuple[str, ...] | None:
    """The arguments of a macro that is kept as a plain function; None where it takes any, or names its block itself."""
    arguments = tuple(argument.name for argument in macro_ref.node.args)
    if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or "caller" in arguments:
        return None
    return (*arguments, "caller") if macro_ref.accesses_caller else arguments
