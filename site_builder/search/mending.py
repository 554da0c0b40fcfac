"""What some groups of blocks gave the shards and give them now comes in, and shards as they lie; the shards as they must be go out.

No list leans on another group (docs/search.md), so that of a line only the segments of the groups concerned are exchanged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from site_builder.model.pages import OutputFile
from site_builder.search.files import handed_over
from site_builder.search.index import shard, shard_name
from site_builder.search.layout import FAR, GROUP, LEVEL_MARK, MOST, ROOT, SYMBOLS, Layout
from site_builder.search.shards import TERM_MARK

Groups = Mapping[int, tuple[str, ...]]
"""First block of a group → what it gives each shard."""


def mended_shards(
    former: Groups, now: Groups, *, layout: Layout, read: Callable[[str], bytes]
) -> Iterator[tuple[int, OutputFile]]:
    """The shards that differ, by their numbers; ``read`` gives those of the index that holds the former texts, by address."""
    for at in range(layout.shards):
        touched = [group for group in now if former[group][at] != now[group][at]]
        if not touched:
            continue
        lines = dict(_lines(handed_over(read(f"{ROOT}{shard_name(at)}.js"))))
        for term, groups in _changed(former, now, groups=touched, at=at).items():
            line = _mended(lines.pop(term, ""), groups)
            if line:
                lines[term] = line
        yield at, shard(at, f"{''.join([f'{TERM_MARK}{term}{lines[term]}' for term in sorted(lines)])}{TERM_MARK}")


def _changed(
    former: Groups, now: Groups, *, groups: Iterable[int], at: int
) -> Mapping[str, Mapping[int, Mapping[int, str]]]:
    """Term → group → level → segments, of all terms of a shard whose lists differ in a group."""
    found: dict[str, dict[int, Mapping[int, str]]] = defaultdict(dict)
    for group in groups:
        before, after = dict(_lines(former[group][at])), dict(_lines(now[group][at]))
        for term in {term for term, _ in before.items() ^ after.items()}:
            found[term][group] = _levels(after.get(term, ""))
    return found


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Term and line of everything in a shard, or in what a group gives it."""
    for line in filter(None, text.split(TERM_MARK)):
        at = line.index(LEVEL_MARK)
        yield line[:at], line[at:]


def _levels(line: str) -> Mapping[int, str]:
    return {int(one[0]): one[1:] for one in line.split(LEVEL_MARK)[1:]}


def _mended(line: str, groups: Mapping[int, Mapping[int, str]]) -> str:
    """The line with the segments of these groups exchanged; empty where nothing has the term any more."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for level, lists in _levels(line).items():
        for group, segments in _by_group(lists):
            if group not in groups:
                found[level][group] = found[level].get(group, "") + segments
    for group, levels in groups.items():
        for at, segments in levels.items():
            found[at][group] = segments
    return "".join(
        f"{LEVEL_MARK}{level}{''.join(found[level][group] for group in sorted(found[level]))}"
        for level in sorted(found, reverse=True)
    )


def _by_group(segments: str) -> Iterator[tuple[int, str]]:
    """Segments with the first block of their group, which each of them that says its block in full begins with."""
    for one in segments.split(FAR)[1:]:
        block = SYMBOLS.index(one[0]) * MOST + SYMBOLS.index(one[1])
        yield block // GROUP * GROUP, f"{FAR}{one}"
