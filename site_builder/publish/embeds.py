"""The Markdown of a story or editorial page comes in; the cards and charts it embeds, and problems with their lines, go out."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from site_builder.catalogue.conditions import conditions_in
from site_builder.model.charts import Chart
from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.guesses import perhaps
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Card
from site_builder.model.problems import Place, Problem
from site_builder.publish.deck import Deck

_DIRECTIVE = re.compile(r"^ {0,3}\[\[\s*(展品墙|展品|图表|card|wall|chart)\s*[:：]\s*(.*?)\s*\]\][ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_MOST = 24
_DEFAULT = 6
_KINDS = tuple(kind.name for kind in KINDS if kind.listed)


@frozen
class Embed:
    """One embedding: a single card, a wall of cards, or a chart."""

    wall: bool
    cards: tuple[Card, ...]
    chart: Chart | None = None


@frozen
class EmbeddedText:
    """Markdown with a placeholder for each embedding, and what stands in its place."""

    markdown: str
    embeds: tuple[Embed, ...]
    problems: tuple[Problem, ...]


def placeholder(number: int) -> str:
    """The block that marks the place of an embedding until the text is HTML."""
    return f'<div data-embed="{number}"></div>'


def embed(
    deck: Deck,
    markdown: str,
    *,
    source: str,
    first_line: int = 1,
    charts: Mapping[str, Chart] = MappingProxyType({}),
) -> EmbeddedText:
    """Replaces every ``[[展品: id]]``, ``[[展品墙: 条件]]`` and ``[[图表: id]]`` that stands alone on a line, outside of code."""
    embeds: list[Embed] = []
    problems: list[Problem] = []
    code = [match.span() for match in _FENCE.finditer(markdown)]

    def replaced(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in code):
            return found[0]
        line = first_line + markdown.count("\n", 0, found.start())
        place = Place(source, (), line, found.start() - markdown.rfind("\n", 0, found.start()))
        if found[1] in {"图表", "chart"}:
            chart = charts.get(found[2])
            problems.extend(() if chart else (_no_chart(found[2], charts, place=place),))
            embeds.append(Embed(False, (), chart))
        else:
            wall = found[1] in {"展品墙", "wall"}
            cards, faults = (_wall if wall else _card)(deck, found[2], place=place)
            problems.extend(faults)
            embeds.append(Embed(wall, cards))
        return f"\n{placeholder(len(embeds) - 1)}\n"

    return EmbeddedText(_DIRECTIVE.sub(replaced, markdown), tuple(embeds), tuple(problems))


def _no_chart(name: str, charts: Mapping[str, Chart], *, place: Place) -> Problem:
    hint = f"图表的数据放在 content/charts/{name}.yml" if is_id(name) else "编号就是 content/charts/ 里的文件名"
    return Problem("bad-embed", place, f"没有图表“{name}”。{perhaps(name, charts)}".rstrip("。"), hint)


def _card(deck: Deck, text: str, *, place: Place) -> tuple[tuple[Card, ...], list[Problem]]:
    head, _, tail = text.rpartition("/")
    keys = [f"{kind}/{tail}" for kind in ((head,) if head else _KINDS) if f"{kind}/{tail}" in deck.cards]
    if not keys:
        known = [key.partition("/")[2] for key in deck.cards]
        code = "dead-reference" if is_id(tail) else "bad-embed"
        return (), [Problem(code, place, f"嵌入的展品“{text}”不存在。{perhaps(tail, known)}".rstrip("。"))]
    if len(keys) > 1:
        return (), [Problem("bad-embed", place, f"编号“{text}”有多个条目，请写明种类：{'、'.join(keys)}")]
    return deck.deal(keys), []


def _wall(deck: Deck, text: str, *, place: Place) -> tuple[tuple[Card, ...], list[Problem]]:
    wanted = conditions_in(text)
    problems = [Problem("bad-embed", place, fault) for fault in wanted.faults]
    if not wanted.where and not problems:
        problems.append(Problem("bad-embed", place, "展品墙没有写条件"))
    if problems:
        return (), problems
    keys = deck.catalogue.select(wanted.where)
    cards = deck.deal(keys, min(wanted.limit or _DEFAULT, _MOST))
    return cards, [] if cards else [Problem("bad-embed", place, f"没有展品符合条件“{text}”")]
