"""The made-up exhibition comes in; a project of MkDocs with Material that has the pages this builder makes goes out.

Entries with links to all that they name and to eight neighbours; pages of organisations, awards, trades and regions with the first of
each kind; lists of 24 by kind and by all else that this builder lists by. A list says of each its title, honour or year, and summary.
Left out, in favour of Material: permanent addresses, JSON-LD and Dublin Core, covers, feeds, forms to narrow a list, charts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from comparable import FOLDERS, KINDS, OWN, TOPIC, Page, held, label_of
from corpus import Sample, write_material

LISTED, NEAR = 24, 8
FACETS = MappingProxyType({"organisations": OWN, "awards": LISTED, "industries": TOPIC, "regions": TOPIC})
"""What has a page of those who belong to it, and how many of each kind it names."""
LABELS = MappingProxyType(KINDS | {"organisations": "单位", "awards": "奖项", "industries": "行业", "regions": "地区"})


def write_comparable_material(root: Path, entries: int) -> None:
    """Settings, with search, and all pages."""
    docs = root / "docs"
    pages, houses, shelves = held(entries)
    titles = {(page.section, page.id): str(page.front["title"]) for page in pages}
    below: dict[tuple[str, str], list[Page]] = defaultdict(list)
    lists: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in (*pages, *houses):
        for facet in FACETS:
            for term in page.front.get(facet, ()):
                below[facet, term].append(page)
        lists[f"/all/{page.section}/", LABELS[page.section]].append(page)
        for shelf in page.shelves:
            if shelf.id in shelves:
                lists[shelf.address, shelf.title].append(page)
    for at, page in enumerate(pages):
        near = "\n".join(_line(one, "..") for one in pages[at + 1 : at + 1 + NEAR])
        text = f"{_facts(page, titles)}\n{page.front['summary']}\n\n{page.text}\n## 相关\n\n{near}"
        _put(docs / page.section / f"{page.id}.md", titles[page.section, page.id], text)
    for (facet, term), found in below.items():
        _put(docs / facet / f"{term}.md", label_of(term), "\n".join(_groups(found, FACETS[facet])))
    for (address, title), found in lists.items():
        folder = address.strip("/")
        up = "/".join(".." for _ in folder.split("/"))
        for start in range(0, len(found), LISTED):
            lines = "\n".join(_line(one, up) for one in found[start : start + LISTED])
            _put(docs / folder / f"{start // LISTED + 1}.md", title, lines)
    _put(docs / "index.md", "样本展", "")
    write_material(root, search=True)


def place_in_docs(sample: Sample) -> str:
    """Where an entry lies in the project."""
    return f"docs/{FOLDERS[sample.kind]}/{sample.id}.md"


def _facts(page: Page, titles: dict[tuple[str, str], str]) -> str:
    """A table of what the entry says of itself, names as links."""
    rows = [
        (name, str(page.front[name])) for name in ("year", "honour", "benefit", "trade", "level") if name in page.front
    ]
    for facet in ("craftsmen", "studios", *FACETS):
        for name in page.front.get(facet, ()):
            rows.append((LABELS[facet], f"[{titles.get((facet, name)) or label_of(name)}](../{facet}/{name}.md)"))
    return "| 字段 | 内容 |\n| --- | --- |\n" + "".join(f"| {name} | {value} |\n" for name, value in rows)


def _groups(found: Sequence[Page], most: int) -> Iterator[str]:
    for kind, label in KINDS.items():
        those = [page for page in found if page.section == kind]
        if those:
            yield f"## {label}\n"
            yield from (_line(page, "..") for page in those[:most])
            yield f"\n共 {len(those)} 项\n"


def _line(page: Page, up: str) -> str:
    """One of a list: a link, and what stands beside it."""
    said = " · ".join(str(page.front[name]) for name in ("honour", "year", "summary") if name in page.front)
    return f"- [{page.front['title']}]({up}/{page.section}/{page.id}.md) {said}"


def _put(path: Path, title: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
