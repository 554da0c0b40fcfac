"""Posting lists of some groups of blocks as they were and as they are come in, and shards as they lie; the shards as they must be go out.

No list leans on another group (docs/search.md), so that of a line only the segments of the groups concerned are exchanged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from site_builder.model.pages import OutputFile
from site_builder.search.files import handed_over
from site_builder.search.index import shard, shard_name
from site_builder.search.layout import FAR, GROUP, MOST, ROOT, SYMBOLS, Layout
from site_builder.search.postings import Postings
from site_builder.search.terms import LEVELS
from site_builder.search.tokens import shard_of

Groups = Mapping[int, Postings]
"""First block of a group → its lists."""


def mended_shards(former: Groups, now: Groups, *, layout: Layout, read: Callable[[str], bytes]) -> Iterator[OutputFile]:
    """All shards in order; ``read`` gives those of the index that holds the former lists, by address."""
    terms = _changed(former, now, shards=layout.shards)
    for at in range(layout.shards):
        address = f"{ROOT}{shard_name(at)}.js"
        content = read(address)
        if at not in terms:
            yield OutputFile(address, content)
            continue
        lines = dict(_lines(handed_over(content)))
        for term, groups in terms[at].items():
            line = _mended(lines.pop(term, ""), {group: _levels(now[group], term) for group in groups})
            if line:
                lines[term] = line
        yield shard(at, lines)


def _changed(former: Groups, now: Groups, *, shards: int) -> Mapping[int, Mapping[str, set[int]]]:
    """Shard → term → groups whose lists of the term differ."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for group, postings in now.items():
        for level in LEVELS:
            lists = former[group].get(level, {}).items() ^ postings.get(level, {}).items()
            for term in {term for term, _ in lists}:
                found[shard_of(term, shards)][term].add(group)
    return found


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Term and line of everything in a shard."""
    for line in text[1:-1].split("#") if len(text) > 1 else ():
        at = line.index("&")
        yield line[:at], line[at:]


def _levels(postings: Postings, term: str) -> Mapping[int, str]:
    return {level: segments for level in LEVELS if (segments := postings.get(level, {}).get(term))}


def _mended(line: str, groups: Mapping[int, Mapping[int, str]]) -> str:
    """The line with the segments of these groups exchanged; empty where nothing has the term any more."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for level in line[1:].split("&") if line else ():
        for group, segments in _by_group(level[1:]):
            if group not in groups:
                found[int(level[0])][group] = found[int(level[0])].get(group, "") + segments
    for group, levels in groups.items():
        for at, segments in levels.items():
            found[at][group] = segments
    return "".join(
        f"&{level}{''.join(found[level][group] for group in sorted(found[level]))}"
        for level in LEVELS
        if level in found
    )


def _by_group(segments: str) -> Iterator[tuple[int, str]]:
    """Segments with the first block of their group, which each of them that says its block in full begins with."""
    for one in segments.split(FAR)[1:]:
        block = SYMBOLS.index(one[0]) * MOST + SYMBOLS.index(one[1])
        yield block // GROUP * GROUP, f"{FAR}{one}"
