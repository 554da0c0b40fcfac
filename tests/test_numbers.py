"""Numbers agree with the catalogue: counted again here from the files themselves, and every number leads to just that list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
import yaml
from markup import Node, read_markup
from small import PLAIN, deck_at, project, write

from site_builder.model.pages import PagePlan
from site_builder.publish import comparison, numbers
from site_builder.publish.deck import Deck
from site_builder.publish.publishers import jobs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PLAIN | {
    "projects/2024/a.md": project(
        title="样本甲", organisations="样本一厂", industry="电力", region="上海", awards="样本奖", result_types="五小"
    ),
    "projects/2024/b.md": project(
        title="样本乙",
        organisations="样本二厂",
        industry="电力",
        enterprise_type="非公企业",
        result_types="[五小, 技术革新]",
    ),
    "projects/2026/c.md": project(
        title="样本丙",
        organisations="样本一厂",
        industry="冶金",
        enterprise_type="国有企业",
        patents="[{type: 发明, count: 3}]",
    ),
    "projects/2026/d.md": project(title="样本丁", organisations="样本三厂", benefit="{annual: 1200万元}"),
    "projects/2026/e.md": project(title="样本戊", organisations="样本四厂", awards="[{award: 样本奖, grade: 一等奖}]"),
    "studios/yang-ben.md": "---\nname: 样本工作室\ntrained_count: 3\nsources: 样本来源\n---\n",
    "vocabularies/industries.yml": "title: 行业\nopen: true\nterms:\n  - label: 电力\n  - label: 冶金\n",
}


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Five results in two editions."""
    return deck_at(write(tmp_path_factory.mktemp("counted"), SAMPLES), published="2026-01-02")


def plans(deck: Deck) -> dict[str, PagePlan]:
    """Every page of numbers by its address."""
    jobs = (job for publish in (numbers.publish, comparison.publish) for job in jobs_of(deck, publish))
    return {job.address: job.plan() for job in jobs}


def test_each_figure_and_bar_counts_what_the_files_say(deck: Deck) -> None:
    """By hand from the samples above."""
    view = plans(deck)["numbers/"].view
    found = {number.label: (number.value, number.note) for number in view.numbers}
    assert found["成果"] == ("5", "")
    assert found["单位"] == ("4", "")
    assert found["知识产权"] == ("3", "1 项成果写明，其中发明 3 件")
    assert found["写明效益的成果"] == ("1", "其中 1 项给出年效益，合计 1200 万元")
    bars = {chart.id: [(bar.link.label, int(bar.value)) for bar in chart.bars] for chart in view.charts}
    assert bars == {
        "edition": [("2024 样本展期", 2), ("2026 样本展期", 3)],
        "industry": [("电力", 2), ("冶金", 1)],
        "grade": [("一等、金奖", 1), ("其他", 4)],
        "enterprise_type": [("国有企业", 1), ("非公企业", 1)],
        "result_types": [("五小", 2), ("技术革新", 1)],
    }
    assert [(link.label, count) for link, count in view.awards] == [("样本奖", 2)]
    assert "2026年1月2日" in view.notes[0]


def test_few_people_are_not_counted_out(deck: Deck) -> None:
    """Three who were trained are fewer than five."""
    found = {number.label: number.value for number in plans(deck)["numbers/"].view.numbers}
    assert found["培养的人"] == "不足 5"


def test_the_finding_names_the_whole_of_its_share(deck: Deck) -> None:
    """No per cent without what it is of."""
    chart = plans(deck)["numbers/"].view.charts[0]
    assert chart.title == "2026 样本展期最多，3 项，占 60%"
    assert "全部成果 5 项" in chart.description


def test_own_lists_hold_just_the_results_that_were_counted(deck: Deck) -> None:
    """Each bar without a page elsewhere has one here, and none is empty."""
    found = plans(deck)
    own = {
        bar.link.address: int(bar.value)
        for chart in found["numbers/"].view.charts
        for bar in chart.bars
        if (bar.link.address or "").startswith("numbers/")
    }
    assert len(own) == 6
    assert {address: found[address].view.count for address in own} == own
    assert found["numbers/patents/"].view.count == 1
    assert all(plan.view.count for address, plan in found.items() if address not in {"numbers/", "editions/compare/"})


def test_one_edition_has_no_trend(tmp_path: Path) -> None:
    """Nothing to compare: no chart by edition, no page of comparison."""
    files = {name: text for name, text in SAMPLES.items() if "2026" not in name}
    found = plans(deck_at(write(tmp_path, files)))
    assert "editions/compare/" not in found
    assert "edition" not in {chart.id for chart in found["numbers/"].view.charts}
    assert found["numbers/"].view.compare is None


