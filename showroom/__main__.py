"""A directory comes in; an exhibition of made-up entries goes out into it, with the living page of the design in ``design/``.

Run as ``python -m showroom build/design``, or ``make design``. Nothing here is copied: tokens are read out of the style sheet, components
are taken out of pages that the real templates made.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from click.testing import CliRunner
from lxml import html

from showroom.samples import made_up
from showroom.tokens import contrasts, tokens_in
from site_builder.cli import cli
from site_builder.press.packaged import packaged_theme

COMPONENTS = (
    ("印章 seal", "projects/yang-ben-01/", "hon"),
    ("展品卡 card", "editions/first/all/", "chosen"),
    ("清单行 row", "projects/", "rows"),
    ("资料表 fact table", "projects/yang-ben-01/", "facts"),
    ("图 figure", "projects/yang-ben-01/", "fig"),
    ("年表 timeline", "craftsmen/yang-ben-ren/", "years"),
    ("地区方格图 tile map", "regions/", "tiles"),
    ("统计图 chart", "numbers/", "chart"),
    ("翻页 pager", "projects/", "pager"),
    ("公示 notice", "projects/yang-ben-02/", "notice"),
    ("按钮 button", "", "wall__ways"),
)
"""What it is called, a page that has it, and its class there."""
FEW = 6
"""So many items of a long list are enough to see it by."""
MODES = (
    ("light", "明 light", 'data-md-color-scheme="default"'),
    ("dark", "暗 dark", 'data-md-color-scheme="slate"'),
    ("contrast", "高对比 high contrast", 'data-md-color-scheme="default" data-contrast="more"'),
    ("large", "大字 large text", 'data-md-color-scheme="default" data-size="large"'),
)
SHEET = """table{border-collapse:collapse;width:100%}th,td{padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line);text-align:start}
.chip{width:4rem;height:2.75rem;border:1px solid var(--line)}
.page h2{margin:3rem 0 1rem;font-size:var(--t4)}
.page h3{margin:2rem 0 .75rem;font-size:var(--t2)}.page h1{margin:2rem 0}
iframe{width:100%;height:56rem;border:1px solid var(--rule)}.bar{height:1rem;background:var(--zhu-fill)}.part{margin-bottom:3rem}"""


def fragment(site: Path, address: str, name: str) -> str:
    """The first element of that class on a page of the site, its addresses as seen from ``design/``."""
    tree = html.document_fromstring(
        (site / address / "index.html").read_bytes(), parser=html.HTMLParser(encoding="utf-8")
    )
    found = tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    if not found:
        raise LookupError(f"{address} has no {name}")
    for one in found[0].xpath(".//*[@href or @src]"):
        for attribute in {"href", "src"} & set(one.attrib):
            one.set(
                attribute, "../" + urljoin(f"https://here/{address}", one.get(attribute)).removeprefix("https://here/")
            )
        one.attrib.pop("srcset", None)
    for source in found[0].xpath(".//source"):
        source.getparent().remove(source)
    for further in found[0].xpath("./li[position() > $few] | ./article[position() > $few]", few=FEW):
        further.getparent().remove(further)
    found[0].tail = None
    return html.tostring(found[0], encoding="unicode")


def page(title: str, body: str, *, sheet: str, mode: str = "") -> str:
    """A page of the showroom in the clothes of the site."""
    return (
        f'<!doctype html>\n<html lang="zh-CN" {mode}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{sheet}"><link rel="stylesheet" href="showroom.css"></head>'
        f'<body><main class="page" id="main"><h1>{escape(title)}</h1>{body}</main></body></html>\n'
    )


def foundations(css: str) -> str:
    """Colours with their contrasts, the scale of type, space, motion, all as the style sheet says them."""
    schemes = tokens_in(css)
    parts = []
    for scheme, tokens in schemes.items():
        rows = "".join(
            f"<tr><td>{one.ink} {one.colours[0]}</td><td>{one.ground} {one.colours[1]}</td>"
            f"<td>{one.ratio:.2f}</td><td>≥ {one.least}</td></tr>"
            for one in contrasts(tokens)
        )
        parts.append(
            f"<h2>颜色 colour · {scheme}</h2><table><tr><th>字</th><th>底</th><th>对比</th><th>至少</th></tr>{rows}</table>"
        )
    light = schemes["light"]
    chips = "".join(
        f'<tr><td>--{name}</td><td>{escape(value)}</td><td><div class="chip" data-token="{name}"></div></td></tr>'
        for name, value in light.items()
        if value.startswith("#")
    )
    sizes = "".join(
        f'<p data-token="{name}">--{name} {escape(value)}　职工技术创新</p>'
        for name, value in light.items()
        if name.startswith("t") and name[1:].lstrip("-").isdigit()
    )
    spaces = "".join(
        f'<p>--{name} {escape(value)}</p><div class="bar" data-token="{name}"></div>'
        for name, value in light.items()
        if name.startswith("s") and name[1:].isdigit()
    )
    rest = f"<p>--fast {light['fast']}；系统要求减少动态时，一律不动。--tap {light['tap']}（大字 60px）。</p>"
    return "".join(
        (
            *parts,
            f"<h2>色样</h2><table>{chips}</table><h2>字号 type</h2>{sizes}",
            f"<h2>间距 space</h2>{spaces}<h2>动态与点按 motion, targets</h2>{rest}",
        )
    )


def own_sheet(css: str) -> str:
    """The showroom's few rules, and one for each token that is shown."""
    light = tokens_in(css)["light"]
    rules = [
        f'.chip[data-token="{name}"]{{background:var(--{name})}}'
        for name, value in light.items()
        if value.startswith("#")
    ]
    rules += [f'p[data-token="{name}"]{{font-size:var(--{name})}}' for name in light if name.startswith("t")]
    rules += [f'.bar[data-token="{name}"]{{width:var(--{name})}}' for name in light if name.startswith("s")]
    return SHEET + "\n" + "\n".join(rules) + "\n"


def lay_out(site: Path) -> Path:
    """Writes the page of the design beside a built site of made-up entries; returns it."""
    css = (packaged_theme() / "styles/10-tokens.css").read_text(encoding="utf-8")
    sheet = "../" + next(site.glob("assets/*/exhibition.css")).relative_to(site).as_posix()
    folder = site / "design"
    folder.mkdir(exist_ok=True)
    (folder / "showroom.css").write_text(own_sheet(css), encoding="utf-8")
    parts = "".join(
        f'<div class="part"><h3>{name}</h3>{fragment(site, address, part)}</div>' for name, address, part in COMPONENTS
    )
    for name, label, mode in MODES:
        (folder / f"{name}.html").write_text(page(label, parts, sheet=sheet, mode=mode), encoding="utf-8")
    frames = "".join(
        f'<h2>{label}</h2><p><a href="{name}.html">单独打开</a></p><iframe src="{name}.html" title="{label}"></iframe>'
        for name, label, _ in MODES
    )
    (folder / "index.html").write_text(page("设计样张", foundations(css) + frames, sheet=sheet), encoding="utf-8")
    return folder / "index.html"


def main(out: Path) -> None:
    """Builds the made-up exhibition into ``out`` and lays the page beside it."""
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as place:
        root = made_up(Path(place) / "exhibition")
        done = CliRunner().invoke(cli, ["build", "--root", str(root), "--site-dir", str(out.resolve())])
    if done.exit_code:
        sys.exit(done.output)
    print(lay_out(out))  # noqa: T201 - a command for people


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/design"))
