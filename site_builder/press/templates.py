"""Theme directories come in; the Jinja2 environment of the press, with its filters, goes out."""

import re
import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from site_builder.model.pages import Link
from site_builder.model.wording import date_words, sum_said, thousands
from site_builder.press.compiled import Compiled
from site_builder.press.compiling import Compiler
from site_builder.press.text import markdown


@cache
def environment(theme_dirs: tuple[str, ...]) -> Environment:
    """One environment per set of theme directories and process; templates are compiled once."""
    env = Environment(
        loader=FileSystemLoader(theme_dirs),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them, without an account of which was used last
    )
    env.code_generator_class = Compiler
    env.context_class = _Context
    env.template_class = _Template
    env.filters |= {
        "md": markdown,
        "zh_date": date_words,
        "thousands": thousands,
        "wan": sum_said,
        "spaced": spaced,
        "clasped": clasped,
        "rank_class": rank_class,
    }
    env.globals["way"] = Link
    return env


@cache
def _undefined(name: str) -> StrictUndefined:
    """What a template does not know, by its name: each asks for a few names that only some pages have."""
    return StrictUndefined(name=name)


class _Names(dict[str, Any]):
    """What a template knows by name; what it does not know is undefined."""

    def __missing__(self, name: str) -> Any:
        return _undefined(name)


@cache
def _evaluation(env: Environment) -> EvalContext:
    """How values are taken in every template of an environment."""
    return EvalContext(env)


class _Context(Context):
    """Finds a name by one look into one mapping: every block of a page asks for all it uses, sixty of them."""

    def __init__(self, environment: Environment, parent: dict[str, Any], *rest: Any, **named: Any) -> None:
        # all that Jinja's own sets; how values are taken is the same in every template
        self.environment = environment
        self.name, blocks = rest
        self.parent = self.vars = _Names(parent)
        self.resolve = self.vars.__getitem__  # type: ignore[assignment]
        self.eval_ctx = _evaluation(environment)
        self.exported_vars, self.globals_keys = set(), set(named.get("globals") or ())
        self.blocks = {block: [says] for block, says in blocks.items()}

    def resolve_or_missing(self, key: str) -> Any:
        """As Jinja says."""
        return self.vars.get(key, missing)


class _Template(Template):
    """Copies no names where it has none to add."""

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, *rest: Any, **named: Any
    ) -> Context:
        """As Jinja does."""
        return super().new_context(vars, shared or not self.globals, *rest, **named)


def keep_compiled(theme_dirs: tuple[str, ...], root: Path) -> None:
    """What an earlier build of the exhibition at ``root`` compiled is not compiled again, and what this one compiles is kept."""
    environment(theme_dirs).bytecode_cache = Compiled(root)


def compile_all(theme_dirs: tuple[str, ...], root: Path) -> None:
    """Compiles every template now, so that workers that are forked after it need not; what is wrong is told when it is used."""
    keep_compiled(theme_dirs, root)
    env = environment(theme_dirs)
    for name in sorted({name for directory in theme_dirs for name in _ours(Path(directory))}):
        with suppress(TemplateError):
            env.get_template(name)


def _ours(directory: Path) -> Iterator[str]:
    """The templates of pages in a theme; Jinja would look at its ten thousand icons to find them."""
    return (path.relative_to(directory).as_posix() for path in (directory / "exhibits").rglob("*") if path.is_file())


def spaced(name: str) -> str:
    """A name of two characters is set as wide as one of three."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 and not name.isascii() else name


def clasped(text: str | Markup) -> str:
    """What stands in brackets or quotation marks and is short is not broken: a line ends before （集团） and “五小”, or after."""
    if "（" not in text and "“" not in text:
        return text
    return Markup(re.sub("（[^（）<]{1,6}）|“[^“”<]{1,4}”", r'<span class="nb">\g<0></span>', str(escape(text))))


def rank_class(rank: int) -> str:
    """The class of a rank: ``r0`` to ``r3``, all others ``r4``."""
    return f"r{min(rank, 4)}"


class Kept:
    """What pages have in common, made once for all of them: settings, macros, and cards, for most of a page is cards of others."""

    def __init__(self, env: Environment, **common: Any) -> None:
        self.env = env
        self.common = env.globals | common | {"kept": self}
        self._base = common.get("base", "")
        self._templates: dict[str, Template] = {}
        self._macros: dict[str, Any] = {}

    def macros(self, template: str) -> Any:
        """The macros of a template of ``exhibits/``; they know what pages have in common, but of no page."""
        macros = self._macros.get(template)
        if macros is None:
            macros = self._macros[template] = self.env.get_template(f"exhibits/{template}").make_module(self.common)
        return macros

    def keeping(self, macro: Any) -> Any:
        """A macro of cards whose HTML is made once for each card and options; its base is a token that each page replaces."""
        # few options, many cards: a key that is a plain text is found by its identity
        made: defaultdict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)

        def kept(card: Any, *options: Any) -> str:
            alike, key = made[options], card.key
            html = alike.get(key)
            if html is None:
                html = alike[key] = macro(card, *options)
            return html

        return kept

    def way_to(self, address: str) -> str:
        """What a link to this address says: the way from the page, or the address itself where it is another host's."""
        if ":" in address and ("://" in address or address.startswith("mailto:")):
            return address
        return self._base + address or "./"

    def rendered(self, template: str, **context: Any) -> str:
        """One template of ``exhibits/``, rendered with what is common and what is its own."""
        try:
            return self._template(template).render(self.common, **context)
        except AttributeError as fault:
            if not _is_of_template(fault):
                raise
            raise UndefinedError(str(fault)) from fault

    def _template(self, name: str) -> Template:
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self.env.get_template(f"exhibits/{name}")
            # what all templates know is common, too: nothing need be put together for every page
            template.globals = {}
        return template


def marked_safe(html: str) -> Markup:
    """HTML that the press itself has rendered."""
    return Markup(html)


def with_place(fault: TemplateError) -> TemplateSyntaxError:
    """The same fault with file and line in itself, for a traceback does not travel between processes."""
    if isinstance(fault, TemplateSyntaxError):
        return fault
    filename, line = _place(fault.__cause__ or fault)
    return TemplateSyntaxError(fault.message or "", line, filename=filename)


def _place(fault: BaseException) -> tuple[str | None, int]:
    """File and line of the template that was at work."""
    places = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.endswith(".html")]
    return (places[-1].filename, places[-1].lineno or 0) if places else (None, 0)


def _is_of_template(fault: BaseException) -> bool:
    """Whether a template itself failed, not code that it called."""
    return traceback.extract_tb(fault.__traceback__)[-1].filename.endswith(".html")
