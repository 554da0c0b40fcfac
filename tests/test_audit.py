"""The audit of built sites: every code by a site broken for it, the real exhibition clean, builds that stop and builds that do not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from faulty_site import ASKING, DEAD, FAULTS, NO_PLACES, PAGE, TELLING, URL, changed, number_of, sound_site
from small import project, write
from whole import PROJECT, SMALL, build, exhibition, run

from site_builder.audit.alike import Alike, alike
from site_builder.audit.auditing import Demands, audit
from site_builder.audit.foreign import asked_elsewhere
from site_builder.audit.leaks import Secrets, personal
from site_builder.audit.links import broken, ways_of
from site_builder.audit.places import NOWHERE, OUTSIDE, site_at
from site_builder.audit.reading import Reader
from site_builder.audit.seams import END
from site_builder.audit.sieve import Sieve
from site_builder.audit.weights import NAMES, Budgets, scales, too_heavy
from site_builder.cli import cli
from site_builder.model.problems import CODES, Severity, code_named
from site_builder.warm.keeping import read_kept
from site_builder.warm.settled import home_of, read_settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.problems import Problem

QUICK = frozenset({"dead-link", "dead-anchor", "foreign-request", "private-data"})
FIRST, LAST = "dead-link", "hidden-entry"
SECRETS = Secrets(paths=("/srv/yang-ben-zhan",), hidden=(("yang-ben-gao", "样本草稿成果"),))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A sound site of one's own."""
    return sound_site(tmp_path / "site")


def found(site: Path, *, whole: bool = True, workers: int = 1) -> tuple[Problem, ...]:
    """What the audit says of it."""
    return audit(site_at(site), Demands(whole=whole, secrets=SECRETS), workers=workers)


def test_a_sound_site_has_no_fault(site: Path) -> None:
    """Numbers of patents and standards are no telephone numbers, and names of vocabularies no requests."""
    assert found(site) == ()
    assert found(site, whole=False) == ()


@pytest.mark.parametrize(("code", "place", "spoil"), FAULTS, ids=[f"{n}-{fault[0]}" for n, fault in enumerate(FAULTS)])
def test_each_fault_is_found_where_it_is(code: str, place: str, spoil: Callable[[Path], None], site: Path) -> None:
    """Under its code and no other; the fast part finds its share of them."""
    spoil(site)
    whole = found(site)
    assert {(problem.code, problem.place.path) for problem in whole} == {(code, place)}, whole
    quick = {(problem.code, problem.place.path) for problem in found(site, whole=False)}
    assert quick <= {(code, place)}
    if code in QUICK and place.endswith((".html", ".css")):
        assert quick == {(code, place)}


def test_what_the_sieve_lets_pass_is_sound(site: Path) -> None:
    """Pages put together at random from faults and decoys: none passes in which a reading as browsers read finds anything."""
    draw, url = Random(10), site_at(site)
    plain = (site / PAGE).read_text(encoding="utf-8").replace("ZL201910000000.0", "")
    marks = (
        *"<!-- --> \" ' <p,title= </li> <script> </script> <template> </template> <b> >".replace(",", "\t").split(" "),
    )
    parts = (
        *DEAD,
        *ASKING,
        *NO_PLACES,
        *TELLING,
        *marks,
        "<p>样本</p>",
        '<a href="#yi">一</a>',
        '<a href="#zhe">一</a>',
    )
    passed = 0
    for _ in range(1500):
        page = plain.replace("</main>", "".join(draw.choices(parts, k=draw.randint(1, 4))) + "</main>")
        content = page.encode()
        if not Sieve(url).passes(content, PAGE):
            continue
        passed += 1
        read = Reader().page(content, PAGE)
        ways = ways_of(read, url)
        assert not (*broken(read, ways), *asked_elsewhere(read, url), *personal(read)), page
    assert 50 < passed < 1000


