"""Results that others may take over: the page stage by stage, its lists, and the box on a result's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressed import addresses, empty_parts, page_at
from small import PLAIN, project, write

if TYPE_CHECKING:
    from pathlib import Path

STATUSES = (
    "title: 转化状态\nopen: false\nterms:\n"
    "  - {label: 样本可转化, rank: 1, intro: 样本说明, aliases: [样本开放]}\n"
    "  - {label: 样本已签约, rank: 2}\n  - {label: 样本不转化}\n"
)
VOCABULARY = PLAIN | {"vocabularies/transfer-statuses.yml": STATUSES}


def offered(status: str, **more: str) -> str:
    """A made-up project on offer."""
    words = ", ".join(f"{name}: {value}" for name, value in {"status": status, **more}.items())
    return project(title=f"样本成果{status}", transfer=f"{{{words}}}")


def test_without_any_transfer_record_there_is_no_page(tmp_path: Path) -> None:
    """Results that are not on offer do not make one either."""
    write(tmp_path, VOCABULARY | {"projects/2024/a.md": project(), "projects/2024/b.md": offered("样本不转化")})
    assert not [address for address in addresses(tmp_path) if address.startswith("transfer/")]
    box = page_at(tmp_path, "projects/b/").first(css="offer")
    assert "样本不转化" in box.text
    assert list(box.every("a")) == []


def test_stages_stand_in_their_order_with_what_is_offered_and_whom_to_ask(tmp_path: Path) -> None:
    """Other spellings mean the same stage; the contact is the named office, else the union, else the exhibition's."""
    write(
        tmp_path,
        VOCABULARY
        | {
            "unions/u.yml": "name: 样本区总工会\n",
            "projects/2024/a.md": offered("样本已签约", amount="120万元", contact="样本工会经济工作部"),
            "projects/2024/b.md": offered("样本开放", mode="样本许可", offer="样本图纸").replace(
                "sources:", "union: u\nsources:"
            ),
            "projects/2024/c.md": offered("样本可转化"),
        },
    )
    view = page_at(tmp_path, "transfer/", contact="样本总工会办公室")
    assert [head.text for head in view.every("h2")] == ["样本可转化", "样本已签约"]
    assert [number.text.split()[0] for number in view.first(css="numbers").every("b")] == ["2", "1"]
    assert "写明金额的 1 项，共 120 万元" in view.first(css="numbers").text
    offers = {item.first("h3").text: item.text for item in view.every("li") if list(item.every("h3"))}
    assert "样本许可" in offers["样本成果样本开放"]
    assert "样本图纸" in offers["样本成果样本开放"]
    assert "样本区总工会" in offers["样本成果样本开放"]
    assert "样本总工会办公室" in offers["样本成果样本可转化"]
    assert "样本工会经济工作部" in view.text
    assert empty_parts(view) == []
    box = page_at(tmp_path, "projects/b/").first(css="offer")
    assert box.first("a").href.partition("#")[0].endswith("transfer/")
    assert "样本可转化" in box.text


def test_a_long_stage_has_a_list_of_its_own(tmp_path: Path) -> None:
    """Twelve stand on the page, all of them in the paged list."""
    many = {f"projects/2024/n{at}.md": offered("样本可转化") for at in range(30)}
    write(tmp_path, VOCABULARY | many)
    view = page_at(tmp_path, "transfer/")
    assert len(list(view.first(css="offers").every("article"))) == 12
    more = view.first(css="more")
    assert more.text == "全部 30 项"
    listed = {address for address in addresses(tmp_path) if address.startswith("transfer/") and address != "transfer/"}
    assert len(listed) == 2


def test_published_figures_of_events_stand_below(tmp_path: Path) -> None:
    """Each leads to the event that they come from."""
    event = "---\ntitle: 样本交流会\nfigures:\n  - {value: 3, unit: 项, label: 样本转化意向}\n---\n"
    write(tmp_path, VOCABULARY | {"events/e.md": event})
    view = page_at(tmp_path, "transfer/")
    number = view.first(css="numbers").first("a")
    assert number.href.endswith("events/e/")
    assert "样本转化意向" in number.text
