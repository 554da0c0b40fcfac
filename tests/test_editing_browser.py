"""Editing in Chromium: forms, the page beside them, pictures, two windows, and what survives a crash."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from edited import Served, served
from PIL import Image
from playwright.sync_api import expect
from servers import free_port
from small import project
from whole import SMALL, exhibition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

JIA = "content/projects/2024/yang-ben-jia.md"
YI = "content/projects/2026/yang-ben-yi.md"
REN = "content/craftsmen/yang-ben-ren.md"
DING = "content/projects/2026/yang-ben-ding.md"
XIN = "content/projects/2026/yang-ben-xin.md"
FILES = SMALL | {
    "projects/2026/yang-ben-bing.md": project(title="样本丙成果"),
    "projects/2026/yang-ben-ding.md": project(title="样本丁成果", awards="样本奖", year="2025"),
    "projects/2026/yang-ben-geng.md": project(title="样本庚成果"),
    "projects/2026/yang-ben-xin.md": project(title="样本辛成果"),
    "projects/2026/yang-ben-wu.md": "---\ntitle: 样本戊成果\nyear: 二四年\nsources: 样本来源\n---\n",
}
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", function (event) {
  window.broken.push(event.effectiveDirective + " " + event.blockedURI);
});
"""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The editor of a small exhibition, running."""
    house = tmp_path_factory.mktemp("editor")
    root = exhibition(house / "exhibition", FILES)
    settings = root / "mkdocs.yml"
    said = settings.read_text(encoding="utf-8").replace("- exhibition:\n", "- exhibition:\n      languages: [en]\n", 1)
    settings.write_text(said, encoding="utf-8")
    with served(root, house / "scratch") as running:
        yield running


@pytest.fixture(scope="module")
def context(editor: Served, browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has used the ticket; faults of scripts and of the policy are faults of the test."""
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}) as opened:
        opened.add_init_script(WATCH)
        first = opened.new_page()
        first.goto(editor.guard.address)
        first.close()
        yield opened


