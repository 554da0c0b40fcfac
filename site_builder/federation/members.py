"""A member's site comes in; what a portal must know of it goes out: name, address, licence, date, and the shape of its index."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from site_builder.federation.reading import Reader, content_of, unfit
from site_builder.harvest.origins import PACKAGE
from site_builder.model.frozen import frozen
from site_builder.search.index import AGES
from site_builder.search.layout import BLOCKS, GROUP, MOST, SHARDS, SYMBOLS, VERSION
from site_builder.search.records import LISTED
from site_builder.sheets.packages import Refused

MOST_BLOCKS = MOST * MOST
"""Blocks that two symbols can name."""
_KINDS = tuple(kind.name for kind in LISTED)


@frozen
class Member:
    """One exhibition of several."""

    id: str
    name: str
    address: str
    """Of its site, ending in a slash; empty for the exhibition whose site the portal stands in."""
    read: Reader
    manifest: Mapping[str, Any]
    licence: str = ""
    date: str = ""
    organiser: str = ""
    first: int = 0
    """Its first block in the common index."""

    @property
    def blocks(self) -> int:
        """How many blocks its index has."""
        return int(self.manifest["blocks"])

    @property
    def shards(self) -> int:
        """How many shards its index has."""
        return int(self.manifest["shards"])

    @cached_property
    def kinds(self) -> tuple[int, ...]:
        """For each of its kinds the place of that kind among ours."""
        return tuple(_KINDS.index(kind[0]) for kind in self.manifest["kinds"])

    @cached_property
    def classes(self) -> tuple[Mapping[int, int], ...]:
        """For each block how many entries of each class (kind × 7 + age, our kinds) it has, in their order."""
        pairs = self.manifest["classes"]
        numbers = [
            self.kinds[SYMBOLS.index(kind)] * AGES + SYMBOLS.index(age)
            for kind, age in zip(pairs[::2], pairs[1::2], strict=True)
        ]
        return tuple(
            {number: SYMBOLS.index(count) + 1 for number, count in zip(numbers, counts, strict=False) if count != " "}
            for counts in self.manifest["counts"].split("!")
        )

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many entries each block has."""
        return tuple(sum(block.values()) for block in self.classes)

    @cached_property
    def by_kind(self) -> tuple[int, ...]:
        """How many entries of each of our kinds it has."""
        counts = [0] * len(_KINDS)
        for block in self.classes:
            for number, count in block.items():
                counts[number // AGES] += count
        return tuple(counts)

    def content(self, name: str) -> Any:
        """The content of a file of its index, also where a deploy has moved it."""
        return content_of(self.read, located(self.manifest, name))


def located(manifest: Mapping[str, Any], name: str) -> str:
    """The name of a file with the folder into which a deploy to a bucket has put it (docs/deploy.md)."""
    moved = manifest.get("moved")
    return f"{moved[0]}{name}" if moved and (not moved[1] or name in moved[1]) else name


def member_of(read: Reader, name: str, *, address: str = "", own: bool = False) -> Member:
    """The member called ``name`` (an id); ``address`` is where it was asked. ``Refused`` where it cannot take part."""
    manifest = manifest_of(read)
    try:
        package = json.loads(read(PACKAGE))
        said = package if isinstance(package, dict) else {}
    except ValueError:
        said = {}
    home = "" if own else _home(said.get("homepage") or address)
    licences = said.get("licenses") or [{}]
    contributors = said.get("contributors") or [{}]
    try:
        member = Member(
            name,
            _text(said.get("title")) or name,
            home,
            read,
            manifest,
            licence=_text(licences[0].get("title") or licences[0].get("name")),
            date=_text(said.get("created"))[:10],
            organiser=_text(contributors[0].get("title")),
        )
        sound = sum(member.sizes) == manifest["entries"] and len(member.sizes) == member.blocks
        in_order = list(member.kinds) == sorted(member.kinds)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        raise unfit("manifest") from fault
    if not sound or not in_order or max(member.sizes, default=0) > MOST:
        raise unfit("manifest")
    return member


def manifest_of(read: Reader) -> Mapping[str, Any]:
    """A manifest of the version that this program knows."""
    found = content_of(read, "manifest")
    if not isinstance(found, dict) or "version" not in found:
        raise unfit("manifest")
    strange = [kind[0] for kind in found.get("kinds", ()) if kind[0] not in _KINDS]
    if found["version"] != VERSION or strange:
        what = f"第 {found['version']} 版" if found["version"] != VERSION else f"种类里有“{strange[0]}”"
        raise Refused(
            "federation-version",
            f"对方检索索引是{what}，这里只懂第 {VERSION} 版",
            hint="两边都换成较新的程序，各自重新建站",
        )
    if found.get("blocks") not in BLOCKS or found.get("shards") not in SHARDS:
        raise unfit("manifest")
    return found


def placed(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Members with their first blocks, one behind the other, each at the beginning of a group; ``Refused`` where they are too many."""
    found, block = [], 0
    for member in members:
        found.append(replace(member, first=block))
        block += -(-member.blocks // GROUP) * GROUP
    if block > MOST_BLOCKS:
        entries = sum(int(member.manifest["entries"]) for member in members)
        raise Refused(
            "federation-limit",
            f"{len(members)} 个展览共 {entries} 条，一个检索装不下",
            hint="分成几个汇合，如每个片区一个",
        )
    return tuple(found)


def _home(address: object) -> str:
    """The address that links begin with."""
    text = _text(address)
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise Refused(
            "federation-member",
            "不知道对方的网址，结果没有可去的地方",
            hint="请对方在 mkdocs.yml 里写 site_url，重新建站",
        )
    return text if text.endswith("/") else f"{text}/"


def _text(value: object) -> str:
    return value.strip()[:200] if isinstance(value, str) else ""
