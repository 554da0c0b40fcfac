"""Public tables become entries: the same bytes every time, hand work respected, faults with their rows."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.intake.clauses import figures_in, indicators_in
from site_builder.intake.drafts import Draft
from site_builder.intake.forms import FORMS, Cell
from site_builder.intake.importing import apply, drafts_of, plan_import
from site_builder.intake.linking import identified
from site_builder.intake.mapping import Rule, load_map
from site_builder.intake.references import sources_in
from site_builder.intake.tables import read_tables
from site_builder.intake.writing import parsed, text_of, yaml_of
from site_builder.model.entry import is_id
from site_builder.model.naming import id_for, id_for_person, name_pinyin

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.intake.importing import ImportPlan
    from site_builder.intake.mapping import TableMap

PROJECT = Path(__file__).resolve().parent.parent
FACTS = PROJECT / "content/imports/2026-public-facts"
COLUMNS = (("projects.csv", "project_name"), ("craftsmen.csv", "name"), ("studios.csv", "studio_name"))


def the_map(path: Path = FACTS / "map.yml") -> TableMap:
    """The committed mapping, which must be without fault."""
    table_map, problems = load_map(path)
    assert problems == ()
    assert table_map is not None
    return table_map


def planned(root: Path, facts: Path = FACTS) -> ImportPlan:
    """What importing the tables into a directory would do."""
    tables, problems = read_tables([facts], root)
    assert problems == ()
    return plan_import(tables, the_map(facts / "map.yml"), root=root)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a directory."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty directory into which the committed tables were imported."""
    root = tmp_path_factory.mktemp("imported")
    apply(planned(root), root)
    return root


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., Path]:
    """Makes a directory of tables and a small mapping; called with the text (or bytes) of the one table."""

    def make(table: str | bytes, name: str = "t.csv") -> Path:
        folder = tmp_path / "facts"
        folder.mkdir()
        (folder / name).write_bytes(table if isinstance(table, bytes) else table.encode())
        lines = [
            "name: t",
            f"tables: {{{name}: {{kind: project, identity: [名称], columns: {{",
            '  名称: title, 单位: "organisations[].organisation", 奖项: "awards[].award",',
            '  等级: {into: "awards[]", form: grade}, 年份: [year, "awards[].year"]}}}',
        ]
        (folder / "map.yml").write_text("\n".join(lines), encoding="utf-8")
        return folder

    return make


# --- the committed tables --------------------------------------------------------------------------------------------


def test_the_tables_are_without_fault(imported: Path) -> None:
    """No row is refused, and nothing is left for a second run."""
    plan = planned(imported)
    assert plan.problems == ()
    assert (plan.created, plan.changed, plan.edited, plan.removed, plan.left_over) == ((), (), (), (), ())
    assert len(plan.unchanged) > 500


def test_importing_twice_gives_the_same_bytes(imported: Path, tmp_path: Path) -> None:
    """In another directory, and a second time in the same one."""
    apply(planned(tmp_path), tmp_path)
    first = snapshot(imported)
    assert snapshot(tmp_path) == first
    apply(planned(tmp_path), tmp_path)
    assert snapshot(tmp_path) == first


def test_the_committed_entries_are_the_result_of_the_import(tmp_path: Path) -> None:
    """A copy of the content stays as it is; entries edited by hand since are named and left alone."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    before = snapshot(tmp_path)
    plan = planned(tmp_path)
    assert [file.path for file in (*plan.created, *plan.changed)] == []
    apply(plan, tmp_path)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("table, column", COLUMNS)
def test_every_row_is_represented(imported: Path, table: str, column: str) -> None:
    """The name of every row stands as the title of exactly one entry."""
    entries = [parsed(path.read_text(encoding="utf-8")) for path in (imported / "content").rglob("*.md")]
    titles = [str(entry.get("title") or entry.get("name")) for entry in entries if isinstance(entry, dict)]
    with (FACTS / table).open(encoding="utf-8-sig", newline="") as stream:
        names = [row[column] for row in csv.DictReader(stream)]
    assert [name for name in names if name not in titles] == []


def test_ids_are_valid_and_unique(imported: Path) -> None:
    """Within each kind, whatever folder an entry lies in."""
    tables, _ = read_tables([FACTS], imported)
    drafts, problems = drafts_of(tables, the_map())
    assert problems == ()
    assert all(is_id(draft.id) and len(draft.id) <= 64 for draft in drafts)
    assert len({(draft.kind, draft.id) for draft in drafts}) == len(drafts)


def test_marks_and_lines_are_taken_from_the_title(imported: Path) -> None:
    """The characters on a cover are the title's own, and its lines make up the title."""
    tables, _ = read_tables([FACTS], imported)
    results = [draft for draft in drafts_of(tables, the_map())[0] if draft.kind in {"project", "method"}]
    assert len(results) == 149
    for draft in results:
        mark = draft.fields["cover"]["mark"]
        assert len(mark) == 2
        assert mark in draft.title
        assert "".join(draft.fields.get("title_lines", [draft.title])) == draft.title
        assert len(draft.title) <= 12 or len(draft.fields["title_lines"]) > 1


