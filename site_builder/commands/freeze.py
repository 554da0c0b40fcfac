"""The commands ``freeze``, ``verify`` and ``mount``: an edition goes into a bag, a bag is proved and taken back into the site."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from site_builder.audit.allowances import allowed_in
from site_builder.audit.auditing import Demands, audit
from site_builder.audit.leaks import Secrets
from site_builder.audit.places import site_at
from site_builder.commands.engine import Wish, built
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import PROBLEMS, report, root_from
from site_builder.commands.site_dir import site_of
from site_builder.commands.writing import whole_file
from site_builder.model.problems import Problem, stops
from site_builder.press.output import discard, staging_for
from site_builder.release.bag import SEAL, digest_of
from site_builder.release.freezing import Edition, keep, lay_in, too_early
from site_builder.release.manifest_reading import promise_of
from site_builder.release.mounting import ARCHIVES, record_of
from site_builder.release.verifying import verify as proved
from site_builder.survey import cores


@click.command()
@click.argument("edition", metavar="展期")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="目录", help="写到哪里：一个新目录。"
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def freeze(edition: str, output: Path, root: str | None) -> None:
    """归档一个展期：整个网站、数据、文字稿和摘要清单装进一个归档袋（BagIt）。

    \b
    例：exhibition freeze 2024 -o 归档/2024
    """
    home = root_from(root)
    if output.exists():
        raise click.UsageError(f"{output} 已经有了，不会覆盖；换一个目录")
    target = output.absolute()
    _refuse_lost(home, target, shown=output)
    with failures_told("什么都没有写。"):
        staging = staging_for(target)
        try:
            digest = _frozen(home, edition=edition, staging=staging)
            (staging / "bag").rename(target)
        finally:
            discard(target)
    click.echo(f"已归档到 {output}。\n袋的指纹：{digest}")
    click.echo(f"核对：exhibition verify {output}")


def _refuse_lost(home: Path, target: Path, *, shown: Path) -> None:
    """A bag in the site would go with the next build, one in the caches with their next tidying, one in content/ be read as content."""
    for place in (home / "content", site_of(home), home / ".cache"):
        if target.resolve().is_relative_to(place.resolve()):
            raise click.UsageError(f"{shown} 在 {place.name}/ 里，归档放不住；写到它的外面，如 archives/{target.name}")


def _frozen(home: Path, *, edition: str, staging: Path) -> str:
    site, bag = staging / "built", staging / "bag"
    found = built(home, site=site, wish=Wish(edition, archive=True))
    catalogue = found.deck.catalogue
    kept = Edition(home, catalogue, catalogue.entries[f"edition/{edition}"])
    problems = tuple(too_early(kept)) or _amiss(lay_in(site, bag, url=catalogue.exhibition.url), kept)
    if stops(problems):
        raise SystemExit(_refused(problems))
    report(problems, notes=False)
    if not catalogue.exhibition.url:
        click.echo("提示：mkdocs.yml 里没有网址（site_url），归档里不会有回到现在展览的链接。", err=True)
    return keep(kept, site, directory=bag)


def _amiss(site: Path, kept: Edition) -> tuple[Problem, ...]:
    """The whole audit of what is to be kept: nobody can mend it later."""
    allowed = allowed_in(kept.catalogue, kept.root)
    demands = Demands(listed=False, secrets=Secrets((str(site.parents[2]),), allowed=allowed))
    return audit(site_at(site, kept.catalogue.exhibition.kept_url), demands, workers=cores())


def _refused(problems: tuple[Problem, ...]) -> int:
    report(problems)
    click.echo("没有归档，什么都没有写。", err=True)
    return PROBLEMS


@click.command()
@click.argument("bag", type=click.Path(path_type=Path), metavar="归档袋")
def verify(bag: Path) -> None:
    """核对归档袋：逐个文件算摘要，报出缺的、多的、改过的。

    \b
    例：exhibition verify 归档/2024
    退出码：0 完好，1 有问题，2 用法不对。
    不用本程序也能核对：bagit.py --validate 归档/2024，或在袋的目录里 sha256sum -c manifest-sha256.txt
    """
    _prove(bag)
    click.echo(f"完好：{len(promise_of(bag).files)} 个文件与清单一致。")
    if (bag / SEAL).is_file():
        click.echo(f"袋的指纹：{digest_of(bag)}")
    else:
        click.echo(f"袋里没有 {SEAL}，所以没有指纹：清单本身改没改过，看不出来。", err=True)


@click.command()
@click.argument("bag", type=click.Path(path_type=Path), metavar="归档袋")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def mount(bag: Path, root: str | None) -> None:
    """把归档挂回网站：先核对，再记下位置和指纹；以后建成网站时，这一届原样放在原来的地址。

    \b
    例：exhibition mount 归档/2024
    """
    home = root_from(root)
    _prove(bag)
    edition, text = record_of(home, bag)
    if not edition:
        raise click.ClickException(f"{bag} 里不是一个展期的归档")
    record = home / ARCHIVES / f"{edition}.yml"
    if record.exists() and record.read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{ARCHIVES}/{edition}.yml 已经有了；要换成这个归档，先删去它")
    with failures_told():
        record.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(record) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"已挂回展期 {edition}：{ARCHIVES}/{edition}.yml。下次 exhibition build 就能看到。")


def _prove(bag: Path) -> None:
    """Tells how far it is, and ends the command where anything is amiss."""
    console = Console(stderr=True)
    with failures_told(), Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("正在核对")
        problems = proved(bag, told=lambda done, of: bar.update(task, completed=done, total=of))
    if problems:
        raise SystemExit(report(problems))
