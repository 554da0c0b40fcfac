"""Entries come in; the address of each and every clash of addresses go out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from site_builder.model.entry import Entry
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place, Problem

IDENTIFIERS = "id/"
"""Folder of the permanent identifiers."""
RESERVED: Mapping[str, str] = MappingProxyType(
    {
        "studios/cycle/": "工作室目录",
        "studios/type/": "工作室目录",
        "studios/level/": "工作室目录",
        "unions/tree/": "工会上下级",
        "editions/compare/": "各展期对比",
    }
)
"""Addresses beside the entries of a kind that pages of their own have."""

_RESERVED_IDS = frozenset(address.split("/")[1] for address in RESERVED)


def address_of(entry: Entry) -> str:
    """The entry's permanent address; the title is left out, for editors correct titles and links must survive that."""
    return f"{entry.described.folder}/{entry.id}/"


def address_at(key: str) -> str:
    """The same by the entry's key."""
    kind, _, name = key.partition("/")
    return f"{kind_named(kind).folder}/{name}/"


def identifier_address(entry: Entry) -> str:
    """Where the entry's permanent identifier leads from; it names kind and id in the words of the model and never moves."""
    return identifier_at(entry.key)


def identifier_at(key: str) -> str:
    """The same by the entry's key."""
    return f"{IDENTIFIERS}{key}/"


def cover_address(entry: Entry) -> str:
    """Where the entry's generated cover lies."""
    return f"covers/{entry.kind}/{entry.id}.svg"


def former_addresses(entry: Entry) -> tuple[str, ...]:
    """Addresses the entry had before: an alias is an id of the same kind, or a whole address."""
    found = []
    for alias in entry.data.aliases:
        path = alias.strip("/")
        found.append(f"{path}/" if "/" in path else f"{entry.described.folder}/{path}/")
    return tuple(found)


def clashes(entries: Iterable[Entry]) -> tuple[Problem, ...]:
    """A problem for every entry that wants an address which another has or the site keeps for itself."""
    everything = [entry for entry in entries if entry.kind != "vocabulary"]
    # kind and id are an address of their own, so only what had another before can meet somebody
    left = {address for entry in everything if entry.data.aliases for address in former_addresses(entry)}
    wanted: dict[str, list[tuple[Entry, tuple[str | int, ...]]]] = defaultdict(list)
    for entry in everything if left else ():
        if address_of(entry) in left:
            wanted[address_of(entry)].append((entry, ()))
        for index, former in enumerate(former_addresses(entry)):
            wanted[former].append((entry, ("aliases", index)))
    problems = [
        Problem("address-clash", Place(entry.source, field), f"地址 {address} 也被 {_others(entry, group)} 使用")
        for address, group in wanted.items()
        if len(group) > 1 and len({entry.key for entry, _ in group}) > 1
        for entry, field in group
        if entry.source
    ]
    reserved = [
        Problem(
            "address-clash", Place(entry.source), f"编号“{entry.id}”留给{RESERVED.get(address_of(entry), '分页')}使用"
        )
        for entry in everything
        if entry.id == "page" or (entry.id in _RESERVED_IDS and address_of(entry) in RESERVED)
    ]
    return (*problems, *reserved)


def _others(entry: Entry, group: list[tuple[Entry, tuple[str | int, ...]]]) -> str:
    return "、".join(sorted({other.source or other.title for other, _ in group if other.key != entry.key}))
