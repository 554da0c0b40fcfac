"""Releases and which of them is online come in; what comes after a deploy or a rollback goes out."""

from typing import Any

from site_builder.model.frozen import frozen


@frozen
class History:
    """Digests of releases, oldest first, and the one that is online; empty before the first deploy."""

    releases: tuple[str, ...] = ()
    current: str = ""

    @property
    def before(self) -> str:
        """The release that a rollback leads to; empty where there is none."""
        at = self.releases.index(self.current) if self.current in self.releases else 0
        return self.releases[at - 1] if at else ""

    def deployed(self, release: str) -> "History":
        """With this release online. Those that were rolled back from are forgotten."""
        if release == self.current and release in self.releases:
            return self
        at = self.releases.index(self.current) + 1 if self.current in self.releases else 0
        return History((*(one for one in self.releases[:at] if one != release), release), release)

    def rolled_back(self) -> "History":
        """With the release before online."""
        return History(self.releases, self.before)

    def kept(self, number: int) -> "History":
        """With so many releases before the one online, and those that were rolled back from."""
        at = self.releases.index(self.current)
        return History(self.releases[max(0, at - number) :], self.current)

    def as_json(self) -> dict[str, object]:
        """For a file that `history_in` reads."""
        return {"releases": list(self.releases), "current": self.current}


def history_in(document: dict[str, Any]) -> History:
    """The history that was written by `as_json`."""
    return History(tuple(document["releases"]), document["current"])
