"""An edition comes in; what its catalogue says of itself goes out: who, when, from which sources, under which terms."""

from collections.abc import Iterator, Sequence

from site_builder.catalogue.addresses import address_of
from site_builder.model.entry import Entry
from site_builder.model.wording import date_words, period_words
from site_builder.paper.exhibits import Press
from site_builder.publish.facts import source_lines

_RIGHTS = "成果、单位、奖项的名称、标识和人物姓名的权利属于各自的权利人。引用时请注明出处和网址。"
_DEMONSTRATION = "本展依据公开资料编成，是演示。"
_TYPE = "思源宋体、思源黑体（Noto CJK，SIL OFL 1.1）"
_MOST_SOURCES = 6


def imprint_of(press: Press, edition: Entry, *, entries: Sequence[Entry], date: str) -> list[list[str]]:
    """Label and words of each line; what nobody said is left out. The date is given, never the clock's."""
    return [[label, press.words(text)] for label, text in _lines(press, edition, entries=entries, date=date) if text]


def _lines(press: Press, edition: Entry, *, entries: Sequence[Entry], date: str) -> Iterator[tuple[str, str]]:
    site, data = press.deck.catalogue.exhibition, edition.data
    yield "展览", site.name
    yield "展期", "　".join(word for word in (edition.title, data.ordinal, data.theme) if word)
    yield "收录", "　".join(word for word in (data.years, f"展品 {len(entries)} 件") if word)
    yield "展出", period_words(data.opening, data.closing) if data.opening else ""
    yield "主办", "、".join(data.organisers) or site.organiser
    yield "承办", site.undertaker
    yield "资料截至", date_words(date)
    yield "资料来源", "；".join(line.text for line in source_lines(press.deck, data.sources)[:_MOST_SOURCES])
    yield "说明", _DEMONSTRATION if site.demonstration else ""
    yield "权利", _RIGHTS
    yield "联系", site.contact
    yield "网址", f"{press.url}{address_of(edition)}".removeprefix("https://").removesuffix("/")
    yield "字体", _TYPE
