"""A built site comes in; the same online, in a directory or a bucket, goes out."""

import time
from pathlib import Path

import click

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import PROBLEMS, report, root_from
from site_builder.commands.site_dir import site_of
from site_builder.release.bucket_deploy import deploy_bucket, roll_back_bucket, would_change_bucket
from site_builder.release.changes import CHANGED, GONE, NEW, Change, Outcome
from site_builder.release.directory import deploy_directory, roll_back_directory, would_change, would_roll_back
from site_builder.release.refusal import Refusal
from site_builder.release.target import BucketTarget, target_from


@click.command()
@click.argument("target", metavar="目标")
@click.option("--dry-run", is_flag=True, help="只列出会改动什么、各有多少字节，不改动任何东西。")
@click.option("--site", "given", metavar="目录", help="建成的网站；不写则用 mkdocs.yml 里的 site_dir。")
@click.option("--rollback", is_flag=True, help="回退到上一版。")
@click.option(
    "--keep",
    type=click.IntRange(0, 100),
    default=3,
    show_default=True,
    metavar="个数",
    help="保留几个旧版供回退；0 表示旧文件马上删净，撤下内容时用。",
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def deploy(target: str, dry_run: bool, given: str | None, rollback: bool, keep: int, root: str | None) -> None:
    """上线：把建成的网站放到网页服务器的目录，或对象存储的桶里。只传改动的文件，中断后再运行会继续。

    \b
    例：exhibition deploy /srv/zhan
        exhibition deploy "s3://桶名/前缀?endpoint=https://对象存储的地址&region=地域"
        exhibition deploy /srv/zhan --dry-run
        exhibition deploy /srv/zhan --rollback
    密钥只从环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 读取，不写在命令里。
    """
    began = time.monotonic()
    with failures_told():
        try:
            place = target_from(target)
            site = None if rollback else _site(given, root)
            if dry_run:
                _print_changes(_foreseen(place, site))
                return
            outcome = _done(place, site, keep=keep)
        except Refusal as refusal:
            raise SystemExit(report(refusal.problems) or PROBLEMS) from refusal
    _print_outcome(outcome, rollback=rollback, seconds=time.monotonic() - began)


def _site(given: str | None, root: str | None) -> Path:
    """The built site: the one given, else where the exhibition's settings say."""
    return Path(given) if given else site_of(root_from(root))


def _foreseen(place: Path | BucketTarget, site: Path | None) -> tuple[Change, ...]:
    if isinstance(place, BucketTarget):
        return would_change_bucket(site, place)
    return would_change(site, place) if site else would_roll_back(place)


def _done(place: Path | BucketTarget, site: Path | None, *, keep: int) -> Outcome:
    if isinstance(place, BucketTarget):
        if site is None:
            return roll_back_bucket(place, keep=keep, tell=_told)
        return deploy_bucket(site, place, keep=keep, tell=_told)
    return roll_back_directory(place, keep=keep) if site is None else deploy_directory(site, place, keep=keep)


def _told(words: str) -> None:
    click.echo(f"正在上线：{words}……", err=True)


def _print_changes(changes: tuple[Change, ...]) -> None:
    for change in changes:
        click.echo(f"{change.word} {change.path} {change.size:,} 字节")
    written = sum(change.size for change in changes if change.word != GONE)
    click.echo(f"{_counted(changes)}；要写 {written:,} 字节。只是预演，没有改动。")


def _print_outcome(outcome: Outcome, *, rollback: bool, seconds: float) -> None:
    for note in outcome.notes:
        click.echo(note, err=True)
    what = "已回退到" if rollback else "已上线"
    click.echo(
        f"{what} {outcome.release}：{_counted(outcome.changes)}；写了 {outcome.sent:,} 个文件（{outcome.sent_bytes:,} 字节），"
        f"用时 {seconds:.1f} 秒。"
    )


def _counted(changes: tuple[Change, ...]) -> str:
    counts = {word: sum(change.word == word for change in changes) for word in (NEW, CHANGED, GONE)}
    return "，".join(f"{word} {count:,}" for word, count in counts.items())
