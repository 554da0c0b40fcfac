"""The command ``edit``: an exhibition comes in; a window in the browser, in which its entries are edited without files."""

import tempfile
import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from site_builder.commands.failures import failures_told, words_for
from site_builder.commands.serve import build_preview
from site_builder.commands.shared import root_from
from site_builder.editing.desk import Desk
from site_builder.editing.door import Door
from site_builder.editing.guard import Guard
from site_builder.editing.requests import data
from site_builder.press.packaged import packaged_theme
from site_builder.preview.preview import Preview
from site_builder.release.headers import App, Start
from site_builder.release.wsgi_server import local_server


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="端口。")
@click.option("--open/--no-open", "browse", default=True, help="打开浏览器，或只给出网址。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def edit(port: int, browse: bool, root: str | None) -> None:
    """在浏览器里编辑条目：填表单、放图片、边改边看，不碰文件。

    \b
    例：exhibition edit
        exhibition edit --port 8080 --no-open
    只有本机能打开；网址用一次就失效，窗口要留在打开它的浏览器里。
    """
    home = root_from(root)
    with tempfile.TemporaryDirectory(prefix="exhibition-") as scratch, failures_told():
        guard = Guard(port)
        with local_server(lambda _: _app(home, Path(scratch), guard=guard), port) as server:
            click.echo(f"编辑：{guard.address}\n网址用一次就失效。按 Ctrl+C 结束。")
            if browse:
                webbrowser.open(guard.address)
            try:
                server.serve_forever(poll_interval=0.2)
            except KeyboardInterrupt:
                click.echo("编辑已结束。没有保存的草稿下次打开时还在。")


def _app(home: Path, scratch: Path, *, guard: Guard) -> App:
    """The editor of an exhibition, which is read and whose frames are built now."""
    click.echo("正在读取展览……", err=True)
    site = scratch / "site"
    preview = Preview(
        home, lambda survey_of: build_preview(home, site, survey_of=survey_of, lenient=True), lenient=True
    )
    themes = tuple(str(path) for path in (home / "theme", packaged_theme()) if path.is_dir())
    return told(Door(Desk(home, preview, scratch / "drafts"), guard, site, themes, words_for))


def told(app: App) -> App:
    """The same application; where it fails itself, the window hears so and keeps what was typed, and one line is printed."""

    def guarded(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        try:
            return app(environ, start)
        except Exception as fault:  # noqa: BLE001  # the door for people: a fault of any kind becomes a message
            click.echo(f"程序出错：{environ.get('PATH_INFO')} {type(fault).__name__}: {fault}", err=True)
            answer = data(
                {"reason": "程序出错了，没有保存", "hint": "您打的字还在；请把命令行里的话告诉维护者"}, "500 Fault"
            )
            return answer.said(start)

    return guarded
