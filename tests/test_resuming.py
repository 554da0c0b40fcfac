"""A preview begins with what the last build left: at once, right, and only where it is today's; the survey has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small import project
from test_cli import serving
from test_preview import JIA, NO_STORY, PAGE
from whole import build, bytes_of, exhibition

from site_builder.commands.serve import failure_of, previewed
from site_builder.preview.following import Following
from site_builder.preview.resuming import resumed
from site_builder.warm.settled import home_of, read_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_builder.preview.preview import Preview

YI = "content/projects/2026/yang-ben-yi.md"
LISTS = ("", PAGE, "projects/yang-ben-yi/", "projects/", "craftsmen/yang-ben-ren/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition with its site and what the build left; whoever changes something puts it back."""
    root = exhibition(tmp_path_factory.mktemp("resuming") / "exhibition", NO_STORY)
    build(root)
    return root


@pytest.fixture
def saved(built: Path) -> Iterator[Callable[[str, bytes | None], None]]:
    """Writes or removes a file; afterwards it is as it was."""
    before: dict[str, bytes | None] = {}

    def save(name: str, content: bytes | None) -> None:
        path = built / name
        before.setdefault(name, path.read_bytes() if path.is_file() else None)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)

    yield save
    for name, content in before.items():
        if content is None:
            (built / name).unlink()
        else:
            (built / name).write_bytes(content)


def with_words(path: Path, words: str) -> bytes:
    """The file with words below its text."""
    return path.read_bytes() + f"\n{words}\n".encode()


def laid(preview: Preview) -> dict[str, bytes]:
    """Everything that lies in the preview's directory, with these pages made."""
    assert preview.site is not None
    for address in LISTS:
        preview.ready(f"/{address}")
    return bytes_of(preview.site)


def test_it_shows_what_a_survey_does(built: Path, tmp_path: Path, saved: Callable[[str, bytes | None], None]) -> None:
    """Every file is the one that MkDocs and a whole survey give, a text that was edited since the build among them."""
    before = bytes_of(built)
    for words in ("", "建站以后写的样本话。"):
        if words:
            saved(JIA, with_words(built / JIA, words))
        preview = previewed(built, tmp_path)
        preview.resume()
        assert preview.has_pages
        found, amiss = laid(preview), preview.problems
        assert words in found[f"{PAGE}index.html"].decode()
        if not words:
            assert bytes_of(built) == before
        preview.refresh()
        assert laid(preview) == found
        assert preview.problems == amiss


def _of_the_record(root: Path, name: str) -> str:
    return (home_of(root, root / "site") / name).relative_to(root).as_posix()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (JIA, project(title="样本新名").encode()),
        lambda root: (JIA, b"---\ntitle: [\n"),
        lambda root: (YI, None),
        lambda root: ("content/projects/2026/spaet.md", project(title="样本晚到").encode()),
        lambda root: ("mkdocs.yml", (root / "mkdocs.yml").read_bytes() + b"\ncopyright: x\n"),
        lambda root: ("content/pages/about.md", with_words(root / "content/pages/about.md", "样本页面的话。")),
        lambda root: ("site/404.html", b"harmed"),
        lambda root: ("site/404.html", None),
        lambda root: (_of_the_record(root, "survey"), (root / _of_the_record(root, "survey")).read_bytes()[:-100]),
        lambda root: (_of_the_record(root, "memory"), b"harmed"),
        lambda root: (_of_the_record(root, "settled"), None),
    ],
    ids=[
        "title",
        "broken",
        "removed",
        "added",
        "settings",
        "page",
        "site-harmed",
        "site-lost",
        "survey",
        "memory",
        "record",
    ],
)
def test_in_doubt_it_begins_with_nothing(
    built: Path,
    tmp_path: Path,
    saved: Callable[[str, bytes | None], None],
    change: Callable[[Path], tuple[str, bytes | None]],
) -> None:
    """Where more than a text differs, or what was left is not as it was left, the whole is read first, as ever."""
    saved(*change(built))
    assert resumed(built, tmp_path / "site") is None
    assert not (tmp_path / "site").exists()


def test_another_build_between_its_files_is_seen(
    built: Path, tmp_path: Path, saved: Callable[[str, bytes | None], None]
) -> None:
    """Files of two builds never speak together: the record names the seal of what lies beside it."""
    settled = read_settled(home_of(built, built / "site"))
    assert settled is not None
    name = _of_the_record(built, "settled")
    saved(name, (built / name).read_bytes().replace(settled.seal.encode(), b"0" * 16))
    assert resumed(built, tmp_path / "site") is None


def test_what_is_saved_before_the_first_survey_is_not_lost(
    built: Path, tmp_path: Path, saved: Callable[[str, bytes | None], None]
) -> None:
    """What concerns nobody else is shown at once; for the rest nobody knows yet who may be named, so it waits for the survey."""
    preview = previewed(built, tmp_path)
    following = Following(preview, attempt=failure_of, say=lambda _: None)
    following.begin()
    assert (preview.has_pages, preview.reads) == (True, {})
    saved(JIA, with_words(built / JIA, "一开始就存的样本话。"))
    preview.glance([JIA])
    assert "一开始就存的样本话" in laid(preview)[f"{PAGE}index.html"].decode()
    saved(YI, project(title="样本换名", organisations="样本新厂").encode())
    preview.glance([YI])
    assert "样本新厂" not in laid(preview)["projects/yang-ben-yi/index.html"].decode()
    preview.refresh()
    found = laid(preview)
    assert "一开始就存的样本话" in found[f"{PAGE}index.html"].decode()
    assert "样本新厂" in found["projects/yang-ben-yi/index.html"].decode()


def test_a_server_answers_before_it_has_read_everything(
    built: Path, saved: Callable[[str, bytes | None], None]
) -> None:
    """The address is printed first, then that the whole was taken up; edits are followed as ever."""
    with serving(built) as served:
        served.until(lambda: "已更新" in served.said(), "the first survey")
        assert served.said().index("预览：") < served.said().index("已更新")
        saved(JIA, project(title="样本换名").encode())
        served.until(lambda: "样本换名" in served.get("projects/")[1], "the new name in the list")
        assert "Traceback" not in served.said()