def test_nothing_is_counted_where_nothing_is_shown(tmp_path: Path) -> None:
    """An exhibition without results has no page of numbers."""
    assert plans(deck_at(write(tmp_path, PLAIN))) == {}


def test_editions_are_compared_with_all_before_them(deck: Deck) -> None:
    """The newest first; the first edition has nothing to grow from."""
    view = plans(deck)["editions/compare/"].view
    new, old = view.columns
    assert (new.results, new.growth, len(new.organisations.keys)) == (3, "比上期多 1 项", 3)
    assert [link.label for link in new.returned.links] == ["样本一厂"]
    assert {link.label for link in new.newcomers.links} == {"样本三厂", "样本四厂"}
    assert [link.label for link in new.industries] == ["冶金"]
    assert [(one.link.label, len(one.keys)) for one in new.grades] == [("一等、金奖", 1), ("其他", 2)]
    assert (old.growth, old.returned.links, len(old.newcomers.links), old.industries) == ("", (), 2, ())
    assert (new.whole, old.whole) == ("editions/2026/results/", "editions/2024/results/")
    lists = {
        address: sorted(card.title for card in plan.view.cards)
        for address, plan in plans(deck).items()
        if "/compare/2" in address
    }
    assert lists == {
        "editions/compare/2024/grades/9/": ["样本乙", "样本甲"],
        "editions/compare/2026/grades/1/": ["样本戊"],
        "editions/compare/2026/grades/9/": ["样本丁", "样本丙"],
        "editions/compare/2024/first/": ["样本一厂", "样本二厂"],
        "editions/compare/2026/first/": ["样本三厂", "样本四厂"],
        "editions/compare/2026/returned/": ["样本一厂"],
    }
    assert [(bar.value, bar.rest) for bar in view.chart.bars] == [(0, 2), (1, 2)]


# --- the real exhibition ---------------------------------------------------------------------------------------------


