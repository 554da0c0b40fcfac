"""A finished Chinese page comes in; the same page in each language of the exhibition goes out, each knowing the others."""

import re
from collections.abc import Callable, Iterator
from html import escape

from site_builder.languages.code import code_of
from site_builder.languages.markup import Known, Rewriter, Said
from site_builder.languages.tongues import Own, Tongue
from site_builder.languages.voices import voice_of
from site_builder.languages.ways import NEUTRAL, Ways, led
from site_builder.model.frozen import frozen
from site_builder.model.languages import CHINESE, Language, languages_of

PLACE = '<nav class="tongues no-print" data-tongues></nav>'
"""Where the theme wants the other languages named."""
_LONG = 40
"""Chinese characters from which on an untranslated text is worth a word to the reader."""
_ARTICLE = "<article>"
_WRITTEN = re.compile(r'<div class="written__text">.*</div>\s*</article>', re.DOTALL)
_CLASPED = re.compile('<span class="nb">([（“][^（“<]{1,6}[）”])</span>')
"""Brackets and short quotations, kept on one line: what is translated is the whole text."""
_HERE = ' aria-current="true"'


@frozen
class Layout:
    """What leading from language to language needs to know of the site."""

    url: str
    """Absolute address of the site, or empty."""
    neutral: tuple[str, ...] = ()
    """Folders whose pages are in one language, beside those that always are."""
    code: str = "assets/"
    """Folder of scripts."""


class Versions:
    """Says pages in every language of an exhibition; keeps what it has said, so one serves a whole process."""

    def __init__(self, tongues: tuple[Tongue, ...], layout: Layout, *, markdown: Callable[[str], str]) -> None:
        """``markdown`` makes HTML of what editors write."""
        self.languages = languages_of(tuple(tongue.language.tag for tongue in tongues))
        self._tongues, self._layout, self._markdown = tongues, layout, markdown
        self._known_in = {tongue.language.tag: Known() for tongue in tongues}
        self._voices = {tongue.language.tag: voice_of(tongue) for tongue in tongues}

    def of(self, page: bytes, address: str) -> Iterator[tuple[str, bytes]]:
        """(address, page) in every language, Chinese first; where there is no other, the page as it came."""
        if not self._tongues:
            yield address, page
            return
        html = page.decode()
        yield address, self._known(html, address, language=CHINESE).encode()
        for tongue in self._tongues:
            said = self._said(self._given(html, address, tongue=tongue), address, tongue=tongue)
            yield f"{tongue.language.folder}{address}", self._known(said, address, language=tongue.language).encode()

    def said(self, text: str, tongue: Tongue) -> str:
        """One text that stands in no page."""
        return "".join(words for words, _ in self._voices[tongue.language.tag].said(text))

    def _given(self, html: str, address: str, *, tongue: Tongue) -> str:
        """The page with what editors translated in the place of what it translates: texts of several elements at once."""
        given, tag = tongue.pages.get(address, Own()), tongue.language.tag
        html = _CLASPED.sub(r"\1", html)
        for chinese, said in given.markdown:
            html = html.replace(self._markdown(chinese), f'<div lang="{tag}">{self._markdown(said)}</div>')
        if given.whole:
            whole = f'<div class="written__text" lang="{tag}">{self._markdown(given.whole)}</div>\n</article>'
            html = _WRITTEN.sub(lambda _: whole, html, 1)
        for lines, said in tongue.lines.items():
            html = html.replace(_set(lines), _set((said,)))
        return html

    def _said(self, html: str, address: str, *, tongue: Tongue) -> str:
        """The page with all else said, and its links led on."""
        language, voice, url = tongue.language, self._voices[tongue.language.tag], self._layout.url
        given, code = tongue.pages.get(address, Own()), self._layout.code
        ways = Ways(language.folder, (*NEUTRAL, *self._layout.neutral), (code, code_of(code, language)))

        def say(text: str) -> tuple[Said, ...]:
            words = given.texts.get(text.strip())
            return ((words, True),) if words is not None else voice.said(text)

        def lead(link: str) -> str:
            if url and link == f"{url}{address}":
                return f"{url}{language.folder}{address}"
            return led(ways, link, address=address)

        known = None if given.texts else self._known_in[language.tag]
        walk = Rewriter(say=say, lead=lead, own="zh-Hans", known=known)
        html = walk.rewritten(html)
        if url:
            # og:url, and the address of the page in other descriptions
            html = html.replace(f'content="{url}{address}"', f'content="{url}{language.folder}{address}"')
        changes = [
            (f'<html lang="{CHINESE.tag}"', f'<html lang="{language.tag}" data-tongue="{language.folder}"'),
            (f'"og:locale" content="{CHINESE.locale}"', f'"og:locale" content="{language.locale}"'),
        ]
        if walk.left >= _LONG:
            note = escape(voice.note(partly=bool(given.texts or given.markdown)))
            changes.append((_ARTICLE, f'{_ARTICLE}<p class="tongue-note">{note}</p>'))
        for before, after in changes:
            html = html.replace(before, after, 1)
        return html

    def _known(self, html: str, address: str, *, language: Language) -> str:
        """The page with the ways to its versions: for readers, and for search engines unless it is not for them."""
        if 'name="robots" content="noindex"' not in html:
            html = html.replace("</head>", f"{self._alternates(address, language)}</head>", 1)
        return html.replace(PLACE, self._switch(address, language)) if PLACE in html else html

    def _way(self, address: str, of: Language, *, to: Language) -> str:
        up = "../" * (address.count("/") + of.folder.count("/"))
        return f"{up}{to.folder}{address}" or "./"

    def _alternates(self, address: str, language: Language) -> str:
        ways = [(one.tag, one) for one in self.languages]
        ways.append(("x-default", self.languages[0]))
        return "".join(
            f'<link rel="alternate" hreflang="{tag}" href="{escape(self._absolute(address, language, to=one))}">\n'
            for tag, one in ways
        )

    def _absolute(self, address: str, of: Language, *, to: Language) -> str:
        return f"{self._layout.url}{to.folder}{address}" if self._layout.url else self._way(address, of, to=to)

    def _switch(self, address: str, language: Language) -> str:
        items = "".join(
            f'<li><a href="{self._way(address, language, to=one)}" lang="{one.tag}" hreflang="{one.tag}"'
            f"{_HERE if one is language else ''}>{one.name}</a></li>"
            for one in self.languages
        )
        label = {"zh-CN": "语言", "zh-Hant": "語言"}.get(language.tag, "Language")
        return f'<nav class="tongues no-print" aria-label="{label}"><ul>{items}</ul></nav>'


def _set(lines: tuple[str, ...]) -> str:
    """A title as templates set it, each line apart."""
    return "".join(f'<span class="ln">{escape(line, quote=True).replace("&#x27;", "&#39;")}</span>' for line in lines)