@pytest.fixture
def window(context: BrowserContext) -> Iterator[Page]:
    """A new window of that browser."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    yield page
    assert faults == []
    assert page.is_closed() or page.evaluate("window.broken") == []
    page.close()


def opened(page: Page, editor: Served, path: str) -> Page:
    """An entry, with its page beside it."""
    page.goto(f"{editor.base}/_edit/#/entry/{path}")
    page.wait_for_selector("main[data-ready]")
    return page


def saved(page: Page) -> None:
    """Saves as an editor does, by keyboard, and waits for the answer."""
    page.keyboard.press("Control+s")
    expect(page.locator(".bar__state")).to_have_text(re.compile("^已保存"))


def accessible(page: Page, what: str) -> None:
    """By axe-core, once colours stand still, with targets large enough and nothing wider than the window."""
    page.evaluate(
        """() => Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
            .map((one) => one.finished.catch(() => null)))"""
    )
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, f"{what}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), what
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("button, select, .desk-head a, .line, summary, input[type=text]"))
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert small == [], what


def test_an_entry_is_begun_filled_seen_and_saved(window: Page, editor: Served) -> None:
    """From its title to the file, with the real page beside it as one types, and what is amiss at its field."""
    window.goto(f"{editor.base}/_edit/#/new")
    window.get_by_label("标题或名称").fill("样本己成果")
    expect(window.locator("#new-id")).to_have_value("yang-ben-ji-cheng-guo")
    window.get_by_role("button", name="建好，开始填").click()
    window.wait_for_selector("iframe.is-shown")
    path = editor.root / "content/projects/2026/yang-ben-ji-cheng-guo.md"
    assert path.is_file()

    window.get_by_label("简介", exact=False).first.fill("一句样本的话：# 不是注释 --- <img src=x onerror=alert(1)>")
    year = window.get_by_label("年份").first
    year.fill("二四年")
    window.get_by_role("button", name="加一项完成单位").click()
    unit = window.get_by_role("combobox", name="单位（必填）")
    window.wait_for_selector(".faults:not([hidden]) >> text=不是年份")
    frame = window.frame_locator("iframe.is-shown")
    frame.get_by_text("一句样本的话").first.wait_for()
    assert year.get_attribute("aria-invalid") == "true"
    assert "请写四位数字" in window.locator(f"#{str(year.get_attribute('aria-describedby')).split()[-1]}").inner_text()
    assert unit.count() == 1
    window.get_by_role("button", name="不是年份").click()
    assert year.evaluate("node => node === document.activeElement")
    year.fill("2025")
    window.wait_for_selector("[aria-invalid=true]", state="detached")

    window.locator("#body").fill("头一段。\n\n重点")
    window.locator("#body").select_text()
    window.get_by_role("button", name="小标题").click()
    assert window.locator("#body").input_value() == "## 头一段。\n## \n## 重点"
    window.keyboard.press("Control+z")
    assert window.locator("#body").input_value() == "头一段。\n\n重点"
    assert "头一段" not in path.read_text(encoding="utf-8")
    saved(window)
    assert path.read_text(encoding="utf-8") == (
        '---\ntitle: 样本己成果\nsummary: "一句样本的话：# 不是注释 --- <img src=x onerror=alert(1)>"\nedition: 2026\nyear: 2025\n'
        "status: draft\n---\n\n头一段。\n\n重点\n"
    ).replace('"', "")
    # a draft is not seen by visitors: the form says so, and one button puts that right
    expect(window.locator(".unpublished")).to_be_visible()
    window.get_by_role("button", name="发布", exact=True).click()
    expect(window.locator(".unpublished")).to_be_hidden()
    expect(window.locator(".bar__state")).to_have_text(re.compile("^已保存"))
    assert "status: published" in path.read_text(encoding="utf-8")


def test_a_picture_is_dropped_described_and_centred(window: Page, editor: Served) -> None:
    """It lies in content/media, stands in the page beside, and keeps the point that was clicked."""
    opened(window, editor, YI)
    stream = io.BytesIO()
    Image.new("RGB", (600, 400), "navy").save(stream, "JPEG")
    data = stream.getvalue().hex()
    handle = window.evaluate_handle(
        """data => { const bytes = new Uint8Array(data.match(/../g).map(one => parseInt(one, 16)));
        const carried = new DataTransfer();
        carried.items.add(new File([bytes], "IMG_0001.JPG", {type: "image/jpeg"}));
        return carried; }""",
        data,
    )
    window.locator(".drop").first.dispatch_event("drop", {"dataTransfer": handle})
    window.wait_for_selector("img.thumb:not([hidden])")
    assert (editor.root / "content/media/projects/2026/yang-ben-yi.jpg").is_file()
    alt = window.get_by_label("替代文字").first
    assert alt.evaluate("node => node === document.activeElement")
    alt.fill("一张样本图")
    window.locator(".focus summary").first.click()
    expect(window.locator(".focus__picture").first).to_have_js_property("naturalWidth", 600)
    box = window.locator(".focus__picture").first.bounding_box()
    assert box is not None
    window.locator(".focus__frame").first.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    window.frame_locator("iframe.is-shown").locator("img[alt=一张样本图]").first.wait_for()
    saved(window)
    text = (editor.root / YI).read_text(encoding="utf-8")
    assert (
        "  - file: projects/2026/yang-ben-yi.jpg\n    alt: 一张样本图\n    focus:\n      - 25%\n      - 50%\n" in text
    )
    window.evaluate(
        """() => { const carried = new DataTransfer(); ["x.jpg", "y.jpg"].forEach(name =>
        carried.items.add(new File(["MZ, kein Bild"], name)));
        document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: carried})); }"""
    )
    expect(window.locator("#told p")).to_have_text(
        [re.compile("“x.jpg”没有放进来：.+。.+。"), re.compile("“y.jpg”没有")]
    )


def test_a_file_dropped_beside_its_frame_does_not_take_the_place_of_the_form(window: Page, editor: Served) -> None:
    """The browser would open it; a dragged text is still the browser's own affair."""
    opened(window, editor, YI)
    prevented = """given => { const carried = new DataTransfer();
        given ? carried.items.add(new File(["x"], "x.jpg")) : carried.setData("text/plain", "字");
        return ["dragover", "drop"].map(name => !document.querySelector("h1").dispatchEvent(
            new DragEvent(name, {dataTransfer: carried, bubbles: true, cancelable: true}))); }"""
    assert window.evaluate(prevented, False) == [False, False]
    assert window.evaluate(prevented, True) == [True, True]
    expect(window.locator("#told")).to_contain_text("请拖到“图片”等栏目的虚线框里")


