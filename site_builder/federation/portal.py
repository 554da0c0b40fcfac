"""A built site and members come in; its folder ``exhibitions/``, one search over all of them, goes out, whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from site_builder.federation.members import Member, member_of, placed
from site_builder.federation.merging import Merged, merge
from site_builder.federation.page import FOLDER, House, house_of, listed, page_of
from site_builder.federation.reading import SiteDirectory
from site_builder.press.output import discard, put, staging_for, swap
from site_builder.sheets.packages import Refused

OWN = "own"
"""Id of the exhibition whose site the portal stands in."""


def own_member(site: Path) -> Member:
    """The exhibition itself, first of all members; ``Refused`` where ``site`` is no built site."""
    try:
        return member_of(SiteDirectory(site), OWN, own=True)
    except Refused as fault:
        raise Refused(
            "federation-site", f"{site} 不是建好的网站：{fault.message}", hint="先运行 exhibition build，再汇合"
        ) from fault


def write_portal(site: Path, members: Sequence[Member], *, workers: int) -> tuple[Merged, tuple[House, ...]]:
    """Writes ``exhibitions/`` for these members, the first of them ``site`` itself. ``Refused`` leaves what was there."""
    out = site / FOLDER.rstrip("/")
    together = placed(tuple(members))
    houses = tuple(map(house_of, together))
    shell = (site / "search" / "index.html").read_text(encoding="utf-8")
    page = page_of(shell, houses)
    staging = staging_for(out)
    former = out if out.is_dir() else None
    try:
        merged = merge(together, staging, former=former, workers=workers)
        put(staging, "index.html", content=page.encode(), former=former)
        put(staging, "members.json", content=listed(houses, digest=merged.digest), former=former)
        swap(staging, out)
    finally:
        discard(out)
    return merged, houses
