"""What an editor names comes in, a directory or an address; a member goes out, fetched within limits, or as it was kept the last time."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from site_builder.federation.members import Member, located, manifest_of, member_of
from site_builder.federation.reading import Reader, SiteDirectory, SiteOnline, content_of
from site_builder.harvest.adopting import prefix_for
from site_builder.harvest.fetching import guard_for
from site_builder.harvest.finds import Owner
from site_builder.harvest.limits import MOST_ENTRIES
from site_builder.harvest.origins import PACKAGE
from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.search.files import script
from site_builder.search.layout import ROOT
from site_builder.sheets.packages import Refused

KEPT = Path(".cache/federation")
"""Where the indexes of members on the web are kept, so that one who is down is still found."""
_AT_ONCE = 8
"""Requests to one member at a time."""
_ORDERS = ("order", "rank")


@frozen
class Wanted:
    """A member as the editor names it."""

    source: str
    id: str

    @property
    def online(self) -> bool:
        """Whether it is asked over the network."""
        return "://" in self.source


def wanted_from(text: str) -> Wanted:
    """``[编号=]目录或网址``; without an id it is taken from the host or the directory. ``Refused`` for what is none."""
    name, mark, source = text.partition("=")
    if not mark or not is_id(name):
        name, source = "", text
    parts = urlsplit(source)
    if "://" in source and (
        parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment
    ):
        raise Refused(
            "federation-member",
            "只能是 http、https 网址或者目录",
            hint="写对方网站的网址，如 https://zhan.example.org/",
        )
    if "://" in source and not source.endswith("/"):
        source += "/"
    own = prefix_for(Owner(Path(source).resolve().name, source if "://" in source else ""))
    return Wanted(source, name or own)


def gathered(wanted: Wanted, root: Path, *, private: bool) -> tuple[Member, tuple[Problem, ...]]:
    """The member, and what is amiss where only what was kept could be had; ``Refused`` where there is nothing."""
    if not wanted.online:
        return member_of(SiteDirectory(Path(wanted.source)), wanted.id), ()
    place = root / KEPT / wanted.id
    kept = SiteDirectory(place)
    online = SiteOnline(wanted.source, guard_for(wanted.source, private=private))
    try:
        _fetch(online, place)
    except Refused as fault:
        if not (place / PACKAGE).is_file():
            raise
        said = Problem("federation-kept", Place(wanted.source), f"{fault.message}；用的是上次取来的", fault.hint)
        return member_of(kept, wanted.id, address=wanted.source), (said,)
    return member_of(kept, wanted.id, address=wanted.source), ()


def _fetch(read: Reader, place: Path) -> None:
    """Brings what is kept of a member up to date; the old stays until the new is whole."""
    manifest = manifest_of(read)
    if (place / PACKAGE).is_file() and manifest["digest"] == manifest_of(SiteDirectory(place))["digest"]:
        # tables say the date and the licence, and are small
        (place / PACKAGE).write_bytes(read(PACKAGE))
        return
    if int(manifest["entries"]) > MOST_ENTRIES:
        raise Refused(
            "federation-limit", f"对方有 {manifest['entries']} 条，超过 {MOST_ENTRIES} 条", hint="请对方分成几个展览"
        )
    draft = place.with_name(f".{place.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    table = content_of(read, located(manifest, "facets"))

    def keep(name: str) -> None:
        path = draft / ROOT / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(read(f"{ROOT}{located(manifest, name)}.js"))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            list(pool.map(keep, _names(read, manifest, table=table)))
        finally:
            pool.shutdown(cancel_futures=True)
    if manifest_of(read) != manifest:
        raise Refused("federation-member", "取的时候对方正好更新了网站", hint="过几分钟再汇合")
    (draft / PACKAGE).parent.mkdir(parents=True, exist_ok=True)
    (draft / PACKAGE).write_bytes(read(PACKAGE))
    # kept under their plain names, wherever the member's deploy had put them
    plain = {name: value for name, value in manifest.items() if name != "moved"}
    (draft / ROOT / "manifest.js").write_bytes(script("manifest", plain).content)
    shutil.rmtree(place, ignore_errors=True)
    draft.rename(place)


def _names(read: Reader, manifest: Any, *, table: Any) -> Iterator[str]:
    """Every file of an index that a portal needs, the manifest left out."""
    sizes = member_of(read, "member", own=True).sizes
    yield from ("facets", "tiles")
    yield from (f"f/{facet[0]}" for facet in table["facets"] if facet[0] != "kind" and str(facet[0]).isidentifier())
    yield from (f"f/{name}" for name in _ORDERS)
    yield from (f"t/{at}" for at in range(manifest["shards"]))
    yield from (f"d/{block}/{at}" for block, size in enumerate(sizes) for at in range(size))
