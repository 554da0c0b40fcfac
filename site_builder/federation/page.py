"""Members and the search page of the portal's own site come in; the page of all exhibitions goes out, with one search over them."""

import json
from collections.abc import Sequence
from html import escape

from site_builder.federation.members import Member
from site_builder.model.frozen import frozen
from site_builder.press.packaged import packaged_theme
from site_builder.press.templates import environment
from site_builder.search.records import LISTED
from site_builder.sheets.packages import Refused

FOLDER = "exhibitions/"
TITLE = "各地展览"
_NONE = "检索要用浏览器的脚本功能，现在没有打开。可以从这里到各个展览去找："
_STATIC, _TEMPLATES = "<div data-static>", "<template data-row>"


@frozen
class House:
    """What the page says of an exhibition."""

    id: str
    name: str
    address: str
    organiser: str
    licence: str
    date: str
    entries: int
    counts: tuple[str, ...]


def house_of(member: Member) -> House:
    """A member in the page's words."""
    counts = tuple(
        f"{kind.label} {count} {kind.measure}" for kind, count in zip(LISTED, member.by_kind, strict=True) if count
    )
    said = (member.address, member.organiser, member.licence, member.date)
    return House(member.id, member.name, *said, entries=sum(member.by_kind), counts=counts)


def page_of(shell: str, houses: Sequence[House]) -> str:
    """The page, in the frame of the site's own search page; ``Refused`` where that is not one of this program."""
    static = environment((str(packaged_theme()),)).get_template("exhibits/exhibitions.html").render(members=houses)
    names = "、".join(house.name for house in houses[:3])
    said = escape(f"在{names}等 {len(houses)} 个展览的成果、人物、工作室、单位和奖项里检索。")
    start, _, rest = shell.partition(_STATIC)
    templates = rest.partition(_TEMPLATES)[2]
    page = f"{start}{_STATIC}{static}</div>\n</div>\n{_TEMPLATES}{templates}"
    for before, after in (
        ("<title>检索", f"<title>{TITLE}"),
        ('<meta name="robots" content="noindex">\n', ""),
        ('<meta property="og:title" content="检索">', f'<meta property="og:title" content="{TITLE}">'),
        ("../search/v1/manifest.js", f"../{FOLDER}search/v1/manifest.js"),
        ('<div class="find" data-search>', f'<div class="find" data-search data-index="{FOLDER}">'),
        ("<h1>检索</h1>", f"<h1>{TITLE}</h1>"),
        ("检索要用浏览器的脚本功能，现在没有打开。可以从这些列表找：", _NONE),
        ("检索全部内容</label>", "检索各个展览</label>"),
        ('data-order="按种类、各列表的次序排列"', 'data-order="按种类排列，各展览轮流"'),
    ):
        page = _exchanged(page, before=before, after=after)
    return _described(page, said)


def _exchanged(page: str, *, before: str, after: str) -> str:
    if page.count(before) != 1:
        raise Refused(
            "federation-site", "本展网站的检索页与这个程序的不一样", hint="用现在的程序运行 exhibition build，再汇合"
        )
    return page.replace(before, after)


def _described(page: str, said: str) -> str:
    """With a description of its own, in the two places that have one."""
    for head in ('<meta name="description" content="', '<meta property="og:description" content="'):
        start, mark, rest = page.partition(head)
        page = f"{start}{mark}{said}{rest[rest.index(chr(34)) :]}" if mark else page
    return page


def listed(houses: Sequence[House], *, digest: str) -> bytes:
    """``members.json``: what programs may want to know of the exhibitions."""
    found = [
        {
            "id": one.id,
            "name": one.name,
            "address": one.address or "../",
            "organiser": one.organiser,
            "licence": one.licence,
            "date": one.date,
            "entries": one.entries,
            "package": f"{one.address or '../'}data/datapackage.json",
        }
        for one in houses
    ]
    said = {"version": 1, "digest": digest, "exhibitions": found}
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()
