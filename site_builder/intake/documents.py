"""The path of a file comes in; its text goes out, parted into YAML and Markdown, or why it cannot be read."""

import os
import re
import stat
from io import FileIO
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

LARGEST = 256 * 1024
_OPENING = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NEARLY = re.compile(r"[ \t]*(?:[-－—–―─]{1,9}|\.{3})[ \t]*")
CONTROL = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@frozen
class Document:
    """A file as text: its YAML and the Markdown below, each with the line of the file where it begins."""

    yaml: str
    line: int
    body: str = ""
    body_line: int = 0


def read_document(root: Path, source: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """A file of the exhibition, with everything that is wrong with it as a text; None where nothing can be read."""
    return document_in(bytes_of(root, source), source)


def document_in(data: bytes | Problem, source: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The same of a file that was read (``bytes_of``)."""
    if isinstance(data, Problem):
        return None, (data,)
    text, faults = decoded(data, source)
    if text is None:
        return None, faults
    if source.endswith(".md"):
        document, more = _parted(text, source)
        return document, (*faults, *more)
    return Document(text, 1), faults


def at(source: str, text: str, *, offset: int) -> Place:
    """The place of a character of a text."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(source, (), text.count("\n", 0, offset) + 1, offset - start + 1)


def bytes_of(root: Path, source: str) -> bytes | Problem:
    """What a file of the exhibition holds, or why it cannot be read."""
    return looked_into(root, source)[0]


def looked_into(root: Path, source: str) -> tuple[bytes | Problem, os.stat_result | None]:
    """The same, and the file as it stood before it was read; None where it could not be looked at."""
    if "\0" in source or ".." in source.split("/") or source.startswith("/"):
        return Problem("bad-path", _start(source), "文件路径不允许", "路径相对于展览的根目录，不含 .."), None
    # asked for by thousands: a text is opened in half of the time of a Path
    path = f"{root}/{source}"
    found = None
    try:
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            if not Path(path).resolve(strict=True).is_relative_to((root / "content").resolve()):
                return Problem(
                    "bad-path", _start(source), "这个链接指向 content/ 之外", "把文件本身放进 content/"
                ), found
            found = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(found.st_mode):
            return Problem("unreadable", _start(source), "这不是普通文件", "删去它，或换成普通文件"), found
        # all that there was and at once, into as much room as it takes: most are small
        with FileIO(path) as file:
            data = file.read(min(found.st_size, LARGEST) + 1)
            if len(data) > found.st_size:  # it has grown since
                data += file.read(LARGEST)
    except (OSError, RuntimeError) as error:  # RuntimeError: Python 3.11 says so of a loop of links
        return Problem("unreadable", _start(source), f"文件读不出来：{_reason(error)}"), found
    if len(data) > LARGEST:
        return Problem("too-large", _start(source), f"文件超过 {LARGEST // 1024} KB"), found
    return data, found


def _start(source: str) -> Place:
    return Place(source, (), 1, 1)


def _reason(error: OSError | RuntimeError) -> str:
    match error:
        case FileNotFoundError():
            return "文件不存在，或是一个断开的链接"
        case PermissionError():
            return "没有读取权限"
        case RuntimeError():
            return "链接绕成了圈"
    return "操作系统拒绝读取"


def decoded(data: bytes, source: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, and what is wrong with it as such; None where it is no text."""
    faults: tuple[Problem, ...] = ()
    try:
        text: str | None = data.decode()
    except UnicodeDecodeError as error:
        text, fault = _guessed(data, source, bad=error.start)
        faults = (fault,)
    if text is None:
        return None, faults
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = CONTROL.search(text)
    if found:
        message = f"有看不见的控制字符（U+{ord(found[0]):04X}）"
        faults = (*faults, Problem("control-character", at(source, text, offset=found.start()), message))
        text = CONTROL.sub(" ", text)
    return text, faults


def _guessed(data: bytes, source: str, *, bad: int) -> tuple[str | None, Problem]:
    """Text in another encoding, read as what it most likely is, so that its other faults are found in the same run."""
    start = data.rfind(b"\n", 0, bad) + 1
    line, column = data.count(b"\n", 0, bad) + 1, len(data[start:bad].decode("utf-8", "replace")) + 1
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        message = "文件是 UTF-16（记事本的“Unicode”）编码，不是 UTF-8"
        return data.decode("utf-16", "replace"), Problem("encoding", Place(source, (), 1, 1), message)
    lossy = data.decode("utf-8", "replace")
    broken = lossy.count("\ufffd")
    if sum(1 for character in lossy if character > "\x7f") > 3 * broken:
        message = "这里有损坏的字节，文件的其余部分是 UTF-8"
        return lossy, Problem("encoding", Place(source, (), line, column), message, "重新输入这个字，再存为 UTF-8")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if _CHINESE.search(text):
        message = "文件是 GBK（GB18030，记事本的“ANSI”）编码，不是 UTF-8"
        return text, Problem("encoding", Place(source, (), line, column), message)
    message = "文件既不是 UTF-8，也不是 GBK 编码，可能不是文本文件"
    return None, Problem("encoding", Place(source, (), line, column), message)


def _parted(text: str, source: str) -> tuple[Document | None, tuple[Problem, ...]]:
    opening = _OPENING.match(text)
    if not opening:
        return None, (_not_opened(text, source),)
    closing = _CLOSING.search(text, opening.end())
    line = text.count("\n", 0, opening.end()) + 1
    if not closing:
        return None, (_not_closed(text[opening.end() :], source, line=line),)
    faults: tuple[Problem, ...] = ()
    if not text.startswith("---"):
        faults = (Problem("front-matter", Place(source, (), 1, 1), "第一行的 --- 前面有空行", "删去前面的空行"),)
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    return Document(text[opening.end() : closing.start()], line, body, body_line), faults


def _not_opened(text: str, source: str) -> Problem:
    place = Place(source, (), 1, 1)
    first = text.lstrip("\n").partition("\n")[0]
    if not text.strip():
        return Problem("front-matter", place, "文件是空的", "用 exhibition new 生成样例，或从别的条目复制一份再改")
    if _NEARLY.fullmatch(first):
        return Problem("front-matter", place, f"第一行是“{first.strip()}”，应当是三个半角减号 ---")
    return Problem("front-matter", place, "文件开头没有资料区：第一行应当是 ---")


def _not_closed(rest: str, source: str, *, line: int) -> Problem:
    for number, text in enumerate(rest.split("\n"), line):
        if _NEARLY.fullmatch(text):
            message = f"这一行是“{text.strip()}”，结束资料区应当用三个半角减号 ---"
            return Problem("front-matter", Place(source, (), number, 1), message)
    return Problem("front-matter", Place(source, (), 1, 1), "资料区没有结束：找不到第二行 ---")
