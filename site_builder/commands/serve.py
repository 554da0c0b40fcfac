"""The command ``serve``: content being edited comes in; a browser on this machine sees each page as it is now."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from site_builder.commands.engine import configured, live_server, plugin_of, run
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import PROBLEMS, report, root_from
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Problem, stops
from site_builder.plugin import exhibition_from
from site_builder.press.pressing import Press
from site_builder.preview import Built, Preview
from site_builder.release.gate import refused
from site_builder.release.headers import guarded
from site_builder.surveying import Survey


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口。")
@click.option("--open", "browse", is_flag=True, help="打开浏览器。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def serve(port: int, browse: bool, root: str | None) -> None:
    """在本机预览；保存文件后浏览器自动刷新。

    \b
    例：exhibition serve --port 8080
    """
    home = root_from(root)
    with tempfile.TemporaryDirectory(prefix="exhibition-") as scratch, failures_told():
        site = Path(scratch, "site")
        preview = Preview(home, lambda survey_of: build_preview(home, site, survey_of=survey_of))

        def refresh() -> None:
            try:
                _said(preview.refresh())
            except click.ClickException as fault:
                fault.show()

        if stops(_said(preview.refresh())):
            raise SystemExit(PROBLEMS)
        server = live_server(refresh, site, port=port)

        def on_demand(environ: dict[str, Any], start_response: Any) -> Any:
            asked = {"host": environ.get("HTTP_HOST", ""), "path": environ["PATH_INFO"]}
            status = refused(environ["REQUEST_METHOD"], **asked)
            if status is not None:
                guarded(start_response)(f"{status.value} {status.phrase}", [("Content-Type", "text/plain")])
                return []
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


def build_preview(
    root: Path, site: Path, *, survey_of: Callable[[Exhibition], Survey], lenient: bool = False
) -> Built:
    """What MkDocs itself renders, and the press for all the rest; with errors in the content nothing is built.

    A lenient preview is built all the same, of what could be read.
    """
    config = configured(root, site_dir=str(site))
    plugin = plugin_of(config)
    kept: list[Built] = []
    plugin.instead = lambda found, press: kept.append(Built(found, replace(press, out=site)))
    plugin.ready = survey_of(exhibition_from(config, plugin.config))
    found = plugin.ready
    if stops(found.problems):
        if not lenient:
            return Built(found, Press(found.deck.catalogue.exhibition, {}, (), site))
        plugin.ready = replace(found, problems=())
    run(config)
    return replace(kept[0], survey=found)


def _said(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if stops(problems):
        report(problems, notes=False)
        click.echo("改好后会自动刷新；在那之前网页保持原样。", err=True)
    else:
        click.echo(f"{time.strftime('%H:%M:%S')} 已更新。", err=True)
    return problems
