"""What is to be printed comes in; PDFs of labels, posters and catalogues go out."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from typst import TypstError

from site_builder.commands.choosing import Choice, chosen, edition_named
from site_builder.commands.engine import survey_of
from site_builder.commands.shared import FINE, report, root_from
from site_builder.commands.writing import whole_file
from site_builder.media.fonts import FONTS
from site_builder.model.entry import Entry
from site_builder.model.problems import Problem, in_order, stops
from site_builder.model.wording import size_words
from site_builder.paper.book import BookWish, book_problems, book_work
from site_builder.paper.exhibits import Press
from site_builder.paper.formats import PAPERS, POSTERS, SIGNS, paper_named, sign_named
from site_builder.paper.illustrations import Illustrator
from site_builder.paper.labels import LabelWish, label_problems, label_work
from site_builder.paper.posters import PosterWish, poster_problems, poster_work
from site_builder.paper.typesetting import Work, typeset
from site_builder.survey import Survey, cores

_NAMES = click.argument("names", nargs=-1, metavar="[编号或名称]...")
_WHERE = click.option(
    "--where", "where", multiple=True, metavar="条件", help="只要合条件的，如 行业=电力 年份=2025；可写几次。"
)
_EDITION = click.option("--edition", default="", metavar="展期", help="一个展期的全部成果。")
_HALL = click.option("--hall", default="", metavar="展厅", help="一个展厅的全部展品：展厅的编号或名称。")
_OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到哪里：.pdf。"
)
_ROOT = click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")


@click.command()
@_NAMES
@_WHERE
@_EDITION
@_HALL
@click.option(
    "--size",
    type=click.Choice([sign.name for sign in SIGNS]),
    default="展签",
    show_default=True,
    metavar="尺寸",
    help="标签 70×37、展签 100×70、桌牌（折起来立在桌上）、A5、A4。",
)
@click.option("--single", is_flag=True, help="每张一页，页面就是成品大小（送印刷厂）；不写则拼在 A4 上。")
@click.option("--no-marks", is_flag=True, help="不印裁切线（用现成的不干胶标签纸时）。")
@_OUTPUT
@_ROOT
def labels(
    names: tuple[str, ...],
    where: tuple[str, ...],
    edition: str,
    hall: str,
    size: str,
    single: bool,
    no_marks: bool,
    output: Path,
    root: str | None,
) -> None:
    """印展签：名称、单位、完成人、奖级，和通到展品页的二维码。

    \b
    例：exhibition labels --edition 2026 -o 展签.pdf
        exhibition labels --hall 2026/dian --size A5 -o 展牌.pdf
        exhibition labels 何光华 --size 桌牌 -o 桌牌.pdf
    """
    found, press = _opened(root_from(root), output=output)
    entries = chosen(press.deck, Choice(names, where, edition, hall))
    wish = LabelWish(sign_named(size), single=single, marks=not no_marks, date=_day(found))
    _refused(label_problems(press, entries, sign=wish.sign))
    _write(output, lambda: label_work(press, entries, wish=wish, workers=cores()), what=f"{len(entries)} 张{size}")


@click.command()
@_NAMES
@_WHERE
@_EDITION
@_HALL
@click.option(
    "--paper",
    type=click.Choice([name for name, _, _ in POSTERS]),
    default="A3",
    show_default=True,
    metavar="纸",
    help="A2、A3 或 A4。",
)
@_OUTPUT
@_ROOT
def posters(
    names: tuple[str, ...],
    where: tuple[str, ...],
    edition: str,
    hall: str,
    paper: str,
    output: Path,
    root: str | None,
) -> None:
    """印海报：每件展品一页，图样与网上的分享海报相同，放大不糊。

    \b
    例：exhibition posters --hall 2026/dian --paper A2 -o 海报.pdf
    """
    found, press = _opened(root_from(root), output=output)
    entries = chosen(press.deck, Choice(names, where, edition, hall))
    width, height = next((wide, tall) for name, wide, tall in POSTERS if name == paper)
    _refused(poster_problems(press, entries))
    wish = PosterWish(width, height, date=_day(found))
    _write(
        output, lambda: poster_work(press, entries, wish=wish, workers=cores()), what=f"{len(entries)} 张 {paper} 海报"
    )


@click.command()
@click.argument("edition", metavar="展期")
@click.option(
    "--paper",
    type=click.Choice([paper.name for paper in PAPERS]),
    default="A4",
    show_default=True,
    metavar="纸",
    help="A4、16K（185×260）或 A5。",
)
@click.option("--half", is_flag=True, help="每页两件展品。")
@click.option("--bleed", is_flag=True, help="四边各加 3 毫米出血（送印刷厂）。")
@click.option("--only", type=click.Choice(["awards"]), metavar="部分", help="只印获奖名单：awards。")
@_OUTPUT
@_ROOT
def catalogue(
    edition: str,
    paper: str,
    half: bool,
    bleed: bool,
    only: str | None,
    output: Path,
    root: str | None,
) -> None:
    """印一个展期的图录：封面、前言、目录、展品、获奖名单、人名和单位索引。

    \b
    例：exhibition catalogue 2026 -o 图录.pdf
        exhibition catalogue 2026 --half --paper 16K --bleed -o 图录.pdf
        exhibition catalogue 2026 --only awards -o 获奖名单.pdf
    """
    found, press = _opened(root_from(root), output=output)
    shown = edition_named(press.deck, edition)
    _refused(book_problems(press, shown))
    wish = BookWish(paper_named(paper), half=half, bleed=bleed, awards_only=only is not None, date=_day(found, shown))
    what = f"{shown.title}{'获奖名单' if only else '图录'}"
    _write(output, lambda: book_work(press, shown, wish=wish, workers=cores()), what=what)


def _opened(home: Path, *, output: Path) -> tuple[Survey, Press]:
    """The exhibition, which must be free of errors: what is printed cannot be corrected."""
    if output.suffix.lower() != ".pdf":
        raise click.UsageError(f"{output} 要以 .pdf 结尾")
    found = survey_of(home)
    if stops(found.problems):
        report(found.problems, notes=False)
        raise click.ClickException("内容有错误，改好再印。什么都没有写")
    return found, Press(found.deck, Illustrator(found.deck, found.originals, found.store), home / FONTS)


def _refused(problems: tuple[Problem, ...]) -> None:
    """Prints what is amiss; ends the command where it cannot go on."""
    if problems and report(in_order(problems)) != FINE:
        raise click.ClickException("什么都没有写")


def _day(found: Survey, edition: Entry | None = None) -> str:
    """The day that a file bears: ``SOURCE_DATE_EPOCH``, the edition's last, or the exhibition's; never the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return datetime.fromtimestamp(int(given), UTC).date().isoformat()
    days = (edition.data.updated, edition.data.closing) if edition else ()
    whole = (day for day in (*days, found.deck.catalogue.exhibition.published) if day and len(day) == 10)
    return next(whole, "")


def _write(output: Path, work: Callable[[], Work], *, what: str) -> None:
    with whole_file(output) as draft:
        try:
            draft.write_bytes(typeset(work()))
        except TypstError as fault:
            raise click.ClickException(f"排版时出错，什么都没有写：{fault.message}") from fault
    click.echo(f"已写出 {output}：{what}，{size_words(output.stat().st_size)}。")
