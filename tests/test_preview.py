"""The preview of a real process: every way of saving is seen, what is amiss stands over the page, and pages equal the build's."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from small import project, write
from test_cli import BEGINNING, Served, served_by, serving
from whole import SMALL, build, exhibition

from site_builder.commands.serve import previewed
from site_builder.model.problems import Place, Problem, stops
from site_builder.preview.telling import MOST, told
from site_builder.release.headers import security

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from site_builder.preview.preview import Preview

JIA = "content/projects/2024/yang-ben-jia.md"
PAGE = "projects/yang-ben-jia/"
MANY = 60
"""Files that a version control system changes at once: more than a glance takes up."""
NO_STORY = {name: text for name, text in SMALL.items() if not name.startswith("stories/")}
"""Entries that no text of MkDocs embeds: an edit wants no build of it."""
_SCRIPT = re.compile(r'<link rel="stylesheet" href="/_live/live\.css"><script src="/_live/live\.js"[^>]*></script>')


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for all; whoever changes something puts it back."""
    with serving(exhibition(tmp_path_factory.mktemp("preview") / "exhibition")) as served:
        yield served
    assert "Traceback" not in served.said()


@pytest.fixture
def entry(running: Served) -> Iterator[Path]:
    """The file of an entry; afterwards it is again what it was, and its page, too."""
    path = running.root / JIA
    text = path.read_text(encoding="utf-8")
    yield path
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    running.until(lambda: "样本甲成果" in running.get(PAGE)[1] and not news(running)["errors"], "the entry as it was")


def news(served: Served, page: str = PAGE, **known: str) -> dict[str, Any]:
    """What the script of a page hears, at once unless it says what it knows."""
    asked = "&".join(f"{name}={known.get(name, '')}" for name in ("seen", "index", "told"))
    answer: dict[str, Any] = json.loads(served.get(f"_live/now?page=/{page}&{asked}")[1])
    return answer


def shows(served: Served, words: str, address: str = PAGE) -> Callable[[], bool]:
    """Whether a page has these words now."""
    return lambda: words in served.get(address)[1]


def changed(path: Path, words: str) -> str:
    """The text of the file with words below it."""
    return f"{path.read_text(encoding='utf-8')}\n{words}\n"


def departing(shown: str, built: str) -> str:
    """Where a page first departs from the one that was built, in both, with a few words around."""
    at = next((at for at, (one, other) in enumerate(zip(shown, built, strict=False)) if one != other), -1)
    around = slice(max(0, at - 40), at + 60)
    return (
        f"{shown[around]!r} instead of {built[around]!r}"
        if at >= 0
        else f"{len(shown)} characters instead of {len(built)}"
    )


# --- ways of saving --------------------------------------------------------------------------------------------------


def test_an_editor_that_renames_the_old_file_first(running: Served, entry: Path) -> None:
    """As Vim does: the file is gone for a moment, and a backup lies beside it."""
    text = changed(entry, "先改名再写的样本话。")
    backup = entry.with_name(f"{entry.name}~")
    entry.rename(backup)
    entry.write_text(text, encoding="utf-8")
    backup.unlink()
    running.until(shows(running, "先改名再写的样本话"), "the text saved by rename")


def test_an_editor_that_moves_a_new_file_into_place(running: Served, entry: Path) -> None:
    """As most do that never leave half a file."""
    draft = entry.with_name(".4913.tmp")
    draft.write_text(changed(entry, "换上新文件的样本话。"), encoding="utf-8")
    draft.replace(entry)
    running.until(shows(running, "换上新文件的样本话"), "the text moved into place")


