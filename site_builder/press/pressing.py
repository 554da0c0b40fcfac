"""Page plans and frames come in; finished pages on disk go out, share by share through any executor."""

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from site_builder.media.covers import CoverBrief, cover
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile, PagePlan
from site_builder.press.frames import BASE_TOKEN, Frame, base_of
from site_builder.press.output import put
from site_builder.press.templates import Kept, environment, rendered

Work = TypeVar("Work")
SHARES = 16
"""More shares than cores, so that a slow one doesn't hold up the rest."""


@dataclass(frozen=True)
class Press:
    """What all pages of a build have in common; small enough to travel with every share of the work."""

    exhibition: Exhibition
    frames: Mapping[str, Frame]
    theme_dirs: tuple[str, ...]
    out: Path
    former: Path | None = None
    """The site as it was: files that did not change are taken over with their times."""

    def page(self, plan: PagePlan, kept: Kept) -> bytes:
        """One page as bytes; ``kept`` holds the cards already rendered for other pages."""
        env = environment(self.theme_dirs)
        context = {"page": plan, "head": plan.head, "view": plan.view, "site": self.exhibition, "base": BASE_TOKEN, "kept": kept}
        head = rendered(env, "head.html", **context)
        content = rendered(env, plan.template, **context)
        return self.frames[plan.section].filled(head, content, base_of(plan.address)).encode("utf-8")


def press_pages(press: Press, plans: Sequence[PagePlan], executor: Executor) -> int:
    """Presses all pages and returns their number; neighbours stay together, for they share cards when pickled."""
    return sum(executor.map(_press_share, [(press, share) for share in shares(plans)]))


def press_covers(press: Press, briefs: Sequence[tuple[str, CoverBrief]], executor: Executor) -> int:
    """Draws all covers and returns their number."""
    return sum(executor.map(_draw_share, [(press, share) for share in shares(briefs)]))


def put_files(press: Press, files: Iterable[OutputFile]) -> int:
    """Writes finished files and returns their number."""
    return sum(put(press.out, file.address, file.content, press.former) for file in files)


def digest(plan: PagePlan) -> bytes:
    """Changes whenever the page would: the plan holds all its bytes depend on except frame and templates."""
    return hashlib.blake2b(pickle.dumps(plan), digest_size=16).digest()


def shares(work: Sequence[Work], number: int = SHARES) -> Iterator[Sequence[Work]]:
    """The work in about equal parts, in order."""
    size = max(1, -(-len(work) // number))
    for start in range(0, len(work), size):
        yield work[start : start + size]


def _press_share(job: tuple[Press, Sequence[PagePlan]]) -> int:
    press, plans = job
    kept = Kept()
    return sum(put(press.out, f"{plan.address}index.html", press.page(plan, kept), press.former) for plan in plans)


def _draw_share(job: tuple[Press, Sequence[tuple[str, CoverBrief]]]) -> int:
    press, briefs = job
    return sum(put(press.out, address, cover(brief).encode("utf-8"), press.former) for address, brief in briefs)
