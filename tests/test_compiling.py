"""Templates compiled by ours: the same bytes as by Jinja's own compiler, and the same faults told with file and line."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from pressed import FRAME, SECTIONS
from sample_gallery import with_gallery
from small import deck_at

from site_builder.model.pages import Link
from site_builder.press.compiling import Compiler
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press
from site_builder.press.templates import Kept, environment, with_place
from site_builder.publish.publishers import page_jobs

NASTY = "<b>&\"'</b>"
BASE = "<p>{% block a %}{{ nasty }}{% endblock %}{% block b scoped %}-{% endblock %}</p>"
ASKING = "<p>{% block a required %}{% endblock %}</p>"


def both(source: str, parts: str = "", **context: object) -> tuple[str, str]:
    """What a template makes by Jinja's compiler and by ours."""
    made = []
    for compiler in (CodeGenerator, Compiler):
        env = Environment(
            loader=DictLoader({"page": source, "parts": parts, "base": BASE, "asking": ASKING}),
            autoescape=True,
            undefined=StrictUndefined,
        )
        env.code_generator_class = compiler
        made.append(env.get_template("page").render(**context))
    return made[0], made[1]


def test_every_page_has_the_bytes_that_jinjas_own_compiler_makes(tmp_path: Path) -> None:
    """All templates that a small exhibition with everything in it uses."""
    deck = deck_at(with_gallery(tmp_path), url="https://example.org/")
    themes = (str(packaged_theme()),)
    press = Press(deck.catalogue.exhibition, dict.fromkeys(SECTIONS, FRAME), themes, tmp_path)
    plain = environment.__wrapped__(themes)
    plain.code_generator_class = CodeGenerator
    ours = press.kept()
    theirs = Kept(plain, **{name: value for name, value in ours.common.items() if name != "kept"})
    used = set()
    for job in page_jobs(deck):
        plan = job.plan()
        used.add(plan.template)
        assert press.page(plan, ours) == press.page(plan, theirs), plan.address
    assert {"project.html", "list.html", "home.html", "edition.html", "numbers.html"} <= used


@pytest.mark.parametrize(
    "source",
    [
        "{{ nasty }}{{ nasty | e }}{{ safe }}{{ number }}{{ 1.5 }}{{ none }}{{ nasty ~ safe }}",
        "{% import 'parts' as p %}{{ p.one(nasty) }}{{ p.one(nasty, 'c') }}{{ p.one(b='x', a=nasty) }}",
        "{% import 'parts' as p %}{% call p.around(nasty) %}<i>{{ nasty }}</i>{% endcall %}",
        "{% import 'parts' as p %}{{ p.many(1, 2, x=nasty) }}",
        "{% macro m(x) %}{{ x }}{% if x %}{{ m(x[1:]) }}{% endif %}{% endmacro %}{{ m('<a') }}",
        "{% macro m(x, y='<y>') %}<i>{{ x }}{{ y }}</i>{% endmacro %}{{ m(nasty) }}{{ m(m(1), safe) }}{{ m(y=2, x=3) }}{{ m(1) ~ nasty }}",
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{% macro n(m) %}{{ m(nasty) }}{% endmacro %}{{ n(link.count) }}{{ n(m) }}",
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(1) }}{% if number %}{% set m = link.count %}{% endif %}{{ m(nasty) }}",
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{% macro n() %}{{ m(caller()) }}{% endmacro %}{% call n() %}{{ nasty }}{% endcall %}",
        "{% set kept %}<u>{{ nasty }}</u>{% endset %}{{ kept }}{{ kept | length }}",
        "{{ link.label }}{{ link.note | default('-') }}{{ link.lost is defined }}{{ link.lost | default('?') }}",
        "{{ lost is undefined }}{{ pairs['name'] }}{{ link.address is none }}{{ link.label is not none }}{{ none is none }}",
        "{{ link.note is defined }}{{ link.lost is not defined }}",
        "{% for n in [1, 2] %}{{ loop.index }}{{ loop.cycle('a', '<') }}{% endfor %}",
        "{% block a %}{{ nasty }}{% endblock %}{{ self.a() }}",
        "{% extends 'base' %}{% set c = nasty %}{% block a %}[{{ super() }}{{ c }}]{% endblock %}",
        "{% set one %}{{ number }}{% endset %}{% set two %}{{ safe }}{% endset %}{{ one }}{{ two }}{{ two ~ nasty }}",
        "{% filter upper %}{{ safe }}{% endfilter %}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(safe) }}{{ m(nasty) | length }}",
        "{% if number %}<i>{% block a %}{{ nasty }}{% endblock %}</i>{% endif %}",
        "{% for n in [1] %}{% block b scoped %}{{ n }}{% endblock %}{% endfor %}",
        "{% extends 'asking' %}{% block a %}{{ nasty }}{% endblock %}",
        "{% if number %}{% extends 'base' %}{% endif %}{% block a %}{{ safe }}{% endblock %}",
        "{% include 'base' %}{% include 'nowhere' ignore missing %}",
        "{% import 'parts' as p %}{% call p.around(a=nasty) %}{{ p.one(nasty) }}{% endcall %}",
        "{% macro m() %}{{ caller is defined }}{{ caller(nasty) }}{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}",
        "{% if number %}{% set late = nasty %}{% endif %}{{ late }}{{ lost | default('-') }}{{ lost is defined }}",
        "{% filter upper %}{{ nasty }}{% endfilter %}{% set up | upper %}{{ nasty }}{% endset %}{{ up }}",
        "{% for n in [[1, []], [2, [[3, []]]]] recursive %}{{ n[0] }}{{ loop(n[1]) }}{% else %}.{% endfor %}",
        "{% if number > 9 %}a{% elif number > 6 %}<{{ nasty }}>{% if none %}b{% else %}{{ safe }}{% endif %}{% else %}c{% endif %}",
        "{% if none %}{% elif number %}{% endif %}{{ '<a' if number else 'b' }}{{ 'a' if none else 'b' }}{{ '&' ~ number if number }}",
        "{% set up %}{% for n in [1, 2] %}{% if n > 1 %}{% set up = n %}{{ up }}{{ nasty }}{% endif %}{% endfor %}{% endset %}{{ up }}",
        "{% if none %}{{ 1 | no_such }}{{ 1 is no_such }}{% endif %}{{ [2, 1] | sort | join(nasty) }}",
    ],
)
def test_what_templates_may_say_comes_out_as_jinja_says_it(source: str) -> None:
    """Values are escaped once, macros take their arguments in place or by name, blocks are called."""
    parts = (
        "{% macro one(a, b='<d>') %}[{{ a }}{{ b }}]{% endmacro %}"
        "{% macro around(a) %}({{ a }}{{ caller() }}){% endmacro %}"
        "{% macro many() %}{{ varargs }}{{ kwargs['x'] }}{% endmacro %}"
    )
    context = {"nasty": NASTY, "safe": Markup("<s>"), "number": 7, "link": Link("<l>"), "pairs": {"name": NASTY}}
    theirs, ours = both(source, parts, **context)
    assert ours == theirs
    assert "<b>" not in ours