def test_people_are_linked_by_name_and_unit_only(imported: Path) -> None:
    """何光华 has an entry in the same unit; 王军 of another unit than the studio's lead has none."""

    def entry(pattern: str) -> dict[str, list[dict[str, str]]]:
        found = parsed(next((imported / "content").glob(pattern)).read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        return found

    assert entry("projects/*/gao-luo-cha-*.md")["people"] == [{"person": "he-guang-hua"}]
    assert entry("projects/*/you-hua-wan-neng-*.md")["people"] == [{"person": "王军"}]
    assert entry("studios/zhang-bin-*.md")["leads"] == ["张彬"]
    assert entry("projects/*/you-tian-chou-*.md")["organisations"] == [{"organisation": "da-gang-you-tian"}]


# --- hand work -------------------------------------------------------------------------------------------------------


def test_an_edited_entry_is_left_alone(facts: Callable[..., Path], tmp_path: Path) -> None:
    """What was changed by hand is reported; what was not follows the table."""
    folder = facts("名称,单位\n甲泵,一厂\n乙阀,一厂\n")
    apply(planned(tmp_path, folder), tmp_path)
    mine = tmp_path / "content/projects/jia-beng.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\n补写的正文。\n", encoding="utf-8")
    (folder / "t.csv").write_text("名称,单位\n甲泵,二厂\n乙阀,二厂\n", encoding="utf-8")
    plan = planned(tmp_path, folder)
    assert [file.path for file in plan.edited] == ["content/projects/jia-beng.md"]
    assert [file.path for file in plan.changed] == ["content/projects/yi-fa.md"]
    apply(plan, tmp_path)
    assert "补写的正文。" in mine.read_text(encoding="utf-8")
    assert [file.path for file in planned(tmp_path, folder).edited] == ["content/projects/jia-beng.md"]


def test_a_removed_entry_does_not_come_back(facts: Callable[..., Path], tmp_path: Path) -> None:
    """Who asked to be taken out stays out."""
    folder = facts("名称\n甲泵\n乙阀\n")
    apply(planned(tmp_path, folder), tmp_path)
    (tmp_path / "content/projects/jia-beng.md").unlink()
    for _ in range(2):
        plan = planned(tmp_path, folder)
        assert plan.removed == ("content/projects/jia-beng.md",)
        apply(plan, tmp_path)
    assert not (tmp_path / "content/projects/jia-beng.md").exists()


def test_a_foreign_file_is_never_overwritten(facts: Callable[..., Path], tmp_path: Path) -> None:
    """An entry that was there before the first import is somebody's work."""
    mine = tmp_path / "content/projects/jia-beng.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("---\ntitle: 甲泵\n---\n", encoding="utf-8")
    plan = planned(tmp_path, facts("名称,单位\n甲泵,一厂\n"))
    assert [file.path for file in plan.edited] == ["content/projects/jia-beng.md"]


def test_a_row_that_went_away_leaves_its_file(facts: Callable[..., Path], tmp_path: Path) -> None:
    """It is named in every later plan."""
    folder = facts("名称\n甲泵\n乙阀\n")
    apply(planned(tmp_path, folder), tmp_path)
    (folder / "t.csv").write_text("名称\n乙阀\n", encoding="utf-8")
    for _ in range(2):
        plan = planned(tmp_path, folder)
        assert plan.left_over == ("content/projects/jia-beng.md",)
        apply(plan, tmp_path)


