"""Page jobs, cover briefs and frames come in; finished files on disk go out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_builder.languages.tongues import Tongue
from site_builder.media.covers import CoverBrief, cover
from site_builder.media.store import Making, Store, key_of
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.pages import BLANK, OutputFile, PageJob, PagePlan
from site_builder.press.crew import Tick, unheard
from site_builder.press.frames import BASE_TOKEN, Frame, base_of
from site_builder.press.laid import Laid, token_of
from site_builder.press.output import lay, move, put

if TYPE_CHECKING:
    from site_builder.languages.versions import Versions
    from site_builder.press.templates import Kept


@frozen
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
    laid: Laid | None = None
    """The list of all that is laid, by which what lies in the site already is not laid again."""
    tongues: tuple[Tongue, ...] = ()
    """What pages are made in beside Chinese."""
    neutral: tuple[str, ...] = ()
    """Folders whose pages are Chinese only."""

    def put(self, address: str, content: bytes, *, token: str = "") -> None:
        """Writes a file, unless it lies in the site already; ``token`` where somebody knows it."""
        if self.laid is None:
            put(self.out, address, content=content, former=self.former)
        elif self.laid.is_new(address, token or token_of(content)):
            # a file of which another token is known need not be read to see that it differs
            put(self.out, address, content=content, former=None if address in self.laid.known else self.former)

    def take(self, address: str, draft: Path, *, token: str) -> None:
        """Lays a finished file of the same disk, which moves there, unless the site has it already."""
        if self.is_new(address, token):
            move(self.out, address, draft=draft)

    def is_new(self, address: str, token: str) -> bool:
        """Whether a file must be laid that this token tells from any other."""
        return self.laid is None or self.laid.is_new(address, token)

    def read(self, address: str) -> bytes:
        """A file of the new site, written by this build or taken over from the former one."""
        return self.place(address).read_bytes()

    def place(self, address: str) -> Path:
        """Where it lies."""
        path = self.out / address
        return path if self.former is None or path.is_file() else self.former / address

    def kept(self) -> "Kept":
        """A new store of what pages have in common."""
        from site_builder.press.templates import Kept, environment

        env = environment(self.theme_dirs)
        return Kept(env, site=self.exhibition, base=BASE_TOKEN, assets=self.assets, blank=BLANK)

    def versions(self) -> "Versions":
        """Who says pages in other languages; keeps what was said."""
        from site_builder.languages.versions import Layout, Versions
        from site_builder.press.text import markdown

        return Versions(self.tongues, Layout(self.exhibition.kept_url, self.neutral, self.assets), markdown=markdown)

    def page(self, plan: PagePlan, kept: "Kept") -> bytes:
        """One page as it is in Chinese; ``kept`` holds what other pages have shown already."""
        own = {"page": plan, "head": plan.head, "view": plan.view}
        head, content = kept.rendered("head.html", **own), kept.rendered(plan.template, **own)
        return self.frames[plan.section].filled(head, content, base=base_of(plan.address))


TICKED = 50
"""Pages between two words about how far the work is."""


class Pressed(NamedTuple):
    """A page that was made, as the sitemap lists it; a tuple, for all of them are remembered."""

    address: str
    indexed: bool
    published: str


def press_pages(press: Press, jobs: Iterable[PageJob], *, tick: Tick = unheard) -> tuple[Pressed, ...]:
    """Plans and presses these pages."""
    return tuple(pressed(press, jobs, tick=tick))


def pressed(press: Press, jobs: Iterable[PageJob], *, tick: Tick = unheard) -> Iterator[Pressed]:
    """The same, page by page."""
    # who says pages in other languages takes long to load
    kept, said = press.kept(), press.versions().of if press.tongues else _as_it_came
    for number, job in enumerate(jobs, 1):
        plan = job.plan()
        for address, page in said(press.page(plan, kept), plan.address):
            press.put(f"{address}index.html", page)
        if number % TICKED == 0:
            tick(TICKED)
        yield Pressed(plan.address, plan.head.indexed, plan.head.published)


def _as_it_came(page: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    yield address, page


def draw_covers(press: Press, briefs: Iterable[tuple[str, CoverBrief]]) -> None:
    """Draws these covers."""
    for address, brief in briefs:
        if press.is_new(address, key_of(brief)):
            put(press.out, address, content=cover(brief).encode("utf-8"), former=press.former)


def put_media(press: Press, makings: Iterable[Making], *, store: Store) -> None:
    """Lays groups of files into the site; what the store does not keep is made now."""
    for making in makings:
        wanted = [one for one in making.addresses if press.is_new(one[1], f"{making.key}/{one[0]}")]
        made = store.made(making) if wanted else {}
        for name, address in wanted:
            lay(press.out, address, original=made[name])


def put_files(press: Press, files: Iterable[OutputFile]) -> None:
    """Writes finished files."""
    for file in files:
        press.put(file.address, file.content)


def turned(press: Press) -> dict[str, str]:
    """A new page of the list of what is laid; it fills while the work goes on."""
    assert press.laid is not None
    return press.laid.turned()


def put_index(press: Press, files: Iterable[OutputFile]) -> None:
    """Writes files of the search index, those with words for readers in every language."""
    if not press.tongues:
        put_files(press, files)
        return
    from site_builder.languages.shards import is_shown, spoken_shard

    versions = press.versions()
    for file in files:
        press.put(file.address, file.content)
        for tongue in press.tongues if is_shown(file.address) else ():
            say = partial(versions.said, tongue=tongue)
            content = spoken_shard(file.content, say, beside=tongue.language.tag != "zh-Hant")
            press.put(f"{tongue.language.folder}{file.address}", content)


def put_written(press: Press, addresses: Iterable[str]) -> None:
    """Says the pages that MkDocs wrote, and that lie in their place already, in every language."""
    if not press.tongues:
        return
    versions = press.versions()
    for address in addresses:
        written = (press.out / address / "index.html").read_bytes()
        for own, page in versions.of(written, address):
            path = press.out / own / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page)
