"""Addresses of pages come in; sitemaps and robots.txt go out."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from site_builder.model.exhibition import Exhibition
from site_builder.model.languages import languages_of
from site_builder.model.pages import OutputFile

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org); an exhibition with more gets several and an index of them."""
_XHTML = "http://www.w3.org/1999/xhtml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(
    exhibition: Exhibition, pages: Mapping[str, str], *, alone: tuple[str, ...] = (), most: int = MOST
) -> tuple[OutputFile, ...]:
    """``pages`` are the addresses that may be indexed, each with its day; absolute where the site's own address is known.

    Every page is listed in each language of the exhibition, but for those in the folders ``alone``.
    """
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {exhibition.url}sitemap.xml\n" if exhibition.url else "")
    return *_sitemaps(exhibition, [*_rows(exhibition, pages, alone=alone)], most=most), OutputFile(
        "robots.txt", robots.encode("utf-8")
    )


def _sitemaps(exhibition: Exhibition, pages: Sequence[tuple[str, str]], *, most: int) -> Iterator[OutputFile]:
    """``pages`` are rows of sitemaps, each with its day."""
    more = f' xmlns:xhtml="{_XHTML}"' if exhibition.languages else ""
    if len(pages) <= most:
        yield _file("sitemap.xml", "".join(row for row, _ in pages), root="urlset", more=more)
        return
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _file(name, "".join(row for row, _ in part), root="urlset", more=more)
    rows = "".join(
        _row("sitemap", f"{exhibition.url}{name}", day=max(day for _, day in part))
        for name, part in zip(names, parts, strict=True)
    )
    yield _file("sitemap.xml", rows, root="sitemapindex")


def _rows(exhibition: Exhibition, pages: Mapping[str, str], *, alone: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A row for each page in each language, with its day, in order of addresses; each names all the others."""
    languages, url = languages_of(exhibition.languages), exhibition.url
    for address, day in sorted(pages.items()):
        if len(languages) == 1 or (alone and address.startswith(alone)):
            yield _row("url", url + address or "./", day=day), day
            continue
        ways = {one.tag: f"{url}{one.folder}{address}" or "./" for one in languages}
        ways["x-default"] = ways[languages[0].tag]
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(way, quote=False)}"/>'
            for tag, way in ways.items()
        )
        for one in languages:
            yield _row("url", ways[one.tag], day=day, others=others), day


def _row(tag: str, address: str, *, day: str, others: str = "") -> str:
    return f"<{tag}><loc>{escape(address, quote=False)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}{others}</{tag}>\n"


def _file(name: str, rows: str, *, root: str, more: str = "") -> OutputFile:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SPACE}"{more}>\n{rows}</{root}>\n'
    return OutputFile(name, xml.encode("utf-8"))
