"""Addresses of pages come in; sitemap.xml and robots.txt go out."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile


def sitemap(exhibition: Exhibition, pages: Mapping[str, str]) -> tuple[OutputFile, ...]:
    """``pages`` are the addresses that may be indexed, each with its day; absolute where the site's own address is known."""
    urls = "".join(
        f"<url><loc>{escape(exhibition.url + address or './')}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for address, day in sorted(pages.items())
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {exhibition.url}sitemap.xml\n" if exhibition.url else "")
    return OutputFile("sitemap.xml", xml.encode("utf-8")), OutputFile("robots.txt", robots.encode("utf-8"))
