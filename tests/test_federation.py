"""Several exhibitions searched from one page: their indexes merged, their pages led to, bad members told."""

from __future__ import annotations

import json
import os
import random
import shutil
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from conftest import StrictHandler
from small import deck_at, project, write
from whole import bytes_of

from site_builder.cli import cli
from site_builder.federation.gathering import gathered, wanted_from
from site_builder.federation.members import Member, member_of, placed
from site_builder.federation.portal import own_member, write_portal
from site_builder.federation.reading import SiteDirectory
from site_builder.model.problems import code_named
from site_builder.opendata.making import whole_data
from site_builder.pipeline import whole_index
from site_builder.search.files import script
from site_builder.search.layout import MOST
from site_builder.search.query import Index
from site_builder.sheets.packages import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from site_builder.model.pages import OutputFile

BEI = {
    "editions/2024.yml": "title: 北样本展期\n",
    "projects/2024/lun-zhou.md": project(
        title="样本轮轴热处理装置", year="2023", industry="冶金", organisations="样本北厂", region="样本北区"
    ),
    "projects/2024/gong-you.md": project(title="样本焊接夹具", year="2021", organisations="样本共有厂"),
    "craftsmen/yang-ben-bei.md": "---\nname: 样本北人\nsources: 样本来源\n---\n\n会修轮轴，也会焊接。\n",
}
NAN = {
    "editions/2024.yml": "title: 南样本展期\n",
    "projects/2024/gong-you.md": project(title="样本轮轴检测台", year="2022", organisations="样本共有厂"),
    "studios/nan-shi.md": "---\nname: 样本南工作室\nsources: 样本来源\n---\n\n“轮轴”与 GB/T 12345 都在这里。\n",
}
QUERIES = ("轮轴", "样本", "焊接", "样本共有厂", "gongyou", "“轮轴检测”", "年份:2022", "GB/T", "轮轴 -检测")
DONE = "document.querySelector('[data-results]:not([aria-busy]) [data-result], [data-none]')"


def put(site: Path, files: dict[str, OutputFile]) -> None:
    """Writes files of a site."""
    for address, file in files.items():
        path = site / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def site_of(root: Path, files: dict[str, str], **settings: str) -> Path:
    """The index and the open data of a small exhibition, as its build lays them out."""
    deck = deck_at(write(root, files), **settings)
    put(root / "site", dict(whole_index(deck)))
    put(root / "site", dict(whole_data(deck)[0]))
    return root / "site"


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of two exhibitions elsewhere; read them, never write into them."""
    house = tmp_path_factory.mktemp("members")
    return {
        "bei": site_of(house / "bei", BEI, name="样本北展", url="https://bei.example.org/", organiser="样本北工会"),
        "nan": site_of(house / "nan", NAN, name="样本南展", url="https://nan.example.org/zhan/", licence="CC-BY-4.0"),
    }


@pytest.fixture(scope="module")
def portal(built_site: Path, members: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real exhibition's site with the page of all three."""
    site = tmp_path_factory.mktemp("portal") / "site"
    shutil.copytree(built_site, site, copy_function=os.link)
    everyone = [own_member(site), *(member_of(SiteDirectory(path), name) for name, path in members.items())]
    write_portal(site, everyone, workers=2)
    return site


def index_at(site: Path, folder: str = "") -> Index:
    """The index of a site, or of the page of several."""
    return Index(lambda name: (site / folder / name).read_bytes())


# --- the common index ------------------------------------------------------------------------------------------------


def test_every_query_finds_what_the_members_find(portal: Path, built_site: Path, members: dict[str, Path]) -> None:
    """Neither more nor less, at the places of the members' own indexes."""
    common = index_at(portal, "exhibitions")
    firsts = [member[0] for member in common.manifest["members"]]
    for query in (*QUERIES, "自动化", "一等奖", "zhijiang"):
        found = set(common.candidates(query))
        wanted = set()
        for first, site in zip(firsts, (built_site, *members.values()), strict=True):
            wanted |= {first * MOST + at for at in index_at(site).candidates(query)}
        assert found == wanted, query
        assert found or query == "“轮轴检测”", query
    assert len(common.classes) == common.manifest["entries"]
    titles = {common.record(at)[1] for at in common.search("“轮轴检测”")}
    assert titles == {"样本轮轴检测台"}