def front_matter(path: Path) -> dict[str, object]:
    """The fields of an entry, read by PyYAML alone."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1]))


def test_the_page_agrees_with_the_files_of_the_exhibition(built_site: Path) -> None:
    """Results by edition and by type, counted without any code of ours."""
    html = (built_site / "numbers/index.html").read_text(encoding="utf-8")
    results = {
        path: front_matter(path)
        for kind in ("projects", "methods")
        for path in (PROJECT / "content" / kind).rglob("*.md")
    }
    editions = Counter(
        str(fields.get("edition") or path.parent.name)
        for path, fields in results.items()
        if path.parent.name != "methods" or fields.get("edition")
    )
    for edition, count in editions.items():
        row = re.search(rf'href="\.\./editions/{edition}/results/">.*?<td>(\d+) 项</td>', html, re.DOTALL)
        assert row, edition
        assert int(row[1]) == count
    patents = sum(1 for fields in results.values() if fields.get("patents"))
    assert f"{patents} 项成果写明" in html


def test_the_sentence_above_the_numbers_adds_up(built_site: Path) -> None:
    """Results are counted with working methods; the figures below tell them apart."""
    html = (built_site / "numbers/index.html").read_text(encoding="utf-8")
    said = re.search(r"本展收录成果 (\d+) 项，其中先进操作法 (\d+) 项。", html)
    assert said
    shown = {label: int(count) for count, label in re.findall(r"<b>(\d+)<small>项</small></b><span>(\w+)</span>", html)}
    assert (int(said[1]), int(said[2])) == (shown["成果"] + shown["先进操作法"], shown["先进操作法"])


@pytest.mark.parametrize("folder", ["regions", "industries"])
def test_a_topic_shows_all_that_is_counted_of_it(built_site: Path, folder: str) -> None:
    """The number beside its name is the sum of the numbers on its page: unions, awards and plans are entries, too."""
    index = built_site / folder
    html = (index / "index.html").read_text(encoding="utf-8")
    counted = dict(re.findall(r'<li><a href="([^"]+)"><span>[^<]+</span><b>(\d+)<', html))
    assert len(counted) > 20
    for address, count in counted.items():
        page = ((index / address).resolve() / "index.html").read_text(encoding="utf-8")
        numbers = page.partition('<ul class="numbers">')[2].partition("</ul>")[0]
        assert sum(map(int, re.findall(r"<b>(\d+)<small>", numbers))) == int(count), address


def test_every_number_of_the_page_leads_to_a_page(built_site: Path) -> None:
    """Links of figures, bars and awards end at files of the site; numbers without a link are none."""
    html = (built_site / "numbers/index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<th scope="row">(.*?)<svg', html, re.DOTALL)
    assert len(rows) > 20
    links = re.findall(r'<a href="\.\./([^"#]*)"', "".join(rows))
    assert len(links) == len(rows)
    assert [address for address in links if not (built_site / address / "index.html").is_file()] == []
    assert '<ul class="numbers">' in html
    assert "<li><div>" not in html.partition('<ul class="numbers">')[2].partition("</ul>")[0]


def raw_results() -> list[dict[str, object]]:
    """The front matter of every result of the exhibition that is shown."""
    paths = [path for kind in ("projects", "methods") for path in (PROJECT / "content" / kind).rglob("*.md")]
    found = [front_matter(path) for path in paths]
    return [fields for fields in found if fields.get("status") not in {"draft", "withdrawn", "草稿", "撤下"}]


def words_above(vocabulary: str) -> dict[str, set[str]]:
    """Every spelling of a vocabulary → its label and all labels above it."""
    terms = yaml.safe_load((PROJECT / f"content/vocabularies/{vocabulary}.yml").read_text(encoding="utf-8"))["terms"]
    full = [term if isinstance(term, dict) else {"label": term} for term in terms]
    above = {term["label"]: term.get("parent") for term in full}

    def line(label: str | None) -> set[str]:
        return {label, *line(above.get(label))} if label else set()

    return {word: line(term["label"]) for term in full for word in (term["label"], *term.get("aliases", ()))}


def shown_bars(view: Node, chart: str) -> dict[str, int]:
    """Label → number of a chart on the page."""
    figure = next(one for one in view.every("figure") if one.attributes.get("id") == f"chart-{chart}")
    rows = list(figure.first("tbody").every("tr"))
    return {row.first("th").text: int(row.first("td").text.split()[0]) for row in rows}


@pytest.mark.parametrize(
    ("chart", "field", "vocabulary"),
    [
        ("industry", "industry", "industries"),
        ("region", "region", "regions"),
        ("result_types", "result_types", "result-types"),
    ],
)
def test_charts_agree_with_the_files(built_site: Path, chart: str, field: str, vocabulary: str) -> None:
    """Counted here from the YAML of results and vocabularies, aliases and all that stands above included."""
    view = read_markup((built_site / "numbers/index.html").read_text(encoding="utf-8"))
    lines, counts = words_above(vocabulary), Counter[str]()
    for fields in raw_results():
        given = fields.get(field) or ()
        words = [given] if isinstance(given, str) else list(given)  # type: ignore[call-overload]  # a list of words
        counts.update(set().union(*(lines.get(word, {word}) for word in words)))
    bars = shown_bars(view, chart)
    assert len(bars) > 5
    assert bars == {label: counts[label] for label in bars}


def test_head_figures_agree_with_the_files(built_site: Path) -> None:
    """Entries by kind are files; patents, benefit and people trained are summed from what those say."""
    view = read_markup((built_site / "numbers/index.html").read_text(encoding="utf-8"))
    found = {
        link.first("span").text: link.first("b").text.split()[0] for link in view.first("ul", css="numbers").every("a")
    }
    for label, kind in (
        ("成果", "projects"),
        ("先进操作法", "methods"),
        ("人物", "craftsmen"),
        ("创新工作室", "studios"),
    ):
        assert found[label] == str(sum(1 for _ in (PROJECT / "content" / kind).rglob("*.md"))), label
    patents = [patent for fields in raw_results() for patent in fields.get("patents") or ()]  # type: ignore[attr-defined]  # a list
    assert found["知识产权"] == str(sum(int(patent.get("count") or 1) for patent in patents))
    assert found["写明效益的成果"] == str(sum(1 for fields in raw_results() if fields.get("benefit")))


def test_every_number_is_as_long_as_the_list_behind_it(built_site: Path) -> None:
    """Of a list its count, of an industry or region its results and methods, of an award the results in its sessions."""
    view = read_markup((built_site / "numbers/index.html").read_text(encoding="utf-8"))
    pairs = [(row.first("a").href, row.first("td").text) for row in view.every("tr") if list(row.every("td"))]
    pairs += [(link.href, link.first("b").text) for link in view.first("ul", css="places").every("a")]
    numbers = list(view.first("ul", css="numbers").every("a"))
    pairs += [(link.href, link.first("b").text) for link in numbers if not link.href.endswith(("patents/", "trained/"))]
    assert len(pairs) > 50
    wrong = [
        (href, told) for href, told in pairs if int(told.split()[0]) != _behind(built_site, href.removeprefix("../"))
    ]
    assert wrong == []


def names_of(kind: str) -> dict[str, str]:
    """Every word for an entry of a kind (id, name, other names) → its id."""
    words: dict[str, str] = {}
    for path in (PROJECT / "content" / kind).glob("*.yml"):
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
        words |= dict.fromkeys((path.stem, fields["name"], *fields.get("names", ())), path.stem)
    return words


def results_by_edition() -> dict[str, list[dict[str, object]]]:
    """Front matter of the results of each edition that is not the permanent one; the folder names it where the file does not."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for kind in ("projects", "methods"):
        for path in (PROJECT / "content" / kind).rglob("*.md"):
            fields = front_matter(path)
            edition = fields.get("edition") or (path.parent.name if path.parent.name != kind else "")
            if edition and fields.get("status") not in {"draft", "withdrawn", "草稿", "撤下"}:
                found[str(edition)].append(fields)
    return found


