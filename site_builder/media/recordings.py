"""Films, sounds and captions come in; the same without place, author and device goes out."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from site_builder.media.unfit import Unfit

LARGEST = 200_000_000
"""Bytes; what is longer belongs on a video service."""
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"})
_PRIVATE = frozenset({b"udta", b"meta", b"uuid", b"Xtra"})
"""Boxes of MP4 that hold place, author and device."""
_TIME = re.compile(r"^(?:(\d+):)?([0-5]\d):([0-5]\d)[.,](\d{3})$")
_ARROW = re.compile(r"^\s*(\S+)\s+-->\s+(\S+)(.*)$")


def check_film(path: Path, kind: str) -> None:
    """``Unfit`` where a film or sound is empty, too large or cut short as far as its outermost structure shows."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Unfit(f"文件有 {size // 1_000_000} MB，超过 200 MB", "压缩后再放进来，或放到视频网站并在正文里给出链接")
    if kind in {"mp4", "m4a"}:
        content = path.read_bytes()
        boxes = [name for name, _, _ in _boxes(content, 0, end=len(content))]
        if b"moov" not in boxes or b"mdat" not in boxes:
            raise Unfit("影片放不出来，文件可能没有传完", "换一份完整的 MP4（H.264）")


def bare(path: Path, kind: str) -> bytes:
    """A film or sound without what its device and owner wrote into it; sound and picture are not touched."""
    return _BARE.get(kind, bytes)(path.read_bytes())


def captions(path: Path, kind: str) -> str:
    """Captions as WebVTT, from WebVTT or SubRip (.srt); ``Unfit`` names the line that is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        raise Unfit("字幕不是 UTF-8 编码", "用记事本“另存为”，编码选 UTF-8") from fault
    lines = text.split("\n")
    if kind == "vtt" and not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise Unfit("字幕的第一行不是 WEBVTT", "第一行写 WEBVTT，下面空一行")
    timed = [(number, found) for number, line in enumerate(lines, 1) if (found := _timing(number, line))]
    if not timed:
        raise Unfit("字幕里没有时间行", "每句前写时间，如 00:00:01.000 --> 00:00:04.000")
    if kind == "vtt":
        return text
    for number, line in timed:
        lines[number - 1] = line
    return "WEBVTT\n\n" + "\n".join(lines).strip() + "\n"


def _timing(number: int, line: str) -> str | None:
    """A line of times with points in them; None where the line is none."""
    if "-->" not in line:
        return None
    found = _ARROW.match(line)
    start, end = (_seconds(found[1]), _seconds(found[2])) if found else (None, None)
    if found is None or start is None or end is None:
        raise Unfit(f"字幕第 {number} 行的时间写法不对", "写成 00:00:01.000 --> 00:00:04.000")
    if end <= start:
        raise Unfit(f"字幕第 {number} 行的结束不晚于开始", "改正这一行的时间")
    return f"{found[1].replace(',', '.')} --> {found[2].replace(',', '.')}{found[3]}"


def _seconds(text: str) -> float | None:
    found = _TIME.match(text)
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + int(found[4]) / 1000 if found else None


def _boxes(content: bytes, start: int, *, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start of the content and end of each box of an MP4 between two offsets; stops where the structure breaks."""
    while start + 8 <= end:
        size, name, header = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8], 8
        if size == 1:
            size, header = int.from_bytes(content[start + 8 : start + 16]), 16
        size = size or end - start
        if size < header or start + size > end:
            return
        yield name, start + header, start + size
        start += size


def _bare_mp4(content: bytes) -> bytes:
    """Private boxes become free space of the same length, so that no offset moves."""
    plain = bytearray(content)
    todo = [(0, len(content))]
    while todo:
        start, end = todo.pop()
        for name, inside, stop in _boxes(content, start, end=end):
            if name in _PRIVATE:
                name_at = content.rfind(name, 0, inside)
                plain[name_at : name_at + 4] = b"free"
                plain[inside:stop] = bytes(stop - inside)
            elif name in _CONTAINERS:
                todo.append((inside, stop))
    return bytes(plain)


def _bare_mp3(content: bytes) -> bytes:
    """Without ID3 at the front (sizes have seven bits a byte) and at the end."""
    while content[:3] == b"ID3" and len(content) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :]
    return content[:-128] if content[-128:-125] == b"TAG" else content


def _bare_wav(content: bytes) -> bytes:
    """Only format and samples of the RIFF file."""
    kept, start = b"", 12
    while start + 8 <= len(content):
        name, size = content[start : start + 4], int.from_bytes(content[start + 4 : start + 8], "little")
        if name in {b"fmt ", b"fact", b"data"}:
            kept += content[start : start + 8 + size] + b"\x00" * (size % 2)
        start += 8 + size + size % 2
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WAVE" + kept


_BARE: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {"mp4": _bare_mp4, "m4a": _bare_mp4, "mp3": _bare_mp3, "wav": _bare_wav}
)