def test_every_slice_of_every_text_is_found(portal: Path, built_site: Path, members: dict[str, Path]) -> None:
    """Recall is one: of random slices of titles and texts of all three."""
    common, dice = index_at(portal, "exhibitions"), random.Random(8)
    tried = 0
    for (first, *_), site in zip(common.manifest["members"], (built_site, *members.values()), strict=True):
        own = index_at(site)
        for place in dice.sample(sorted(own.classes), min(40, len(own.classes))):
            record = own.record(place)
            assert common.record(first * MOST + place)[1] == record[1]
            text = dice.choice([str(one) for one in (record[1], *record[6:9]) if one])
            start = dice.randrange(max(1, len(text) - 1))
            word = text[start : start + dice.randint(2, 6)]
            if word.isalnum():
                tried += 1
                assert common.holds(first * MOST + place, word), (word, record[1])
    assert tried > 40


def test_the_bytes_do_not_depend_on_the_number_of_processes(portal: Path, tmp_path: Path) -> None:
    """Nor on what stood there before; and what did not change keeps its time."""
    site = tmp_path / "site"
    shutil.copytree(portal, site, copy_function=shutil.copy2, ignore=shutil.ignore_patterns("covers", "api", "media"))
    before = {path: path.stat().st_mtime_ns for path in (site / "exhibitions").rglob("*") if path.is_file()}
    said = json.loads((site / "exhibitions/members.json").read_text())
    everyone = [own_member(site)]
    for one in said["exhibitions"][1:]:
        home = portal.parents[1]
        place = next(home.glob(f"members*/{one['id']}/site"))
        everyone.append(member_of(SiteDirectory(place), one["id"]))
    write_portal(site, everyone, workers=1)
    assert bytes_of(site / "exhibitions") == bytes_of(portal / "exhibitions")
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert sorted(path.name for path in site.glob(".*")) == []


