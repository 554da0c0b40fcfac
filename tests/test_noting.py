"""What is read of a deck is written down, and what a page is given is told: all of it, and no more than concerns it."""

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from small import deck_at, project, write

from site_builder.model.pages import Link, PageJob, Pager
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing
from site_builder.publish.publishers import whole_job
from site_builder.warm.desk import Desk
from site_builder.warm.notebook import Notebook
from site_builder.warm.reading import Fact, Facts, foreseen, watched
from site_builder.warm.recording import Recorder

KEY = "project/sample"
GROUP = ("entry_kind", "成果")


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Two works."""
    files = {"projects/sample.md": project(), "projects/other.md": project(title="样本二")}
    return deck_at(write(tmp_path_factory.mktemp("noting"), files))


def told(deck: Deck, address: str, *given: Any, **named: Any) -> bytes:
    """The digest of what a page is given."""
    recorder = Recorder(deck)
    own = [recorder.deck.cards[one] if one in deck.cards else one for one in given]
    return recorder.given(
        whole_job(recorder.deck, PageJob(address, partial(_plan, recorder.deck, *own, **named))).plan
    ).digest


def _plan(*_: Any, **__: Any) -> None:
    """Stands for a publisher's."""


def _other(*_: Any, **__: Any) -> None:
    """Stands for another."""


def test_what_a_page_is_given_is_told_in_full(deck: Deck) -> None:
    """Whatever differs makes another digest, and the same makes the same, whoever tells it."""
    recorder = Recorder(deck)
    told_so = {
        told(deck, "a/", "x"),
        told(deck, "b/", "x"),
        told(deck, "a/", "y"),
        told(deck, "a/", "x", at=1),
        told(deck, "a/", "x", of=1),
        told(deck, "a/", ("x",)),
        recorder.given(PageJob("a/", partial(_other, recorder.deck, "x"))).digest,
        recorder.given(PageJob("a/", partial(_plan, recorder.deck, "x"))).digest,
    }
    assert len(told_so) == 8
    assert told(deck, "a/", "x", at=1) == told(deck, "a/", "x", at=1)


def test_of_a_list_a_page_is_told_every_part(deck: Deck) -> None:
    """Of the list, of the links among it, and of the place of the page."""
    listing = Listing(title="样本", address="a/", section="projects", keys=(), measure="项")
    others = {"title": "样本二", "crumbs": (Link("别处", ""),), "narrowed": True, "files": (Link("表格", "a.csv"),)}
    told_so = {told(deck, "a/", replace(listing, **{name: value})) for name, value in others.items()}
    told_so |= {told(deck, "a/", listing, pager=Pager(page, 3, "a/", 50)) for page in (1, 2)}
    assert len(told_so | {told(deck, "a/", listing)}) == 7
    assert told(deck, "a/", replace(listing)) == told(deck, "a/", listing)


def test_a_card_that_a_page_is_given_is_a_fact_and_not_told(deck: Deck) -> None:
    """Where it says something else, the page is found by the fact."""
    other = replace(deck, cards=MappingProxyType({**deck.cards, KEY: replace(deck.cards[KEY], meta="样本语")}))
    assert told(deck, "a/", KEY) == told(other, "a/", KEY)
    assert told(deck, "a/", KEY) != told(deck, "a/", "project/other")
    recorder = Recorder(deck)
    given = recorder.given(partial(_plan, recorder.deck, recorder.deck.cards[KEY]))
    recorder.opened()
    recorder.closed("page a/", given.digest, files={}, result=None, beside=given.facts)
    recorded = recorder.recorded()
    assert [recorded.facts[at] for at in memoryview(recorded.pieces["page a/"].facts).cast("I")] == [("cards", KEY)]


def test_a_name_that_two_pages_follow_is_a_fact_of_both(deck: Deck) -> None:
    """Within a page it is followed once; what the page before it knew is not taken over unread."""
    recorder = Recorder(deck)
    for name in ("page a/", "page b/"):
        recorder.opened()
        followed = recorder.deck.followed(("project",), "sample")
        assert followed == (KEY, deck.link_to(KEY))
        assert recorder.deck.followed(("project",), "sample") is followed
        recorder.closed(name, b"", files={}, result=None)
    recorded = recorder.recorded()
    for piece in recorded.pieces.values():
        read = {recorded.facts[at] for at in memoryview(piece.facts).cast("I")}
        assert read >= {("meant", (("project",), "sample")), ("cards", KEY)}