# --- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row, code, words",
    [
        (",一厂", "missing-field", "第 3 行没有名称"),
        ("=HYPERLINK(1),一厂", "wrong-type", "第 3 行“名称”像一个公式"),
        ("甲泵,@SUM(A1)", "wrong-type", "第 3 行“单位”像一个公式"),
        ("../../etc/passwd,一厂", "bad-path", "第 3 行的名称像一个文件路径"),
        ("C:\\甲泵,一厂", "bad-path", "第 3 行的名称像一个文件路径"),
        (f"{'泵' * 10_000},一厂", "too-large", "第 3 行“名称”有 10000 个字"),
        (f"{'泵' * 300},一厂", "too-large", "第 3 行的名称有 300 个字"),
        ("甲\x07泵,一厂", "wrong-type", "第 3 行“名称”里有看不见的控制字符"),
        ("甲泵,一厂,多一格,再一格,又一格,还有", "wrong-type", "第 3 行的格数多于表头"),
        ("甲泵,一厂,,一等奖,2020", "missing-field", "第 3 行的“奖项”缺少奖项"),
        ("甲泵,一厂,奖,一等奖,去年", "bad-year", "第 3 行“甲泵”的“年份”："),
        ("——,一厂", "bad-id", "第 3 行的名称“——”注不出编号"),
    ],
)
def test_a_hostile_row_is_refused_with_its_number(
    facts: Callable[..., Path], tmp_path: Path, row: str, code: str, words: str
) -> None:
    """The good row beside it is imported; nothing is written outside the content directory."""
    folder = facts(f"名称,单位,奖项,等级,年份\n乙阀,一厂\n{row}\n")
    tables, read = read_tables([folder], tmp_path)
    plan = plan_import(tables, the_map(folder / "map.yml"), root=tmp_path)
    problems = (*read, *plan.problems)
    assert [(problem.code, problem.place.line) for problem in problems[:1]] == [(code, 3)]
    assert any(words in problem.message for problem in problems)
    assert [file.path for file in plan.created] == ["content/projects/yi-fa.md"]


def test_a_row_may_run_over_several_lines(facts: Callable[..., Path], tmp_path: Path) -> None:
    """Line numbers are those of the file, where a row begins."""
    folder = facts('名称,单位\n甲泵,"一\n厂"\n=1,一厂\n')
    _, problems = read_tables([folder], tmp_path)
    assert [problem.place.line for problem in problems] == [4]


def test_tables_in_other_encodings(facts: Callable[..., Path], tmp_path: Path) -> None:
    """GB18030 as Excel in China writes it, UTF-8 with a mark, and tabs."""
    folder = facts("名称,单位\n铂钯铑铱提取,金川䶮厂\n".encode("gb18030"))
    assert [file.path for file in planned(tmp_path, folder).created] == ["content/projects/bo-ba-lao-yi-ti-qu.md"]
    (folder / "t.csv").write_bytes("\ufeff名称\t单位\n甲泵\t一,厂\n".encode())
    assert "organisation: 一,厂" in planned(tmp_path, folder).created[0].text
    (folder / "t.csv").write_bytes(b"\xff\xff\xff")
    assert [problem.code for problem in read_tables([folder], tmp_path)[1]] == ["encoding"]


def test_rows_of_one_result_become_one_entry(facts: Callable[..., Path], tmp_path: Path) -> None:
    """Two awards of the same title stand in one file, in the order of the table."""
    folder = facts("名称,单位,奖项,等级,年份\n甲泵,一厂,某奖,一等奖（小发明类）,2021\n甲泵,一厂,另一奖,金奖,2021\n")
    plan = planned(tmp_path, folder)
    entry = parsed(plan.created[0].text)
    assert isinstance(entry, dict)
    assert len(plan.created) == 1
    assert entry["awards"] == [
        {"award": "某奖", "grade": "一等奖", "year": "2021", "group": "小发明类"},
        {"award": "另一奖", "grade": "金奖", "year": "2021"},
    ]


def test_an_unknown_table_and_column_are_named(facts: Callable[..., Path], tmp_path: Path) -> None:
    """Nothing is dropped in silence."""
    folder = facts("名称,电话\n甲泵,1\n")
    (folder / "u.csv").write_text("x\n1\n", encoding="utf-8")
    tables, _ = read_tables([folder], tmp_path)
    plan = plan_import(tables, the_map(folder / "map.yml"), root=tmp_path)
    assert [problem.code for problem in plan.problems] == ["unknown-field", "unknown-file"]


