"""The command ``audit``: a built site comes in; everything amiss in it goes out, on the screen or as a report."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from site_builder.audit.allowances import allowed_in
from site_builder.audit.auditing import Demands, pieces
from site_builder.audit.auditing import audit as audited
from site_builder.audit.leaks import Secrets
from site_builder.audit.places import HOME, Site, site_at
from site_builder.audit.weights import NAMES, Budgets, with_budget
from site_builder.commands.engine import configured, plugin_of, survey_of
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import FORMATS, report, root_from
from site_builder.commands.writing import whole_file
from site_builder.model.problems import Problem, Severity, code_named, in_order
from site_builder.press.packaged import packaged_theme
from site_builder.press.templates import environment
from site_builder.release.ledger import lost
from site_builder.release.weighing import bytes_from
from site_builder.survey import Survey, cores


@click.command()
@click.argument("site", type=click.Path(path_type=Path), metavar="网站目录")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="输出形式：文字、JSON 或 GitHub 标注。"
)
@click.option("--strict", is_flag=True, help="警告也当作错误。")
@click.option("--quiet", is_flag=True, help="不显示提示，只显示错误和警告。")
@click.option("--report", "to", type=click.Path(path_type=Path), metavar="文件", help="另写一份报告：.html 文件。")
@click.option(
    "--budget",
    "given",
    multiple=True,
    metavar="名称=大小",
    help=f"放宽或收紧一项预算，如 entry=400KB；可写几次。名称有 {'、'.join(NAMES)}。",
)
@click.option("--root", "root", metavar="目录", help="展览所在的目录；写了就再核对地址表、没有发布的条目和自己的预算。")
def audit(
    site: Path, form: str, strict: bool, quiet: bool, to: Path | None, given: tuple[str, ...], root: str | None
) -> None:
    """检查建成的网站：打不开的链接、要外网的文件、漏出的个人信息、图片里的拍摄地点、太重的网页等。

    \b
    例：exhibition audit site
        exhibition audit site --root . --report 网站检查.html
        exhibition audit site --budget entry=400KB --strict
    退出码：0 没有问题，1 有问题，2 用法不对。
    """
    if to is not None and to.suffix.lower() != ".html":
        raise click.UsageError(f"--report 的文件要以 .html 结尾，不是 {to.name}")
    if not (site / HOME).is_file():
        raise click.UsageError(f"{site} 不是建成的网站（没有 {HOME}）；先运行 exhibition build")
    found = survey_of(root_from(root)) if root else None
    budgets = _budgets(given, _own_budgets(root) if root else ())
    demands = Demands(budgets=budgets, secrets=_secrets(found, site))
    with failures_told():
        there = site_at(site)
        problems = in_order((*_watched(there, demands), *_lost(there, found)))
        if to is not None:
            _write(to, problems, site=there)
    raise SystemExit(report(problems, form=form, strict=strict, notes=not quiet))


def _budgets(given: Iterable[str], own: Iterable[str]) -> Budgets:
    """Those of the exhibition, then those of the command line; what cannot be read is a wrong use."""
    budgets = Budgets()
    for text in (*own, *given):
        name, _, size = text.partition("=")
        try:
            budgets = with_budget(budgets, name.strip(), limit=bytes_from(size))
        except (KeyError, ValueError) as fault:
            raise click.UsageError(f"预算“{text}”认不出来；写作 entry=400KB，名称有 {'、'.join(NAMES)}") from fault
    return budgets


def _own_budgets(root: str) -> tuple[str, ...]:
    settings = plugin_of(configured(root_from(root))).config["budgets"] or {}
    return tuple(f"{name}={size}" for name, size in settings.items())


def _secrets(found: Survey | None, site: Path) -> Secrets:
    """What must not be found: this machine's paths, and names of entries that are not shown."""
    paths = tuple(
        dict.fromkeys(str(path) for path in (site.resolve().parent, Path.home(), Path.cwd()) if len(path.parts) > 2)
    )
    if found is None:
        return Secrets(paths)
    catalogue = found.deck.catalogue
    withdrawn = {key: one.title for key, one in catalogue.entries.items() if one.data.status == "withdrawn"}
    shown = {one.title for key, one in catalogue.entries.items() if key not in withdrawn}
    hidden = {**catalogue.registry.drafts, **withdrawn}.items()
    named = tuple((key.partition("/")[2], title) for key, title in hidden if len(title) > 3 and title not in shown)
    return Secrets(paths, named, allowed_in(catalogue, found.originals.parents[1]))


def _watched(site: Site, demands: Demands) -> tuple[Problem, ...]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("正在检查网站", total=pieces(site, demands))
        return audited(site, demands, workers=cores(), tick=lambda done: bar.advance(task, done))


def _lost(site: Site, found: Survey | None) -> Iterable[Problem]:
    """Addresses once published that this site does not answer."""
    answered = frozenset(name.removesuffix(HOME) or "./" for name in site.named(".html"))
    return lost(found.ledger, answered) if found else ()


def _write(path: Path, problems: tuple[Problem, ...], *, site: Site) -> None:
    levels = list(Severity)
    by_code = sorted(problems, key=lambda one: (levels.index(one.severity), one.code))
    groups = [(code_named(code), tuple(found)) for code, found in groupby(by_code, key=lambda one: one.code)]
    counts = {level: sum(one.severity is level for one in problems) for level in levels}
    template = environment((str(packaged_theme()),)).get_template("reports/audit.html")
    text = template.render(url=site.url, pages=len(site.pages()), files=len(site.names), groups=groups, counts=counts)
    with whole_file(path, after="") as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"已写出 {path}", err=True)
