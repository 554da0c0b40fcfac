"""The command ``show``: an id comes in; what the catalogue knows goes out: fields, links both ways, the pages it appears on."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import click

from site_builder.catalogue.addresses import address_of, former_addresses
from site_builder.catalogue.catalogue import Catalogue
from site_builder.commands.engine import survey_of
from site_builder.commands.shared import FINE, PROBLEMS, root_from
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry, references_of
from site_builder.model.guesses import perhaps
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Card
from site_builder.publish.deck import Deck
from site_builder.publish.embeds import embed
from site_builder.publish.publishers import page_plans


@click.command()
@click.argument("name", metavar="编号或名称")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def show(name: str, root: str | None) -> None:
    """显示一个条目的全部信息：字段、与其他条目的联系、出现在哪些网页。

    \b
    例：exhibition show project/gao-luo-cha
        exhibition show 何光华
    """
    deck = survey_of(root_from(root)).deck
    raise SystemExit(FINE if shown(deck, name) else PROBLEMS)


def entries_named(catalogue: Catalogue, text: str) -> tuple[Entry, ...]:
    """Entries meant by ``kind/id``, an id, or a title."""
    kinds = [text.partition("/")[0]] if "/" in text else [kind.name for kind in KINDS]
    tail = text.rpartition("/")[2]
    found = [catalogue.entries[key] for kind in kinds if (key := f"{kind}/{tail}") in catalogue.entries]
    return tuple(found) or tuple(entry for entry in catalogue.entries.values() if entry.title == text)


def shown(deck: Deck, text: str) -> bool:
    """Prints all entries of that name; False where there is none."""
    found = entries_named(deck.catalogue, text)
    if not found:
        known = [key.partition("/")[2] for key in deck.catalogue.entries]
        click.echo(f"没有编号或名称为“{text}”的条目。{perhaps(text, known)}", err=True)
    for entry in found:
        _show(deck, entry)
    return bool(found)


def _show(deck: Deck, entry: Entry) -> None:
    catalogue = deck.catalogue
    click.secho(f"{entry.described.label}　{entry.title}", bold=True)
    _lines(
        ("编号", entry.key),
        ("文件", entry.source or "（由其他条目里的名称自动生成）"),
        ("地址", address_of(entry)),
        ("曾用地址", "、".join(former_addresses(entry))),
        ("状态", entry.data.status),
    )
    click.echo("字段")
    for field in fields_of(entry.data.__class__):
        value = getattr(entry.data, field.name)
        if value not in (None, (), False):
            _lines((f"  {field.declared.label}", _plain(value)))
    click.echo("指向")
    for reference in references_of(entry.data):
        target = catalogue.registry.key_for(reference.kinds, reference.text)
        _lines((f"  {'.'.join(map(str, reference.field))}", f"{reference.text} → {target or '（只是名称）'}"))
    click.echo("被指向")
    for source, name in catalogue.backlinks.get(entry.key, ()):
        _lines((f"  {name}", f"{source}　{catalogue.entries[source].title}"))
    click.echo("出现在")
    for plan in page_plans(deck):
        if any(card.key == entry.key for card in cards_in(plan.view)):
            click.echo(f"  /{plan.address}")
    for key in catalogue.of_kind("story"):
        story = catalogue.entries[key]
        if any(card.key == entry.key for card in cards_in(embed(deck, story.body, source=story.source).embeds)):
            click.echo(f"  /{address_of(story)}")


def cards_in(view: Any) -> Iterator[Card]:
    """All cards anywhere inside a view."""
    if isinstance(view, Card):
        yield view
    elif isinstance(view, tuple):
        for part in view:
            yield from cards_in(part)
    elif is_dataclass(view) and not isinstance(view, type):
        for field in fields(view):
            yield from cards_in(getattr(view, field.name))


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "；".join(_plain(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return "，".join(_plain(part) for _, part in parts if part not in (None, (), False))
    return str(value)


def _lines(*pairs: tuple[str, str]) -> None:
    for label, words in pairs:
        if words:
            click.echo(f"{label}：{words}")
