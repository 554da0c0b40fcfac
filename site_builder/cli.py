"""The door for people: the command ``exhibition``."""

import gc
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from rich.console import Console
from rich.progress import Progress

from site_builder.catalogue.addresses import IDENTIFIERS
from site_builder.commands.failures import failures_told
from site_builder.commands.lazily import LazyGroup
from site_builder.commands.new import path_of, proposed_id, template
from site_builder.commands.rules import rule_findings
from site_builder.commands.shared import FINE, FORMATS, PROBLEMS, report, root_from
from site_builder.commands.show import show as show_entry
from site_builder.commands.start import start
from site_builder.commands.wishes import BUILD, Wish
from site_builder.model.entry import is_id
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS, kind_named
from site_builder.model.problems import Problem, stops
from site_builder.pipeline import Survey, survey, survey_edition
from site_builder.plugin import ExhibitionPlugin, exhibition_from
from site_builder.press.output import is_ours
from site_builder.press.pressing import Press
from site_builder.preview import Built, Preview
from site_builder.publish.deck import Deck
from site_builder.release.headers import guarded

_ROOT = click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
_STRICT = click.option("--strict", is_flag=True, help="警告也当作错误。")
_NAMES = tuple(kind.name for kind in KINDS)


def build_extract(root: Path, site: Path, *, wish: Wish) -> Survey:
    """For commands that need a site of their own, which cannot build it themselves: only this door may touch MkDocs."""
    config = _config(root, site_dir=str(site))
    plugin = _plugin(config)
    given = exhibition_from(config, plugin.config)
    light = replace(given, share_cards=False, posters=False, deep_zoom=given.deep_zoom and not wish.small)
    exhibition = replace(given if wish.archive else light, offline=False)
    with Console(stderr=True).status("正在读取和检查内容……"):
        found = (
            survey_edition(root, exhibition, edition=wish.edition, archive=wish.archive)
            if wish.edition
            else survey(root, exhibition)
        )
    if stops(found.problems):
        raise SystemExit(report(found.problems, notes=False))
    plugin.config.quiet, plugin.ready = True, found
    _run(config)
    return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="workers-exhibition", prog_name="exhibition", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """职工技术创新成果网上展：从 content/ 里的条目建成网站。

    \b
    例：
      exhibition init 我的展览      新建一个展览
      exhibition new project        新建一个条目
      exhibition check              检查全部内容
      exhibition serve              边改边看
      exhibition build              建成网站
      exhibition import 汇总表.xlsx  从汇总表、申报表导入
      exhibition undo               撤回上一次导入
      exhibition template 成果 -o 申报表.xlsx    做空白申报表
      exhibition export -o 汇总.xlsx             导出汇总表
      exhibition harvest 网址         从别的展览汇集
      exhibition deploy /srv/zhan                上线
      exhibition pack 2026 -o 展览.zip           打包离线版
      exhibition kiosk 2026 --open               展厅触摸屏
      exhibition freeze 2024 -o 归档/2024        归档一个展期
      exhibition verify 归档/2024                核对归档
      exhibition diff 归档/2024 2024             比较两次的内容
      exhibition labels --edition 2026 -o 展签.pdf    印展签
      exhibition catalogue 2026 -o 图录.pdf      印图录
    """
    context.obj = _survey  # commands that lie apart must not know MkDocs
    context.meta[BUILD] = build_extract


@cli.command()
@click.argument("directory", metavar="目录")
def init(directory: str) -> None:
    """新建一个展览（带主题、词表和示例条目，马上可以建成网站）。

    \b
    例：exhibition init 我的展览
    """
    target = Path(directory)
    if (target / "mkdocs.yml").exists():
        raise click.UsageError(f"{target} 里已经有展览了，不会覆盖")
    with failures_told():
        written = start(target)
    click.echo(f"已新建展览 {target}，共 {len(written)} 个文件。\n接着：cd {target} && exhibition serve")


