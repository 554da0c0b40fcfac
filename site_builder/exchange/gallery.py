"""Pictures beside forms and inside them come in; which entry shows which goes out, with captions, and their bytes by path."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from site_builder.exchange.filling import Candidate
from site_builder.exchange.identity import Identified
from site_builder.exchange.photographs import NotTaken, caption_of, photograph
from site_builder.exchange.shelf import Shelf
from site_builder.exchange.wording import key_of
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.sheets.limits import LARGEST_PICTURE, MOST_PICTURES
from site_builder.sheets.sheet import Book, EmbeddedPicture


@frozen
class Offered:
    """The pictures of one folder, and the files of that folder from which entries were read."""

    folder: Path
    pictures: tuple[Path, ...]
    books: frozenset[str]


@dataclass
class Gallery:
    """Gives every candidate its pictures; what nobody claims is reported in the end."""

    embedded: dict[str, tuple[EmbeddedPicture, ...]]
    offered: tuple[Offered, ...]
    single: frozenset[str]
    """Files that hold one entry only."""
    media: dict[str, int] = field(default_factory=dict)
    """Path of a picture → its number among ``pictures``."""
    pictures: Shelf[bytes] = field(default_factory=Shelf)
    used: dict[str, list[str]] = field(default_factory=dict)
    claimed: set[Path] = field(default_factory=set)
    faults: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, books: Iterable[Book], offered: Iterable[Offered], *, single: Iterable[str] = ()) -> "Gallery":
        """The gallery of these books and folders."""
        return cls({book.path: book.pictures for book in books}, tuple(offered), frozenset(single))

    def pictured(self, identified: Identified) -> Identified:
        """The same with the pictures that belong to it, those that it shows already left as they are."""
        candidate = identified.candidate
        captions = iter(candidate.captions)
        found = []
        for name, data, caption in chain(self._inside(candidate), self._beside(candidate)):
            try:
                taken = photograph(data)
            except NotTaken as reason:
                self._fault(candidate, name, reason=str(reason))
                continue
            file = f"{candidate.raw.kind.folder}/{identified.id}-{taken.mark}{taken.suffix}"
            self.media[f"content/media/{file}"] = self.pictures.append(taken.data)
            self.used.setdefault(identified.key, []).append(f"content/media/{file}")
            said = next(captions, "") or caption
            found.append({"file": file, **({"alt": said, "caption": said} if said else {})})
        if not found:
            return identified
        named = [one for one in candidate.fields.get("pictures", ()) if self._exists(one)]
        distinct = {one["file"]: one for one in (*named, *found)}
        return replace(
            identified, candidate=replace(candidate, fields={**candidate.fields, "pictures": [*distinct.values()]})
        )

    def problems(self) -> tuple[Problem, ...]:
        """What could not be taken, and folders whose pictures belong to no entry."""
        left = [
            Problem("unmatched-folder", Place(one.folder.as_posix()), f"{len(free)} 张图片不知道属于哪个条目")
            for one in self.offered
            if (free := [path for path in one.pictures if path not in self.claimed])
        ]
        return (*self.faults, *left)

    def _fault(self, candidate: Candidate, name: str, *, reason: str) -> None:
        if "图标" not in reason:
            self.faults.append(
                Problem("picture-left", candidate.raw.at(), f"“{candidate.title}”的图片 {name} {reason}，没有取")
            )

    def _exists(self, record: object) -> bool:
        """A name in a cell that is that of a picture beside the form is no path; the picture itself is taken."""
        names = {path.name for one in self.offered for path in one.pictures}
        return isinstance(record, dict) and bool(record.get("file")) and record["file"] not in names

    def _inside(self, candidate: Candidate) -> Iterator[tuple[str, bytes, str]]:
        raw = candidate.raw
        pictures = self.embedded.get(raw.file, ())
        for one in pictures:
            whole = not raw.sheet.addressed and not one.sheet
            if whole or one.name in raw.shown or (one.sheet == raw.sheet.name and one.row in raw.rows):
                yield one.name, one.data, caption_of(one.caption, candidate.title) if one.caption else ""

    def _beside(self, candidate: Candidate) -> Iterator[tuple[str, bytes, str]]:
        for path in self._claims(candidate)[:MOST_PICTURES]:
            self.claimed.add(path)
            if path.stat().st_size > LARGEST_PICTURE:
                self._fault(candidate, path.name, reason="太大")
                continue
            yield path.name, path.read_bytes(), caption_of(path.stem, candidate.title)

    def _claims(self, candidate: Candidate) -> list[Path]:
        title = key_of(candidate.title)
        found: list[Path] = []
        for one in self.offered:
            if candidate.raw.file in one.books & self.single or key_of(one.folder.name).startswith(title):
                found += [path for path in one.pictures if path not in self.claimed]
            else:
                found += [
                    path for path in one.pictures if path not in self.claimed and key_of(path.stem).startswith(title)
                ]
        return found
