"""The address or the directory of a member comes in; the content of its files goes out, parsed and never run."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote, urljoin

from site_builder.harvest.fetching import Allowance, Guard, fetched
from site_builder.harvest.limits import LARGEST_PICTURE as LARGEST
from site_builder.search.layout import ROOT
from site_builder.sheets.packages import Refused

Reader = Callable[[str], bytes]
"""The bytes of a file of the member's site, named from its root; ``Refused`` where there are none to be had."""
_HINT = "请对方重新建站、上线，再汇合"


@dataclass
class SiteDirectory:
    """A built site on this machine."""

    root: Path
    allowance: Allowance = field(default_factory=Allowance)

    def __call__(self, name: str) -> bytes:
        """The bytes of a file."""
        path = self.root / name
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as fault:
            raise Refused("federation-member", f"没有 {name} 这个文件，或者读不出来", hint=_HINT) from fault
        if len(content) > LARGEST:
            raise Refused("federation-limit", f"{name} 超过 {LARGEST >> 20} MB", hint=_HINT)
        self.allowance.spend(len(content))
        return content


@dataclass
class SiteOnline:
    """A site on the web; may be asked from several threads."""

    address: str
    guard: Guard
    allowance: Allowance = field(default_factory=Allowance)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, name: str) -> bytes:
        """The bytes behind the address of a file."""
        # counted under a lock here: a sum that two threads change may lose one of them
        content, _ = fetched(
            urljoin(self.address, quote(name)), self.guard, most=LARGEST, allowance=Allowance(self.allowance.until)
        )
        with self._lock:
            self.allowance.spend(len(content))
        return content


def content_of(read: Reader, name: str) -> Any:
    """The content of ``search/v1/NAME.js``; what is not exactly such a file is refused."""
    text = read(f"{ROOT}{name}.js").decode("utf-8", "replace")
    # a bucket keeps moved files in a folder, and says their name without it
    own = name.rpartition("r-")[2].partition("/")[2] if name.startswith("r-") else name
    head, tail = f'exhibitionSearch.put("{own}",', ")\n"
    if not text.startswith(head) or not text.endswith(tail):
        raise unfit(name)
    try:
        return json.loads(text[len(head) : -len(tail)])
    except ValueError as fault:
        raise unfit(name) from fault


def unfit(name: str) -> Refused:
    """A file of the index that is not what the format says."""
    return Refused("federation-member", f"{ROOT}{name}.js 不是检索索引的文件，或者坏了", hint=_HINT)
