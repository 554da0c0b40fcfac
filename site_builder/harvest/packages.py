"""The data package of another exhibition comes in; every entry in it goes out as a find."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from site_builder.harvest.finds import Find, FoundPicture, Harvest, Owner
from site_builder.harvest.limits import MOST_ENTRIES
from site_builder.harvest.origins import Origin
from site_builder.model.entry import is_id
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.problems import Place, Problem
from site_builder.sheets.packages import Refused

_TAKEN = frozenset(
    {"project", "method", "craftsman", "studio", "base", "team", "award", "event", "organisation", "union"}
)
"""Kinds that are worth showing elsewhere; editions, plans and stories belong to the exhibition that made them."""
_WEB = ("http://", "https://")
_MENDED = "请对方重新生成数据包"


def parsed(content: bytes, where: str) -> Any:
    """JSON from outside; ``Refused`` where it is none or nested without end."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Refused("harvest-format", f"{where} 不是完整的 JSON", hint=_MENDED) from fault


def is_ours(package: Mapping[str, Any]) -> bool:
    """Whether a data package was made by an exhibition of this kind."""
    own = package.get("exhibition")
    return isinstance(own, Mapping) and isinstance(own.get("documents"), list)


def owner_of(package: Mapping[str, Any], address: str) -> Owner:
    """Who made a data package, when, and what may be done with it."""
    licences = [one for one in _list(package, "licenses") if isinstance(one, Mapping)]
    licence = licences[0] if licences else {}
    homepage = _text(package, "homepage")
    return Owner(
        name=_text(package, "title") or _text(package, "name") or address,
        address=homepage
        if homepage.startswith(_WEB)
        else urljoin(address, "../")
        if address.startswith(_WEB)
        else address,
        date=_text(package, "created")[:10],
        licence=_text(licence, "name") or _text(licence, "title"),
    )


def harvest_package(origin: Origin, package: Mapping[str, Any]) -> Harvest:
    """All entries of a package that one of our exhibitions made."""
    owner = owner_of(package, origin.first)
    finds: list[Find] = []
    problems: list[Problem] = []
    left: dict[str, int] = {}
    kinds = {kind.name: kind for kind in KINDS}
    for said in package["exhibition"]["documents"]:
        kind = kinds.get(_text(said, "kind")) if isinstance(said, Mapping) else None
        if kind is None or kind.name not in _TAKEN:
            label = kind.label if kind else "不认识的种类"
            left[label] = left.get(label, 0) + 1
            continue
        where = origin.beside(origin.first, _text(said, "path"))
        for number, line in enumerate(_lines(origin.read(where), where), 1):
            found = _find(line, kind, origin=origin, where=f"{where}:{number}", owner=owner)
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                finds.append(found)
    if len(finds) > MOST_ENTRIES:
        raise Refused("harvest-limit", f"超过 {MOST_ENTRIES} 个条目", hint="分几次汇集")
    return Harvest(owner, tuple(finds), "展览的数据包", tuple(problems), tuple(f"{label}没有汇集" for label in left))


def _lines(content: bytes, where: str) -> Iterator[str]:
    try:
        yield from content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as fault:
        raise Refused("harvest-format", f"{where} 不是 UTF-8 编码", hint=_MENDED) from fault


def _find(line: str, kind: Kind, *, origin: Origin, where: str, owner: Owner) -> Find | Problem | None:
    if not line.strip():
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return Problem("harvest-format", Place(where), "这一行不是完整的 JSON", _MENDED)
    fields, name = (said.get("fields"), said.get("id")) if isinstance(said, Mapping) else (None, None)
    if not isinstance(fields, dict) or not isinstance(name, str) or not is_id(name):
        return Problem("harvest-format", Place(where), "这一行不是展览的条目", _MENDED)
    if said.get("name_only") or fields.get("status") == "notice":
        # a name is taken over by whoever names it; what is on notice is not decided yet
        return None
    page = _text(said, "address")
    address = urljoin(owner.address, page) if owner.address.startswith(_WEB) else ""
    links = [one for one in _list(said, "links") if isinstance(one, Mapping)]
    names = {f"{_text(one, 'kind')}/{_text(one, 'id')}": _text(one, "title") for one in links}
    pictures = tuple(_pictures(said, fields, origin=origin))
    return Find(kind.name, name, fields, where, _text(said, "body"), address, pictures, names)


def _pictures(said: Mapping[str, Any], fields: Mapping[str, Any], *, origin: Origin) -> Iterator[FoundPicture]:
    """The one picture that a document names by its address; its licence stands with the fields' first."""
    picture = said.get("picture")
    if not isinstance(picture, Mapping) or not _text(picture, "address"):
        return
    first = next((one for one in _list(fields, "pictures") if isinstance(one, Mapping)), {})
    address = origin.beside(origin.first, f"../{_text(picture, 'address')}")
    yield FoundPicture(address, _text(picture, "alt"), _text(picture, "credit"), _text(first, "licence"))


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []
