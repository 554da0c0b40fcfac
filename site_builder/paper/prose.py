"""Markdown written by editors comes in; plain blocks of runs, as the designs set them, go out."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from lxml import html

from site_builder.paper.lettering import Lettering
from site_builder.press.text import markdown

_BLOCKS = MappingProxyType(
    {"p": "text", "h2": "head", "h3": "head", "h4": "head", "li": "point", "tr": "text", "dt": "head", "dd": "text"}
)
_STRONG = frozenset({"strong", "b", "th", "em"})


def blocks_of(text: str, words: Lettering) -> list[dict[str, Any]]:
    """Paragraphs, headings and points, each with its runs; pictures and frames do not come to paper."""
    rendered = str(markdown(text))
    if not rendered:
        return []
    tree = html.fragment_fromstring(rendered, create_parent="div")
    return [block for block in _blocks(tree, words) if any(run["text"].strip() for run in block["runs"])]


def _blocks(tree: Any, words: Lettering) -> Iterator[dict[str, Any]]:
    for element in tree.iter(*_BLOCKS):
        # a point of several paragraphs is set as paragraphs
        if not any(child.tag in _BLOCKS for child in element):
            quoted = any(parent.tag == "blockquote" for parent in element.iterancestors())
            kind = "quote" if quoted else _BLOCKS[element.tag]
            yield {
                "kind": kind,
                "runs": [_run(text, words, strong=strong) for text, strong in _runs(element, strong=False)],
            }


def _run(text: str, words: Lettering, *, strong: bool) -> dict[str, Any]:
    return {"text": words(text), "strong": strong}


def _runs(element: Any, *, strong: bool) -> Iterator[tuple[str, bool]]:
    heavy = strong or element.tag in _STRONG
    if element.text:
        yield element.text, heavy
    for child in element:
        yield from _runs(child, strong=heavy)
        if child.tag in {"td", "th"}:
            yield "　", heavy
        if child.tail:
            yield child.tail, heavy