def test_a_file_written_in_two_parts_is_no_error(running: Served, entry: Path) -> None:
    """The first half cannot be read; nobody is told of it, for the second comes at once."""
    whole = changed(entry, "分两次写到的样本话。").encode()
    heard = [news(running)]
    arrived = shows(running, "分两次写到的样本话")

    def listen() -> None:
        # there may still be news of what the test before this one put back
        while not arrived() and len(heard) < 20:
            heard.append(news(running, **{name: str(heard[-1][name]) for name in ("seen", "index", "told")}))

    with ThreadPoolExecutor(1) as other:
        listening = other.submit(listen)
        time.sleep(0.2)
        with entry.open("wb") as file:
            file.write(whole[:12])
            file.flush()
            time.sleep(0.1)
            file.write(whole[12:])
        listening.result()
    assert [one["errors"] for one in heard if one["errors"]] == []
    assert arrived()


def test_a_clock_that_jumps_back_hides_no_change(running: Served, entry: Path) -> None:
    """Same size, same name, and a time of change long ago."""
    text = entry.read_text(encoding="utf-8")
    for words in ("样本辛成果", "样本壬成果"):
        entry.write_text(text.replace("样本甲成果", words), encoding="utf-8")
        os.utime(entry, (946684800, 946684800))
        running.until(shows(running, words), f"the title {words}")


def test_folders_that_go_and_come_back(running: Served, entry: Path) -> None:
    """One of entries, and content as a whole; afterwards changes are still seen."""
    content, away = running.root / "content", running.root / "weg"
    folder = content / "projects/2026"
    shutil.move(folder, away)
    running.until(lambda: running.get("projects/yang-ben-yi/")[0] == 404, "the end of a folder's pages")
    assert "这一页不在这里" in running.get("projects/yang-ben-yi/")[1]
    shutil.move(away, folder)
    running.until(shows(running, "样本乙成果", "projects/yang-ben-yi/"), "the folder that came back")
    content.rename(away)
    running.until(lambda: bool(news(running)["errors"]), "the loss of everything")
    assert "样本甲成果" in running.get(PAGE)[1], "the last good page stays"
    shutil.copytree(away, content)
    shutil.rmtree(away)
    running.until(lambda: not news(running)["errors"], "another folder in its place")
    entry.write_text(changed(entry, "搬回来以后的样本话。"), encoding="utf-8")
    running.until(shows(running, "搬回来以后的样本话"), "an edit in the folder that came back")


def test_what_cannot_be_read_is_told_and_the_page_stays(running: Served, entry: Path) -> None:
    """A folder in the place of a file, and a link to itself, which the system refuses to open."""
    entry.unlink()
    entry.mkdir()
    (entry / "verirrt.md").write_text("", encoding="utf-8")
    running.until(lambda: any("yang-ben-jia.md" in one["place"] for one in news(running)["errors"]), "the folder")
    assert "样本甲成果" in running.get(PAGE)[1]
    shutil.rmtree(entry)
    entry.symlink_to(entry)
    running.until(lambda: any("读不出来" in one["message"] for one in news(running)["errors"]), "the link to itself")
    assert "样本甲成果" in running.get(PAGE)[1]
    entry.unlink()


def test_another_state_of_everything_at_once(running: Served) -> None:
    """Many files come and go, as when a branch is checked out."""
    names = [f"projects/2026/viel-{number:03}.md" for number in range(MANY)]
    write(running.root, {name: project(title=f"样本多{number:03}") for number, name in enumerate(names)})
    running.until(lambda: running.get(f"projects/viel-{MANY - 1:03}/")[0] == 200, "the last of many", seconds=BEGINNING)
    assert running.get("projects/viel-000/")[0] == 200
    for name in names:
        (running.root / "content" / name).unlink()
    running.until(lambda: running.get("projects/viel-000/")[0] == 404, "their end", seconds=BEGINNING)


# --- what is amiss ---------------------------------------------------------------------------------------------------


