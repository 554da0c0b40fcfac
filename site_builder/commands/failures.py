"""What the disk or a template refused comes in; one line that says what and where goes out."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from site_builder.media.unfit import Unfit
from site_builder.press.crew import WorkerLost

if TYPE_CHECKING:
    from concurrent.futures import BrokenExecutor

    from jinja2 import TemplateError

    Failure = OSError | TemplateError | MemoryError | BrokenExecutor | WorkerLost | Unfit
_REASONS = MappingProxyType(
    {
        errno.EROFS: "没有读写的权限",
        errno.ENOENT: "没有这个文件或目录",
        errno.EISDIR: "这是一个目录，不是文件",
        errno.ENOTDIR: "路径中间有一个文件，不是目录",
        errno.EEXIST: "路径中间有一个文件，不是目录",
        errno.ENOTEMPTY: "那里已经有别的东西",
        errno.ENAMETOOLONG: "名称太长",
        errno.EFBIG: "超过了系统允许的文件大小",
        errno.ENOSPC: "磁盘满了",
        errno.EDQUOT: "磁盘满了",
        errno.EIO: "磁盘读写出错，可能坏了；先做好备份",
        errno.EMFILE: "打开的文件太多",
        errno.ENFILE: "打开的文件太多",
    }
)
"""What the system says in English, for people."""
_LESS = "关掉别的程序，或设环境变量 EXHIBITION_JOBS=1 再试"


@contextmanager
def failures_told(after: str = "") -> Iterator[None]:
    """Ends the command with one line instead of a traceback."""
    try:
        yield
    except failures() as fault:
        raise click.ClickException(f"{words_for(fault)}。{after}") from fault


def failures() -> "tuple[type[Failure], ...]":
    """What ends a command with one line; whoever waits for it in vain does not load what executors and templates raise."""
    from concurrent.futures import BrokenExecutor

    from jinja2 import TemplateError

    return OSError, TemplateError, MemoryError, BrokenExecutor, WorkerLost, Unfit


def words_for(fault: "Failure") -> str:
    """For people, who can mend a path, a permission or a template but not read a traceback."""
    from concurrent.futures import BrokenExecutor

    from jinja2 import TemplateError

    if isinstance(fault, TemplateError):
        return f"模板有误：{_template_place(fault)}{fault.message}"
    if isinstance(fault, MemoryError):
        return f"内存不够。{_LESS}"
    if isinstance(fault, BrokenExecutor | WorkerLost):
        return f"一个工作进程中途被系统结束，多半是内存不够。{_LESS}"
    if isinstance(fault, Unfit):
        return f"有一个文件在检查之后被改动或删除了（{fault}）；再运行一次就会指出是哪一个"
    if fault.errno == errno.EADDRINUSE:
        return "端口已被占用，请用 --port 换一个"
    place = fault.filename2 or fault.filename
    return f"写不进或读不出 {place}：{_reason(fault)}" if place else _reason(fault)


def _template_place(fault: "TemplateError") -> str:
    from site_builder.press.templates import with_place

    placed = with_place(fault)
    file = placed.filename or placed.name
    return f"{file}:{placed.lineno} " if file else ""


def _reason(fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return "没有读写的权限"
    return _REASONS.get(fault.errno or 0) or fault.strerror or type(fault).__name__