def test_short_pages_pass_together_as_each_would(site: Path) -> None:
    """Pages that only lead on, some of them spoilt, ended too early or begun as another goes on: none passes that is not sound."""
    draw, url = Random(12), site_at(site)
    begun = '<!doctype html><html lang="zh-CN"><head><title>样本</title></head><body>'
    parts = (*DEAD, *ASKING, *NO_PLACES, *TELLING, *DEAD[:1] * 9, "</title>", "<title>", "0000", '"', "<p")
    passed = 0
    for _ in range(400):
        sieve = Sieve(url)
        assert sieve.passes(f"{begun}<p>样本</p></body></html>".encode(), PAGE)
        pages = {f"projects/{number}/index.html": f"{begun}<p>{number}</p></body></html>" for number in range(5)}
        for name in draw.sample([*pages], draw.randint(0, 2)):
            html = pages[name]
            at = draw.choice((html.index("</body>"), draw.randint(0, len(html))))
            pages[name] = draw.choice(
                (html[:at], html[:at] + draw.choice(parts) + html[at:], draw.choice(parts) + html)
            )
        doubted = {name for name, _ in sieve.in_doubt((name, html.encode()) for name, html in pages.items())}
        passed += not doubted
        for name in pages.keys() - doubted:
            read = Reader().page(pages[name].encode(), name)
            ways = ways_of(read, url)
            assert not (*broken(read, ways), *asked_elsewhere(read, url), *personal(read)), pages
    assert 100 < passed < 300


def test_pages_of_the_press_pass_the_sieve(built_site: Path) -> None:
    """All but a few of the real exhibition: otherwise every build would read them twice."""
    site = site_at(built_site)
    sieve = Sieve(site)
    held = [name for name in site.pages() if not sieve.passes(site.read(name), name)]
    assert len(held) < len(site.pages()) / 10, held


def test_a_place_that_is_written_in_a_shared_part_is_looked_for_on_each_page(site: Path) -> None:
    """The head of the site is proved once; a place that it names must be on every page."""
    head = '<body><header class="site-head"><a href="#yi">样本</a></header>'
    for name in ("index.html", PAGE):
        changed(name, "<body>", head)(site)
    assert [(one.code, one.place.path) for one in found(site, whole=False)] == [("dead-anchor", "index.html")]


def _sieved(site: Path, *pages: tuple[str, str]) -> list[bool]:
    """Whether pages with this more in their main part pass one sieve, one after the other; the first one often, to be known."""
    sieve, plain = Sieve(site_at(site)), (site / PAGE).read_text(encoding="utf-8").replace("ZL201910000000.0", "")
    put = [(plain.replace("</main>", f"{more}</main>").encode(), name) for name, more in pages]
    for _ in range(12):
        assert sieve.passes(*put[0])
    return [sieve.passes(*one) for one in put]


def test_what_is_known_is_sound_only_where_it_stood(site: Path) -> None:
    """A tag that was proved says something else in a script or a field of text, at another depth, without its place, unfinished."""
    place, script = '<p id="zhe">样本</p>', '<script src="../../assets/0a/exhibition.js">'
    sound = f'{script}</script><textarea></textarea>{place}<a href="#zhe">样本</a>'
    swallowed = f'{script}{place}</script><a href="#zhe">样本</a>'
    written = f'<textarea>{place}</textarea><a href="#zhe">样本</a>'
    again = f'{script}</script>{script}{place}</script><a href="#zhe">样本</a>'
    for more in (swallowed, written, again, '<a href="#zhe">样本</a>', f"{sound}<", f"{sound}<<", f"{sound}<textarea>"):
        assert _sieved(site, (PAGE, sound), (PAGE, more)) == [True, False], more
    beside = '<a href="../yang-ben-yi/">样本</a>'
    assert _sieved(site, (PAGE, beside), ("events/yang-ben-yi/index.html", beside)) == [True, False]
    higher = PAGE.replace("yang-ben-yi/", "")
    assert _sieved(site, (PAGE, sound), (PAGE, sound), (higher, sound)) == [True, True, False]


def _framed(main: str, *, before: str = "", up: str = "../../") -> bytes:
    """A page with head and foot as all pages of a site have them: the one names a place of the page's own, and one in the other."""
    head = f'<header><a href="#zhe">样本</a><a href="#foot">样本</a>{f"<p><a href={chr(34)}{up}{chr(34)}>样本</a></p>" * 20}</header>'
    body = f'<body>{head}<main>{main}</main><footer id="foot"><p>样本</p></footer></body>'
    return f"<!doctype html><html><head><title>样本</title>{before}</head>{body}</html>".encode()