@cli.command()
@click.argument("kind", type=click.Choice(_NAMES), metavar="种类")
@click.option("--title", prompt="标题或名称", help="标题或名称。")
@click.option("--id", "name", help="编号（小写字母、数字、连字符）；不写则由拼音生成。")
@click.option("--edition", default="", help="成果所属的展期。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@_ROOT
def new(kind: str, title: str, name: str | None, edition: str, force: bool, root: str | None) -> None:
    """新建一个条目：写出带说明的模板，状态是草稿。

    \b
    种类：project 成果、method 先进操作法、craftsman 人物、studio 创新工作室、base 示范基地、team 班组、
    award 奖项、plan 计划、edition 展期、event 活动、organisation 单位、union 工会、story 专题、vocabulary 词表
    例：exhibition new project --title 高落差电缆无损施工 --edition 2026
    """
    home, described = root_from(root), kind_named(kind)
    if not title.strip():
        raise click.UsageError("标题不能为空")
    if edition and not is_id(edition):
        raise click.UsageError(f"展期“{edition}”不合规则：只用小写字母、数字和连字符")
    proposal = proposed_id(described, title, root=home, folder=edition)
    chosen = name or (click.prompt("编号", default=proposal) if sys.stdin.isatty() else proposal)
    if not is_id(chosen):
        raise click.UsageError(f"编号“{chosen}”不合规则：只用小写字母、数字和连字符，如 {proposal}")
    path = path_of(described, chosen, root=home, folder=edition)
    if path.exists() and not force:
        raise click.UsageError(f"{path} 已经有了；换一个编号，或加 --force 覆盖")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template(described, title, given={"edition": edition}), encoding="utf-8")
    click.echo(f"已新建 {path.relative_to(home)}")


@cli.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="输出形式：文字、JSON 或 GitHub 标注。"
)
@_STRICT
@click.option("--quiet", is_flag=True, help="不显示提示，只显示错误和警告。")
@click.option("--rules", is_flag=True, help="还按文件的规则检查：名额、周期、比例、工作室考核等。")
@click.option("--as-of", default="", metavar="日期", help="按哪一天检查，如 2026-06-30；不写就是今天。")
@click.option(
    "--report", "to", type=click.Path(path_type=Path), metavar="文件", help="把规则检查写成 .html、.json 或 .csv。"
)
@_ROOT
def check(form: str, strict: bool, quiet: bool, rules: bool, as_of: str, to: Path | None, root: str | None) -> None:
    """检查全部内容，一次列出所有问题：文件、行、列、怎样改。

    \b
    例：exhibition check --strict
        exhibition check --format json > 问题.json
        exhibition check --rules --as-of 2026-06-30 --report 规则检查.html
    退出码：0 没有问题，1 有问题，2 用法不对。
    """
    home = root_from(root)
    found = _survey(home)
    problems = list(found.problems)
    if rules or as_of or to:
        problems += rule_findings(found.deck.catalogue, home, as_of=as_of, path=to)
    raise SystemExit(report(problems, form=form, strict=strict, notes=not quiet))


@cli.command()
@click.option("--site-dir", metavar="目录", help="输出目录；不写则用 mkdocs.yml 里的 site_dir。")
@_STRICT
@_ROOT
def build(site_dir: str | None, strict: bool, root: str | None) -> None:
    """建成网站。有错误时不动原来的网站。

    \b
    例：exhibition build --site-dir /var/www/zhan
    """
    home = root_from(root)
    began = time.monotonic()
    gc.disable()  # a build makes much, drops little and ends soon: at 10,000 entries the collector took a fifth of the time
    config = _config(home, site_dir=site_dir, strict=strict)
    found = _survey(home, config)
    code = report(found.problems, strict=strict, notes=False)
    if code != FINE:
        click.echo("站点没有改动。", err=True)
        raise SystemExit(PROBLEMS)
    _plugin(config).ready = found
    with _bar() as bar:
        _plugin(config).watch = lambda pages: partial(bar.advance, bar.add_task("正在生成网页", total=pages))
        _run(config)
    site = Path(config.site_dir)
    # the small pages at permanent identifiers lead on and are not counted
    pages = sum(1 for page in site.rglob("*.html") if not page.relative_to(site).as_posix().startswith(IDENTIFIERS))
    click.echo(f"已建成 {config.site_dir}：{pages} 个网页，用时 {time.monotonic() - began:.1f} 秒。")


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口。")
@click.option("--open", "browse", is_flag=True, help="打开浏览器。")
@_ROOT
def serve(port: int, browse: bool, root: str | None) -> None:
    """在本机预览；保存文件后浏览器自动刷新。

    \b
    例：exhibition serve --port 8080
    """
    home = root_from(root)
    with tempfile.TemporaryDirectory(prefix="exhibition-") as scratch, failures_told():
        site = Path(scratch, "site")
        preview = Preview(home, lambda survey_of: _build_preview(home, site, survey_of=survey_of))

        def refresh() -> None:
            try:
                _said(preview.refresh())
            except click.ClickException as fault:
                fault.show()

        if stops(_said(preview.refresh())):
            raise SystemExit(PROBLEMS)
        server = LiveReloadServer(refresh, "127.0.0.1", port, str(site), polling_interval=0.2)

        def on_demand(environ: dict[str, Any], start_response: Any) -> Any:
            preview.ready(environ["PATH_INFO"])
            return server.serve_request(environ, guarded(start_response))

        server.set_app(on_demand)
        server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
        for watched in (home / "content", home / "mkdocs.yml", *(path for path in [home / "theme"] if path.is_dir())):
            server.watch(str(watched))
        click.echo(f"预览：{server.url}　按 Ctrl+C 结束。")
        try:
            server.serve(open_in_browser=browse)
        except KeyboardInterrupt:
            click.echo("预览已结束。")
        finally:
            server.shutdown()


