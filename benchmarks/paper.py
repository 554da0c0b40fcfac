"""A number of entries comes in; seconds of CPU and memory to print their catalogue go out, and what the file is like.

    python benchmarks/paper.py [--entries 200] [--half]

Half of the entries have a photograph of 2400×1600, the others a drawn cover. Printed twice: first with an empty store, then
with the photographs kept from the first time. CPU is user and system of this process and its threads, so that a loaded
machine does not tell lies; memory is the highest of the whole process.
"""

import argparse
import hashlib
import io
import resource
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import write_exhibition
from media import photographs

from site_builder.media.fonts import FONTS
from site_builder.model.exhibition import Exhibition
from site_builder.paper.book import BookWish, book_work
from site_builder.paper.exhibits import Press
from site_builder.paper.formats import paper_named
from site_builder.paper.illustrations import Illustrator
from site_builder.paper.typesetting import typeset
from site_builder.survey import cores
from site_builder.surveying import survey

SITE = Exhibition(name="样本展", url="https://example.org/", published="2026-11-21", share_cards=False)


def sample(root: Path, entries: int) -> None:
    """A permanent edition with so many projects."""
    write_exhibition(root, entries * 10 // 6 + 2)
    (root / "content/editions/permanent.yml").write_text(
        (root / "content/editions/2026.yml").read_text(encoding="utf-8").replace("2026", "常设") + "permanent: true\n",
        encoding="utf-8",
    )
    projects = sorted((root / "content/projects").rglob("*.md"), key=lambda path: path.name)
    for path in projects[entries:]:
        path.unlink()
    photographs(root / "content/media", entries // 2)
    for at, path in enumerate(projects[:entries:2]):
        text = path.read_text(encoding="utf-8")
        pictures = f"pictures:\n  - {{file: '{at:04}.jpg', alt: 样本画面, caption: 样本说明}}\n"
        path.write_text(text.replace("sources:", f"{pictures}sources:", 1), encoding="utf-8")


def printed(root: Path, *, half: bool) -> bytes:
    """The catalogue of everything under ``root``, read anew."""
    found = survey(root, SITE)
    press = Press(found.deck, Illustrator(found.deck, found.originals, found.store), root / FONTS)
    wish = BookWish(paper_named("A4"), half=half, date=SITE.published)
    edition = press.deck.catalogue.entries["edition/permanent"]
    return typeset(book_work(press, edition, wish=wish, workers=cores()))


def spent() -> float:
    """Seconds of user and system of this process and of those it has waited for."""
    times = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in times)


def main() -> None:
    """Runs from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--half", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        sample(root, given.entries)
        for name in ("empty store", "warm store"):
            began, clock = spent(), time.monotonic()
            pdf = printed(root, half=given.half)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            with pikepdf.open(io.BytesIO(pdf)) as document:
                pages = len(document.pages)
            print(
                f"{given.entries} entries, {name}: {spent() - began:.1f} s CPU, {time.monotonic() - clock:.1f} s wall, "
                f"peak {peak:.0f} MB, {pages} pages, {len(pdf) / 1e6:.1f} MB, {hashlib.sha256(pdf).hexdigest()[:12]}"
            )


if __name__ == "__main__":
    main()