def test_head_and_foot_of_the_site_are_sound_only_where_they_stood(site: Path) -> None:
    """They are known as a whole; a place of the page itself must be on each, in the page and not in a template, and the root as far up."""
    place = '<p id="zhe">样本</p>'
    for content, name, passes in (
        (_framed(f"<h1>样本</h1>{place}<p>样本</p>"), PAGE, True),
        (_framed("<h1>样本</h1><p>样本</p>"), PAGE, False),
        (_framed(f"<template>{place}</template>"), PAGE, False),
        (_framed(place, before="<template>"), PAGE, False),
        (_framed(f'<a href="../../mei-you/">样本</a>{place}'), PAGE, False),
        (_framed(place, up="../"), "projects/index.html", True),
        (_framed(place), "projects/index.html", False),
    ):
        sieve = Sieve(site_at(site))
        assert [sieve.passes(_framed(f"<h1>{number}</h1>{place}<p>{number}</p>"), PAGE) for number in range(4)] == [
            True
        ] * 4
        assert sieve.passes(content, name) == passes, content.decode()


def _alike(*pages: bytes, unsound: bytes = END) -> Alike:
    """What two pages have in common, all being sound but what begins so."""
    former, latter = (page.replace(b"</", END + b"/").split(b"<") for page in pages)
    return alike(former, latter, sound=lambda piece: not piece.startswith(unsound))


def test_what_neighbours_have_in_common_is_left_out_of_the_next_page() -> None:
    """From where the body begins, and to the end, as long as what is left begins with a beginning; nothing that is not sound."""
    first, second, third = (_framed(f"<p>{number}</p>") for number in range(3))
    found = _alike(first, second)
    left = b"<!doctype html><html><head><title>\xe6\xa0\xb7\xe6\x9c\xac</title></head><main><p>2</p></main>"
    assert found.without(third) == left
    assert found.written(b"../../", b"../").without(_framed("<p>2</p>", up="../")) == left
    for other in (third.replace(b"<main>", b"</b>"), third.replace(b"<header>", b"<nav>"), third[:-1], b"<body>", b""):
        assert found.without(other) is None
    begun, ended = third[: third.index(b"<p>2")], third[third.index(b"<footer") :]
    assert found.without(begun + ended) == left.replace(b"<p>2</p></main>", b"")
    assert found.without(begun[:-6] + ended) is None
    few = _alike(b"<body><p>1</p><b>2</b><p>1</p>", b"<body><p>1</p><b>3</b><p>1</p>")
    assert few.without(b"<body><p>1</p><b>4</b><p>1</p>") == b"<p>1</p><b>4</b>"
    assert few.without(b"<body><p>1</p>") is None
    assert not _alike(first, second, unsound=b"header").pieces


def test_an_address_that_goes_up_in_its_middle_is_held_back(site: Path) -> None:
    """It may ask another host, or mean something else on each page."""
    for address in ("//sample.invalid/../../x.png", "x/y/../../../../media/a.png"):
        assert _sieved(site, (PAGE, "<p>样本</p>"), (PAGE, f'<img src="{address}" alt="">')) == [True, False], address


@pytest.mark.parametrize(
    "more",
    [
        '<link rel="stylesheet" href="//sample.invalid/x.css" rel="canonical">',
        '<link x1rel="canonical" href="//sample.invalid/x.css" rel="stylesheet">',
        '<link rel="stylesheet" title="&quot; rel=&quot;canonical" href="//sample.invalid/x.css">',
        '<p\nid="yang" id="zhe">样本</p><a href="#zhe">样本</a>',
        '<p id id="zhe">样本</p><a href="#zhe">样本</a>',
        '<a href="https://sample.invalid/x.png">样本</a><img src="https://sample.invalid/x.png" alt="">',
        '<template><p id="zhe">样本</p></template><a href="#zhe">样本</a>',
        "<p>样本\0</p>",
    ],
)
def test_what_a_tag_says_twice_is_what_browsers_take_it_for(more: str, site: Path) -> None:
    """Of two words of a tag on the same thing the first one counts; what was only followed may not be loaded."""
    known = '<a href="https://sample.invalid/x.png">样本</a><p id="zhe">样本</p><a href="#zhe">样本</a>'
    assert _sieved(site, (PAGE, known), (PAGE, more)) == [True, False]


CUT = (
    ("138-0000", "0000"),
    ("138-00", "00-0000"),
    ("（021", "）0000-0000"),
    ("电话 000", "0000"),
    ("出", "生：1901年1月"),
    ("生", "于1901年1月"),
    ("生", "日 1901年1月"),
    ("1901年1月1日", "生，"),
    ("家", "住样本路1号"),
    ("住", "址：样本路1号"),
    ("户", "籍地：样本路1号"),
    ("家庭", "地址：样本路1号"),
    ("宿舍：样本路1弄2号3单", "元"),
)
"""What is personal, cut where no half of it says so."""
HALVES = (
    ("yang.ben@", "sample.invalid"),
    ("yang.ben@sample", ".invalid"),
    ("宿舍：样本路1弄2号303", "室"),
    ("宿舍：样本路1弄2号3", "单元"),
)
"""Cut where one half is enough to be held back."""


