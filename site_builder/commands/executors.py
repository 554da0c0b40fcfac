"""The address of other machines comes in; whoever works there, or one line on why nobody does, goes out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from site_builder.press.afar import Crew

SHARED = Path(".cache/work")
"""Where the work is told; the exhibition lies on a disk that all machines share."""
_SECONDS = 20
_RETRIES = 3
_FORM = "写作 dask://主机:端口，如 dask://127.0.0.1:8786"


@contextmanager
def crew_at(address: str | None, home: Path) -> "Iterator[Crew | None]":
    """Who works at this address; nobody where none is given, for this machine then does it alone."""
    if not address:
        yield None
        return
    scheme, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if scheme != "dask" or not host or not port.isdigit():
        raise click.UsageError(f"--executor {address} 认不出来；{_FORM}")
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as fault:
        raise click.ClickException("缺少 dask，请运行 pip install 'workers-exhibition[dask]'") from fault
    try:
        client = Client(f"tcp://{place}", timeout=_SECONDS, set_as_default=False)
    except OSError as fault:
        raise click.ClickException(f"{_SECONDS} 秒内连不上 {place}；先启动 dask scheduler 和 dask worker") from fault
    with client:
        if not client.scheduler_info()["workers"]:
            raise click.ClickException(f"{place} 那里还没有 dask worker；先在各台机器上启动")
        here, there = own_version(), set(client.run(own_version).values())
        if there != {here}:
            others = "、".join(sorted(there - {here}))
            raise click.ClickException(f"各台机器上程序的版本不一样：这里是 {here}，那里有 {others}")
        from site_builder.press.afar import Crew

        try:
            yield Crew(client.get_executor(pure=False, retries=_RETRIES), home / SHARED)
        except KilledWorker as fault:
            raise click.ClickException("有一份工作接连失去了几个 worker，多半是内存不够。站点没有改动。") from fault


def own_version() -> str:
    """The version of this program, on whichever machine it is asked for."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("workers-exhibition")
    except PackageNotFoundError:
        return "0"