def test_editions_count_their_organisations_and_regions(built_site: Path) -> None:
    """On the page of each edition and in the lists that its numbers lead to, as counted here from the files."""
    known, lines = names_of("organisations"), words_above("regions")
    editions = results_by_edition()
    assert len(editions) > 4
    for edition, results in editions.items():
        view = read_markup((built_site / f"editions/{edition}/index.html").read_text(encoding="utf-8"))
        told = {line.first("dt").text: (line.first("dd").text, line.first("a").href) for line in _tally(view)}
        firms = {
            known.get(str(name), name)
            for fields in results
            for one in fields.get("organisations") or ()  # type: ignore[attr-defined]  # a list
            for name in [one["organisation"] if isinstance(one, dict) else one]
        }
        assert told["单位"] == (f"{len(firms)} 家", f"../../editions/{edition}/organisations/")
        assert _behind(built_site, f"editions/{edition}/organisations/") == len(firms)
        regions = [lines[str(fields["region"])] for fields in results if fields.get("region")]
        page = read_markup((built_site / f"editions/{edition}/regions/index.html").read_text(encoding="utf-8"))
        links = list(page.first("ul", css="places").every("a"))
        assert told["地区"] == (f"{len(links)} 个", f"../../editions/{edition}/regions/")
        assert len(links) == len({str(fields["region"]) for fields in results if fields.get("region")})
        for link in links:
            address, _, query = link.href.removeprefix("../../../").partition("?")
            ((facet, label),) = parse_qsl(query)
            listed = read_markup((built_site / address / "index.html").read_text(encoding="utf-8"))
            assert listed.first(having="data-scope").attributes["data-scope"] == f"edition={edition}"
            count = sum(label in line for line in regions)
            assert (facet, int(link.first("b").text.split()[0])) == ("region", count)


def _tally(view: Node) -> Iterator[Node]:
    return view.first("dl", css="tally__numbers").every("div")


def test_each_number_of_the_comparison_is_as_long_as_its_list(built_site: Path) -> None:
    """Results, firms, newcomers, those who came back, and each grade; grades add up to the results."""
    view = read_markup((built_site / "editions/compare/index.html").read_text(encoding="utf-8"))
    rows = list(view.first("table", css="beside").first("tbody").every("tr"))
    assert len(rows) > 4
    for row in rows:
        results, firms, _, _, grades = row.every("td")
        pairs = [
            (link.text, link.href.removeprefix("../../"))
            for part in (results, firms, grades)
            for link in part.every("a")
        ]
        told = [(int(re.findall(r"\d+", words)[-1]), address) for words, address in pairs]
        assert [count for count, _ in told] == [_behind(built_site, address) for _, address in told]
        assert sum(int(link.text.split()[-1]) for link in grades.every("a")) == told[0][0]
        assert all(list(part.every("a")) for part in (results, firms, grades))


def _behind(site: Path, address: str) -> int:
    view = read_markup((site / address / "index.html").read_text(encoding="utf-8"))
    counted = next(view.every(css="list__bar"), None)
    if counted:
        return int(counted.first("b").text.replace(",", ""))
    if address.startswith("awards/"):
        pages = [view, *(read_markup(path.read_text("utf-8")) for path in (site / address).glob("page/*/index.html"))]
        links = {
            link.href.partition("?")[0]
            for page in pages
            for part in page.every(css="sess__s")
            for link in part.every("a")
        }
        return len(
            {href.rstrip("/").rpartition("/")[2] for href in links if "/projects/" in href or "/methods/" in href}
        )
    told = {
        one.first("span").text: int(one.first("b").text.split()[0])
        for one in view.first("ul", css="numbers").every("li")
    }
    return told.get("成果", 0) + told.get("先进操作法", 0)