@pytest.mark.parametrize("text", ["name: [", "name: t\n", "name: t\ntables: {}\nsurprise: 1\n", "- 1\n"])
def test_a_faulty_mapping_is_refused(tmp_path: Path, text: str) -> None:
    """With a problem that names the file."""
    path = tmp_path / "map.yml"
    path.write_text(text, encoding="utf-8")
    table_map, problems = load_map(path)
    assert table_map is None
    assert problems


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, pinyin",
    [
        ("何光华", "He Guanghua"),
        ("单志刚", "Shan Zhigang"),
        ("解学", "Xie Xue"),
        ("仇建华", "Qiu Jianhua"),
        ("查长河", "Zha Changhe"),
        ("曾乐", "Zeng Le"),
        ("任建新", "Ren Jianxin"),
        ("区安", "Ou An"),
        ("翟晓安", "Zhai Xiao'an"),
        ("盖长山", "Ge Changshan"),
        ("覃重军", "Qin Chongjun"),
        ("郭长弓", "Guo Changgong"),
        ("吕国忠", "Lü Guozhong"),
        ("欧阳娜", "Ouyang Na"),
        ("Tesla", ""),
        ("阿卜杜热合曼·买买提依明", ""),
    ],
)
def test_names_in_pinyin(name: str, pinyin: str) -> None:
    """Surnames are read as surnames."""
    assert name_pinyin(name) == pinyin


@pytest.mark.parametrize(
    "title, name",
    [
        ("高落差高压电缆线路无损施工技术创新及应用", "gao-luo-cha-gao-ya-dian-lan-xian-lu-wu-sun-shi"),
        ("4DS6大蒜收获机", "4ds6-da-suan-shou-huo-ji"),
        ("王军热轧技术创新工作室", "wang-jun-re-zha-ji-shu-chuang-xin-gong-zuo-shi"),
        ("陕西省总工会", "shaanxi-sheng-zong-gong-hui"),
        ("山西省总工会", "shan-xi-sheng-zong-gong-hui"),
        ("“三心”工作法", "san-xin-gong-zuo-fa"),
        ("——", ""),
    ],
)
def test_ids_of_titles(title: str, name: str) -> None:
    """Cut between syllables, Latin and digits kept."""
    assert id_for(title) == name
    assert len(name) <= 48


def test_homonyms_are_told_apart_by_their_units() -> None:
    """Whatever the order of the rows; of two in one unit, by the year."""

    def person(unit: str, year: str) -> Draft:
        return Draft("craftsman", "", {"name": "张伟", "organisation": unit, "honours": [{"year": year}]}, ())

    several = [person("北京铁路局", "2015"), person("无锡供电公司", "2015")]
    ids = [draft.id for draft in identified(several)]
    assert ids == ["zhang-wei-bjtlj", "zhang-wei-wxgdgs"]
    assert [draft.id for draft in identified(several[::-1])] == ids[::-1]
    same_unit = identified([person("一厂", "2015"), person("一厂", "2016")])
    assert [draft.id for draft in same_unit] == ["zhang-wei-2015", "zhang-wei-2016"]
    assert [draft.id for draft in identified(several[:1])] == [id_for_person("张伟")]


# --- cells -----------------------------------------------------------------------------------------------------------


def read(form: str, text: str, **row: str) -> object:
    """What a form makes of a cell."""
    rule = Rule(into="x", form=form, beside={"year": "year", "kind": "kind"}, hosts=[".gov.cn"])
    return FORMS[form](Cell(text, row), rule)


@pytest.mark.parametrize(
    "text, found",
    [
        ("全国劳动模范（4次）", [{"honour": "全国劳动模范", "note": "4次"}]),
        ("第十六届全国技术能手", [{"honour": "全国技术能手", "session": "第十六届"}]),
        ("杭州工匠（第七届）", [{"honour": "杭州工匠", "session": "第七届"}]),
        ("2023年度最美军工人", [{"honour": "最美军工人", "year": "2023"}]),
        ("劳模（1989、1995）", [{"honour": "劳模", "year": "1989"}, {"honour": "劳模", "year": "1995"}]),
    ],
)
def test_honours(text: str, found: object) -> None:
    """Session, years and notes are taken apart."""
    assert read("honours", text) == found


