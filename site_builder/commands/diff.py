"""The command ``diff``: two sites, bags, exhibitions or editions come in; what changed goes out as text, page or table."""

import tempfile
from pathlib import Path
from types import MappingProxyType

import click

from site_builder.commands.engine import Wish, build_wished
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import report, root_from
from site_builder.commands.writing import whole_file
from site_builder.model.entry import is_id
from site_builder.opendata.tables import Table, book_bytes, csv_bytes
from site_builder.press.packaged import packaged_theme
from site_builder.press.templates import environment
from site_builder.release.comparing import ENTRY, HEADINGS, Change, Held, changes, counted, held
from site_builder.release.freezing import SITE, lay_in
from site_builder.release.manifest_reading import promise_of

_SHOWN = 20
"""Lines of each group that are printed; pages and tables have all."""
_MOST = 500
"""Lines of each group on a page; more of them belong in a table."""


@click.command()
@click.argument("before", metavar="原来")
@click.argument("after", metavar="现在")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件", help="写成 .html、.csv 或 .xlsx。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录，比较展期时用；不写则从当前目录向上找。")
def diff(before: str, after: str, output: Path | None, root: str | None) -> None:
    """比较两次建成的网站、两个归档、两个展览或展期：条目逐个字段，网页和文件逐个比。

    \b
    例：exhibition diff 归档/2024 2024
        exhibition diff 旧网站 site -o 差异.html
    """
    if output is not None and output.suffix.lower() not in _WRITERS:
        raise click.UsageError(f"-o 的文件要以 {'、'.join(_WRITERS)} 结尾，不是 {output.name}")
    with failures_told("什么都没有写。"), tempfile.TemporaryDirectory(prefix="diff-") as scratch:
        sides = [
            _side(name, scratch=Path(scratch, str(number)), root=root) for number, name in enumerate((before, after))
        ]
        found = changes(*sides)
        if output is not None:
            with whole_file(output) as draft:
                draft.write_bytes(_WRITERS[output.suffix.lower()](found, (before, after)))
            click.echo(f"已写出 {output}", err=True)
    _print(found)


def _side(name: str, *, scratch: Path, root: str | None) -> Held:
    path = Path(name)
    if (path / "bagit.txt").is_file():
        problems = promise_of(path).problems
        if problems:
            raise SystemExit(report(problems))
        path = path / "data" / SITE
    elif (path / "mkdocs.yml").is_file():
        build_wished(path.resolve(), scratch / "built", wish=Wish("", archive=True))
        path = scratch / "built"
    elif not path.exists() and is_id(name):
        path = _edition(name, scratch=scratch, root=root)
    try:
        return held(path)
    except ValueError as fault:
        raise click.UsageError(f"{name} 不是建成的网站、归档、展览的目录，也不是展期的编号") from fault


def _edition(name: str, *, scratch: Path, root: str | None) -> Path:
    """The edition as it would be archived, so that it can be held against its archive."""
    try:
        found = build_wished(root_from(root), scratch / "built", wish=Wish(name, archive=True))
    except KeyError as fault:
        raise click.UsageError(f"没有展期“{name}”，也没有这个目录") from fault
    lay_in(scratch / "built", scratch, url=found.deck.catalogue.exhibition.url)
    return scratch / SITE


def _print(found: tuple[Change, ...]) -> None:
    for what, how, number in counted(found):
        click.echo(f"{what}{how} {number}")
        lines = [_line(one) for one in found if (one.what, one.how) == (what, how)]
        click.echo("".join(f"  {line}\n" for line in lines[:_SHOWN]), nl=False)
        if len(lines) > _SHOWN:
            click.echo(f"  还有 {len(lines) - _SHOWN} 行，用 -o 差异.xlsx 看全部")
    if not found:
        click.echo("没有差异。")


def _line(one: Change) -> str:
    if not one.field:
        return f"{one.kind} {one.name}".strip()
    return f"{one.kind} {one.name} {one.field}：{_short(one.before)} → {_short(one.after)}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:40]}……" if len(plain) > 40 else plain or "（空）"


def _as_html(found: tuple[Change, ...], sides: tuple[str, str]) -> bytes:
    groups = [
        (what, how, number, [one for one in found if (one.what, one.how) == (what, how)])
        for what, how, number in counted(found)
    ]
    template = environment((str(packaged_theme()),)).get_template("reports/difference.html")
    return template.render(groups=groups, before=sides[0], after=sides[1], most=_MOST, entry=ENTRY).encode()


def _as_csv(found: tuple[Change, ...], _sides: tuple[str, str]) -> bytes:
    return csv_bytes(_table(found))


def _as_book(found: tuple[Change, ...], _sides: tuple[str, str]) -> bytes:
    return book_bytes(_table(found))


def _table(found: tuple[Change, ...]) -> Table:
    return Table("差异", HEADINGS, [one.row for one in found])


_WRITERS = MappingProxyType({".html": _as_html, ".csv": _as_csv, ".xlsx": _as_book})