def test_two_windows_never_overwrite_each_other(window: Page, context: BrowserContext, editor: Served) -> None:
    """They know of each other; what only one changed is joined, what both changed is asked, nothing is lost."""
    opened(window, editor, DING)
    other = opened(context.new_page(), editor, DING)
    other.wait_for_selector(".company:not(:empty)")
    window.get_by_label("成果名称（必填）").fill("我写的名称")
    window.get_by_label("简介").first.fill("只有我写的简介")
    other.get_by_label("成果名称（必填）").fill("另一个窗口的名称")
    other.get_by_label("年份").first.fill("2024")
    saved(other)
    other.close()
    window.keyboard.press("Control+s")
    box = window.locator("dialog.compare")
    box.wait_for()
    accessible(window, "comparison")
    assert box.locator("fieldset").count() == 1
    assert "我写的名称" in box.inner_text() and "另一个窗口的名称" in box.inner_text()
    assert "另一个窗口的名称" in (editor.root / DING).read_text(encoding="utf-8")
    box.get_by_role("radio", name="用别处写的").check()
    box.get_by_role("button", name="并在一起").click()
    assert window.get_by_label("年份").first.input_value() == "2024"
    saved(window)
    text = (editor.root / DING).read_text(encoding="utf-8")
    assert "title: 另一个窗口的名称" in text and "summary: 只有我写的简介" in text and "year: 2024" in text


def test_an_answer_that_comes_late_draws_nothing(window: Page, editor: Served) -> None:
    """Who opens an entry before the list is there keeps the entry, its address and what is typed."""
    late: list[Route] = []
    window.route("**/api/overview*", lambda route: late.append(route))
    with window.expect_request("**/api/overview*"):
        window.goto(f"{editor.base}/_edit/#/list")
    window.goto(f"{editor.base}/_edit/#/entry/{XIN}")
    window.wait_for_selector(".sheet")
    window.get_by_label("简介").first.fill("没有保存的话")
    with window.expect_response("**/api/overview*"):
        late[0].continue_()
    window.wait_for_timeout(300)
    assert window.get_by_label("简介").first.input_value() == "没有保存的话"
    assert window.url.endswith(f"#/entry/{XIN}")


def test_a_change_on_the_disk_is_seen(window: Page, editor: Served) -> None:
    """Where nothing is unsaved the form follows; where something is, it asks; a file that was removed can be written back."""
    path = editor.root / DING
    opened(window, editor, DING)
    path.write_text(project(title="记事本里改的名称"), encoding="utf-8")
    expect(window.locator(".sheet textarea").first).to_have_value("记事本里改的名称")
    window.get_by_label("简介").first.fill("没有保存的话")
    path.unlink()
    window.get_by_role("button", name="怎么办").click()
    window.get_by_role("button", name="写回来").click()
    window.wait_for_selector("#told >> text=已经并在一起")
    assert "记事本里改的名称" in path.read_text(encoding="utf-8")
    saved(window)
    assert "没有保存的话" in path.read_text(encoding="utf-8")


