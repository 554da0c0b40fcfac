"""What a command wants of MkDocs comes in: settings, a survey by them, a site; the one way from commands to the engine."""

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

if os.environ.get("EXHIBITION_ENGINE") == "properdocs":
    import properdocs.replacement  # noqa: F401  # from here on the fork answers where MkDocs is asked for

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from rich.console import Console

from site_builder.commands.failures import failures_told
from site_builder.commands.shared import report
from site_builder.intake.reporting import as_text
from site_builder.intake.settings import check_settings
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem, stops
from site_builder.plugin import ExhibitionPlugin, exhibition_from, theme_dirs
from site_builder.press.output import is_ours
from site_builder.press.readers import Reading
from site_builder.press.stages import Stage, stage
from site_builder.survey import Survey
from site_builder.surveying import Dealt, survey, survey_edition, unheard

OURS = frozenset({"exhibition", "search", "material/search"})
"""Plugins that read nothing but what we know of."""


@frozen
class Wish:
    """Which exhibition is to be built: one edition alone or (empty) everything, with large pictures or without."""

    edition: str
    small: bool = False
    archive: bool = False
    """Whether it is to be kept for good: with everything, and saying so on every page."""


class Misconfigured(click.ClickException):
    """What is wrong with mkdocs.yml."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(as_text(problems))
        self.problems = problems

    def show(self, file: Any = None) -> None:
        """As all problems are told."""
        report(self.problems)


def configured(root: Path, *, site_dir: str | None = None, strict: bool = False) -> MkDocsConfig:
    """MkDocs's configuration of an exhibition; Misconfigured tells all faults of our settings, what else is wrong ends in one line."""
    for engine in ("mkdocs", "properdocs"):
        logging.getLogger(engine).setLevel(logging.ERROR)
    refused = is_ours(Path(site_dir), root) if site_dir else None
    if refused:
        raise click.ClickException(refused.message)
    faults = check_settings(root)
    if stops(faults):
        raise Misconfigured(faults)
    given: dict[str, Any] = {"site_dir": str(Path(site_dir).resolve())} if site_dir else {}
    try:
        config: MkDocsConfig = load_config(config_file=str(root / "mkdocs.yml"), strict=strict, **given)
    except (ConfigurationError, Abort) as fault:
        raise click.ClickException(f"mkdocs.yml 有误：{fault}") from fault
    plugin_of(config).begin()
    return config


def plugin_of(config: MkDocsConfig) -> ExhibitionPlugin:
    """Our door in this configuration."""
    plugin = config.plugins["exhibition"]
    assert isinstance(plugin, ExhibitionPlugin)
    return plugin


def exhibition_of(config: MkDocsConfig) -> Exhibition:
    """The exhibition's settings."""
    return exhibition_from(config, plugin_of(config).config)


def survey_of(
    root: Path,
    config: MkDocsConfig | None = None,
    *,
    wish: Wish | None = None,
    begun: Reading | None = None,
    dealt: Dealt = unheard,
) -> Survey:
    """Reads and checks an exhibition by its own settings; of an edition alone where one is wished, KeyError if there is none.

    Its files may be being read already; of the whole, the deck is told as soon as it is known.
    """
    settings = config or configured(root)
    exhibition = exhibition_of(settings)
    if wish:
        light = replace(exhibition, share_cards=False, posters=False, deep_zoom=exhibition.deep_zoom and not wish.small)
        whole = replace(exhibition, open_data=True)  # which archives are compared by
        exhibition = replace(whole if wish.archive else light, offline=False)
    with failures_told(), Console(stderr=True).status("正在读取和检查内容……"):
        if wish and wish.edition:
            return survey_edition(root, exhibition, edition=wish.edition, archive=wish.archive)
        return survey(root, exhibition, begun=begun, dealt=dealt)


def templates_of(config: MkDocsConfig) -> tuple[str, ...]:
    """Where the press will look for templates."""
    return tuple(theme_dirs(config))


def directories_of(config: MkDocsConfig, root: Path) -> tuple[str, ...] | None:
    """Where the settings look for theme and texts outside of ``content/``; None where others' code may look anywhere."""
    if config.hooks or any(name not in OURS for name in config.plugins):
        return None
    named = (config.theme.custom_dir, config.docs_dir)
    found = (str(Path(one).resolve()) for one in named if one)
    return tuple(one for one in found if not Path(one).is_relative_to(root / "content"))


def run(config: MkDocsConfig) -> None:
    """Builds; what the engine, the disk or a template refuses ends the command with one line."""
    # the rest of the engine is loaded when a site is built, not when one is only looked at
    from mkdocs.commands.build import build

    try:
        with failures_told("站点没有改动。"), stage(Stage.WRITTEN):
            build(config)
    except (PluginError, Abort) as fault:
        raise click.ClickException(str(fault)) from fault


def build_wished(root: Path, site: Path, *, wish: Wish) -> Survey:
    """Builds what is wished into the directory ``site``; KeyError where there is no such edition, problems end the command."""
    config = configured(root, site_dir=str(site))
    found = survey_of(root, config, wish=wish)
    if stops(found.problems):
        raise SystemExit(report(found.problems, notes=False))
    plugin = plugin_of(config)
    plugin.config["quiet"], plugin.ready = True, found
    run(config)
    return found


def built(root: Path, *, site: Path, wish: Wish) -> Survey:
    """Builds what is wished; an edition that is not there ends the command, too."""
    try:
        return build_wished(root, site, wish=wish)
    except KeyError as fault:
        missing = Problem("unknown-edition", Place("content/editions"), f"没有展期“{wish.edition}”")
        code = report((missing,))
        click.echo("什么都没有写。", err=True)
        raise SystemExit(code) from fault