@pytest.mark.parametrize(
    "source",
    [
        "{% if none %}{% set late = 1 %}{% endif %}{{ late }}",
        "{% if none %}{% set late = 1 %}{% else %}{{ late }}{% endif %}",
        "{% for n in [1] %}{% set late = n %}{% endfor %}{{ late }}",
        "{% for n in [1, 2] %}{{ late }}{% set late = n %}{% endfor %}",
        "{% macro first() %}{{ second() }}{% endmacro %}{{ first() }}{% macro second() %}{% endmacro %}",
    ],
)
def test_what_is_not_set_yet_is_told(source: str) -> None:
    """What a branch, a loop or a later line sets is not known before; Jinja's compiler and ours say so alike."""
    for compiler in (CodeGenerator, Compiler):
        env = Environment(undefined=StrictUndefined)
        env.code_generator_class = compiler
        with pytest.raises(UndefinedError, match=r"'(late|second)' is undefined"):
            env.from_string(source).render()


def test_an_argument_that_a_macro_does_not_take_is_refused() -> None:
    """As Jinja refuses it."""
    with pytest.raises(TypeError, match="no keyword argument 'c'"):
        both("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, c=2) }}")


@pytest.mark.parametrize(
    "line", ["{{ view.lost }}", "{{ lost }}", "{{ lost.more }}", "{% for x in view.lost %}{% endfor %}"]
)
def test_what_a_template_asks_for_in_vain_is_told_with_file_and_line(tmp_path: Path, line: str) -> None:
    """An attribute that is not there is the template's fault, not the program's."""
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits/own.html").write_text(f"<p>\n{line}\n</p>", encoding="utf-8")
    kept = Kept(environment((str(tmp_path),)))
    with pytest.raises(TemplateError) as caught:
        kept.rendered("own.html", view=Link("样本"))
    placed = with_place(caught.value)
    assert (Path(str(placed.filename)).name, placed.lineno) == ("own.html", 2)
    assert "lost" in str(placed.message)


def test_a_fault_of_the_program_is_none_of_the_template(tmp_path: Path) -> None:
    """What a filter or a view misses stays what it is, with its traceback."""
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits/own.html").write_text("{{ view() }}", encoding="utf-8")

    def view() -> object:
        return Link("样本").lost  # type: ignore[attr-defined]  # the fault that is meant

    with pytest.raises(AttributeError, match="lost"):
        Kept(environment((str(tmp_path),))).rendered("own.html", view=view)


def test_macros_are_made_once_and_know_of_no_page(tmp_path: Path) -> None:
    """They see what pages have in common; a page's own values have to be given to them."""
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits/parts.html").write_text("{% macro m() %}{{ base }}{{ page }}{% endmacro %}", encoding="utf-8")
    kept = Kept(environment((str(tmp_path),)), base="../")
    assert kept.macros("parts.html") is kept.macros("parts.html")
    with pytest.raises(TemplateError, match="'page' is undefined"):
        kept.macros("parts.html").m()