@pytest.mark.parametrize(
    "dropped", ["</noscript>", "</b></i>", "</x-yang>", "<tr>", '<td class="yang">', "<head>", "<body>"]
)
def test_what_a_dropped_tag_cuts_in_two_is_held_back(dropped: str, site: Path) -> None:
    """Browsers join what stands on both sides of a tag that they leave out, of which the sieve may have known each side for long."""
    for first, second in (*CUT, *HALVES):
        sound = f"<p>{first}</p><p>{second}</p><p></p>{second}" if (first, second) in CUT else ""
        cut = f"<p>{first}{dropped}{second}</p>"
        page = (site / PAGE).read_text(encoding="utf-8").replace("</main>", f"{cut}</main>")
        assert [*personal(Reader().page(page.encode(), PAGE))], f"no example: {cut}"
        assert _sieved(site, (PAGE, sound), (PAGE, cut)) == [True, False], cut


def test_what_is_laid_before_a_table_is_held_back(site: Path) -> None:
    """Words of a table outside of its cells are laid before it, and joined there."""
    for first, second in (
        ("", "<table>{}</table>"),
        ("<table>", "<tr><td></td></tr>{}</table>"),
        ("<table>", '<input type="hidden">{}'),
    ):
        cut = f"<div>{first}138-0000{second.format('0000')}</div>"
        page = (site / PAGE).read_text(encoding="utf-8").replace("</main>", f"{cut}</main>")
        assert [*personal(Reader().page(page.encode(), PAGE))], f"no example: {cut}"
        assert _sieved(site, (PAGE, "<table><tr><td>138-0000</td></tr></table><p>0000</p>"), (PAGE, cut)) == [
            True,
            False,
        ], cut


def test_what_stands_in_for_scripts_is_read_once(site: Path) -> None:
    """As a visitor without scripts has it: its elements are elements, and words that look like one are words."""
    said = "<noscript><p>&lt;img src=&#34;mei-you.png&#34;&gt;</p></noscript>"
    changed(PAGE, "</main>", f"{said}</main>")(site)
    assert found(site) == ()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<header>", "</header>"),
        ('<header class="site-head">', "</header>"),
        ('<footer class="site-foot">', "</footer>"),
    ],
)
def test_head_and_foot_of_the_site_part_words_as_any_element_does(begin: str, end: str) -> None:
    """They are read apart from the page, and no half of a number meets the other over them."""
    page = f"<!doctype html><title>样本</title><body><p>138-0000{begin}<p>样本</p>{end}0000"
    read = Reader().page(page.encode(), PAGE)
    assert "样本" in read.words
    assert [*personal(read)] == []


def test_every_code_of_the_audit_has_a_fault() -> None:
    """Those between the first and the last in the table, and personal numbers."""
    names = [code.name for code in CODES]
    own = set(names[names.index(FIRST) : names.index(LAST) + 1])
    assert {code for code, _, _ in FAULTS} == own | {"private-data"}


def test_only_what_editors_can_mend_stops_a_build() -> None:
    """Dead links, requests to other hosts and personal numbers; all the rest is a warning."""
    errors = {code for code, _, _ in FAULTS if code_named(code).severity is Severity.ERROR}
    assert errors == {"dead-link", "foreign-request", "private-data"}


def test_numbers_are_never_printed(site: Path) -> None:
    """What leaked must not leak again through the report."""
    for kind in ("手机号", "电子邮箱", "固定电话"):
        (site / f"{len(kind)}.txt").write_text(number_of(kind), encoding="utf-8")
    said = [str(problem) for problem in found(site)]
    assert len(said) == 2 or len(said) == 3
    assert not [line for line in said for kind in ("手机号", "电子邮箱", "固定电话") if number_of(kind) in line]