def test_errors_are_told_while_the_last_good_page_stays(running: Served, entry: Path) -> None:
    """With file, line and mend, until they are mended; another entry can be edited meanwhile."""
    entry.write_text(entry.read_text(encoding="utf-8").replace("title:", "titel: 样本\ntitle:"), encoding="utf-8")
    running.until(lambda: bool(news(running)["errors"]), "the error")
    (error,) = news(running)["errors"]
    assert error["place"] == f"{JIA}:2:1"
    assert "titel" in error["message"]
    assert error["mend"]
    assert "样本甲成果" in running.get(PAGE)[1]
    other = running.root / "content/projects/2026/yang-ben-yi.md"
    good = other.read_text(encoding="utf-8")
    other.write_text(f"{good}\n别处照样能改的样本话。\n", encoding="utf-8")
    running.until(shows(running, "别处照样能改的样本话", "projects/yang-ben-yi/"), "an edit beside an error")
    other.write_text(good, encoding="utf-8")


def test_a_dead_reference_is_told_at_once(running: Served, entry: Path) -> None:
    """Not only what a file says by itself."""
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("people: yang-ben-ren", "people: yang-ben-mei"), encoding="utf-8")
    running.until(
        lambda: any("yang-ben-mei" in one["message"] for one in news(running)["errors"]), "the dead reference"
    )


def test_a_broken_template_is_told_with_its_line(running: Served) -> None:
    """The page stays as it was; mended, the template is taken up."""
    own, settings = running.root / "theme/exhibits/project.html", running.root / "mkdocs.yml"
    good = settings.read_text(encoding="utf-8")
    own.parent.mkdir(parents=True)
    own.write_text("样本模板\n{{ view.no_such_thing }}\n", encoding="utf-8")
    settings.write_text(good.replace("  name: material\n", "  name: material\n  custom_dir: theme\n"), encoding="utf-8")
    running.until(lambda: any("project.html:2" in one["message"] for one in news(running)["errors"]), "the template")
    assert "样本甲成果" in running.get(PAGE)[1]
    own.write_text("样本自己的模板\n", encoding="utf-8")
    running.until(shows(running, "样本自己的模板"), "the mended template")
    settings.write_text(good, encoding="utf-8")
    shutil.rmtree(running.root / "theme")
    running.until(lambda: "样本自己的模板" not in running.get(PAGE)[1], "the packaged template")


def test_many_problems_are_counted_and_secrets_masked() -> None:
    """A list of hundreds is told in part; the errors come first, and what a message quotes is hidden as in reports."""
    problems = [Problem("no-source", Place(f"content/{number:03}.md"), "样本") for number in range(MOST + 5)]
    shown = told([*problems, Problem("yaml", Place("content/z.md", (), 3, 1), "写着 13800000000")], ["样本失败"])
    assert shown["errors"][0]["message"] == "样本失败"
    assert "13800000000" not in json.dumps(shown, ensure_ascii=False)
    assert shown["errors"][1]["place"] == "content/z.md:3:1"
    assert (len(shown["warnings"]), shown["more_warnings"], shown["more_errors"]) == (MOST, 5, 0)
    assert told([Problem("empty-hall", Place("content/x.yml"), "样本")])["told"] == "", "notes are for reports"


def test_it_begins_with_whatever_is_there(tmp_path: Path) -> None:
    """Broken settings: only the problem is shown; broken content: all that could be read; and it heals by itself."""
    root = exhibition(tmp_path / "exhibition")
    settings, entry = root / "mkdocs.yml", root / JIA
    good, whole = settings.read_text(encoding="utf-8"), entry.read_text(encoding="utf-8")
    settings.write_text("site_name: [样本\n", encoding="utf-8")
    entry.write_text("---\ntitle: [样本\n---\n", encoding="utf-8")
    with served_by(root, "site_builder.cli", "serve", "--port", "PORT") as served:
        served.until(lambda: served.get("")[0] == 503, "the page before all pages", seconds=BEGINNING)
        assert "/_live/live.js" in served.get("")[1]
        assert "mkdocs.yml:1:12: 错误[yaml]" in news(served, "")["errors"][0]["message"]
        settings.write_text(good, encoding="utf-8")
        served.until(lambda: served.get("")[0] == 200, "what could be read", seconds=BEGINNING)
        assert "样本乙成果" in served.get("projects/yang-ben-yi/")[1]
        assert [one["place"].partition(":")[0] for one in news(served, "")["errors"]] == [JIA]
        entry.write_text(whole, encoding="utf-8")
        served.until(lambda: served.get(PAGE)[0] == 200 and not news(served)["errors"], "the mended entry")
    assert "Traceback" not in served.said()


