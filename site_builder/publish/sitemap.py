"""Addresses of pages come in; sitemaps and robots.txt go out."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org); an exhibition with more gets several and an index of them."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(exhibition: Exhibition, pages: Mapping[str, str], *, most: int = MOST) -> tuple[OutputFile, ...]:
    """``pages`` are the addresses that may be indexed, each with its day; absolute where the site's own address is known."""
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {exhibition.url}sitemap.xml\n" if exhibition.url else "")
    return *_sitemaps(exhibition, sorted(pages.items()), most=most), OutputFile("robots.txt", robots.encode("utf-8"))


def _sitemaps(exhibition: Exhibition, pages: Sequence[tuple[str, str]], *, most: int) -> Iterator[OutputFile]:
    if len(pages) <= most:
        yield _file("sitemap.xml", _urls(exhibition, pages), root="urlset")
        return
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _file(name, _urls(exhibition, part), root="urlset")
    rows = "".join(
        _row("sitemap", f"{exhibition.url}{name}", day=max(day for _, day in part))
        for name, part in zip(names, parts, strict=True)
    )
    yield _file("sitemap.xml", rows, root="sitemapindex")


def _urls(exhibition: Exhibition, pages: Sequence[tuple[str, str]]) -> str:
    return "".join(_row("url", exhibition.url + address or "./", day=day) for address, day in pages)


def _row(tag: str, address: str, *, day: str) -> str:
    return f"<{tag}><loc>{escape(address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{tag}>\n"


def _file(name: str, rows: str, *, root: str) -> OutputFile:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SPACE}">\n{rows}</{root}>\n'
    return OutputFile(name, xml.encode("utf-8"))
