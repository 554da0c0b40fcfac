"""The command ``federate``: sites of several exhibitions come in; a page with one search over all of them goes out."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, PROBLEMS, report, root_from
from site_builder.commands.site_dir import site_of
from site_builder.federation.gathering import Wanted, gathered, wanted_from
from site_builder.federation.members import Member
from site_builder.federation.page import FOLDER
from site_builder.federation.portal import own_member, write_portal
from site_builder.model.problems import Problem
from site_builder.model.wording import thousands
from site_builder.sheets.packages import Refused
from site_builder.survey import cores


@click.command()
@click.argument("members", metavar="[编号=]网址、目录或名单.txt", nargs=-1, required=True)
@click.option("--site", "given", metavar="目录", help="本展建成的网站；不写则用 mkdocs.yml 里的 site_dir。")
@click.option("--skip-bad", is_flag=True, help="取不到的展览先不放，其余照做；不写这一项，有一个取不到就什么都不写。")
@click.option("--allow-private", is_flag=True, help="准许内部网络的网址。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def federate(
    members: tuple[str, ...], given: str | None, skip_bad: bool, allow_private: bool, root: str | None
) -> None:
    """把几个展览汇合起来检索：在本展的网站里写一页“各地展览”，各展览的网站照旧各建各的。

    \b
    例：exhibition federate https://bei.example.org/ https://nan.example.org/
        exhibition federate bei=/srv/bei/site nan=/srv/nan/site
        exhibition federate 名单.txt
    """
    home = root_from(root)
    with failures_told("什么都没有写。"):
        site = Path(given) if given else site_of(home)
        try:
            own = own_member(site)
            named = _distinct(wanted_from(line) for line in _lines(members))
        except Refused as fault:
            raise SystemExit(report([fault.at(str(site))])) from fault
        found, problems = _gathered(named, home, private=allow_private)
        code = report(problems) if problems else FINE
        if code != FINE and not skip_bad:
            click.echo("什么都没有写。要先不放取不到的，加 --skip-bad。", err=True)
            raise SystemExit(PROBLEMS)
        try:
            merged, houses = write_portal(site, (own, *found), workers=cores())
        except Refused as fault:
            report([fault.at(str(site))])
            click.echo("什么都没有写。", err=True)
            raise SystemExit(PROBLEMS) from fault
    for house in houses:
        click.echo(f"  {house.name}：{thousands(house.entries)} 条　{house.address or '本展'}")
    click.echo(f"已写出 {site / FOLDER}：{len(houses)} 个展览，{thousands(merged.entries)} 条。")


def _lines(members: Iterable[str]) -> Iterator[str]:
    """Members as they are named, those of a list line by line; what follows ``#`` is a remark."""
    for one in members:
        if one.endswith(".txt") and Path(one).is_file():
            lines = (line.partition("#")[0].strip() for line in Path(one).read_text(encoding="utf-8-sig").splitlines())
            yield from (line for line in lines if line)
        else:
            yield one


def _distinct(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Members with ids of their own."""
    found: dict[str, Wanted] = {"own": Wanted("", "own")}
    for one in wanted:
        if one.id in found:
            words = f"“{one.source}”与另一个展览的编号都是 {one.id}"
            raise Refused("federation-member", words, hint="前面写不同的编号，如 bei=网址")
        found[one.id] = one
    return tuple(found.values())[1:]


def _gathered(named: Iterable[Wanted], home: Path, *, private: bool) -> tuple[list[Member], list[Problem]]:
    found: list[Member] = []
    problems: list[Problem] = []
    for one in named:
        try:
            member, faults = gathered(one, home, private=private)
        except Refused as fault:
            problems.append(fault.at(one.source))
        else:
            found.append(member)
            problems += faults
    return found, problems
