"""A page of a list costs what stands on it, however long the list is: what it reads does not grow with the exhibition."""

from array import array
from pathlib import Path

import pytest

from site_builder.model.exhibition import Exhibition
from site_builder.publish import awards, comparison, edition_lists, editions, topics
from site_builder.publish.publishers import PUBLISHERS, jobs_of
from site_builder.surveying import survey
from site_builder.warm.recording import Recorder

SMALL, LARGE = 300, 900


def _read(root: Path) -> dict[str, int]:
    """Address of every third page of anything → how many facts of the deck it reads."""
    recorder = Recorder(survey(root, Exhibition(name="样本展", url="https://example.org/"), workers=1).deck)
    found = {}
    for publish in PUBLISHERS:
        for job in jobs_of(recorder.deck, publish):
            if not job.address.endswith("/page/3/"):
                continue
            recorder.opened()
            job.plan()
            recorder.closed(job.address, b"", files={}, result=None)
    for address, piece in recorder.recorded().pieces.items():
        found[address] = len(array("I", piece.facts))
    return found


def test_a_page_of_a_list_reads_no_more_when_the_exhibition_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times as many entries, and at most twice as many facts: a few more of those around it may be met."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "benchmarks"))
    monkeypatch.setattr(awards, "WINNERS_A_PAGE", 8)
    from corpus import write_exhibition

    for entries in (SMALL, LARGE):
        write_exhibition(tmp_path / str(entries), entries)
    small, large = (_read(tmp_path / str(entries)) for entries in (SMALL, LARGE))
    both = small.keys() & large.keys()
    assert {address.partition("/")[0] for address in both} >= {"awards", "projects", "craftsmen", "numbers"}
    grown = {address: (small[address], large[address]) for address in both if large[address] > 2 * small[address]}
    assert not grown


def test_a_page_is_named_without_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wants one page is told of it as it is among all; that an edition's results are asked whom they name is for other pages."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "benchmarks"))
    from corpus import write_exhibition

    write_exhibition(tmp_path, SMALL)
    deck = survey(tmp_path, Exhibition(name="样本展", url="https://example.org/"), workers=1).deck
    recorder = Recorder(deck)
    for publish in PUBLISHERS:
        jobs = {job.address: recorder.given(job.plan).digest for job in jobs_of(deck, publish)}
        for address in list(jobs)[::5]:
            named = {job.address: job for job in jobs_of(deck, publish, wanted={address})}
            assert recorder.given(named[address].plan).digest == jobs[address]
            assert named.keys() == {address}
    asked: list[object] = []
    monkeypatch.setattr(edition_lists, "organisations_in", lambda *given: (asked.append(given), ())[1])
    monkeypatch.setattr(comparison, "organisations_in", edition_lists.organisations_in)
    for publish, address in (
        (editions.publish, "editions/2020/results/"),
        (comparison.publish, "editions/compare/2020/grades/1/"),
    ):
        assert address in {job.address for job in jobs_of(deck, publish, wanted={address})}
    assert not asked
    for publisher, lister in ((topics, "_lists"), (awards, "_award_pages")):
        pages = getattr(publisher, lister)
        monkeypatch.setattr(
            publisher, lister, lambda *given, of=pages, **more: (asked.append(given), of(*given, **more))[1]
        )
        address = max(job.address for job in jobs_of(deck, publisher.publish) if job.address.count("/") == 2)
        asked.clear()
        assert len([*jobs_of(deck, publisher.publish, wanted={address})]) == 1
        assert len(asked) == 1
