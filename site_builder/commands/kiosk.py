"""The command ``kiosk``: a pack, a built site or an edition comes in; a screen in the hall shows it, without a network."""

import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import click

from site_builder.commands.engine import Wish, built
from site_builder.commands.failures import failures_told
from site_builder.commands.shared import root_from
from site_builder.commands.site_dir import site_of
from site_builder.release.browsers import browser, kiosk_command, windows_line
from site_builder.release.leaflet import SITE
from site_builder.release.local_server import server_for, start_address

LARGEST_RATIO = 50
"""How many times larger than packed a pack may be; ours are three times as large."""
SMALL = 100_000_000


@click.command()
@click.argument("edition", metavar="[展期]", default="")
@click.option("--port", type=click.IntRange(1, 65535), default=8600, show_default=True, help="端口。")
@click.option("--open", "browse", is_flag=True, help="打开浏览器并占满屏幕；关掉浏览器就结束。")
@click.option(
    "--pack", "archive", type=click.Path(path_type=Path), metavar="文件", help="用离线包：exhibition pack 写的 .zip。"
)
@click.option("--site", "site", type=click.Path(path_type=Path), metavar="目录", help="用已经建成的网站。")
@click.option("--root", "root", metavar="目录", help="展览所在的目录；不写则从当前目录向上找。")
def kiosk(edition: str, port: int, browse: bool, archive: Path | None, site: Path | None, root: str | None) -> None:
    """展厅触摸屏：没有人时轮流展示选展，点一下进入，九十秒没有人动就回到开头；不用联网。

    \b
    例：exhibition kiosk 2026 --open
        exhibition kiosk --pack 展览.zip --open
    """
    if sum(map(bool, (edition, archive, site))) > 1:
        raise click.UsageError("展期、--pack 和 --site 只写一个")
    with failures_told(), tempfile.TemporaryDirectory(prefix="exhibition-kiosk-") as scratch:
        shown = _shown(
            Path(scratch),
            edition=edition,
            archive=archive,
            site=site or _own_site(edition, archive=archive, root=root),
        )
        with _served(shown, port) as address:
            click.echo(f"展厅屏幕：{address}　按 Ctrl+C 结束。")
            click.echo(f"在 Windows 上用 Edge 占满屏幕：\n  {windows_line(address)}")
            _wait(address, Path(scratch, "profile") if browse else None)


def _own_site(edition: str, *, archive: Path | None, root: str | None) -> Path | None:
    """The exhibition's root where an edition is to be built, its built site where nothing was said."""
    if archive:
        return None
    home = root_from(root)
    return home if edition else site_of(home)


def _shown(scratch: Path, *, edition: str, archive: Path | None, site: Path | None) -> Path:
    """The directory to serve."""
    if archive:
        return _unpacked(archive, scratch / "pack")
    assert site is not None
    if edition:
        built(site, site=scratch / "site", wish=Wish(edition, small=False))
        return scratch / "site"
    if not (site / "kiosk" / "index.html").is_file():
        raise click.UsageError(f"{site} 里没有建成的展览；先运行 exhibition build，或写明展期、--pack、--site")
    return site


def _unpacked(archive: Path, into: Path) -> Path:
    """The site inside of a pack."""
    try:
        with zipfile.ZipFile(archive) as opened:
            if sum(member.file_size for member in opened.infolist()) > LARGEST_RATIO * archive.stat().st_size + SMALL:
                raise click.UsageError(f"{archive} 解开后过大，可能是恶意文件，没有打开")
            opened.extractall(into)
    except zipfile.BadZipFile as fault:
        raise click.UsageError(f"{archive} 不是完整的离线包；请重新打包或重新拷贝") from fault
    found = next(iter(sorted(into.glob(f"*/{SITE}/kiosk/index.html"))), None)
    if found is None:
        raise click.UsageError(f"{archive} 不是 exhibition pack 写的离线包")
    return found.parent.parent


@contextmanager
def _served(site: Path, port: int) -> Iterator[str]:
    server = server_for(site, port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield start_address(server)
    finally:
        server.shutdown()
        server.server_close()


def _wait(address: str, profile: Path | None) -> None:
    """Until the browser is closed, or somebody presses Ctrl+C."""
    program = browser() if profile else None
    if profile and not program:
        click.echo("这台电脑上没有找到 Edge、Chrome 或 Chromium，请自己打开上面的地址。", err=True)
    try:
        if program and profile:
            subprocess.run(kiosk_command(program, address, profile=profile), check=False, stderr=subprocess.DEVNULL)
        else:
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        click.echo("展厅屏幕已结束。")