def test_a_batch_year_goes_to_the_honour_that_lacks_one() -> None:
    """Unless an honour has just that year."""
    assert read("honours", "上海工匠;临港工匠", year="2020") == [
        {"honour": "上海工匠", "year": "2020"},
        {"honour": "临港工匠"},
    ]
    assert read("honours", "奖章;科技奖（2019）", year="2019") == [
        {"honour": "奖章"},
        {"honour": "科技奖", "year": "2019"},
    ]


@pytest.mark.parametrize(
    "text, found",
    [
        ("近三年创造经济效益7.5亿元", [("7.5", "亿元", "近三年创造经济效益")]),
        ("节约燃料45000升；创效6000余万元", [("45000", "升", "节约燃料"), ("6000余", "万元", "创效")]),
        ("92项创新成果、30余项国家专利", [("92", "项", "创新成果"), ("30余", "项", "国家专利")]),
        ("每个项目效益超百万元", []),
        ("制造40多种、2000多件专用工具", []),
        ("近5年直接经济效益超13亿元", []),
        ("在1200余项成果中胜出", []),
        ("应用于117台抽油机井", []),
    ],
)
def test_figures_are_taken_only_where_a_clause_is_plain(text: str, found: list[tuple[str, str, str]]) -> None:
    """A clause that says more yields no figure."""
    assert [(figure["value"], figure["unit"], figure["label"]) for figure in figures_in(text)] == found


def test_indicators_before_and_after() -> None:
    """由…至… is an indicator."""
    assert indicators_in("台区平均施工时间由4.5小时压缩至2小时;现场工序12道压缩至3道") == [
        {"name": "台区平均施工时间", "before": "4.5小时", "after": "2小时"}
    ]


@pytest.mark.parametrize(
    "text, found",
    [
        (
            "中国五冶集团新闻2019-07-05《两项目获银奖》（转载页）",
            {"title": "两项目获银奖", "outlet": "中国五冶集团新闻", "date": "2019-07-05", "kind": "官方"},
        ),
        (
            "https://www.a.gov.cn/1.html 名单公布（随州市总工会）",
            {"title": "名单公布", "outlet": "随州市总工会", "url": "https://www.a.gov.cn/1.html", "kind": "官方"},
        ),
        (
            "https://x.com/a.gov.cn 名单公布",
            {"title": "名单公布", "url": "https://x.com/a.gov.cn", "kind": "官方（转载）"},
        ),
        (
            "评选结果（转载页 oppositionaldesign.com 196）",
            {"title": "评选结果", "url": "oppositionaldesign.com 196", "kind": "官方（转载）"},
        ),
        ("徐小平荣获2010-2014年度劳模", {"title": "徐小平荣获2010-2014年度劳模", "kind": "官方"}),
    ],
)
def test_sources(text: str, found: object) -> None:
    """Title, outlet, date and address; an official text elsewhere than at its publisher's is a repost."""
    assert sources_in(text, kinds=["官方"], hosts=(".gov.cn",)) == [found]


# --- writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "是",
        "2019",
        "7.5",
        "a: b",
        "# x",
        "- x",
        "[1]",
        "{a}",
        "@a",
        "%",
        "*a",
        "&a",
        "!a",
        "'x'",
        '"x"',
        "x:",
        "a\nb",
        "：",
        "~",
        "",
    ],
)
def test_what_is_written_is_read_again(text: str) -> None:
    """Through the loader that takes every value as text."""
    fields = {"title": text, "list": [text, {"key": text}]}
    assert parsed(yaml_of(fields)) == fields


def test_an_entry_is_plain_to_read() -> None:
    """Title first, lists indented, no quotes where none are needed."""
    fields = {"sources": [{"url": "http://a/b", "title": "题"}], "year": "2019", "title": "一种“泵”", "summary": "好。"}
    assert text_of(Draft("project", "beng", fields, (), "正文")) == (
        "---\ntitle: 一种“泵”\nsummary: 好。\nyear: 2019\nsources:\n  - title: 题\n    url: http://a/b\n---\n\n正文\n"
    )
