"""Presses the pages of small exhibitions into a plain frame, so that tests can read what each page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markup import Node, read_markup
from small import deck_at

from site_builder.model.kinds import KINDS
from site_builder.press.frames import CONTENT_SLOT, HEAD_SLOT, frame_from
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press, press_pages
from site_builder.publish.publishers import page_jobs

if TYPE_CHECKING:
    from pathlib import Path

FRAME = frame_from(
    f"<!doctype html><html lang=zh-CN><head>{HEAD_SLOT}</head><body><div id=main>{CONTENT_SLOT}</div></body></html>"
)
SECTIONS = ("home", *(kind.section for kind in KINDS if kind.section))


def press_all(root: Path, **settings: object) -> dict[str, str]:
    """Address → HTML of every page that the press makes of what lies under ``root/content``."""
    deck = deck_at(root, **settings)
    out = root / "pressed"
    press = Press(deck.catalogue.exhibition, dict.fromkeys(SECTIONS, FRAME), (str(packaged_theme()),), out)
    jobs = tuple(page_jobs(deck))
    assert len({job.address for job in jobs}) == len(jobs), "two pages want one address"
    press_pages(press, jobs)
    return {job.address: (out / job.address / "index.html").read_text(encoding="utf-8") for job in jobs}


def addresses(root: Path, **settings: object) -> frozenset[str]:
    """The addresses of all pages, none of them planned."""
    return frozenset(job.address for job in page_jobs(deck_at(root, **settings)))


def page_at(root: Path, address: str, **settings: object) -> Node:
    """One page as a tree; only this one is pressed."""
    deck = deck_at(root, **settings)
    out = root / "pressed"
    press = Press(deck.catalogue.exhibition, dict.fromkeys(SECTIONS, FRAME), (str(packaged_theme()),), out)
    press_pages(press, [job for job in page_jobs(deck) if job.address == address])
    return read_markup((out / address / "index.html").read_text(encoding="utf-8"))


def empty_parts(view: Node) -> list[str]:
    """Tables, lists and sections without a word in them."""
    return [node.tag for node in view.every("dl", "ul", "ol", "table", "section") if not node.text]