# --- in a browser ----------------------------------------------------------------------------------------------------


def opened(page: Page, served: Served, address: str = PAGE) -> list[str]:
    """Opens a page under the policy it is served with; what the console says against it."""
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"http://127.0.0.1:{served.port}/{address}")
    return faults


def test_two_browsers_show_the_problem_once_and_the_page_again(running: Served, entry: Path, browser: Browser) -> None:
    """The panel lies over the page without a reload; hostile words stay words; mended, it goes, and the page is the new one."""
    good = entry.read_text(encoding="utf-8")
    with (
        browser.new_context(locale="zh-CN") as wide,
        browser.new_context(viewport={"width": 360, "height": 740}) as narrow,
    ):
        screens = [wide.new_page(), narrow.new_page()]
        faults = [opened(screen, running) for screen in screens]
        for screen in screens:
            screen.evaluate("window.sameDocument = true")
        hostile = "<img src=x onerror=alert(1)>: 1\ntitle:"
        entry.write_text(good.replace("title:", hostile, 1), encoding="utf-8")
        for screen in screens:
            panel = screen.get_by_role("region", name="预览：内容里的问题")
            panel.wait_for()
            assert f"{JIA}:2:1" in panel.inner_text()
            assert "<img src=x onerror" in panel.inner_text()
            assert panel.locator("img").count() == 0
            assert screen.get_by_role("alert").count() == 1
            assert screen.evaluate("window.sameDocument")
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert screen.get_by_role("heading", level=1).inner_text() == "样本甲成果"
            box = panel.locator("summary").first.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        screens[0].reload()
        screens[0].locator(".live-errors").wait_for()
        assert screens[0].get_by_role("alert").count() == 0, "said once, not at every load"
        entry.write_text(good.replace("样本甲成果", "样本改好成果"), encoding="utf-8")
        for screen in screens:
            screen.get_by_role("heading", level=1, name="样本改好成果").wait_for()
            screen.locator(".live-errors").wait_for(state="detached")
        assert faults == [[], []]


def test_the_panel_folds_and_stays_folded(running: Served, entry: Path, page: Page) -> None:
    """Whoever has read it can look at the page; the same problems do not unfold it again."""
    entry.write_text(entry.read_text(encoding="utf-8").replace("title:", "titel: 样本\ntitle:"), encoding="utf-8")
    opened(page, running)
    page.locator(".live-errors summary").click()
    page.locator(".live-errors .live-one").wait_for(state="hidden")
    page.reload()
    page.locator(".live-errors").wait_for()
    assert not page.locator(".live-errors .live-one").is_visible()


# --- the same pages --------------------------------------------------------------------------------------------------


def laid_by(preview: Preview, address: str = PAGE) -> str:
    """A page as it is now."""
    preview.ready(address)
    assert preview.site is not None
    return (preview.site / address / "index.html").read_text(encoding="utf-8")


def test_a_glance_shows_what_a_survey_does(tmp_path: Path) -> None:
    """The page of the entry that was saved is right before the whole is looked at, whatever changed in it."""
    root = exhibition(tmp_path / "exhibition", NO_STORY)
    preview = previewed(root, tmp_path)
    preview.refresh()
    text = (root / JIA).read_text(encoding="utf-8")
    for change in (
        ("---\n", "---\n样本正文。\n"),
        ("title: 样本甲成果", "title: 样本新名"),
        ("title:", "summary: 样本一句话。\ntitle:"),
        ("title:", "year: 2023\nindustry: 电力\ntitle:"),
        ("organisations: 样本一厂", "organisations: 样本二厂"),
    ):
        (root / JIA).write_text(change[1].join(text.rsplit(change[0], 1)), encoding="utf-8")
        preview.glance([JIA])
        glanced, amiss = laid_by(preview), preview.problems
        preview.refresh()
        whole = laid_by(preview)
        if "样本二厂" not in change[1]:  # a name that is new has a page of its own only after the survey
            assert glanced == whole
            assert amiss == preview.problems
        else:
            assert "样本二厂" in glanced


