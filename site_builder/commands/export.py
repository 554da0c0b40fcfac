"""A choice of entries comes in; a workbook or a CSV file for reports, or for editing and importing again, goes out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from site_builder.catalogue.catalogue import Catalogue, compile_catalogue
from site_builder.catalogue.conditions import conditions_in
from site_builder.commands.shared import FINE, PROBLEMS, report, root_from
from site_builder.commands.writing import whole_file
from site_builder.exchange.columns import Path as FieldPath
from site_builder.exchange.columns import paths_of
from site_builder.exchange.export import Column, all_columns, columns_at, form_columns, listing_of
from site_builder.exchange.headings import match_heading
from site_builder.exchange.names import Names
from site_builder.exchange.tallies import FORM, tally
from site_builder.exchange.translation_sheet import translators_list
from site_builder.exchange.wanting import wanting
from site_builder.intake.content import read_content
from site_builder.intake.translations import Translations, read_translations
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import stops
from site_builder.sheets.listing import Listing, too_long, write_csv, write_workbook

EVERYTHING = "全部"
_KIND_WORDS = tuple(word for kind in KINDS for word in (kind.name, kind.label))


@frozen
class Wish:
    """What the editor asked for."""

    kinds: tuple[Kind, ...]
    where: tuple[str, ...]
    columns: str
    public: bool


@click.command()
@click.option(
    "--where", "where", multiple=True, metavar="条件", help="只要合条件的，如 行业=电力 年份=2025；可写几次。"
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KIND_WORDS), metavar="种类", help="只要这一种；可写几次。"
)
@click.option("--columns", default="", metavar="栏目", help="要哪几列，用逗号隔开；“全部”是所有填过的字段。")
@click.option("--public", is_flag=True, help="对外用：只要已发布的条目和公开的字段。")
@click.option("--form", type=click.Choice([FORM]), metavar="表名", help="各工会上报数的汇总：活动情况统计表。")
@click.option(
    "--translations",
    "tag",
    type=click.Choice([one.tag for one in LANGUAGES.values() if one.by_hand]),
    metavar="语言",
    help="给翻译的人：要译的中文、现有的译文和状态，如 en；填好可以再导入。",
)
@click.option("--edition", default="", metavar="展期", help="统计表是哪一届的：活动或展期的编号、名称。")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到哪里：.xlsx 或 .csv。"
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def export(
    where: tuple[str, ...],
    kinds: tuple[str, ...],
    columns: str,
    public: bool,
    form: str | None,
    tag: str | None,
    edition: str,
    output: Path,
    root: str | None,
) -> None:
    """导出汇总表：列的顺序与推荐汇总表一致；改好以后可以再导入，按编号更新。

    \b
    例：exhibition export -o 汇总.xlsx
        exhibition export --kind 成果 --where 行业=电力 --columns 成果名称,完成单位,获奖等级 -o 电力.csv
        exhibition export --form 活动情况统计表 --edition 2018 -o 统计.xlsx
        exhibition export --translations en -o 译文.xlsx
    条件里，同一项的几个值用逗号隔开，合一个就行；几项之间用空格隔开，要全部合。
    """
    home = root_from(root)
    if output.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"{output} 要以 .xlsx 或 .csv 结尾")
    content = read_content(home)
    # drafts and withdrawn entries are the editor's own, too: for choosing they count as shown
    entries = tuple(content.entries if public else (_shown(entry) for entry in content.entries))
    catalogue = compile_catalogue(entries, Exhibition())
    wish = Wish(tuple(map(_kind, kinds)), where, columns, public)
    if form:
        listings: tuple[Listing, ...] = (tally(catalogue, edition=edition),)
    elif tag:
        listings = (_translators(home, wish, catalogue=catalogue, originals=content.entries, tag=tag),)
    else:
        listings = tuple(_listings(wish, catalogue, originals=content.entries))
    code = _write(listings, output)
    unread = [problem for problem in content.problems if stops([problem])]
    # files that could not be read are rows that are missing
    raise SystemExit(code or (report(unread) if unread else FINE))


def _shown(entry: Entry) -> Entry:
    return replace(entry, data=replace(entry.data, status="published"))


def _kind(word: str) -> Kind:
    return next(kind for kind in KINDS if word in (kind.name, kind.label))


def _listings(wish: Wish, catalogue: Catalogue, *, originals: Sequence[Entry]) -> Iterator[Listing]:
    own = {entry.key: entry for entry in originals}
    names = Names.of(catalogue.registry, originals)
    chosen = [own[key] for key in _chosen(wish, catalogue) if key in own]
    for kind in wish.kinds or KINDS:
        entries = [entry for entry in chosen if entry.kind == kind.name]
        if entries or wish.kinds:
            yield listing_of(kind, entries, columns=_columns(kind, entries, wish=wish), names=names)


def _translators(home: Path, wish: Wish, *, catalogue: Catalogue, originals: Sequence[Entry], tag: str) -> Listing:
    """What wants translating: everything, or that of the entries chosen."""
    given = read_translations(home, originals)[0].get(tag, Translations())
    found = wanting(home, originals, given=given, tag=tag)
    if wish.kinds or wish.where:
        chosen = set(_chosen(wish, catalogue))
        found = (one for one in found if one.kind is not None and f"{one.kind.name}/{one.id}" in chosen)
    return translators_list(found, tag=tag)


def _chosen(wish: Wish, catalogue: Catalogue) -> tuple[str, ...]:
    said = conditions_in(" ".join(wish.where))
    if said.faults:
        raise click.UsageError("；".join(said.faults))
    pool = catalogue.of_kind(*(kind.name for kind in wish.kinds or KINDS if kind.listed))
    return catalogue.select(said.where, pool)[: said.limit]


def _columns(kind: Kind, entries: Sequence[Entry], *, wish: Wish) -> tuple[Column, ...]:
    if wish.columns.strip() == EVERYTHING:
        found = all_columns(kind, entries)
    elif wish.columns:
        found = columns_at(kind, [_path(kind, word) for word in re.split(r"[,，]", wish.columns) if word.strip()])
    else:
        found = form_columns(kind, entries)
    return tuple(column for column in found if not wish.public or column.is_public(kind))


def _path(kind: Kind, word: str) -> FieldPath:
    match = match_heading(word.strip(), kind)
    if match.path not in paths_of(kind):
        raise click.UsageError(f"{kind.label}没有“{word}”这一列。有哪些列，见手册的字段表")
    return match.path


def _write(listings: tuple[Listing, ...], output: Path) -> int:
    if not any(True for listing in listings for _ in listing.rows()):
        click.echo("没有合条件的条目，什么都没有写。", err=True)
        return PROBLEMS
    with whole_file(output) as draft:
        if output.suffix.lower() == ".csv":
            _only_one(listings, output)
            write_csv(draft, listings[0])
        else:
            _refuse_long(listings)
            write_workbook(draft, listings)
    counts = "，".join(f"{listing.name} {sum(1 for _ in listing.rows())} 行" for listing in listings)
    click.echo(f"已写出 {output}：{counts}。")
    return FINE


def _only_one(listings: tuple[Listing, ...], output: Path) -> None:
    if len(listings) > 1:
        labels = "、".join(listing.name for listing in listings)
        raise click.UsageError(f"CSV 只能放一种条目，现在有 {labels}。用 --kind 选一种，或改写成 {output.stem}.xlsx")


def _refuse_long(listings: tuple[Listing, ...]) -> None:
    found = list(too_long(listings))
    for one in found:
        click.echo(f"{one.listing}第 {one.row} 行的“{one.heading}”太长，一个格子放不下", err=True)
    if found:
        raise click.ClickException("什么都没有写。请改成导出 .csv，或用 --columns 去掉这一列")