def test_the_office_may_be_called(site: Path) -> None:
    """Contacts of the organiser are no leak, where the page marks them and where the settings name them."""
    page = site / PAGE
    page.write_text(
        page.read_text(encoding="utf-8").replace("</main>", f"<p data-office>{number_of('固定电话')}</p></main>"),
        encoding="utf-8",
    )
    assert found(site) == ()
    (site / "contact.txt").write_text(number_of("固定电话"), encoding="utf-8")
    allowed = Demands(secrets=Secrets(allowed=(number_of("固定电话"),)))
    assert audit(site_at(site), allowed) == ()
    assert [problem.code for problem in found(site)] == ["private-data"]


def test_workers_change_nothing(site: Path) -> None:
    """The same faults in the same order from one process and from two."""
    for number in range(310):
        write_page(site, number)
    alone = found(site)
    assert len(alone) > 310
    assert found(site, workers=2) == alone


def write_page(site: Path, number: int) -> None:
    """A page with a dead link."""
    path = site / f"p/{number}/index.html"
    path.parent.mkdir(parents=True)
    path.write_text(
        f'<html lang="zh"><title>样本{number}</title><h1>样本</h1><a href="x{number}/">x</a>', encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("", PAGE),
        ("#yi", PAGE),
        ("?q=1#yi", PAGE),
        ("../../", "index.html"),
        ("../..", "index.html"),
        ("../../index.html", "index.html"),
        ("../../projects/yang-ben-yi/", PAGE),
        ("../yang-ben-yi", PAGE),
        ("./../../media/a.png", "media/a.png"),
        ("../../media/%61.png", "media/a.png"),
        (f"{URL}media/a.png", "media/a.png"),
        ("../../../", NOWHERE),
        ("../../../../etc/passwd", NOWHERE),
        ("/", NOWHERE),
        ("../..//", NOWHERE),
        ("../..//projects//", NOWHERE),
        ("../../mei-you/", NOWHERE),
        ("https://[bad", NOWHERE),
        ("https://sample.invalid/", OUTSIDE),
        ("//sample.invalid/", OUTSIDE),
        ("mailto:x", OUTSIDE),
    ],
)
def test_where_addresses_lead(site: Path, address: str, target: str) -> None:
    """As a browser would go from a page two folders deep."""
    assert site_at(site).led(address, at=PAGE)[0] == target


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_real_exhibition_is_clean(built_site: Path) -> None:
    """No error and no warning; what is left are notes."""
    graver = [
        problem for problem in audit(site_at(built_site), Demands(), workers=2) if problem.severity is not Severity.NOTE
    ]
    assert graver == []


def test_the_command_in_three_forms_and_a_report(site: Path, tmp_path: Path) -> None:
    """Text, JSON and annotations say the same; the report asks for nothing and says each mend once."""
    (site / "media/Thumbs.db").write_text("样本", encoding="utf-8")
    runner = CliRunner()
    said = runner.invoke(cli, ["audit", str(site), "--format", "json"])
    assert [one["code"] for one in json.loads(said.stdout)] == ["stray-file"]
    assert said.exit_code == 0
    assert runner.invoke(cli, ["audit", str(site), "--strict"]).exit_code == 1
    target = tmp_path / "检查.html"
    said = runner.invoke(cli, ["audit", str(site), "--format", "github", "--report", str(target)])
    assert "::warning file=media/Thumbs.db" in said.stdout
    report = target.read_text(encoding="utf-8")
    assert report.count(code_named("stray-file").mend) == 1
    assert "media/Thumbs.db" in report
    assert "src=" not in report
    assert "href=" not in report


@pytest.mark.parametrize(
    "arguments",
    [["mei-you"], ["SITE", "--report", "x.txt"], ["SITE", "--budget", "entry"], ["SITE", "--budget", "x=1KB"]],
)
def test_wrong_use(site: Path, arguments: list[str]) -> None:
    """Told in one line, with code 2."""
    said = CliRunner().invoke(cli, ["audit", *(str(site) if word == "SITE" else word for word in arguments)])
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def test_an_entry_weighs_its_first_picture(tmp_path: Path) -> None:
    """The others come as one scrolls."""
    page = tmp_path / "projects/a/index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<!doctype html><img src="a.jpg" alt="甲"><img src="b.jpg" alt="乙">', encoding="utf-8")
    for name in ("a.jpg", "b.jpg"):
        (page.parent / name).write_bytes(bytes(9_000))
    site, name = site_at(tmp_path), "projects/a/index.html"
    seen = Reader().page(page.read_bytes(), name, whole=True)
    told = {
        limit: [*too_heavy(seen, site, html=100, weigh=scales(site), budgets=Budgets(entry=limit))]
        for limit in (9_000, 10_000)
    }
    assert [problem.code for problem in told[9_000]] == ["heavy-page"]
    assert told[10_000] == []


