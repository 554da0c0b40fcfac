"""The made-up exhibition comes in; the same entries as projects of Hugo and Eleventy, in one page design, go out.

The templates lie in ``benchmarks/peers/``: a shell of about 3 KB, an entry, a list. What stands in double brackets there
becomes what each engine writes for it. Here is also told where peers are installed.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from corpus import PICTURE, Sample, facts_of, samples

TEMPLATES = Path(__file__).resolve().parent / "peers"
FACETS = ("industry", "region", "edition", "year", "enterprise_type", "award", "grade", "organisation")
LISTED = 100
"""Entries of a list page."""
NEAR = 8
"""Neighbours that an entry page links to."""
HUGO = """baseURL = 'https://example.org/'
locale = 'zh-CN'
title = '样本展'
disableKinds = ['RSS', '404']
[pagination]
  pagerSize = %d
  disableAliases = true
[markup.goldmark.renderer]
  unsafe = false
[taxonomies]
%s
"""
IN_HUGO: Mapping[str, str] = MappingProxyType(
    {
        "title": "{{ .Title }}",
        "description": "{{ .Params.summary }}",
        "address": "{{ .RelPermalink }}",
        "content": '{{ block "main" . }}{{ end }}',
        "kind": "{{ .Section }}",
        "facts": "{{ range .Params.facts }}<div><dt>{{ .name }}</dt><dd>{{ .value }}</dd></div>\n{{ end }}",
        "facets": "{{ $page := . }}{{ range $facet, $_ := site.Taxonomies }}{{ range $page.GetTerms $facet }}"
        '<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>\n{{ end }}{{ end }}',
        "text": "{{ .Content }}",
        "picture": '{{ range .Resources.ByType "image" }}{{ $one := . }}'
        '{{ range slice %s }}{{ $made := $one.Resize (printf "%%dx webp q75 photo lanczos" .) }}'
        '<img src="{{ $made.RelPermalink }}" width="{{ $made.Width }}" height="{{ $made.Height }}" alt="">{{ end }}'
        '{{ range slice %s }}<a href="{{ ($one.Resize (printf "%%dx jpg q78 lanczos" .)).RelPermalink }}">JPEG</a>{{ end }}{{ end }}',
        "entries": "{{ $turned := .Paginate (cond .IsHome site.RegularPages .Pages) }}{{ range $turned.Pages }}"
        '<li><a href="{{ .RelPermalink }}"><b>{{ .Title }}</b></a>'
        "<p>{{ .Params.summary }}</p><p>{{ range first 4 (.Params.facts) }}{{ .value }} {{ end }}</p></li>\n{{ end }}",
        "turning": '<nav>{{ with .Paginator.Prev }}<a rel="prev" href="{{ .URL }}">上一页</a>{{ end }}'
        '{{ with .Paginator.Next }}<a rel="next" href="{{ .URL }}">下一页</a>{{ end }}</nav>',
    }
)
TERMS_IN_HUGO = (
    '<h1>{{ .Title }}</h1><ol>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> '
    "{{ .Count }}</li>\n{{ end }}</ol>"
)
IN_ELEVENTY: Mapping[str, str] = MappingProxyType(
    {
        "title": "{{ shelf.title if shelf else title }}",
        "description": "{{ summary }}",
        "address": "{{ page.url }}",
        "content": "{% block main %}{% endblock %}",
        "kind": "{{ kind }}",
        "facts": "{% for fact in facts %}<div><dt>{{ fact.name }}</dt><dd>{{ fact.value }}</dd></div>\n{% endfor %}",
        "facets": "{% for facet in facets %}{% for value in [].concat(shelves[facet] or []) %}"
        '<li><a href="/{{ facet }}/{{ value }}/">{{ value }}</a></li>\n{% endfor %}{% endfor %}',
        "text": "{{ content | safe }}",
        "picture": '{% if picture %}<img src="{{ picture }}" alt="">{% endif %}',
        "entries": '{% for one in shelf.entries %}<li><a href="{{ one.url }}"><b>{{ one.data.title }}</b></a><p>{{ one.data.summary }}</p>'
        "<p>{% for fact in one.data.facts.slice(0, 4) %}{{ fact.value }} {% endfor %}</p></li>\n{% endfor %}"
        '{% for one in shelf.terms %}<li><a href="{{ one.address }}">{{ one.title }}</a> {{ one.count }}</li>\n{% endfor %}',
        "turning": '<nav>{% if shelf.former %}<a rel="prev" href="{{ shelf.former }}">上一页</a>{% endif %}'
        '{% if shelf.next %}<a rel="next" href="{{ shelf.next }}">下一页</a>{% endif %}</nav>',
    }
)


def write_hugo(root: Path, entries: int, *, pictures: int = 0) -> None:
    """A Hugo project; with pictures it makes the renditions that this builder makes."""
    words = dict(IN_HUGO)
    if pictures:
        # asked for only here, so that the memory of what is measured does not begin with ours
        from site_builder.media.renditions import FALLBACKS, WIDTHS

        words["picture"] %= tuple(" ".join(map(str, widths["whole"])) for widths in (WIDTHS, FALLBACKS))
    else:
        words["picture"] = ""
    _put(root / "hugo.toml", HUGO % (LISTED, "\n".join(f"  {facet} = '{facet}'" for facet in FACETS)))
    layouts = {"page": _filled("page", words), "section": _filled("list", words), "taxonomy": TERMS_IN_HUGO}
    layouts |= {"term": layouts["section"], "home": layouts["section"]}
    _put(root / "layouts" / "baseof.html", _filled("shell", words))
    for name, text in layouts.items():
        _put(root / "layouts" / f"{name}.html", f'{{{{ define "main" }}}}\n{text}{{{{ end }}}}\n')
    for at, (sample, text) in enumerate(_written(entries)):
        front = _front(sample)
        front |= front.pop("shelves")
        bundle = root / "content" / sample.kind / sample.id
        _put(bundle / "index.md", f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{text}")
        if at < pictures:
            shutil.copy(root.parent / "photographs" / PICTURE.format(at), bundle)


def write_eleventy(root: Path, entries: int, *, pictures: int = 0) -> None:
    """An Eleventy project; pictures are copied as they are."""
    pages = root / "pages"
    _put(pages / "_includes" / "shell.njk", _filled("shell", IN_ELEVENTY))
    for name, place in (("page", pages / "_includes" / "page.njk"), ("list", pages / "shelves.njk")):
        front = (
            "---\npagination: {data: collections.shelves, size: 1, alias: shelf}\n"
            'permalink: "{{ shelf.address }}"\nsummary: 样本前言\n---\n'
        )
        block = f"{{% block main %}}{_filled(name, IN_ELEVENTY)}{{% endblock %}}"
        _put(place, f'{front if name == "list" else ""}{{% extends "shell.njk" %}}\n{block}')
    shutil.copy(TEMPLATES / "eleventy.config.cjs", root)
    _put(pages / "_data" / "facets.json", json.dumps(FACETS))
    _put(pages / "entries" / "entries.json", json.dumps({"layout": "page.njk", "tags": ["entry"]}))
    for at, (sample, text) in enumerate(_written(entries)):
        front = {**_front(sample), "kind": sample.kind, "permalink": f"/{sample.kind}/{sample.id}/"}
        if at < pictures:
            front["picture"] = f"/photographs/{PICTURE.format(at)}"
        lines = json.dumps(front, ensure_ascii=False)
        _put(pages / "entries" / sample.kind / f"{sample.id}.md", f"---json\n{lines}\n---\n\n{text}")
    if pictures:
        shutil.copytree(root.parent / "photographs", pages / "photographs")


def _written(entries: int) -> Iterator[tuple[Sample, str]]:
    """Entries with the Markdown of their pages: the text, and links to neighbours."""
    everything = list(samples(entries))
    for at, sample in enumerate(everything):
        near = "".join(f"- [{one.title}](/{one.kind}/{one.id}/)\n" for one in everything[at + 1 : at + 1 + NEAR])
        yield sample, f"{sample.body}\n## 相关\n\n{near}"


def _front(sample: Sample) -> dict[str, object]:
    """Title, summary, facts, and by facet what lists the entry stands in."""
    facts = list(facts_of(sample))
    shelves: dict[str, list[str]] = {}
    for name, value in facts:
        facet = "organisation" if value.startswith("样本单位") else {"honour": "award"}.get(name, name)
        if facet in FACETS and value not in shelves.setdefault(facet, []):
            shelves[facet].append(value)
    said = dict(sample.facts)
    rows = [{"name": name, "value": value} for name, value in facts]
    return {"title": sample.title, "summary": said["summary"], "facts": rows, "shelves": shelves}


def _filled(name: str, words: Mapping[str, str]) -> str:
    text = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    for word, said in words.items():
        text = text.replace(f"[[{word}]]", said)
    return text


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def binary_in(package: str, pattern: str) -> str | None:
    """A program that a Python package carries; called directly, for the launchers in Python cost time."""
    spec = find_spec(package)
    folders = (spec.submodule_search_locations if spec else None) or ()
    return next((str(path) for folder in folders for path in sorted(Path(folder).glob(pattern))), None)


def program(name: str) -> str | None:
    """A program on the path, beside this Python, or where ``npm install`` of this directory put it."""
    return shutil.which(name) or next(
        (
            str(path)
            for folder in (Path(sys.prefix, "bin"), Path("node_modules/.bin").resolve())
            if (path := folder / name).is_file()
        ),
        None,
    )
