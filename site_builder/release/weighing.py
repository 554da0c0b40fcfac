"""Files and their sizes come in; what weighs how much, in words, goes out."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from site_builder.model.problems import Place, Problem
from site_builder.model.wording import size_words

_GROUPS = (
    ("细节图切片", re.compile(r"(^|/)iiif/image/")),
    ("海报和分享图", re.compile(r"(^|/)share/")),
    ("图片", re.compile(r"\.(jpe?g|png|webp|avif|svg|ico)$")),
    ("影片和录音", re.compile(r"\.(mp4|webm|m4a|mp3|wav|ogg)$")),
    ("附件", re.compile(r"\.(pdf|docx|xlsx|pptx)$")),
    ("检索", re.compile(r"(^|/)search/v1/")),
    ("网页", re.compile(r"\.html$")),
)
REST = "样式和程序"
SPARED = ("细节图切片", "海报和分享图")
"""What the small pack leaves out whole."""
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?", re.IGNORECASE)
_UNITS = MappingProxyType({"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12})


def weights(files: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Group → bytes, the heaviest first."""
    found: dict[str, int] = {}
    for name, size in files:
        group = next((label for label, pattern in _GROUPS if pattern.search(name)), REST)
        found[group] = found.get(group, 0) + size
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def bytes_from(text: str) -> int:
    """``500MB`` → bytes, a kilobyte being 1,000, as everywhere in our words; ValueError for anything else."""
    match = SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return int(float(match[1]) * _UNITS[match[2].upper()])


def too_heavy(weighed: Mapping[str, int], *, most: int, small: bool, name: str) -> Problem:
    """The problem of a pack over its limit: what is heavy, and what would help."""
    heaviest = "、".join(f"{group} {size_words(size)}" for group, size in list(weighed.items())[:3])
    spared = sum(weighed.get(group, 0) for group in SPARED)
    ways = [] if small else [f"加 --small 至少省 {size_words(spared)}" if spared else "加 --small 用小一些的图片"]
    message = f"离线包共 {size_words(sum(weighed.values()))}，超过 {size_words(most)}；最大的是{heaviest}"
    return Problem("pack-size", Place(name), message, "；".join((*ways, "按展期分开打包，或用 --max-size 放宽限度")))
