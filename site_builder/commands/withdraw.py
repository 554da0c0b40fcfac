"""The command ``withdraw``: a person or entry leaves the exhibition, after the plan was shown, and the site is searched for traces."""

import csv
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from site_builder.catalogue.addresses import address_of, cover_address, former_addresses, identifier_address
from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.commands.engine import configured, exhibition_of, plugin_of, run, survey_of
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FINE, PROBLEMS, report, root_from
from site_builder.editing.drafts import HOUSE as DRAFTS
from site_builder.exchange.journal import forget, heal, write_all
from site_builder.exchange.withdrawing import PERSON, TOMBSTONE, Asked, Withdrawal, longer_names, withdrawal_of
from site_builder.intake.content import Content, read_content
from site_builder.model.entry import Entry, references_of
from site_builder.model.frozen import frozen
from site_builder.model.naming import slug
from site_builder.model.problems import stops
from site_builder.model.publication import MEMBER
from site_builder.publish.deck import deck_of
from site_builder.release.addresses import answered
from site_builder.release.ledger import read_ledger
from site_builder.release.mounting import read_mounts
from site_builder.release.redaction import Marks, found_by_search, holding, remains
from site_builder.release.traces import traces_in
from site_builder.sheets.escape import escaped

LOG = ".exhibition/withdrawals.csv"
"""Who was withdrawn when and why, for those who must account for it; never part of a site."""


@frozen
class _Wish:
    """What was asked for on the command line."""

    reason: str
    archives: tuple[Path, ...]
    purge: bool
    prove: Path | None


@click.command()
@click.argument("who", metavar="编号或姓名")
@click.option("--reason", default="", help="撤下的缘由，只记在本机的登记里。")
@click.option("--as", "instead", default=MEMBER, show_default=True, help="别的条目里，姓名改成这几个字。")
@click.option("--name", default="", help="条目早已撤下、只要再查一遍网站时，写明原来的姓名。")
@click.option("--keep", multiple=True, metavar="条目", help="这个条目里的是同名的另一个人，不动；可以写几次。")
@click.option("--drop-address", is_flag=True, help="连地址也不留（编号是姓名的拼音时）；旧链接将打不开。")
@click.option(
    "--archives", multiple=True, type=click.Path(path_type=Path, exists=True), help="还要查的归档袋；可以写几次。"
)
@click.option("--prove", type=click.Path(path_type=Path), metavar="网站目录", help="写完就建站到这里，再查有没有遗漏。")
@click.option("--purge", is_flag=True, help="连撤回用的旧件也删去；这以后 exhibition undo 撤不回来。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不写文件。")
@click.option("--yes", is_flag=True, help="不再问，直接写。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def withdraw(
    who: str,
    reason: str,
    instead: str,
    name: str,
    keep: tuple[str, ...],
    drop_address: bool,
    archives: tuple[Path, ...],
    prove: Path | None,
    purge: bool,
    dry_run: bool,
    yes: bool,
    root: str | None,
) -> None:
    """撤下一个人或一个条目：先说会改哪些文件，再一次改完，并查网站里有没有遗漏。

    \b
    例：exhibition withdraw zhang-san --dry-run
        exhibition withdraw zhang-san --reason 本人要求 --yes --prove site
        exhibition withdraw 张三 --keep project/tong-lan
    条目只留一块碑，不写姓名。改错了：exhibition undo。
    """
    home = root_from(root)
    with failures_told("什么都没有写。"):
        heal(home)
        content = read_content(home)
        if stops(content.problems):
            raise SystemExit(report(content.problems, notes=False))
        asked = replace(
            _asked(who, content, name=name), instead=instead, keep=frozenset(keep), drop_address=drop_address
        )
        besides = longer_names(asked.name, content.entries)
        asked = replace(asked, emptied=_emptied(home, content, gone=asked.entry), besides=besides)
        wish = _Wish(reason, (*archives, *_mounted(home, content)), purge, prove)
        found = withdrawal_of(asked, content.entries, root=home)
        code = _shown(found, asked, wish=wish)
        if not found.files:
            click.echo("没有要改的文件。")
            raise SystemExit(_proved(home, prove, asked=asked) if prove else code)
        if dry_run:
            unasked = "还没有撤下，所以没有查网站。" if prove else ""
            click.echo(f"这是试运行，什么都没有写。{unasked}")
            raise SystemExit(code)
        if not yes and not click.confirm("照此写入？", default=False):
            click.echo("什么都没有写。")
            raise SystemExit(PROBLEMS)
        _write(home, found, asked=asked, wish=wish)
    raise SystemExit(_proved(home, prove, asked=asked) if prove else FINE)


def _asked(who: str, content: Content, *, name: str) -> Asked:
    """Which entry or person is meant; a usage error where none or several are."""
    tail = who.rpartition("/")[2]
    found = [one for one in content.entries if who in {one.key, one.id, one.source} and one.kind != "vocabulary"]
    found = found or [one for one in content.entries if one.kind == PERSON and one.title == who]
    if len(found) > 1:
        raise click.UsageError(f"“{who}”有几个：{'、'.join(one.key for one in found)}。请写全，如 {found[0].key}")
    if found:
        known = name or ("" if found[0].data.status == "withdrawn" and found[0].title == TOMBSTONE else found[0].title)
        return Asked(found[0], known or TOMBSTONE)
    named = {one.text for entry in content.entries for one in references_of(entry.data) if PERSON in one.kinds}
    if tail in named or name or any(who in text for text in named):
        return Asked(None, name or who)
    raise click.UsageError(f"没有编号或姓名是“{who}”的条目或人")


