"""Page jobs, cover briefs and frames come in; finished files on disk go out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.media.covers import CoverBrief, cover
from site_builder.media.store import Making, Store
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import BLANK, OutputFile, PageJob, PagePlan
from site_builder.press.crew import Tick, unheard
from site_builder.press.frames import BASE_TOKEN, Frame, base_of
from site_builder.press.output import lay, put
from site_builder.press.templates import Kept, environment


@dataclass(frozen=True)
class Press:
    """What all pages of a build have in common; small enough to travel with every share of the work."""

    exhibition: Exhibition
    frames: Mapping[str, Frame]
    theme_dirs: tuple[str, ...]
    out: Path
    former: Path | None = None
    """The site as it was: files that did not change are taken over with their times."""
    assets: str = "assets/"
    """The folder of scripts and style sheets."""

    def kept(self) -> Kept:
        """A new store of what pages have in common."""
        env = environment(self.theme_dirs)
        return Kept(env, site=self.exhibition, base=BASE_TOKEN, assets=self.assets, blank=BLANK)

    def page(self, plan: PagePlan, kept: Kept) -> bytes:
        """One page as bytes; ``kept`` holds what other pages have shown already."""
        own = {"page": plan, "head": plan.head, "view": plan.view}
        head, content = kept.rendered("head.html", **own), kept.rendered(plan.template, **own)
        return self.frames[plan.section].filled(head, content, base=base_of(plan.address)).encode("utf-8")


TICKED = 50
"""Pages between two words about how far the work is."""


@dataclass(frozen=True)
class Pressed:
    """A page that was made, as the sitemap lists it."""

    address: str
    indexed: bool
    published: str


def press_pages(press: Press, jobs: Sequence[PageJob], *, tick: Tick = unheard) -> tuple[Pressed, ...]:
    """Plans and presses these pages."""
    kept = press.kept()
    made = []
    for number, job in enumerate(jobs, 1):
        plan = job.plan()
        put(press.out, f"{plan.address}index.html", content=press.page(plan, kept), former=press.former)
        made.append(Pressed(plan.address, plan.head.indexed, plan.head.published))
        if number % TICKED == 0:
            tick(TICKED)
    return tuple(made)


def draw_covers(press: Press, briefs: Sequence[tuple[str, CoverBrief]], *, part: int = 0, of: int = 1) -> None:
    """Draws every ``of``-th cover from ``part`` on."""
    for address, brief in briefs[part::of]:
        put(press.out, address, content=cover(brief).encode("utf-8"), former=press.former)


def put_media(press: Press, makings: Sequence[Making], *, store: Store, part: int = 0, of: int = 1) -> None:
    """Lays every ``of``-th group of files from ``part`` on into the site; what the store does not keep is made now."""
    for making in makings[part::of]:
        made = store.made(making)
        for name, address in making.addresses:
            lay(press.out, address, original=made[name])


def put_files(press: Press, files: Iterable[OutputFile]) -> int:
    """Writes finished files and returns their number."""
    return sum(put(press.out, file.address, content=file.content, former=press.former) for file in files)
