"""A page comes in; what readers by ear, by outline or by machine would miss in it goes out."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from site_builder.audit.links import some
from site_builder.audit.places import HOME
from site_builder.audit.reading import Page
from site_builder.model.problems import Place, Problem

_FILE_NAME = re.compile(
    r"(?i)^(?:\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)|(?:img|dsc|mmexport|image|photo)[-_ ]?\d*)$"
)
_PLACEHOLDER = frozenset({"图片", "图像", "照片", "配图", "插图", "截图", "图", "image", "picture", "photo"})
_LEAST_WORDS = 8
"""Characters below which the main part of a page says nothing."""


def markup_faults(page: Page) -> Iterator[Problem]:
    """Everything that one page shows by itself."""
    place = Place(page.name)
    if not page.language:
        yield Problem("no-language", place, "这一页没有写明语言（lang）")
    if not page.title:
        yield Problem("page-title", place, "这一页没有标题（title）")
    if page.inline:
        yield Problem("inline-code", place, f"页里直接写了程序或样式：{some(page.inline)}")
    doubled = [one for one, count in Counter(page.ids).items() if count > 1]
    if doubled:
        yield Problem("doubled-anchor", place, f"同一页里用了两次的 id：{some(doubled)}")
    yield from _pictures(page)
    yield from _linked_data(page)
    if page.redirect:
        return
    yield from _headings(page)
    if page.indexed and not page.description:
        yield Problem("page-title", place, "这一页没有简介（description）")
    if len(page.main) < _LEAST_WORDS:
        yield Problem("empty-page", place, "这一页的正文是空的")


def doubles(pages: Iterable[Page]) -> Iterator[Problem]:
    """Titles that tell pages for visitors apart no longer, and descriptions that do not, among pages of one language."""
    said: dict[tuple[str, str, str], list[str]] = {}
    for page in pages:
        said.setdefault(("标题", page.title, page.language), []).append(page.name)
        said.setdefault(("简介", page.description, page.language), []).append(page.name)
    for (what, text, _), names in said.items():
        if text and len(names) > 1:
            code = "page-title" if what == "标题" else "same-description"
            message = f"有 {len(names)} 页的{what}相同：“{text[:40]}”（{some(_address(name) for name in names)}）"
            yield Problem(code, Place(names[0]), message)


def _pictures(page: Page) -> Iterator[Problem]:
    silent = [address for address, words in page.pictures if words is None]
    named = [words for _, words in page.pictures if words and _is_no_alternative(words)]
    if silent:
        yield Problem("no-alternative", Place(page.name), f"图片没有替代文字：{some(silent)}")
    if named:
        yield Problem("no-alternative", Place(page.name), f"图片的替代文字是文件名或空话：{some(named)}")


def _is_no_alternative(words: str) -> bool:
    return bool(_FILE_NAME.match(words.strip())) or words.strip().lower() in _PLACEHOLDER


def _headings(page: Page) -> Iterator[Problem]:
    tops = page.headings.count(1)
    if tops != 1:
        yield Problem("heading-order", Place(page.name), f"这一页有 {tops} 个一级标题，应当只有一个")
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        if after > before + 1:
            yield Problem("heading-order", Place(page.name), f"标题从 {before} 级跳到 {after} 级")
            return


def _linked_data(page: Page) -> Iterator[Problem]:
    for text in page.data:
        try:
            document = json.loads(text)
        except ValueError:
            yield Problem("linked-data", Place(page.name), "给搜索引擎的资料（JSON-LD）读不出来")
            continue
        parts = document if isinstance(document, list) else [document]
        if not all(
            isinstance(one, Mapping) and "@context" in one and ("@type" in one or "@graph" in one) for one in parts
        ):
            yield Problem("linked-data", Place(page.name), "给搜索引擎的资料（JSON-LD）没有写明类型")


def _address(name: str) -> str:
    return name.removesuffix(HOME) or "./"