def test_what_is_saved_during_a_survey_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The survey read the file as it was; when it is done, the page still shows what was saved since."""
    root = exhibition(tmp_path / "exhibition", NO_STORY)
    preview = previewed(root, tmp_path)
    preview.refresh()
    known = preview._known

    def slow(*given: Any) -> Any:
        found = known(*given)
        (root / JIA).write_text(changed(root / JIA, "查看当中存的样本话。"), encoding="utf-8")
        preview.glance([JIA])
        return found

    monkeypatch.setattr(preview, "_known", slow)
    preview.refresh()
    assert "查看当中存的样本话" in laid_by(preview)


STORY = "stories/yang-ben-zhuan-ti/"


def test_a_story_saved_beside_an_error_is_shown_when_the_error_is_mended(tmp_path: Path) -> None:
    """With the error MkDocs built nothing: what it would have taken up is still to be taken up."""
    root = exhibition(tmp_path / "exhibition")
    preview = previewed(root, tmp_path)
    preview.refresh()
    good = (root / JIA).read_text(encoding="utf-8")
    (root / JIA).write_text(good.replace("title:", "titel: 样本\ntitle:"), encoding="utf-8")
    story = root / "content" / f"{STORY.rstrip('/')}.md"
    story.write_text(changed(story, "出错时存的样本话。"), encoding="utf-8")
    preview.refresh()
    (root / JIA).write_text(good, encoding="utf-8")
    preview.refresh()
    assert "出错时存的样本话" in laid_by(preview, STORY)


def test_an_error_saved_while_mkdocs_begins_hides_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in a story asks for a build; that there is an error by the time it looks does not make the name known."""
    root = exhibition(tmp_path / "exhibition")
    preview = previewed(root, tmp_path)
    preview.refresh()
    renamed = (root / JIA).read_text(encoding="utf-8").replace("样本甲成果", "样本改名成果")
    look = preview._surveyed

    def late(*given: Any) -> Any:
        (root / JIA).write_text(renamed.replace("title:", "titel: 样本\ntitle:"), encoding="utf-8")
        return look(*given)

    (root / JIA).write_text(renamed, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(preview, "_surveyed", late)
        preview.refresh()
    assert stops(preview.problems)
    (root / JIA).write_text(renamed, encoding="utf-8")
    preview.refresh()
    assert "样本改名成果" in laid_by(preview, STORY)


def test_after_all_edits_every_page_is_the_builds(running: Served) -> None:
    """And nothing of the preview is in the site that is built."""
    write(running.root, {"projects/2026/spaet.md": project(title="样本晚到", organisations="样本三厂")})
    (running.root / "content/projects/2026/yang-ben-yi.md").write_text(project(title="样本乙又改"), encoding="utf-8")
    site = build(running.root)
    pages = {
        f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./"): path.read_text(encoding="utf-8")
        for path in site.rglob("index.html")
    }
    assert len(pages) > 30
    assert not [address for address, text in pages.items() if "_live" in text]

    def differing() -> list[str]:
        shown = {address: _SCRIPT.sub("", running.get(address)[1]) for address in pages}
        return [f"/{one}: {departing(shown[one], text)}" for one, text in pages.items() if shown[one] != text]

    running.until_none(differing)
    write(running.root, {name: text for name, text in SMALL.items() if name.endswith("yang-ben-yi.md")})
    (running.root / "content/projects/2026/spaet.md").unlink()


def test_the_panels_own_files_bear_the_sites_policy(running: Served) -> None:
    """Scripts from the site alone, none within pages; and nothing but its own files lies there."""
    policy = dict(security())["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert running.get("_live/live.js")[0] == 200
    assert running.get("_live/..%2fdoor.py")[0] == 404
    assert running.get("_live/door.py")[0] == 404
