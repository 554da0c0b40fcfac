"""Paths of files come in; what Windows would not unpack goes out as problems."""

import re
from collections.abc import Iterable, Iterator

from site_builder.model.problems import Place, Problem

LONGEST = 200
"""Windows takes 259 characters; the rest is for the folder into which an editor unpacks."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def folder_name(title: str) -> str:
    """A title as the name of a folder that any system takes: at most 40 characters."""
    plain = re.sub(r'[<>:"|?*\\/\x00-\x1f\s]+', " ", title).strip(". ")[:40].strip(". ")
    return plain if plain and not _RESERVED.match(plain) else "展览"


def unfit_names(names: Iterable[str], *, folder: str) -> Iterator[Problem]:
    """A problem for each path that Windows cannot hold, or that differs from another in its capitals alone."""
    seen: dict[str, str] = {}
    for name in names:
        place = Place(name)
        word = next((part for part in name.split("/") if _RESERVED.match(part)), None)
        if word:
            yield Problem("pack-name", place, f"“{word}”是 Windows 保留的名称，在 Windows 上解不开")
        elif any(_FORBIDDEN.search(part) for part in name.split("/")):
            yield Problem("pack-name", place, "文件名里有 Windows 不允许的字符")
        elif len(f"{folder}/{name}") > LONGEST:
            yield Problem("pack-name", place, f"路径有 {len(folder) + 1 + len(name)} 个字符，超过 {LONGEST} 个")
        elif seen.setdefault(name.lower(), name) != name:
            yield Problem("pack-name", place, f"与 {seen[name.lower()]} 只差大小写，在 Windows 上是同一个文件")
