"""A IIIF collection or manifest (Presentation 3 or 2) comes in; a find for each manifest goes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.harvest.finds import Find, FoundPicture, Harvest, Owner
from site_builder.harvest.limits import DEEPEST, MOST_MANIFESTS, MOST_PICTURES
from site_builder.harvest.metadata import fields_for, plain
from site_builder.harvest.origins import Origin
from site_builder.harvest.packages import parsed
from site_builder.model.problems import Place, Problem
from site_builder.sheets.packages import Refused

_COLLECTIONS = frozenset({"Collection", "sc:Collection"})
_MANIFESTS = frozenset({"Manifest", "sc:Manifest"})
_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("creator", ("creator", "author", "作者", "完成人", "主要完成人")),
    ("date", ("date", "日期", "年份")),
    ("publisher", ("publisher", "单位", "完成单位", "repository")),
    ("subject", ("subject", "主题", "标签", "关键词")),
    ("description", ("description", "简介")),
)
"""Labels that people give such values in manifests."""


def is_iiif(value: Mapping[str, Any]) -> bool:
    """Whether a JSON document is a collection or manifest."""
    return _type(value) in _COLLECTIONS | _MANIFESTS


@dataclass
class _Walk:
    """What was found so far on the way through a collection."""

    origin: Origin
    kind: str
    finds: list[Find] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def visit(self, value: Mapping[str, Any], address: str, *, depth: int = 0) -> None:
        """Takes a manifest, or goes through a collection."""
        if _type(value) in _MANIFESTS:
            self._take(value, address)
            return
        if depth > DEEPEST:
            raise Refused("harvest-limit", f"集合套了 {DEEPEST} 层以上", hint="直接汇集里面的集合")
        for one in _members(value):
            self._follow(one, address, depth=depth)

    def _follow(self, one: Mapping[str, Any], address: str, *, depth: int) -> None:
        name = str(one.get("id") or one.get("@id") or "")
        if not name or name in self.seen:
            return
        self.seen.add(name)
        if len(self.seen) > MOST_MANIFESTS:
            raise Refused("harvest-limit", f"集合里超过 {MOST_MANIFESTS} 份清单", hint="分几次汇集")
        if _whole(one):
            self.visit(one, name, depth=depth + 1)
            return
        try:
            inner = parsed(self.origin.read(self.origin.beside(address, name)), name)
        except Refused as fault:
            if fault.code == "harvest-limit":
                raise
            self.problems.append(fault.at(name))
            return
        if isinstance(inner, Mapping) and is_iiif(inner):
            self.visit(inner, name, depth=depth + 1)
        else:
            self.problems.append(Problem("harvest-format", Place(name), "不是 IIIF 清单", "请对方检查这份清单"))

    def _take(self, value: Mapping[str, Any], address: str) -> None:
        said = {
            "title": _words(value.get("label")),
            "description": _words(value.get("summary") or value.get("description")),
        }
        for pair in _several(value.get("metadata")):
            name = _words(pair.get("label")).lower() if isinstance(pair, Mapping) else ""
            for element, labels in _LABELS:
                if name in labels and not said.get(element):
                    said[element] = _words(pair.get("value"), several="；")
        if not said["title"]:
            self.problems.append(Problem("harvest-format", Place(address), "这份清单没有名称", "请对方补上名称"))
            return
        rights = _words(value.get("rights") or value.get("license"))
        pages = [one for one in _several(value.get("homepage") or value.get("related")) if isinstance(one, Mapping)]
        page = str(pages[0].get("id") or pages[0].get("@id") or "") if pages else ""
        pictures = tuple(
            FoundPicture(one, said["title"], licence=rights) for one in dict.fromkeys(_images(value)) if "://" in one
        )
        name = str(value.get("id") or value.get("@id") or address)
        self.finds.append(
            Find(
                self.kind,
                name,
                fields_for(self.kind, said),
                address,
                page=page or name,
                pictures=pictures[:MOST_PICTURES],
            )
        )


def harvest_iiif(origin: Origin, value: Mapping[str, Any], *, kind: str) -> Harvest:
    """Every manifest that a collection leads to."""
    walk = _Walk(origin, kind)
    walk.visit(value, origin.first)
    providers = [one for one in _several(value.get("provider")) if isinstance(one, Mapping)]
    name = (
        _words(providers[0].get("label"))
        if providers
        else _words(value.get("attribution")) or _words(value.get("label"))
    )
    address = str(value.get("id") or value.get("@id") or origin.first)
    licence = _words(value.get("rights") or value.get("license"))
    date = str(value.get("navDate") or "")[:10]
    owner = Owner(name or origin.first, address, date=date, licence=licence)
    return Harvest(owner, tuple(walk.finds), "IIIF 集合", tuple(walk.problems))


def _type(value: Mapping[str, Any]) -> str:
    found = value.get("type") or value.get("@type")
    return found if isinstance(found, str) else ""


def _whole(value: Mapping[str, Any]) -> bool:
    """Whether a member stands in the collection as a whole."""
    return bool(value.get("items") or value.get("sequences") or value.get("manifests") or value.get("members"))


def _members(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in ("items", "members", "manifests", "collections"):
        for one in _several(value.get(name)):
            if isinstance(one, Mapping):
                yield one


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any, *, several: str = " ") -> str:
    """A language map (Chinese first), a list of texts with languages, or a text, as one text."""
    if isinstance(value, Mapping):
        if "@value" in value:
            return plain(str(value["@value"]))
        chosen = next((value[name] for name in ("zh-CN", "zh-Hans", "zh", "none") if name in value), None)
        value = chosen if chosen is not None else next(iter(value.values()), "")
    if isinstance(value, list):
        return several.join(word for word in (_words(one) for one in value) if word)
    return plain(value) if isinstance(value, str) else ""


def _images(value: Mapping[str, Any]) -> Iterator[str]:
    """Addresses of what is painted on the canvases; both versions."""
    for canvas in (
        *_several(value.get("items")),
        *(one for part in _several(value.get("sequences")) for one in _canvases(part)),
    ):
        for page in (*_within(canvas, "items"), *_within(canvas, "images")):
            bodies = [page.get("resource"), *(one.get("body") for one in _within(page, "items"))]
            for body in bodies:
                if isinstance(body, Mapping) and str(body.get("type") or body.get("@type")) in {
                    "Image",
                    "dctypes:Image",
                }:
                    yield str(body.get("id") or body.get("@id") or "")


def _canvases(sequence: Any) -> list[Any]:
    return _several(sequence.get("canvases")) if isinstance(sequence, Mapping) else []


def _within(value: Any, name: str) -> list[Mapping[str, Any]]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return [one for one in _several(found) if isinstance(one, Mapping)]
