"""A survey comes in; what is new in its addresses is told or written into the ledger."""

from pathlib import Path

import click

from site_builder.commands.engine import survey_of
from site_builder.commands.shared import PROBLEMS, report, root_from
from site_builder.commands.writing import whole_file
from site_builder.model.problems import stops
from site_builder.release.addresses import answered
from site_builder.release.ledger import LEDGER, read_ledger, renewed
from site_builder.survey import Survey


@click.command()
@click.option("--update", is_flag=True, help="把新地址登记进 content/addresses.txt。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def addresses(update: bool, root: str | None) -> None:
    """公布过的地址一个也不丢：显示还没有登记的新地址，或登记它们。

    \b
    例：exhibition addresses --update
    """
    home = root_from(root)
    raise SystemExit(_told(home, survey_of(home), update=update))


def _told(home: Path, found: Survey, *, update: bool) -> int:
    """Tells of the ledger or renews it; an exit code. With errors in the content nothing is written."""
    if stops(found.problems):
        report(found.problems, notes=False)
        click.echo("地址表没有改动。", err=True)
        return PROBLEMS
    ledger, _ = read_ledger(home)
    now = answered(found.deck, home)
    new = now - {one.address for one in ledger}
    if not update:
        click.echo(f"地址表里有 {len(ledger)} 个地址；还没有登记的新地址 {len(new)} 个。")
        click.echo("".join(f"  {address}\n" for address in sorted(new)), nl=False)
        return 0
    exhibition = found.deck.catalogue.exhibition
    text = renewed(ledger, now, first=exhibition.current_edition or exhibition.published[:4] or "1")
    with whole_file(home / LEDGER, after="地址表没有改动。") as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"已登记 {len(new)} 个新地址，共 {len(ledger) + len(new)} 个：{LEDGER}")
    return 0
