"""One edition taken out of an exhibition: what stays, what comes along, and what becomes plain words."""

import pytest
from small import PLAIN, catalogue_of, project, write

from site_builder.catalogue.catalogue import Catalogue, compile_catalogue
from site_builder.catalogue.extract import edition_only
from site_builder.intake.content import read_content
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition

FILES = PLAIN | {
    "projects/2024/yang-ben-jia.md": project(title="样本甲", people="yang-ben-ren", studio="yang-ben-shi"),
    "projects/2026/yang-ben-yi.md": project(title="样本乙", organisations="样本一厂"),
    "craftsmen/yang-ben-ren.md": "---\nname: 样本人\norganisation: 样本二厂\nmentor: yang-ben-shi-fu\n---\n",
    "craftsmen/yang-ben-shi-fu.md": "---\nname: 样本师傅\n---\n",
    "craftsmen/yang-ben-pang-ren.md": "---\nname: 样本旁人\n---\n",
    "studios/yang-ben-shi.md": "---\nname: 样本室\nresults_ledger:\n  - {date: 2024-01-02, title: 样本一事, project: yang-ben-yi}\n---\n",
    "vocabularies/yang-ben.yml": "title: 样本词表\nterms: [样本词]\n",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Entry, ...], Catalogue]:
    """Two editions that share people and a studio."""
    root = write(tmp_path_factory.mktemp("extract"), FILES)
    return read_content(root).entries, catalogue_of(root)


def test_an_edition_brings_what_it_names_and_no_more(sample: tuple[tuple[Entry, ...], Catalogue]) -> None:
    """People bring their mentors and firms; what another edition shows stays outside."""
    kept = edition_only(*sample, edition="2024")
    assert [entry.key for entry in kept] == [
        "craftsman/yang-ben-ren",
        "craftsman/yang-ben-shi-fu",
        "edition/2024",
        "project/yang-ben-jia",
        "studio/yang-ben-shi",
        "vocabulary/yang-ben",
    ]
    alone = compile_catalogue(kept, Exhibition())
    assert [entry.title for entry in alone.entries.values() if entry.kind == "organisation"] == ["样本二厂"]


def test_what_leads_outside_becomes_the_title_of_what_it_meant(sample: tuple[tuple[Entry, ...], Catalogue]) -> None:
    """An id would mean nothing to visitors; what needs no change is the very same value."""
    kept = {entry.key: entry for entry in edition_only(*sample, edition="2024")}
    assert [line.project for line in kept["studio/yang-ben-shi"].data.results_ledger] == ["样本乙"]
    given = {entry.key: entry for entry in sample[0]}
    assert kept["project/yang-ben-jia"].data is given["project/yang-ben-jia"].data


def test_an_edition_that_is_not_there_is_a_key_error(sample: tuple[tuple[Entry, ...], Catalogue]) -> None:
    """The doors turn it into a problem."""
    with pytest.raises(KeyError):
        edition_only(*sample, edition="1999")
