"""A deck comes in; the page of numbers goes out, with the lists behind those that no other page lists."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.sums import BENEFIT, PATENTS, TRAINED, TRAINING
from site_builder.model.charts import Bar, Chart
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan
from site_builder.model.tallies import NumbersView
from site_builder.model.wording import date_words, sum_said, thousands
from site_builder.publish import counting
from site_builder.publish.counting import FOLDER, Tally
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.listing import Listing, list_pages

BARS = 10
"""Bars of a chart; the rest stand on the page of all."""
AWARDS = 12
NAMED = 3
FEW = 5
"""A number of persons below this is not told."""
_TITLE = "数据看板"
_HOME = Link("首页", "")


def publish(deck: Deck) -> Iterator[PageJob]:
    """The page of numbers and its lists; nothing where the exhibition has no results."""
    if not deck.catalogue.of_kind(*RESULTS):
        return
    yield PageJob(FOLDER, partial(_page, deck))
    for kicker, tally in counting.own_lists(deck):
        yield from list_pages(deck, _listing(kicker, tally))
    trained = _training(deck)
    if trained:
        listing = Listing(
            title="写明培养人数的工作室与团队",
            address=f"{FOLDER}trained/",
            section="projects",
            keys=trained,
            measure="个",
            style="cards",
            crumbs=(_HOME, Link(_TITLE, FOLDER)),
        )
        yield from list_pages(deck, listing)


def _listing(kicker: str, tally: Tally) -> Listing:
    title = tally.label if kicker in {"知识产权", "效益"} else f"{kicker}：{tally.label}"
    return Listing(
        title=title,
        address=tally.address,
        section="projects",
        keys=tally.keys,
        measure="项",
        crumbs=(_HOME, Link(_TITLE, FOLDER)),
        scope=tally.scope,
    )


def _page(deck: Deck) -> PagePlan:
    exhibition = deck.catalogue.exhibition
    total = len(deck.catalogue.of_kind(*RESULTS))
    methods = len(deck.catalogue.of_kind("method"))
    among = f"，其中先进操作法 {thousands(methods)} 项" if 0 < methods < total else ""
    lead = f"本展收录成果 {thousands(total)} 项{among}。下面每个数都由条目逐条数出，点开就是背后的名单。"
    editions = counting.by_edition(deck)
    awards = counting.by_award(deck)
    view = NumbersView(
        title=_TITLE,
        lead=lead,
        numbers=_heads(deck),
        charts=tuple(_charts(deck, total=total, editions=editions)),
        awards=tuple((tally.link, len(tally.keys)) for tally in awards[:AWARDS]),
        notes=_notes(exhibition.published),
        compare=Link("各展期对比", "editions/compare/") if len(editions) > 1 else None,
    )
    head = Head(_TITLE, lead, FOLDER, "assets/share.png", column=_TITLE)
    return PagePlan(FOLDER, "numbers.html", "projects", head, (_HOME,), view)


def _notes(published: str) -> tuple[str, ...]:
    when = f"统计日期：{date_words(published[:10])}。" if published else ""
    return (
        f"{when}来源：本展收录的条目。数目是收录数，不是申报数或获奖总数。",
        "没有写明某一项的成果，不计入那一项；一项成果可以属于几个类型、获几个奖，各项相加会多于总数。",
    )


def _heads(deck: Deck) -> tuple[Number, ...]:
    """Up to eight figures, each leading to its list."""
    kinds = (
        ("成果", "project", "项", "projects/"),
        ("先进操作法", "method", "项", "methods/"),
        ("人物", "craftsman", "位", "craftsmen/"),
        ("创新工作室", "studio", "个", "studios/"),
        ("单位", "organisation", "家", "organisations/"),
    )
    counted = ((label, len(deck.catalogue.of_kind(kind)), unit, address) for label, kind, unit, address in kinds)
    found = [Number(label, thousands(count), unit, address=address) for label, count, unit, address in counted if count]
    return (*found, *_stated(deck))


def _stated(deck: Deck) -> Iterator[Number]:
    """What entries state of themselves: patents, benefit, people trained; with the number of entries that do."""
    sums = deck.catalogue.sums
    patents, keys = sums[PATENTS], deck.catalogue.stating("patents", RESULTS)
    if keys:
        types = "、".join(f"{kind} {count} 件" for kind, count in patents)
        note = f"{len(keys)} 项成果写明，其中{types}"
        yield Number("知识产权", thousands(sum(count for _, count in patents)), "件", note, f"{FOLDER}patents/")
    benefit = deck.catalogue.stating("benefit", RESULTS)
    if benefit:
        giving, annual = sums[BENEFIT]
        words = f"其中 {giving} 项给出年效益，合计 {sum_said(annual)}" if giving else ""
        yield Number("写明效益的成果", thousands(len(benefit)), "项", words, f"{FOLDER}benefit/")
    trained = _training(deck)
    if trained:
        people = sums[TRAINED]
        words = thousands(people) if people >= FEW else f"不足 {FEW}"
        yield Number("培养的人", words, "人", f"{len(trained)} 个工作室和团队写明", f"{FOLDER}trained/")


def _training(deck: Deck) -> tuple[str, ...]:
    """Studios, bases and teams that say how many people they trained."""
    return deck.catalogue.stating("trained_count", TRAINING)


def _charts(deck: Deck, *, total: int, editions: tuple[Tally, ...]) -> Iterator[Chart]:
    """At most six; one bar alone is no comparison and one edition no trend."""
    grades = counting.by_grade(deck)
    shown = (
        ("edition", "展期", editions, "按展期，从早到晚"),
        ("industry", "行业", counting.by_topic(deck, "industry"), "按行业"),
        ("region", "地区", counting.by_topic(deck, "region"), "按地区，市县并入所在的省份"),
        ("grade", "奖项等级", grades, "按得过的最高等级，一项只数一次；“其他”含没有等级的"),
        *((facet, label, counting.by_facet(deck, facet), f"按{label}") for facet, _, label in counting.OWN_LISTS),
    )
    for name, label, tallies, description in shown:
        if len(tallies) > 1:
            yield _chart(name, label, tallies=tallies, description=description, total=total)


def _chart(name: str, label: str, *, tallies: tuple[Tally, ...], description: str, total: int) -> Chart:
    bars = tallies if name in {"edition", "grade"} else tallies[:BARS]
    rest = f"，列出前 {BARS} 个，共 {len(tallies)} 个" if len(bars) < len(tallies) else ""
    return Chart(
        id=name,
        title=_best_grades(tallies, total) if name == "grade" else _most(tallies, total),
        description=f"{description}{rest}。全部成果 {total} 项。",
        columns=(label, "成果"),
        bars=tuple(Bar(tally.link, (f"{thousands(len(tally.keys))} 项",), len(tally.keys)) for tally in bars),
    )


def _most(tallies: tuple[Tally, ...], total: int) -> str:
    """The finding: which is the fullest; several that are equal are all named."""
    count = max(len(tally.keys) for tally in tallies)
    labels = [tally.label for tally in tallies if len(tally.keys) == count]
    share = f"占 {round(count * 100 / total)}%"
    if len(labels) == 1:
        return f"{labels[0]}最多，{count} 项，{share}"
    named = "、".join(labels[:NAMED])
    return f"{named}{f' 等 {len(labels)} 个' if len(labels) > NAMED else ''}最多，各 {count} 项"


def _best_grades(tallies: tuple[Tally, ...], total: int) -> str:
    """The finding on grades: how many reached the highest, for 其他 may well be the fullest."""
    best = tallies[0]
    return f"最高等级是{best.label}，{len(best.keys)} 项，占 {round(len(best.keys) * 100 / total)}%"