def test_what_many_pages_ask_is_found_out_once_and_read_by_each(deck: Deck) -> None:
    """Whatever it took, and what was found out on the way; what a page had read before stays read."""
    recorder, asked = Recorder(deck), []

    def titled(deck: Deck, key: str) -> str:
        asked.append(key)
        return f"{deck.catalogue.ranks[key]}{deck.once(_title, key)}"

    for name in ("page a/", "page b/"):
        recorder.opened()
        assert "project/other" in recorder.deck.cards
        assert recorder.deck.once(titled, KEY) == titled(deck, KEY)
        recorder.closed(name, b"", files={}, result=None)
    recorder.opened()
    recorder.deck.once(_title, KEY)
    recorder.closed("page c/", b"", files={}, result=None)
    recorded = recorder.recorded()
    read = [{recorded.facts[at] for at in memoryview(piece.facts).cast("I")} for piece in recorded.pieces.values()]
    assert read[:2] == [{("shown", "project/other"), ("ranks", KEY), ("entries", KEY)}] * 2
    assert read[2] == {("entries", KEY)}
    assert len(asked) == 3  # twice by the deck that is not watched


def test_what_is_found_out_once_takes_what_the_page_followed_before(deck: Deck) -> None:
    """A name that the first page had followed already is read by the second, too."""
    recorder = Recorder(deck)
    recorder.opened()
    recorder.deck.followed(("project",), "sample")
    recorder.deck.once(_linked, "sample")
    recorder.closed("page a/", b"", files={}, result=None)
    recorder.opened()
    assert recorder.deck.once(_linked, "sample") == deck.link_to(KEY)
    recorder.closed("page b/", b"", files={}, result=None)
    first, second = recorder.recorded().pieces.values()
    assert first.facts == second.facts != b""


def _linked(deck: Deck, text: str) -> Link:
    return deck.link(("project",), text)


def _title(deck: Deck, key: str) -> str:
    return deck.catalogue.entries[key].title


@pytest.mark.parametrize("ahead", [True, False])
def test_facts_that_are_foreseen_have_one_number_whoever_reads_them(deck: Deck, ahead: bool) -> None:
    """Two workers read what both foresaw, and in another order what neither did; each piece remembers what it read, told or not ahead."""
    desk = Desk(deck, foretold=partial(Facts(deck).foretold, foreseen(deck)) if ahead else tuple)
    read = {"page a/": (KEY, "project/other"), "page b/": ("project/other", KEY)}
    recorded = []
    for name, keys in read.items():
        worker = Recorder(deck, whole=True)
        worker.opened()
        for key in keys:
            assert worker.deck.catalogue.moved.get(key) is None
            worker.deck.catalogue.registry.entries.get(key)
        worker.closed(name, b"", files={}, result=None)
        recorded.append(worker.recorded())
        assert recorded[-1].facts == tuple(("moved", key) for key in keys)
    desk.take_up()
    memory = desk.remembered({}, recorded)
    facts = memory.facts.in_order()
    for name, keys in read.items():
        found = {facts[at] for at in memoryview(memory.pieces[name].facts).cast("I")}
        assert found == {(mapping, key) for mapping in ("moved", "entries") for key in keys}
    assert len(set(facts)) == len(facts) == len(memory.facts)
    assert [memory.digests[at] for at in range(len(memory.digests))] == [*map(Facts(deck).digest, facts)]


def test_of_a_mapping_of_mappings_only_what_is_read_is_a_fact(deck: Deck) -> None:
    """That there is none is a fact, too."""
    notebook = Notebook()
    catalogue = watched(deck, notebook).catalogue

    def read() -> set[Fact]:
        return {notebook.facts[number] for number in notebook.read}

    places = catalogue.positions[GROUP]
    assert catalogue.positions.get(GROUP) is places
    assert read() == set()
    assert places[KEY] == deck.catalogue.positions[GROUP][KEY]
    assert read() == {("positions", GROUP, KEY)}
    assert catalogue.positions.get(("none", "none")) is None
    with pytest.raises(KeyError):
        catalogue.turns["none", "none"]
    assert read() == {("positions", GROUP, KEY), ("positions", ("none", "none")), ("turns", ("none", "none"))}