def _build_preview(root: Path, site: Path, *, survey_of: Callable[[Exhibition], Survey]) -> Built:
    """What MkDocs itself renders, and the press for all the rest; with errors in the content nothing is built."""
    config = _config(root, site_dir=str(site))
    plugin = _plugin(config)
    kept: list[Built] = []
    plugin.instead = lambda found, press: kept.append(Built(found, replace(press, out=site)))
    plugin.ready = survey_of(exhibition_from(config, plugin.config))
    if stops(plugin.ready.problems):
        return Built(plugin.ready, Press(plugin.ready.deck.catalogue.exhibition, {}, (), site))
    _run(config)
    return kept[0]


def _said(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if stops(problems):
        report(problems, notes=False)
        click.echo("改好后会自动刷新；在那之前网页保持原样。", err=True)
    else:
        click.echo(f"{time.strftime('%H:%M:%S')} 已更新。", err=True)
    return problems


@cli.command()
@click.argument("name", metavar="编号或名称")
@_ROOT
def show(name: str, root: str | None) -> None:
    """显示一个条目的全部信息：字段、与其他条目的联系、出现在哪些网页。

    \b
    例：exhibition show project/gao-luo-cha
        exhibition show 何光华
    """
    deck: Deck = _survey(root_from(root)).deck
    raise SystemExit(FINE if show_entry(deck, name) else PROBLEMS)


def _bar() -> Progress:
    """How far the pages are; nothing where nobody looks (a pipe, a log)."""
    console = Console(stderr=True)
    return Progress(*Progress.get_default_columns(), console=console, transient=True, disable=not console.is_terminal)


def _config(root: Path, *, site_dir: str | None = None, strict: bool = False) -> MkDocsConfig:
    """MkDocs's configuration of an exhibition; its own faults are told in one line."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    refused = is_ours(Path(site_dir), root) if site_dir else None
    if refused:
        raise click.ClickException(refused.message)
    given: dict[str, Any] = {"site_dir": str(Path(site_dir).resolve())} if site_dir else {}
    try:
        config: MkDocsConfig = load_config(config_file=str(root / "mkdocs.yml"), strict=strict, **given)
    except (ConfigurationError, Abort) as fault:
        raise click.ClickException(f"mkdocs.yml 有误：{fault}") from fault
    if "exhibition" not in config.plugins:
        raise click.ClickException("mkdocs.yml 的 plugins 里没有 exhibition，请补上")
    return config


def _plugin(config: MkDocsConfig) -> ExhibitionPlugin:
    plugin = config.plugins["exhibition"]
    assert isinstance(plugin, ExhibitionPlugin)
    return plugin


def _survey(root: Path, config: MkDocsConfig | None = None) -> Survey:
    settings = config or _config(root)
    exhibition: Exhibition = exhibition_from(settings, _plugin(settings).config)
    with Console(stderr=True).status("正在读取和检查内容……"):
        return survey(root, exhibition)


def _run(config: MkDocsConfig) -> None:
    try:
        with failures_told("站点没有改动。"):
            mkdocs_build(config)
    except (PluginError, Abort) as fault:
        raise click.ClickException(str(fault)) from fault


def main() -> None:
    """Runs the command line; exit codes are 0 fine, 1 problems, 2 usage."""
    cli(prog_name="exhibition")


if __name__ == "__main__":
    main()
