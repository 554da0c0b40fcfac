"""The text of a source comes in; its title, outlet, date, address and kind go out."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_SEVERAL = re.compile(r"(?<!\s)\s+;\s+|;(?=事迹见)")
_ADDRESS = re.compile(r"^(https?://\S+)\s*")
_HOST = re.compile(
    r"(?<![A-Za-z0-9-])(?<![A-Za-z0-9-]\.)(?:[A-Za-z0-9-]++\.)+(?:com|cn|org|net|us|cc|gov|edu)(?:[/?][^\s）,，;；]*)?(?:\s\d+)?|renda/\S{1,200}(?=）)"
)
_REPOSTED = re.compile(
    r"[，,;；]\s*[^，,;；（）]*(?:转载|无网址)[^（）]*(?=）)|（\s*(?:[^（），,]{0,4}转载|无网址)[^（）]*）"
)
_EMPTY = re.compile(r"(?<![，,;；\s])[，,;；\s]+(?=）)|（\s*）|^事迹见\s*")
_DATE = r"(?P<date>\d{4}-\d{2}(?:-\d{2})?)(?![\d年])"
_QUOTED = re.compile(rf"^(?P<outlet>[^《（]*?)(?:{_DATE}\s*)?《(?P<title>.+)》(?:报道)?$")
_DATED = re.compile(rf"^(?P<outlet>[^《（\d]{{2,14}}?){_DATE}\s*(?P<title>\S.+)$")
_DATE_FIRST = re.compile(rf"^{_DATE}\s+")
_BRACKET = re.compile(r"^(?P<title>.+?)（(?P<inside>[^（）]+)）$")
_INSIDE_DATE = re.compile(r"(?:(?<!\s)\s*+|[，,]\s*+)(\d{4}-\d{2}(?:-\d{2})?|\d{4}(?=年?(?:，|$)))年?")
_OUTLET = re.compile(
    r".*(?:报|网|社|新闻|客户端|周刊|头条|工会|集团|医院|局|大学|学院|协会|专版|基层工作部|壹点|网上海|网站)"
)
OFFICIAL = "官方"
REPOST = "官方（转载）"


def sources_in(text: str, *, kinds: Sequence[str], hosts: tuple[str, ...]) -> list[dict[str, str]]:
    """All sources of a cell; an official text on a foreign host is of the second kind given, or else a repost."""
    found = [_source(part.strip()) for part in _SEVERAL.split(text) if part.strip()]
    for source in found:
        source["kind"] = kinds[0] if kinds else ""
        if source["kind"] == OFFICIAL and "url" in source and not _host(source["url"]).endswith(hosts):
            source["kind"] = kinds[1] if len(kinds) > 1 else REPOST
    return [
        {key: source[key] for key in ("title", "outlet", "date", "url", "kind") if source.get(key)} for source in found
    ]


def _host(url: str) -> str:
    return "." + (urlsplit(url).hostname or "") if url.startswith("http") else "-"


def _source(text: str) -> dict[str, str]:
    source: dict[str, str] = {}
    address = _ADDRESS.match(text)
    if address:
        source["url"], text = address[1], text[address.end() :]
    else:
        found = _HOST.search(text)
        if found:
            source["url"] = found[0]
            text = text.replace(found[0], "")
    return source | _parts(_EMPTY.sub("", _REPOSTED.sub("", text)).strip())


def _parts(text: str) -> dict[str, str]:
    found = _QUOTED.match(text) or _DATED.match(text)
    if found and (found["date"] or _OUTLET.fullmatch(found["outlet"].strip()) or not found["outlet"].strip()):
        groups = {name: (value or "").strip() for name, value in found.groupdict().items()}
        return {name: value for name, value in groups.items() if value}
    source: dict[str, str] = {}
    first = _DATE_FIRST.match(text)
    if first:
        source["date"], text = first["date"], text[first.end() :]
    return source | _bracketed(text)


def _bracketed(text: str) -> dict[str, str]:
    """What stands in brackets at the end: an outlet, a date, both, or words that stay with the title."""
    bracket = _BRACKET.match(text)
    if bracket is None:
        return {"title": text}
    inside, source = bracket["inside"], {"title": bracket["title"].strip()}
    date = _INSIDE_DATE.search(inside)
    if date:
        source["date"] = date[1]
        inside = (inside[: date.start()] + inside[date.end() :]).strip("，, ")
    inside = inside.removesuffix("转载页")
    if _OUTLET.fullmatch(inside):
        source["outlet"] = inside
    elif inside:
        source["title"] += f"（{inside}）"
    return source
