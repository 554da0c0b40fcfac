"""People, studios and organisations over all editions: one page with every honour, result and naming by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressed import page_at
from programmes import EXHIBITION
from small import deck_at, project, write

from site_builder.publish.related import own_groups

if TYPE_CHECKING:
    from pathlib import Path

    from markup import Node


def years(view: Node) -> dict[str, list[str]]:
    """Year → lines of the timeline, which is the last list of years on the page."""
    table = list(view.every("ol", css="years"))[-1]
    return {line.first("b").text: [one.text for one in line.every("p")] for line in table.every("li")}


def test_a_person_has_all_editions_on_one_page(tmp_path: Path) -> None:
    """Honours, results with edition and grade, and the studio, newest first; and how many results each edition has."""
    view = page_at(write(tmp_path, EXHIBITION), "craftsmen/yang-ben-shi-fu/")
    found = years(view)
    assert list(found) == ["2025年", "2023年", "2020年", "2016年", "2015年"]
    assert found["2025年"] == ["样本成果乙 成果 2026 样本展期 二等奖"]
    assert found["2016年"] == ["样本甲工作室 领衔的工作室命名"]
    assert found["2015年"] == ["样本工匠称号 第一批"]
    editions = view.first("ul", css="places")
    assert [link.text for link in editions.every("a")] == ["2026 样本展期 1 项", "2024 样本展期 2 项"]


def test_studios_and_organisations_have_them_too(tmp_path: Path) -> None:
    """The same two results stand on the page of each."""
    write(tmp_path, EXHIBITION)
    for address in ("studios/yang-ben-jia/", "organisations/yang-ben-yi-chang/"):
        view = page_at(tmp_path, address)
        assert "样本成果甲 成果 2024 样本展期 一等奖" in years(view)["2023年"], address
        assert len(list(view.first("ul", css="places").every("a"))) == 2, address


def test_one_edition_is_no_history(tmp_path: Path) -> None:
    """A person with results in one edition has the timeline only."""
    write(tmp_path, EXHIBITION)
    view = page_at(tmp_path, "craftsmen/yang-ben-tu-di/")
    assert "历届展出" not in view.text
    assert list(years(view)) == ["2023年", "2020年"]


def test_a_large_organisation_names_six_results_a_year_and_counts_the_others(tmp_path: Path) -> None:
    """The page stays light, the whole list is one link away."""
    many = {
        f"projects/2024/n{at}.md": project(title=f"样本成果{at}", year="2023", organisations="样本大厂")
        for at in range(40)
    }
    write(tmp_path, EXHIBITION | many)
    view = page_at(tmp_path, "organisations/yang-ben-da-chang/")
    assert len(years(view)["2023年"]) == 7
    assert years(view)["2023年"][-1] == "另有成果 34 项"
    rest = [link for link in view.every("a") if link.text == "另有成果 34 项"]
    assert rest[0].href.endswith("projects/")


def test_people_of_a_studio_and_of_a_team_stand_under_what_they_are_there(tmp_path: Path) -> None:
    """Who leads a studio has another name than who leads a team."""
    team = "---\nname: 样本班组\nleader: yang-ben-shi-fu\nmembers: [yang-ben-tu-di]\nsources: 样本来源\n---\n"
    deck = deck_at(write(tmp_path, EXHIBITION | {"teams/yang-ben-ban-zu.md": team}))
    people = {
        key: [
            (group.title, [card.title for card in group.cards])
            for group in own_groups(deck, deck.catalogue.entries[key])
        ][-2:]
        for key in ("studio/yang-ben-jia", "team/yang-ben-ban-zu")
    }
    assert people == {
        "studio/yang-ben-jia": [("领衔人", ["样本师傅"]), ("成员", ["样本徒弟"])],
        "team/yang-ben-ban-zu": [("负责人", ["样本师傅"]), ("成员", ["样本徒弟"])],
    }
