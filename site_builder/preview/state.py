"""One state of the exhibition and an address come in; what there is to be made at that address goes out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial

from site_builder.catalogue.addresses import address_of, cover_address
from site_builder.media.covers import CoverBrief
from site_builder.media.store import Making
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_in_folder
from site_builder.model.pages import OutputFile, PageJob
from site_builder.press.pressing import Press
from site_builder.publish.covers import brief_of
from site_builder.publish.deck import Deck
from site_builder.publish.entries import own_job
from site_builder.publish.publishers import page_jobs, whole_job
from site_builder.publish.walks import Hook, hooks_of
from site_builder.survey import Survey


@frozen
class State:
    """What there is to be made, and nothing made yet: whatever takes the whole exhibition waits until it is asked for."""

    found: Survey
    press: Press
    hooks: Callable[[], Mapping[str, tuple[Hook, ...]]]
    """Where works hang; of a state of which one entry was retouched, those of the state before."""
    media: Callable[[], Mapping[str, Making]]
    """Address → what makes the file there out of an original."""
    index: Callable[[], Mapping[str, OutputFile]]
    """The search index."""
    data: Callable[[], tuple[Mapping[str, OutputFile], tuple[PageJob, ...]]]
    """The open data and their page."""

    @classmethod
    def of(cls, found: Survey, press: Press) -> "State":
        """The state that a whole survey found."""
        return cls(
            found,
            press,
            cache(partial(hooks_of, found.deck)),
            cache(partial(_by_address, found.media)),
            cache(partial(_index, found)),
            cache(partial(_data, found)),
        )

    def retouched(self, found: Survey) -> "State":
        """The same with one entry that was saved since."""
        return replace(self, found=found, index=cache(partial(_index, found)), data=cache(partial(_data, found)))

    @property
    def deck(self) -> Deck:
        """The cards of this state."""
        return self.found.deck

    def job(self, address: str) -> PageJob | None:
        """The page at an address: an entry's own at once, any other when the publishers come to it."""
        if address and not address.endswith("/"):
            return None
        entry = self._entry_at(address)
        own = own_job(self.deck, entry.key, hooks=self.hooks().get(entry.key, ())) if entry else None
        return whole_job(self.deck, own) if own else self._jobs.at(address)

    def cover(self, address: str) -> CoverBrief | None:
        """What is to be drawn at an address of a cover."""
        key = address.removeprefix("covers/").rpartition(".")[0]
        if key not in self.deck.cards or cover_address(self.deck.catalogue.entries[key]) != address:
            return None
        return brief_of(self.deck.catalogue, self.deck.catalogue.entries[key])

    @cached_property
    def _jobs(self) -> "_Jobs":
        return _Jobs(page_jobs(self.deck))

    def _entry_at(self, address: str) -> Entry | None:
        folder, _, name = address.rstrip("/").rpartition("/")
        kind = kind_in_folder(folder)
        entry = self.deck.catalogue.entries.get(f"{kind.name}/{name}") if kind else None
        return entry if entry and address_of(entry) == address else None


class _Jobs:
    """The pages of all publishers, named as far as the one looked for: the home page comes first."""

    def __init__(self, jobs: Iterator[PageJob]) -> None:
        self._jobs = jobs
        self._named: dict[str, PageJob] = {}

    def at(self, address: str) -> PageJob | None:
        """The page at this address."""
        while address not in self._named:
            job = next(self._jobs, None)
            if job is None:
                return None
            self._named[job.address] = job
        return self._named[address]


def _index(found: Survey) -> Mapping[str, OutputFile]:
    # what searches is loaded when somebody does: it takes as long as to show the first page
    from site_builder.pipeline import whole_index

    return whole_index(found.deck, found.tongues)


def _data(found: Survey) -> tuple[Mapping[str, OutputFile], tuple[PageJob, ...]]:
    from site_builder.opendata.making import whole_data  # likewise

    return whole_data(found.deck)


def _by_address(media: tuple[Making, ...]) -> Mapping[str, Making]:
    return {address: making for making in media for _, address in making.addresses}