def test_columns_of_the_members_become_one(portal: Path, built_site: Path, members: dict[str, Path]) -> None:
    """Values are the same where their labels are; what an exhibition alone knows is left out."""
    common = index_at(portal, "exhibitions")
    table = common.load("facets")
    names = [facet[0] for facet in table["facets"]]
    assert names[:2] == ["exhibition", "kind"]
    assert not {"edition", "hall"} & set(names)
    year = common.load("f/year")
    assert year["labels"] == sorted(year["labels"], reverse=True)
    organisations = values_of(common, "organisation")
    shared = {at for at, labels in organisations.items() if "样本共有厂" in labels}
    firsts = {member[3]: member[0] for member in common.manifest["members"]}
    assert {place // MOST >= firsts["nan"] for place in shared} == {True, False}
    for name, site in (("own", built_site), *members.items()):
        own = index_at(site)
        for facet in ("year", "region", "organisation", "industry"):
            if facet in [one[0] for one in own.load("facets")["facets"]]:
                mine = {firsts[name] * MOST + at: labels for at, labels in values_of(own, facet).items()}
                found = values_of(common, facet)
                assert {at: found.get(at) for at in mine} == mine, (name, facet)


def values_of(index: Index, name: str) -> dict[int, set[str]]:
    """Place → labels of a facet, read by what docs/browse.md says alone."""
    said = index.load(f"f/{name}")
    found: dict[int, set[str]] = {}
    for block, segment in enumerate(said["column"].split("!")):
        at, place, width = 0, block * MOST, said["width"]
        while at < len(segment):
            if segment[at] == " ":
                at, place = at + 1, place + 1
            elif segment[at] == "#":
                at, place = at + 2, place + symbol(segment[at + 1]) + 1
            else:
                word = segment[at : at + width]
                number = 0
                for one in word:
                    number = number * MOST + symbol(one)
                found.setdefault(place, set()).add(said["labels"][number])
                at += width
                if segment[at : at + 1] == "'":
                    at += 1
                else:
                    place += 1
    return found


def symbol(character: str) -> int:
    """The value of a symbol (docs/search.md)."""
    return ord(character) - 0x28 - (ord(character) > 0x5C)


# --- the page ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base(portal: Path) -> Iterator[str]:
    """The portal under the strictest policy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(portal)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_one_search_over_all_of_them(page: Page, base: str) -> None:
    """Results of three exhibitions, each leading to its own site; nothing is asked of any other host."""
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{base}/exhibitions/?q=轮轴")
    page.wait_for_function(DONE)
    page.wait_for_load_state("networkidle")
    ways = [one.get_attribute("href") or "" for one in page.locator("[data-result] a").all()]
    assert "https://bei.example.org/projects/lun-zhou/" in ways
    assert "https://bei.example.org/craftsmen/yang-ben-bei/" in ways
    assert "https://nan.example.org/zhan/projects/gong-you/" in ways
    assert "https://nan.example.org/zhan/studios/nan-shi/" in ways
    row = page.locator('[data-result="https://nan.example.org/zhan/projects/gong-you/"]')
    assert "样本南展" in row.inner_text()
    assert row.locator("img").count() == 0
    assert row.locator("[data-favourite]").count() == 0
    page.locator('[data-facet="exhibition"] summary').click()
    page.locator('[data-facet="exhibition"] [data-value="nan"]').click()
    page.wait_for_function(
        "document.querySelector('[data-count]').dataset.count !== '' && location.search.includes('exhibition=nan')"
    )
    page.wait_for_function(f"{DONE} && document.querySelectorAll('[data-result]').length === 2")
    assert all(
        "https://nan.example.org/" in (one.get_attribute("href") or "") for one in page.locator("[data-result] a").all()
    )
    for view in ("cards", "table", "timeline", "tiles"):
        page.goto(f"{base}/exhibitions/?q=轮轴&exhibition=nan&view={view}")
        page.wait_for_function(
            "document.querySelector('[data-count]') && document.querySelector('[data-count]').dataset.count === '2'"
        )
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-results]").inner_text().strip()
    assert [url for url in asked if not url.startswith(base)] == []
    assert faults == []


def test_the_real_exhibition_is_found_beside_them(page: Page, base: str) -> None:
    """Its entries keep covers and the button for the visitor's list; its own search page knows nothing of the others."""
    page.goto(f"{base}/exhibitions/?q=焊接&exhibition=own")
    page.wait_for_function(DONE)
    first = page.locator("[data-result]").first
    assert first.locator("[data-favourite]").count() == 1
    assert (first.locator("a").first.get_attribute("href") or "").startswith(base)
    page.goto(f"{base}/search/?q=样本轮轴")
    page.wait_for_function(DONE)
    assert page.locator("[data-result^='https:']").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_names_every_exhibition(browser: Browser, base: str, width: int) -> None:
    """Without a script as with one: name, way, counts, date or licence; no sideways scrolling, nothing that Axe minds."""
    with browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{base}/exhibitions/")
        houses = page.locator("[data-exhibition]")
        assert houses.count() == 3
        north = page.locator('[data-exhibition="bei"]')
        assert north.locator("a").first.get_attribute("href") == "https://bei.example.org/"
        assert "样本北展" in north.inner_text()
        assert "样本北工会" in north.inner_text()
        assert "成果 2 项" in north.inner_text()
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{base}/exhibitions/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.title().startswith("各地展览")
        broken = [one["id"] for one in Axe().run(page).response["violations"]]
        assert broken == []


# --- members that cannot take part -----------------------------------------------------------------------------------


def copied(site: Path, to: Path) -> Path:
    """A member's site that a test may harm."""
    shutil.copytree(site, to)
    return to


def refusal(act: Callable[[], object]) -> Refused:
    """What an act is refused for; its code is one of the table and its words are Chinese."""
    with pytest.raises(Refused) as refused:
        act()
    assert code_named(refused.value.code)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.value.message + refused.value.hint)
    return refused.value


