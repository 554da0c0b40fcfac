"""Texts of editors: what is not cleaned because it need not be has the bytes that the cleaner would have left."""

import re

import pyromark
from hypothesis import given, settings
from hypothesis import strategies as some

from site_builder.press import text as pressed
from site_builder.press.text import cleaned, markdown

PIECES = (
    *(
        "样本",
        "word ",
        "\n",
        "\n\n",
        "  \n",
        "# ",
        "## ",
        "##### ",
        "- ",
        "* ",
        "  - ",
        "1. ",
        "3. ",
        "> ",
        "*",
        "**",
        "***",
        "_",
    ),
    *(
        "---\n",
        "===\n",
        "    ",
        "\t",
        "`",
        "```\n",
        "|",
        "|-|\n",
        "[^1]",
        "[甲](乙)",
        "![甲](乙)",
        "<b>",
        "</p>",
        "<p>",
        "<script>",
        "&",
        "&amp;",
    ),
    *(
        '"',
        "'",
        "\\",
        "~~",
        "\u00a0",
        "\r\n",
        "\x00",
        "\x0c",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "http://a.example",
        "<http://a.example>",
    ),
)


def cleaned_always(text: str) -> str:
    """Rendered and cleaned, whatever it is."""
    html = pyromark.html(text, options=pressed._OPTIONS).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return pressed._clean(html, by=pressed._cleaner()) if text.strip() else ""


@settings(max_examples=600, deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=14).map("".join))
def test_a_text_that_need_not_be_cleaned_is_as_the_cleaner_would_leave_it(text: str) -> None:
    """Headings, lists, tables, links, raw HTML, characters that browsers replace."""
    assert markdown(text) == cleaned_always(text)


def test_what_cannot_be_seen_is_left_out_where_a_text_names_it_by_number() -> None:
    """Frames have such a sign where the way to the root goes."""
    said = markdown('一&#31;二&#x1f;三&#0;四&#127;五<b title="六&#31;七">八</b>\n\n    九&#31;')
    assert not re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f]", said)
    assert re.sub("<[^>]*>", "", said).startswith("一二三")
    assert not re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f]", cleaned("<p>一&#31;二</p>"))


def test_tags_that_an_editor_writes_reach_the_cleaner() -> None:
    """Even where each of them is harmless: what is opened is closed, what is closed was opened."""
    assert pressed._BARE.fullmatch("<p>样本一</p>\n<ul>\n<li>样本<em>二</em></li>\n</ul>\n")
    assert markdown("样本<em>一\n\n二</em>") == cleaned_always("样本<em>一\n\n二</em>")
    assert markdown("</p><p>样本").count("<p>") == markdown("</p><p>样本").count("</p>")
    assert "script" not in markdown("样本<script>1</script>")
    assert 'rel="noopener noreferrer nofollow"' in markdown("[样本](http://a.example)")