def test_drafts_survive_reloads_crashes_and_other_hands(browser: Browser, tmp_path: Path) -> None:
    """A reload, a browser that is gone, a server that is gone, and a file that changed meanwhile: no keystroke is lost."""
    root, port = exhibition(tmp_path / "exhibition"), free_port()
    summary = "写到一半的话"
    with browser.new_context(locale="zh-CN") as first:
        page = first.new_page()
        with served(root, tmp_path / "one", port=port) as editor:
            page.goto(editor.guard.address)
            opened(page, editor, JIA)
            with page.expect_response(lambda answer: answer.url.endswith("/api/draft")):
                page.get_by_label("简介").first.fill(summary)
            page.reload()
            page.wait_for_selector("#told >> text=已经恢复")
            assert page.get_by_label("简介").first.input_value() == summary
        # the server is gone: what is typed now stays in the browser
        page.get_by_label("年份").first.fill("2023")
        page.wait_for_selector("#told >> text=编辑程序停了")
        assert "2023" not in (root / JIA).read_text(encoding="utf-8")
        desk = editor.desk
        with served(root, tmp_path / "one", port=port, desk=desk) as editor:
            page.goto(editor.guard.address)
            opened(page, editor, JIA)
            page.wait_for_selector("#told >> text=已经恢复")
            assert page.get_by_label("年份").first.input_value() == "2023"
            with page.expect_response(lambda answer: answer.url.endswith("/api/draft")):
                page.get_by_label("年份").first.fill("2022")
    (root / JIA).write_text(project(title="另一个人改的名称"), encoding="utf-8")
    with served(root, tmp_path / "one", port=port, desk=desk) as editor, browser.new_context(locale="zh-CN") as second:
        # that browser is gone with all it kept; its window said no goodbye, and is taken for gone when it was silent long enough
        page = second.new_page()
        page.goto(editor.guard.address)
        page.goto(f"{editor.base}/_edit/#/")
        page.get_by_text("没有保存完的（1）").wait_for()
        opened(page, editor, JIA)
        if page.get_by_role("button", name="把那份内容取过来").count():
            page.get_by_role("button", name="把那份内容取过来").click()
        expect(page.locator(".bar__state")).to_have_text(re.compile("^有改动"))
        assert page.get_by_label("简介").first.input_value() == summary
        assert page.get_by_label("年份").first.input_value() == "2022"
        assert page.get_by_label("成果名称（必填）").input_value() == "另一个人改的名称"
        saved(page)
        text = (root / JIA).read_text(encoding="utf-8")
        assert all(word in text for word in (summary, "2022", "另一个人改的名称"))


def test_a_broken_file_is_mended_in_its_text(window: Page, editor: Served) -> None:
    """The lines that are amiss are named; once it is whole the form comes back."""
    path = editor.root / "content/projects/2026/yang-ben-bing.md"
    path.write_text("---\ntitle: [样本\nsources: 样本来源\n---\n", encoding="utf-8")
    opened(window, editor, "content/projects/2026/yang-ben-bing.md")
    window.wait_for_selector(".faults >> text=第 2 行")
    window.get_by_label("源文件").fill(project(title="改好的样本"))
    window.keyboard.press("Control+s")
    expect(window.locator(".sheet textarea").first).to_have_value("改好的样本")
    assert path.read_text(encoding="utf-8") == project(title="改好的样本")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_view_is_accessible(window: Page, editor: Served, width: int, scheme: str) -> None:
    """Lists, a new entry, an entry with faults and all that can still be filled, on a phone and a desk, light and dark."""
    window.set_viewport_size({"width": width, "height": 900})
    window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    for view in ("", "list", "new") if (width, scheme) in {(390, "dark"), (1280, "light")} else ():
        window.goto(f"{editor.base}/_edit/#/{view}")
        window.reload()
        window.wait_for_selector("main[data-ready]")
        accessible(window, view)
    opened(window, editor, "content/projects/2026/yang-ben-wu.md")
    window.wait_for_selector(".faults:not([hidden])")
    window.locator("summary", has_text="还可以填").click()
    window.get_by_role("button", name="加一项奖项").click()
    accessible(window, "entry")


def test_what_is_not_wanted_is_given_up(window: Page, editor: Served) -> None:
    """The form and the page beside it show the file again, and no draft is left."""
    opened(window, editor, REN)
    with window.expect_response(lambda answer: answer.url.endswith("/api/draft")):
        window.get_by_label("简介").first.fill("不要的话")
    window.frame_locator("iframe.is-shown").get_by_text("不要的话").first.wait_for()
    window.locator(".more-ways summary").click()
    window.get_by_role("button", name="放弃没保存的改动").click()
    expect(window.locator(".bar__state")).to_have_text("没有改动")
    window.frame_locator("iframe.is-shown").get_by_role("heading", name="样本人").first.wait_for()
    window.reload()
    window.wait_for_selector("iframe.is-shown")
    assert window.get_by_label("简介").first.input_value() == ""
    assert list(editor.desk.drafts.of(REN)) == []