def changed(site: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Writes another content into a file of the index."""
    path = site / f"search/v1/{name}.js"
    path.write_bytes(script(name, change(index_at(site).load(name))).content)


def test_another_version_is_refused(members: dict[str, Path], tmp_path: Path) -> None:
    """A later format, or a kind that this program does not know."""
    for name, change in (
        ("later", lambda found: found | {"version": 2}),
        ("strange", lambda found: found | {"kinds": [["spaceship", "飞船", "艘", "ships"], *found["kinds"]]}),
    ):
        site = copied(members["bei"], tmp_path / name)
        changed(site, "manifest", change)
        refused = refusal(partial(member_of, SiteDirectory(site), "bei"))
        assert refused.code == "federation-version"


HARMS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "a block of another exhibition": (
        "t/0",
        lambda found: found.replace("$((", "$()", 1) if "$((" in found else "#样本&5$()(#",
    ),
    "steps into another exhibition": ("t/0", lambda found: "#样本&5$(((" + "!(" * 20 + "#"),
    "no shard": ("t/0", lambda found: {"样本": 1}),
    "a term of another shard": ("t/0", lambda found: "#样本轮&5$(((#"),
    "a head cut off": ("t/0", lambda found: "#&5$#"),
    "counts that do not fit": ("manifest", lambda found: found | {"entries": 99}),
    "blocks of any number": ("manifest", lambda found: found | {"blocks": 10**9}),
    "a kind that is none": ("d/0/0", lambda found: [*found[:2], 99, *found[3:]]),
    "an id that leads elsewhere": ("d/0/0", lambda found: ["../../x", *found[1:]]),
    "fields of another type": ("d/0/0", lambda found: [found[0], {"a": 1}, *found[2:]]),
    "a column of other entries": ("f/year", lambda found: found | {"column": "(" * 80}),
    "a value without a label": ("f/year", lambda found: found | {"column": "~"}),
    "orders missing": ("f/rank", lambda found: []),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_index_is_refused_and_nothing_is_written(
    harm: str, members: dict[str, Path], portal: Path, tmp_path: Path
) -> None:
    """Whoever made it so; what stood there stays."""
    name, change = HARMS[harm]
    site = copied(members["nan"], tmp_path / "nan")
    changed(site, name, change)
    own = tmp_path / "site"
    (own / "search").mkdir(parents=True)
    shutil.copy(portal / "search/index.html", own / "search/index.html")

    def act() -> None:
        everyone = [member_of(SiteDirectory(members["bei"]), "bei"), member_of(SiteDirectory(site), "nan")]
        write_portal(own, everyone, workers=2)

    assert refusal(act).code == "federation-member"
    assert not list(own.glob("*exhibitions*"))


def test_a_file_is_read_and_never_copied(members: dict[str, Path], portal: Path, tmp_path: Path) -> None:
    """A script that a member puts behind its content does not come onto the portal."""
    site = copied(members["nan"], tmp_path / "nan")
    path = site / "search/v1/d/0/0.js"
    path.write_bytes(path.read_bytes() + b"alert(1)\n")
    own = tmp_path / "site"
    (own / "search").mkdir(parents=True)
    shutil.copy(portal / "search/index.html", own / "search/index.html")
    assert (
        refusal(lambda: write_portal(own, [member_of(SiteDirectory(site), "nan")], workers=1)).code
        == "federation-member"
    )


def test_more_than_an_index_can_name_is_refused(members: dict[str, Path]) -> None:
    """Two symbols name 7,396 blocks."""
    member = member_of(SiteDirectory(members["nan"]), "nan")
    assert [one.first for one in placed((member, member, member))] == [0, 16, 32]
    assert refusal(lambda: placed((member,) * 463)).code == "federation-limit"


def test_a_site_that_is_none_or_older_is_told(members: dict[str, Path], portal: Path, tmp_path: Path) -> None:
    """Before anything is written."""
    assert refusal(lambda: own_member(tmp_path)).code == "federation-site"
    own = tmp_path / "site"
    (own / "search").mkdir(parents=True)
    text = (portal / "search/index.html").read_text(encoding="utf-8")
    (own / "search/index.html").write_text(text.replace("data-search>", "data-find>"), encoding="utf-8")
    member: Member = member_of(SiteDirectory(members["nan"]), "nan")
    assert refusal(lambda: write_portal(own, [member], workers=1)).code == "federation-site"


def test_a_member_without_an_address_is_told(tmp_path: Path) -> None:
    """Its results would lead nowhere."""
    site = site_of(tmp_path, NAN, name="样本无址展")
    assert refusal(lambda: member_of(SiteDirectory(site), "nan")).code == "federation-member"


# --- over the network ------------------------------------------------------------------------------------------------


def test_a_member_on_the_web_is_kept_for_when_it_is_down(
    members: dict[str, Path], serve_directory: Callable[[Path], str], tmp_path: Path
) -> None:
    """Fetched once; asked again only for what changed; used as it was kept where nobody answers."""
    site = copied(members["nan"], tmp_path / "nan")
    base = serve_directory(site)
    wanted = wanted_from(f"nan={base}")
    member, problems = gathered(wanted, tmp_path, private=True)
    assert problems == ()
    assert (member.name, member.address) == ("样本南展", "https://nan.example.org/zhan/")
    kept = bytes_of(tmp_path / ".cache/federation/nan")
    assert {name: one for name, one in bytes_of(site).items() if name in kept} == kept
    (site / "search/v1/t/0.js").unlink()
    assert gathered(wanted, tmp_path, private=True)[1] == ()
    changed(site, "manifest", lambda found: found | {"digest": "0123456789ab"})
    again, problems = gathered(wanted, tmp_path, private=True)
    assert [one.code for one in problems] == ["federation-kept"]
    assert again.manifest == member.manifest
    assert bytes_of(tmp_path / ".cache/federation/nan") == kept
    assert refusal(lambda: gathered(wanted_from(f"other={base}"), tmp_path, private=True)).code == "harvest-source"


def test_files_that_a_bucket_has_moved_are_found(
    members: dict[str, Path], serve_directory: Callable[[Path], str], tmp_path: Path
) -> None:
    """Under the folder that the manifest names; kept under their plain names."""
    site = copied(members["nan"], tmp_path / "nan")
    index = site / "search/v1"
    (index / "r-0123456789ab/t").mkdir(parents=True)
    (index / "t/0.js").rename(index / "r-0123456789ab/t/0.js")
    changed(site, "manifest", lambda found: found | {"moved": ["r-0123456789ab/", ["t/0"]]})
    direct = member_of(SiteDirectory(site), "nan")
    assert isinstance(direct.content("t/0"), str)
    gathered(wanted_from(f"nan={serve_directory(site)}"), tmp_path, private=True)
    assert (tmp_path / ".cache/federation/nan/search/v1/t/0.js").read_bytes() == (
        members["nan"] / "search/v1/t/0.js"
    ).read_bytes()


def test_inner_networks_are_asked_only_where_the_editor_allows_it(tmp_path: Path) -> None:
    """The limits of harvesting hold."""
    assert refusal(lambda: gathered(wanted_from("http://10.0.0.1/"), tmp_path, private=False)).code == "harvest-address"
    for address in ("ftp://nan.example.org/", "https:///a", "https://nan.example.org/?a=b"):
        assert refusal(partial(wanted_from, address)).code == "federation-member"
    assert wanted_from("https://www.nan.example.org").id == "nan-example-org"
    assert wanted_from("nan=https://nan.example.org/zhan").source == "https://nan.example.org/zhan/"


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def home(portal: Path, tmp_path: Path) -> Path:
    """An exhibition with a built site, nothing federated yet."""
    root = tmp_path / "exhibition"
    (root / "content").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: 样本门户\nplugins: [exhibition]\n", encoding="utf-8")
    for folder in ("search", "data"):
        shutil.copytree(portal / folder, root / "site" / folder, copy_function=os.link)
    return root


def told(*arguments: str, root: Path) -> tuple[int, str]:
    """Exit code and all that was said."""
    done = CliRunner().invoke(cli, ["federate", *arguments, "--root", str(root)], catch_exceptions=False)
    return done.exit_code, done.output


def test_the_command_takes_a_list(home: Path, members: dict[str, Path]) -> None:
    """One member a line, with remarks."""
    text = f"# 片区\nbei={members['bei']}\n\nnan={members['nan']}  # 南\n"
    (home / "名单.txt").write_text(text, encoding="utf-8")
    code, said = told(str(home / "名单.txt"), root=home)
    assert code == 0, said
    assert "3 个展览" in said
    assert "样本北展" in said
    assert "https://nan.example.org/zhan/" in said
    listed = json.loads((home / "site/exhibitions/members.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in listed["exhibitions"]] == ["own", "bei", "nan"]
    assert listed["exhibitions"][2]["licence"]


def test_the_command_tells_who_is_missing(home: Path, members: dict[str, Path]) -> None:
    """And writes nothing, or what there is where the editor says so."""
    code, said = told(f"bei={members['bei']}", f"nan={home / 'nowhere'}", root=home)
    assert code == 1
    assert "federation-member" in said
    assert "什么都没有写" in said
    assert not (home / "site/exhibitions").exists()
    code, said = told(f"bei={members['bei']}", f"nan={home / 'nowhere'}", "--skip-bad", root=home)
    assert code == 0
    assert "2 个展览" in said
    code, said = told(f"bei={members['bei']}", f"bei={members['nan']}", root=home)
    assert code == 1
    assert "编号都是 bei" in said
