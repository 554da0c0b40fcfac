"""The command ``serve``: content being edited comes in; a browser on this machine sees each page as it is now."""

import tempfile
import time
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import click

from site_builder.commands.failures import failures, failures_told, words_for
from site_builder.commands.shared import report, root_from
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Problem, stops
from site_builder.press.pressing import Press
from site_builder.preview.door import Door
from site_builder.preview.following import Following
from site_builder.preview.preview import Preview
from site_builder.preview.resuming import Built, resumed
from site_builder.preview.watching import Watch
from site_builder.release.wsgi_server import local_server, serving
from site_builder.survey import Survey


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口。")
@click.option("--open", "browse", is_flag=True, help="打开浏览器。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def serve(port: int, browse: bool, root: str | None) -> None:
    """在本机预览；保存文件后浏览器自动刷新，内容里的错误显示在网页上。

    \b
    例：exhibition serve --port 8080
    """
    home = root_from(root)
    with tempfile.TemporaryDirectory(prefix="exhibition-", ignore_cleanup_errors=True) as scratch, failures_told():
        preview = previewed(home, Path(scratch))
        following = Following(preview, attempt=failure_of, say=lambda failure: _say(preview.problems, failure))
        door = Door(preview, following, failure_of)
        with local_server(lambda _: door, port) as server, Watch(home) as watch:
            following.begin()
            address = f"http://127.0.0.1:{port}/"
            click.echo(f"预览：{address}　按 Ctrl+C 结束。")
            with serving(server):
                if browse:
                    webbrowser.open(address)
                try:
                    following.follow(watch)
                except KeyboardInterrupt:
                    click.echo("预览已结束。")


def previewed(home: Path, scratch: Path) -> Preview:
    """The preview of an exhibition; its first look is lenient, so that there is something to see from the start."""
    numbers = count(1)

    def build(survey_of: Callable[[Exhibition], Survey]) -> Built:
        site = scratch / f"site-{next(numbers)}"
        return build_preview(home, site, survey_of=survey_of, lenient=not preview.has_pages)

    preview = Preview(home, build, left=lambda: resumed(home, scratch / f"site-{next(numbers)}"))
    return preview


def failure_of(work: Callable[[], object]) -> str:
    """Does something, and answers with words where it failed; the server goes on, whatever it was."""
    try:
        work()
    except click.ClickException as fault:
        return fault.message
    except failures() as fault:
        return words_for(fault)
    except Exception as fault:  # noqa: BLE001  # the door for people: a fault of any kind becomes a message
        return f"程序出错：{type(fault).__name__}: {fault}"
    return ""


def build_preview(root: Path, site: Path, *, survey_of: Callable[[Exhibition], Survey], lenient: bool = False) -> Built:
    """What MkDocs itself renders, and the press for all the rest; with errors in the content nothing is built.

    A lenient preview is built all the same, of what could be read.
    """
    # MkDocs is loaded when it is asked to build: what the last build left is shown without it
    from site_builder.commands.engine import configured, exhibition_of, plugin_of, run

    config = configured(root, site_dir=str(site))
    plugin = plugin_of(config)
    kept: list[Built] = []
    plugin.instead = lambda found, press: kept.append(Built(found, replace(press, out=site)))
    plugin.ready = survey_of(exhibition_of(config))
    found = plugin.ready
    if stops(found.problems):
        if not lenient:
            return Built(found, Press(found.deck.catalogue.exhibition, {}, (), site))
        plugin.ready = replace(found, problems=())
    run(config)
    return replace(kept[0], survey=found)


def _say(problems: tuple[Problem, ...], failure: str) -> None:
    if stops(problems):
        report(problems, notes=False)
    if failure:
        click.echo(failure, err=True)
    if failure or stops(problems):
        click.echo("改好后会自动刷新；在那之前网页保持原样。", err=True)
    else:
        click.echo(f"{time.strftime('%H:%M:%S')} 已更新。", err=True)