def test_what_was_given_up_by_a_slip_comes_back(window: Page, editor: Served) -> None:
    """The notice has the way; afterwards it is unsaved as before."""
    opened(window, editor, REN)
    window.get_by_label("简介").first.fill("写了一小时的话")
    window.locator(".more-ways summary").click()
    window.get_by_role("button", name="放弃没保存的改动").click()
    expect(window.locator(".bar__state")).to_have_text("没有改动")
    window.get_by_role("button", name="恢复刚才写的").click()
    expect(window.get_by_label("简介").first).to_have_value("写了一小时的话")
    expect(window.locator(".bar__state")).to_contain_text("有改动还没有保存")
    with window.expect_response(lambda answer: answer.url.endswith("/api/draft")):
        window.get_by_role("button", name="不要了，用文件里的").click()
    expect(window.locator(".bar__state")).to_have_text("没有改动")


def test_the_first_page_leads_to_all_drafts(window: Page, editor: Served) -> None:
    """To them, not to the entries with faults."""
    house = editor.root / "content/projects/2026"
    several = [house / f"yang-ben-gao-{number}.md" for number in range(9)]
    for path in several:
        path.write_text(project(title=f"样本草稿{path.stem[-1]}", status="草稿"), encoding="utf-8")
    try:
        window.goto(f"{editor.base}/_edit/")
        drafts = window.locator(".part", has_text="还是草稿的")
        expect(drafts.locator("li")).to_have_count(8)
        drafts.get_by_role("link", name="看全部").click()
        window.wait_for_selector(".filters")
        assert window.get_by_label("状态").input_value() == "draft"
        assert window.locator(".lines li").count() >= len(several)
    finally:
        for path in several:
            path.unlink()


def test_the_list_finds_entries(window: Page, editor: Served) -> None:
    """By words, kind and faults; the way back keeps what was chosen."""
    window.goto(f"{editor.base}/_edit/#/list")
    window.get_by_label("找").fill("样本戊")
    expect(window.locator(".lines li")).to_have_count(1)
    window.get_by_label("找").fill("")
    window.get_by_label("只看要改的").check()
    assert "样本戊成果" in window.locator(".lines li").first.inner_text()
    window.locator(".lines a").first.click()
    window.wait_for_selector("iframe.is-shown")
    window.go_back()
    window.wait_for_selector(".lines li")
    assert window.get_by_label("只看要改的").is_checked()


def test_an_entry_is_deleted_and_comes_back(window: Page, editor: Served) -> None:
    """After a question; the notice has the way back."""
    path = editor.root / "content/projects/2026/yang-ben-bing.md"
    text = path.read_bytes()
    opened(window, editor, "content/projects/2026/yang-ben-bing.md")
    window.locator(".more-ways summary").click()
    window.get_by_role("button", name="删去这个条目").click()
    window.get_by_role("button", name="删去文件").click()
    window.wait_for_selector("#told >> text=已删去")
    assert not path.exists()
    window.get_by_role("button", name="恢复", exact=True).click()
    window.wait_for_selector(".entry")
    assert path.read_bytes() == text


def test_an_entry_is_said_in_english_beside_its_chinese(window: Page, editor: Served) -> None:
    """Typed, saved to the translation's own file; the Chinese changed, one is told at the field, and says that it still holds."""
    theirs = editor.root / "content/languages/en/projects/2026/yang-ben-geng.md"
    page = opened(window, editor, "content/projects/2026/yang-ben-geng.md")
    page.get_by_text("译文（1 处，1 处未译）").click()
    field = page.get_by_label("English：成果名称", exact=True)
    assert page.locator(".spoken__chinese").inner_text() == "样本庚成果"
    field.fill("Sample result C")
    accessible(page, "an entry with its English")
    saved(page)
    assert theirs.read_text(encoding="utf-8") == "---\ntitle: Sample result C\noriginal:\n  title: 样本庚成果\n---\n"
    page.get_by_label("成果名称（必填）").fill("样本庚新成果")
    saved(page)
    assert page.locator(".spoken__was").inner_text() == "中文改过了。译的时候是：样本庚成果"
    expect(page.locator(".spoken .field__fault").first).to_contain_text("中文又改过")
    page.get_by_label("English：成果名称，中文改过以后").select_option("是")
    saved(page)
    expect(page.locator(".spoken__was")).to_be_hidden()
    expect(page.locator(".bar__state")).to_have_text(re.compile("^已保存"))
    assert "title: 样本庚新成果" in theirs.read_text(encoding="utf-8")
