"""Entries come in; the register of persons for the impact assessment goes out: who, what is shown, on what basis, since when, where."""

from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.catalogue.basis import PERSON, Shown, shown_of
from site_builder.model.entry import Entry
from site_builder.model.publication import BASES
from site_builder.sheets.listing import Listing, Value

HEADINGS = ("姓名", "公开什么", "条目", "展示地址", "依据", "依据的出处或凭证", "自何时", "到何时", "监护人", "状态")
_WIDTHS = (14, 10, 30, 34, 18, 44, 12, 12, 12, 14)
_WHAT = {"name": "姓名", "portrait": "肖像", "film": "影像"}.get
_STATES = {"draft": "草稿，不公开", "withdrawn": "已撤下"}.get


def register_of(entries: Iterable[Entry], *, as_of: str, withheld: str) -> Listing:
    """The list, a line for each person and thing shown; ``withheld`` says what becomes of those without a basis."""
    everything = tuple(entries)
    editions = {entry.id: entry for entry in everything if entry.kind == "edition"}
    people = {entry.id: entry for entry in everything if entry.kind == PERSON}

    def rows() -> Iterator[tuple[Value, ...]]:
        for entry in everything:
            for one in shown_of(entry, editions, as_of=as_of):
                yield _row(one, people, withheld=withheld)

    return Listing("个人信息登记", f"个人信息公开登记（截至 {as_of}）", HEADINGS, _WIDTHS, rows)


def _row(one: Shown, people: dict[str, Entry], *, withheld: str) -> tuple[Value, ...]:
    entry, consent = one.entry, one.basis.consent
    name = people[one.person].title if one.person in people else one.person or "（看画面）"
    basis = BASES[one.basis.name] if one.basis else "同意已经过期" if one.basis.over else BASES[""]
    if consent:
        said, since = "；".join(filter(None, (consent.evidence, consent.note))), consent.date
    else:
        said = "；".join(_source(source) for source in entry.data.sources) if one.basis else ""
        since = next((source.date for source in entry.data.sources if source.date), None) if one.basis else None
    state = _STATES(entry.data.status) or ("公开" if one.basis else withheld)
    until = consent.expires if consent else None
    guardian = consent.guardian if consent else None
    title = f"{entry.described.label}：{entry.title}"
    return (name, _WHAT(one.scope), title, address_of(entry), basis, said, since, until, guardian, state)


def _source(source: Any) -> str:
    return "，".join(filter(None, (source.outlet, source.title)))
