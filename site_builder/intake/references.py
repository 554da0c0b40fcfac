"""The text of a source comes in; its title, outlet, date, address and kind go out."""

import re
from urllib.parse import urlsplit

_SEVERAL = re.compile(r"\s+;\s+|;(?=事迹见)")
_ADDRESS = re.compile(r"^(https?://\S+)\s*")
_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+(?:com|cn|org|net|us|cc|gov|edu)(?:[/?][^\s）,，;；]*)?(?:\s\d+)?|renda/\S+(?=）)")
_REPOST = re.compile(r"（?(?:转载页|转载)[^（）]*）?$")
_NOTE = re.compile(r"[，;；]?\s*(?:无网址|转载页)\s*[^，;；）]*")
_DATE = r"(?P<date>\d{4}-\d{2}(?:-\d{2})?)"
_QUOTED = re.compile(rf"^(?P<outlet>[^《（]*?)(?:{_DATE})?\s*《(?P<title>.+)》(?:报道)?$")
_DATED = re.compile(rf"^(?P<outlet>[^《（\d]{{2,14}}?){_DATE}\s*(?P<title>\S.+)$")
_BRACKET = re.compile(r"^(?P<title>.+?)（(?P<inside>[^（）]+)）$")
_INSIDE_DATE = re.compile(r"[，,]?\s*(\d{4}-\d{2}(?:-\d{2})?|\d{4}(?=年?$))年?")
OFFICIAL = "官方"
REPOST = "官方（转载）"


def sources_in(text: str, *, kind: str, official: tuple[str, ...]) -> list[dict[str, str]]:
    """All sources of a cell; an official text on a host that is not its publisher's counts as a repost."""
    found = [_source(part.strip()) for part in _SEVERAL.split(text) if part.strip()]
    for source in found:
        foreign = kind == OFFICIAL and "url" in source and not _host(source["url"]).endswith(official)
        source["kind"] = REPOST if foreign else kind
    return [{key: source[key] for key in ("title", "outlet", "date", "url", "kind") if source.get(key)} for source in found]


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
    text = _tidied(text)
    return {**source, **_parts(text)}


def _tidied(text: str) -> str:
    text = _REPOST.sub("", text.strip())
    text = _NOTE.sub("", text)
    text = re.sub(r"[，,;；\s]+(?=）)", "", text)
    return re.sub(r"（\s*）", "", text).strip()


def _parts(text: str) -> dict[str, str]:
    found = _QUOTED.match(text) or _DATED.match(text)
    if found:
        groups = {name: (value or "").strip() for name, value in found.groupdict().items()}
        return {name: value for name, value in groups.items() if value}
    bracket = _BRACKET.match(text)
    if bracket is None:
        return {"title": text}
    inside, source = bracket["inside"], {"title": bracket["title"].strip()}
    date = _INSIDE_DATE.search(inside)
    if date:
        source["date"] = date[1]
        inside = (inside[: date.start()] + inside[date.end() :]).strip("，, ")
    return source | ({"outlet": inside} if inside else {})
