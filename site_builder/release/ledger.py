"""The ledger of published addresses comes in; those that the site no longer answers go out, and pages for those that were given up.

``content/addresses.txt`` has a line for every address ever published: the address, the edition in which it was first seen, and, where
no page answers any more, ``撤下`` or the address that took its place. Lines are only ever added.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from html import escape
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Place, Problem

LEDGER = "content/addresses.txt"
GIVEN_UP = "撤下"
_HOME = "./"
_SAFE = re.compile(r"\./|(?:[^\s/\\.:~%?#][^\s/\\:?#]*/)+")
_HEAD = """# 公布过的地址，一行一个：地址、首次出现的展期、（没有网页了的）“撤下”或新地址。
# 由 exhibition addresses --update 增补；只增不删，网上的链接和印出去的二维码才不会失效。
"""
_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><meta name="robots" content="noindex">{refresh}
<body><h1>{title}</h1><p>{words}<a href="{link}">{label}</a></p></body></html>
"""


@frozen
class Kept:
    """A line of the ledger."""

    address: str
    """Site-relative with a slash at the end; the home page is ``./``."""
    first: str
    now: str = ""
    """Empty, ``撤下``, or the address that took its place."""
    line: int = 0


def read_ledger(root: Path) -> tuple[tuple[Kept, ...], tuple[Problem, ...]]:
    """All lines, and those that cannot be read; nothing where there is no ledger."""
    path = root / LEDGER
    if not path.is_file():
        return (), ()
    kept, problems = [], []
    for number, text in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        words = text.replace("→", " ").replace("->", " ").split()
        if not words or words[0].startswith("#"):
            continue
        now = words[2] if len(words) > 2 else ""
        if len(words) > 3 or not _SAFE.fullmatch(words[0]) or not (now in {"", GIVEN_UP} or _SAFE.fullmatch(now)):
            problems.append(Problem("bad-ledger", Place(LEDGER, (), number, 1), f"这一行认不出来：{text[:60]}"))
        else:
            kept.append(Kept(words[0], words[1] if len(words) > 1 else "", now, number))
    return tuple(kept), tuple(problems)


def lost(ledger: Iterable[Kept], answered: Collection[str]) -> Iterator[Problem]:
    """A problem for each address that nothing answers; of an entry and its permanent identifier only for the first."""
    open_lines = {one.address: one for one in ledger if one.address not in answered}
    for address, one in open_lines.items():
        named = f"地址 {address} 公布过（{one.first or '以前'}）"
        if one.now and one.now != GIVEN_UP and one.now not in answered:
            message = f"{named}，写的新地址 {one.now} 也没有网页"
            yield Problem("lost-address", Place(LEDGER, (), one.line, 1), message, "改成现有的地址，或写“撤下”")
        elif not one.now and _page_of(address) not in open_lines:
            yield Problem("lost-address", Place(LEDGER, (), one.line, 1), f"{named}，现在没有网页", _mend(address))


def stand_ins(ledger: Iterable[Kept], answered: Collection[str]) -> Iterator[OutputFile]:
    """Small pages at the addresses that were given up or have moved."""
    open_lines = {one.address: one for one in ledger if one.address not in answered}
    for address, one in open_lines.items():
        said = one.now or getattr(open_lines.get(_page_of(address)), "now", "")
        if said:
            yield OutputFile(f"{address}index.html", stand_in(address, said).encode("utf-8"))


def renewed(ledger: Iterable[Kept], answered: Iterable[str], *, first: str) -> str:
    """The text of the ledger with what is new; no line is ever left out."""
    lines = {one.address: one for one in ledger}
    for address in answered:
        lines.setdefault(address, Kept(address, first))
    rows = (" ".join(filter(None, (one.address, one.first, one.now))) for _, one in sorted(lines.items()))
    return _HEAD + "".join(f"{row}\n" for row in rows)


def _page_of(address: str) -> str:
    """The page that an identifier leads to; empty for any other address."""
    parts = address.rstrip("/").split("/")
    if len(parts) != 3 or parts[0] != "id":
        return ""
    return next((f"{kind.folder}/{parts[2]}/" for kind in KINDS if kind.name == parts[1]), "")


def _mend(address: str) -> str:
    folder, _, name = address.rstrip("/").partition("/")
    kind = next((kind for kind in KINDS if kind.folder == folder), None)
    given_up = "确实不要了的，在这一行末尾写“撤下”"
    if kind is None or "/" in name or not name:
        return f"恢复这一页，或在这一行末尾写上新的地址；{given_up}"
    return f"恢复{kind.label}“{name}”；改了编号的，在新条目里写 aliases: [{name}]；{given_up}"


def stand_in(address: str, now: str) -> str:
    """The page at an address that was given up (``撤下``) or has moved to another one."""
    base = "../" * address.count("/")
    if now == GIVEN_UP:
        return _PAGE.format(
            title="这一页已经撤下", refresh="", words="地址保留，内容不再展出。", link=base, label="回到首页"
        )
    link = escape(base if now == _HOME else f"{base}{now}")
    refresh = f'<meta http-equiv="refresh" content="0; url={link}">'
    return _PAGE.format(title="这一页换了地址", refresh=refresh, words="现在的页面：", link=link, label=escape(now))
