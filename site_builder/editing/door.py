"""Requests of a browser come in over WSGI; the editor's page, its data, pictures and the pages of the exhibition go out."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.editing.creating import Wanted, proposed_id
from site_builder.editing.desk import Desk
from site_builder.editing.guard import HEADERS, OPEN, Guard
from site_builder.editing.requests import Answer, Request, data, words
from site_builder.editing.saving import Change, Differs, Refused
from site_builder.editing.uploads import LARGEST_FILE, keep, picture_at, pictures_in
from site_builder.model.frozen import frozen
from site_builder.release.headers import Start, security

ROOT = "/_edit/"
_BROWSER = Path(__file__).parent / "browser"
_STYLES = ("10-tokens.css", "20-base.css", "90-modes.css")
_TYPES = MappingProxyType({".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"})
_REASONS = MappingProxyType(
    {400: "Bad Request", 404: "Not Found", 409: "Conflict", 411: "Length Required", 413: "Content Too Large"}
    | {415: "Unsupported Media Type", 422: "Unprocessable Content", 507: "Insufficient Storage"}
)
Asked = Callable[[Request], Mapping[str, Any]]


@frozen
class Door:
    """The WSGI application."""

    desk: Desk
    guard: Guard
    site: Path
    """Where the preview lays the pages it makes."""
    theme_dirs: tuple[str, ...]
    words_for: Callable[[OSError], str]
    """What the disk refused, in words."""

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answers one request."""
        try:
            asked = Request.of(environ)
        except Refused as fault:
            return _refused(fault).said(start)
        refusal = self.guard.refusal(environ)
        if refusal:
            answer = words(*refusal)
        elif asked.path == OPEN:
            answer = self._opened(environ)
        else:
            answer = self._answer(environ["REQUEST_METHOD"], asked)
        return answer.said(start, asked.sent)

    def _opened(self, environ: Mapping[str, Any]) -> Answer:
        headers = self.guard.admitted(environ)
        if headers is None:
            return words("403 Forbidden", "这个网址已经用过了。重新运行 exhibition edit 会给出新的。")
        return Answer("303 See Other", "text/plain", b"", (*HEADERS, *headers, ("Location", ROOT)))

    def _answer(self, method: str, asked: Request) -> Answer:
        try:
            found = self._api(method).get(asked.path.removeprefix(f"{ROOT}api/")) if _is_api(asked) else None
            if found is not None:
                return data(found(asked))
            if method in {"GET", "HEAD"} and not _is_api(asked):
                return self._file(asked)
            raise Refused("没有这个地址", status=404)
        except Refused as fault:
            return _refused(fault)
        except Differs as fault:
            return data({"reason": "文件在别处改过", "theirs": self.desk.copy_said(fault.theirs)}, "409 Conflict")
        except OSError as fault:
            return data(
                {"reason": self.words_for(fault), "hint": "您打的字还在，稍后再存一次"}, "507 Insufficient Storage"
            )

    def _api(self, method: str) -> Mapping[str, Asked]:
        desk = self.desk
        if method == "GET":
            return {
                "start": lambda _: desk.start(),
                "overview": lambda _: desk.overview(),
                "entry": lambda asked: desk.entry(asked.query.get("path", ""), asked.query.get("window", "")),
                "suggest": lambda asked: desk.suggest(
                    tuple(asked.query.get("kinds", "").split(",")), asked.query.get("q", "")
                ),
                "pictures": lambda asked: {"found": pictures_in(desk.root, asked.query.get("q", ""))},
            }
        if method != "POST":
            return {}
        return {
            "preview": lambda asked: desk.proof(_change(asked.json())),
            "save": self._save,
            "text": lambda asked: desk.text(_change(asked.json())),
            "draft": self._draft,
            "watch": lambda asked: desk.watch(*_two(asked.json(), "path", "window")),
            "leave": self._leave,
            "propose": lambda asked: {"id": proposed_id(desk.root, _wanted(asked.json()))},
            "new": lambda asked: desk.create(_wanted(asked.json())),
            "withdraw": lambda asked: desk.withdraw(*_two(asked.json(), "path", "base")),
            "delete": lambda asked: desk.delete(*_two(asked.json(), "path", "base")),
            "restore": lambda asked: desk.restore(_two(asked.json(), "label", "label")[0]),
            "upload": self._upload,
        }

    def _save(self, asked: Request) -> Mapping[str, Any]:
        found = asked.json()
        return self.desk.save(_change(found), _two(found, "path", "window")[1])

    def _draft(self, asked: Request) -> Mapping[str, Any]:
        found = asked.json()
        draft = found.get("draft")
        return self.desk.keep_draft(*_two(found, "path", "window"), draft=draft if isinstance(draft, dict) else None)

    def _leave(self, asked: Request) -> Mapping[str, Any]:
        self.desk.company.left(*_two(asked.json(), "path", "window"))
        return {}

    def _upload(self, asked: Request) -> Mapping[str, Any]:
        if asked.length > LARGEST_FILE:
            raise Refused(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB", "请直接放进 content/media/", status=413)
        path, name = asked.query.get("path", ""), asked.query.get("name", "")
        return {"file": keep(self.desk.root, path, name=name, stream=asked.sent, length=asked.length)}

    def _file(self, asked: Request) -> Answer:
        if asked.path.startswith(f"{ROOT}media/"):
            return self._picture(asked.path.removeprefix(f"{ROOT}media/"))
        if asked.path.startswith(ROOT):
            return self._own(asked.path.removeprefix(ROOT) or "edit.html")
        if asked.path == "/":
            return Answer("303 See Other", "text/plain", b"", (*HEADERS, ("Location", ROOT)))
        return self._page(asked)

    def _own(self, name: str) -> Answer:
        suffix = Path(name).suffix
        if name == "edit.css":
            return Answer("200 OK", "text/css; charset=utf-8", self._style())
        path = _BROWSER / name
        if "/" in name or suffix not in _TYPES or not path.is_file():
            raise Refused("没有这个地址", status=404)
        return Answer("200 OK", f"{_TYPES[suffix]}; charset=utf-8", path.read_bytes())

    def _style(self) -> bytes:
        """The exhibition's own tokens and ground, then what only the editor has."""
        found = [
            next(path for folder in self.theme_dirs if (path := Path(folder, "styles", name)).is_file())
            for name in _STYLES
        ]
        return b"\n".join(path.read_bytes() for path in (*found, _BROWSER / "edit.css"))

    def _picture(self, file: str) -> Answer:
        found = picture_at(self.desk.root, file)
        if found is None:
            raise Refused("没有这张图片", status=404)
        path, kind = found
        sealed = [one for one in HEADERS if one[0] != "Content-Security-Policy"]
        return Answer(
            "200 OK", kind, path.read_bytes(), (*sealed, ("Content-Security-Policy", "default-src 'none'; sandbox"))
        )

    def _page(self, asked: Request) -> Answer:
        """A page of the exhibition as it is, or as a draft has it; its own policy, and only our page may frame it."""
        headers = (*security(), ("Cache-Control", "no-store"), ("Cross-Origin-Resource-Policy", "same-origin"))
        page = self.desk.pages.get(asked.query.get("draft", ""))
        if page is not None:
            return Answer("200 OK", "text/html; charset=utf-8", page, headers)
        self.desk.preview.ready(asked.path)
        path = self.site / asked.path.lstrip("/")
        path = path / "index.html" if asked.path.endswith("/") else path
        home = self.site.resolve()
        if "\0" in asked.path or not path.resolve().is_relative_to(home) or not path.is_file():
            raise Refused("没有这一页", status=404)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        return Answer("200 OK", kind, path.read_bytes(), headers)


def _is_api(asked: Request) -> bool:
    return asked.path.startswith(f"{ROOT}api/")


def _refused(fault: Refused) -> Answer:
    status = f"{fault.status} {_REASONS.get(fault.status, 'Refused')}"
    return data({"reason": str(fault), "hint": fault.hint}, status)


def _two(found: Mapping[str, Any], *names: str) -> tuple[str, str]:
    first, second = (found.get(name) for name in names)
    if not isinstance(first, str) or not isinstance(second, str):
        raise Refused("送来的内容不完整", status=400)
    return first, second


def _change(found: Mapping[str, Any]) -> Change:
    path, base = _two(found, "path", "base")
    fields, body, text = found.get("fields") or {}, found.get("body"), found.get("text")
    if not isinstance(fields, dict) or not all(one is None or isinstance(one, str) for one in (body, text)):
        raise Refused("送来的内容不完整", status=400)
    return Change(path, base, fields, body, text)


def _wanted(found: Mapping[str, Any]) -> Wanted:
    kind, title = _two(found, "kind", "title")
    return Wanted(kind, title, str(found.get("id") or ""), str(found.get("edition") or ""))