def _emptied(home: Path, content: Content, *, gone: Entry | None) -> frozenset[str]:
    """Published addresses that nothing answers any more once the entry is gone, but those that it has itself."""
    if gone is None or not read_ledger(home)[0]:
        return frozenset()
    exhibition = exhibition_of(configured(home))
    without = [
        replace(entry, data=replace(entry.data, status="withdrawn")) if entry is gone else entry
        for entry in content.entries
    ]
    before, after = (
        answered(deck_of(compile_catalogue(entries, exhibition), {}), home) for entries in (content.entries, without)
    )
    return before - after - set(_own_addresses(gone))


def _own_addresses(entry: Entry) -> tuple[str, ...]:
    return (address_of(entry), identifier_address(entry), *former_addresses(entry))


def _mounted(home: Path, content: Content) -> tuple[Path, ...]:
    editions = [entry.id for entry in content.entries if entry.kind == "edition"]
    return tuple(mount.bag for mount in read_mounts(home, editions)[0])


def _shown(found: Withdrawal, asked: Asked, *, wish: _Wish) -> int:
    for change in found.changes:
        click.echo(f"{change.place.words}：{change.what}")
    for line in found.left:
        click.echo(f"要请人处理：{line}")
    for archive, files in holding(wish.archives, _marks(asked)):
        click.echo(
            f"归档里还有：{archive} 有 {files} 个文件。归档不改；请移到不公开的库里，重新归档后再挂回，两个指纹都登记"
        )
    if asked.entry is not None and asked.entry.kind == PERSON and not asked.drop_address:
        click.echo(f"地址 {address_of(asked.entry)} 留着一块碑，编号多半是姓名的拼音；连地址也不留：--drop-address")
    return FINE


def _write(home: Path, found: Withdrawal, *, asked: Asked, wish: _Wish) -> None:
    number = write_all(home, sorted(found.files.items()), label=f"撤下 {asked.entry.key if asked.entry else '一人'}")
    click.echo(f"已改 {number} 个文件。要撤回：exhibition undo")
    path = home / LOG
    path.parent.mkdir(exist_ok=True)
    fresh = not path.exists()
    with path.open("a", encoding="utf-8-sig" if fresh else "utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if fresh:
            writer.writerow(("时间", "条目", "缘由", "改动的文件数", "还有内容的归档"))
        held = "；".join(str(one) for one, _ in holding(wish.archives, _marks(asked)))
        what = asked.entry.key if asked.entry and not asked.drop_address else "一人"
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        writer.writerow((now, what, escaped(wish.reason), number, held))
    if wish.purge:
        forget(home)
        _empty_cache(home / ".cache", _marks(asked).names)
        click.echo("撤回用的旧件和上次建站留下的都已删去。")


def _empty_cache(cache: Path, names: tuple[str, ...]) -> None:
    """What can be made again goes; of what people have written and not saved only that which names the person."""
    for one in cache.iterdir() if cache.is_dir() else ():
        if one.name != DRAFTS.rpartition("/")[2]:
            shutil.rmtree(one, ignore_errors=True)
    drafts = cache.parent / DRAFTS
    for trace in traces_in(drafts, names) if drafts.is_dir() else ():
        (drafts / trace.path).unlink(missing_ok=True)


def _marks(asked: Asked) -> Marks:
    entry, name = asked.entry, asked.name
    spoken = tuple(part.capitalize() for part in slug(name).split("-"))
    person = entry is None or entry.kind == PERSON
    names = (name, f"{spoken[0]} {''.join(spoken[1:]).capitalize()}") if person and len(spoken) > 1 else (name,)
    written = entry.get("pinyin") if entry is not None else None
    if entry is None:
        return Marks(names, besides=asked.besides)
    ids = (entry.id, *(one.strip("/").rpartition("/")[2] for one in entry.data.aliases))
    own = (*_own_addresses(entry), *_beside(entry))
    return Marks((*names, *((written,) if written else ())), ids, () if asked.drop_address else own, asked.besides)


def _beside(entry: Entry) -> tuple[str, ...]:
    """Folders and files that an entry has beside its pages."""
    return (cover_address(entry), *(f"id/{entry.kind}/{alias.strip('/')}/" for alias in entry.data.aliases))


def _proved(home: Path, site: Path, *, asked: Asked) -> int:
    config = configured(home, site_dir=str(site))
    found = survey_of(home, config)
    if stops(found.problems):
        return report(found.problems, notes=False)
    plugin = plugin_of(config)
    plugin.config["quiet"], plugin.ready = True, found
    run(config)
    marks = _marks(asked)
    left = remains(site, marks)
    for trace in left:
        click.echo(f"还有痕迹：{trace.path}（{'编号' if trace.word in marks.ids else '姓名'}）")
    for _ in found_by_search(site, marks):
        click.echo("检索还能找到这个人")
    if left or found_by_search(site, marks):
        click.echo("同名的另一个人（--keep）也会算在里面，请逐条看。" if asked.keep else "请在上面这些页的来源里改。")
        return PROBLEMS
    files = sum(1 for path in site.rglob("*") if path.is_file())
    click.echo(f"查过 {site} 的 {files} 个文件（包括压缩的、表格、数据库、PDF 和图片的附注）：没有遗漏。")
    return FINE