def test_budgets(site: Path) -> None:
    """Tightened until the page is too heavy."""
    said = CliRunner().invoke(cli, ["audit", str(site), "--budget", "entry=500B"])
    assert "heavy-page" in said.output
    assert PAGE in said.output


def test_the_manual_knows_every_option_and_names_none_that_is_not(site: Path) -> None:
    """Chapter and command say the same, budgets included."""
    text = (PROJECT / "docs/manual/audit.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z]+", CliRunner().invoke(cli, ["audit", "--help"]).output)) - {"--help"}
    assert set(re.findall(r"--[a-z]+", text)) == options
    assert [name for name in NAMES if f"`{name}`" not in text] == []
    for line in re.findall(r"^exhibition (audit .*)$", text, re.MULTILINE):
        words = [str(site) if word == "site" else word for word in line.split()]
        rest = words[: words.index("--root")] if "--root" in words else words
        assert CliRunner().invoke(cli, rest).exit_code == 0, line


# --- builds ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition with a draft and a withdrawn entry, built."""
    files = {
        "projects/2026/yang-ben-gao.md": project(title="样本草稿成果", status="draft"),
        "projects/2026/yang-ben-che.md": project(title="样本撤下成果", status="withdrawn"),
    }
    made = exhibition(tmp_path_factory.mktemp("audit") / "exhibition", SMALL | files)
    build(made)
    return made


def test_a_small_exhibition_is_clean(root: Path) -> None:
    """With its own settings, ledger and hidden entries."""
    said = CliRunner().invoke(
        cli, ["audit", str(root / "site"), "--root", str(root), "--strict"], catch_exceptions=False
    )
    assert said.exit_code == 0, said.output


def test_what_is_hidden_and_what_is_lost_is_told(root: Path, tmp_path: Path) -> None:
    """A draft named in a page, an address of the ledger that nothing answers, a budget of the settings."""
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    page = copy / "site/projects/yang-ben-jia/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", "样本草稿成果</main>"), encoding="utf-8")
    (copy / "content/addresses.txt").write_text(
        "projects/jiu-de/ 2024\nprojects/yang-ben-jia/ 2024\n", encoding="utf-8"
    )
    settings = copy / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("  - exhibition:", "  - exhibition:\n      budgets: {html: 1KB}")
    settings.write_text(text, encoding="utf-8")
    said = CliRunner().invoke(cli, ["audit", str(copy / "site"), "--root", str(copy), "--format", "json"])
    problems = json.loads(said.stdout)
    assert {one["code"] for one in problems} == {"hidden-entry", "lost-address", "heavy-page"}
    assert [one["line"] for one in problems if one["code"] == "lost-address"] == [1]


def test_a_build_lists_every_file_of_its_site(root: Path) -> None:
    """By this list the fast part knows where links may lead."""
    home = home_of(root, root / "site")
    settled = read_settled(home)
    kept = read_kept(home, settled.ground) if settled else None
    assert kept is not None
    assert kept.memory.tokens.keys() == site_at(root / "site").names


def test_a_build_stops_before_the_swap(root: Path, tmp_path: Path) -> None:
    """The former site stays as it was, and the message names the files that the editor wrote; personal data is refused sooner."""
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    before = (copy / "site/index.html").stat().st_mtime_ns
    pages = {
        "dead-link": "[样本](../projects/mei-you/)",
        "foreign-request": "![一台样本机器](https://sample.invalid/x.png)",
    }
    write(copy, {f"pages/yang-ben-{code}.md": f"# 样本页\n\n{text}\n" for code, text in pages.items()})
    done = run("build", cwd=copy)
    assert done.returncode == 1
    for code in pages:
        assert f"content/pages/yang-ben-{code}.md: 错误[{code}]" in done.stderr
    assert (copy / "site/index.html").stat().st_mtime_ns == before
    assert not list(copy.glob(".site.building-*"))


def test_a_dead_anchor_is_only_told(root: Path, tmp_path: Path) -> None:
    """A warning does not stop a build."""
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    write(copy, {"pages/yang-ben.md": "# 样本页\n\n[样本](../projects/yang-ben-jia/#mei-you)\n"})
    done = run("build", cwd=copy)
    assert done.returncode == 0
    assert "content/pages/yang-ben.md: 警告[dead-anchor]" in done.stdout
