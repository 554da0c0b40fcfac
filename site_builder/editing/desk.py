"""Requests of an editor come in, in the words of the exhibition; copies, problems and pages of drafts go out."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from site_builder.editing.copies import GONE, Copy, copy_of, version_of
from site_builder.editing.creating import Wanted, create, delete, restore, withdraw
from site_builder.editing.drafts import Company, Drafts
from site_builder.editing.forms import as_data, form_for
from site_builder.editing.overview import kinds_said, overview_of, said, suggestions, terms_of, titles_for
from site_builder.editing.saving import Change, Refused, changed_text, save, standing_for
from site_builder.editing.tongues import by_hand, spoken
from site_builder.exchange.journal import heal
from site_builder.intake.content import Read, read_file
from site_builder.intake.places import located
from site_builder.intake.translations import translated_path
from site_builder.model.kinds import KINDS
from site_builder.preview.preview import Drafted, Preview
from site_builder.survey import Survey

_SCRIPT = re.compile(rb"<script\b[^>]*></script>")
"""Scripts of a page: in the frame beside the form none may run."""
_KEPT = 8
"""Pages of drafts that are kept: a window asks for its own within a moment."""


@dataclass
class Desk:
    """Where one exhibition is edited; several windows may sit at it, one after the other is served."""

    root: Path
    preview: Preview
    scratch: Path
    """A folder outside of the exhibition in which drafts are read as files are."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """Pages of drafts by their key, the latest last."""
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        heal(self.root)
        self.company.swept()
        self.preview.refresh()

    @property
    def drafts(self) -> Drafts:
        """What is being typed."""
        return Drafts(self.root)

    @property
    def company(self) -> Company:
        """Who is here."""
        return Company(self.root)

    @property
    def found(self) -> Survey:
        """The exhibition as it was last read."""
        assert self.preview.survey is not None
        return self.preview.survey

    def start(self) -> Mapping[str, Any]:
        """What a window needs once: forms, vocabularies, editions, names."""
        catalogue = self.found.deck.catalogue
        editions = [{"id": key.partition("/")[2], "title": catalogue.entries[key].title} for key in catalogue.editions]
        return {
            "home": hashlib.sha256(str(self.root).encode("utf-8", "replace")).hexdigest()[:12],
            "name": catalogue.exhibition.name,
            "kinds": kinds_said(),
            "forms": {kind.name: as_data(form_for(kind)) for kind in KINDS},
            "vocabularies": terms_of(self.found),
            "editions": editions,
        }

    def overview(self) -> Mapping[str, Any]:
        """All entries with their problems, as they lie on the disk now."""
        with self._lock:
            self.preview.refresh()
            whole = overview_of(self.preview.reads, self.found, drafts=self.drafts.waiting())
        return {"rows": whole.rows, "elsewhere": [said(one) for one in whole.elsewhere]}

    def entry(self, path: str, window: str) -> Mapping[str, Any]:
        """A copy of an entry, who else has it open, and the drafts that were not saved."""
        standing = standing_for(path)
        copy = copy_of(self.root, path, standing=standing)
        drafts = self.drafts.of(path)
        if copy.version == GONE and not drafts:
            raise Refused("没有这个条目，它可能被删去或改了名", status=404)
        key = f"{standing.kind.name}/{standing.id}"
        catalogue = self.found.deck.catalogue
        named = sorted({source for source, _ in catalogue.backlinks.get(key, ())})
        return {
            **self.copy_said(copy),
            "kind": standing.kind.name,
            "id": standing.id,
            "drafts": drafts,
            "others": self._others(path, window),
            "titles": titles_for(self.found, key),
            "named_in": named[:20],
            "named_count": len(named),
            "address": f"{standing.kind.folder}/{standing.id}/",
        }

    def proof(self, change: Change) -> Mapping[str, Any]:
        """The draft read, checked and pressed as if it had been saved: its problems, and the key of its page."""
        with self._lock:
            drafted = self._drafted(change)
        key = ""
        if drafted.page is not None:
            page = _SCRIPT.sub(b"", drafted.page)
            key = hashlib.sha256(page).hexdigest()[:16]
            self.pages.pop(key, None)
            self.pages[key] = page
            for old in list(self.pages)[:-_KEPT]:
                self.pages.pop(old, None)
        beside = (
            one for one in self.found.problems if translated_path(one.place.path) == change.path != one.place.path
        )
        return {
            "address": drafted.address,
            "key": key,
            "problems": [said(one) for one in (*drafted.problems, *beside)],
            "version": version_of(self.root, change.path),
        }

    def keep_draft(self, path: str, window: str, *, draft: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Keeps what is being typed, of entries only; forgets it where it is None."""
        standing_for(path)
        if draft is None:
            self.drafts.drop(path, window)
        else:
            self.drafts.keep(path, window, draft=draft)
        return {}

    def save(self, change: Change, window: str) -> Mapping[str, Any]:
        """Saves, forgets the window's draft, and tells what is amiss now."""
        with self._lock:
            save(self.root, change)
            self.drafts.drop(change.path, window)
            return self._after(change.path)

    def text(self, change: Change) -> Mapping[str, Any]:
        """The whole text of the file with the change in it, to be edited as text; nothing is saved."""
        return {"text": changed_text(self.root, change)}

    def create(self, wanted: Wanted) -> Mapping[str, Any]:
        """A new entry."""
        with self._lock:
            path = create(self.root, wanted)
            self.preview.refresh()
        return {"path": path}

    def withdraw(self, path: str, base: str) -> Mapping[str, Any]:
        """An entry taken off; its address stays."""
        with self._lock:
            withdraw(self.root, path, base=base)
            self.drafts.drop_all(path)
            return self._after(path)

    def delete(self, path: str, base: str) -> Mapping[str, Any]:
        """An entry's file removed."""
        with self._lock:
            label = delete(self.root, path, base=base)
            self.drafts.drop_all(path)
            self.preview.refresh()
        return {"label": label}

    def restore(self, label: str) -> Mapping[str, Any]:
        """The entry that was deleted last, brought back."""
        with self._lock:
            restored = restore(self.root, label)
            self.preview.refresh()
        return {"restored": restored}

    def suggest(self, kinds: tuple[str, ...], wanted: str) -> Mapping[str, Any]:
        """Entries that a reference may mean."""
        return {"found": suggestions(self.found, kinds, wanted=wanted)}

    def watch(self, path: str, window: str) -> Mapping[str, Any]:
        """Which version lies on the disk, and who else has the entry open."""
        standing_for(path)
        return {"version": version_of(self.root, path), "others": self._others(path, window)}

    def copy_said(self, copy: Copy) -> Mapping[str, Any]:
        """A copy as the browser takes it, with what is said in the exhibition's other languages."""
        beside = spoken(self.root, copy.path, tags=by_hand(self.found.deck.catalogue.exhibition.languages))
        return {
            "path": copy.path,
            "version": copy.version,
            "form": copy.is_form,
            "text": copy.text,
            "fields": {**copy.fields, **beside.fields},
            "tongues": beside.form,
            "locked": copy.locked,
            "body": copy.body,
        }

    def _others(self, path: str, window: str) -> list[Mapping[str, str]]:
        return [vars(one) for one in self.company.seen(path, window)]

    def _after(self, path: str) -> Mapping[str, Any]:
        problems = self.preview.refresh()
        copy = copy_of(self.root, path, standing=standing_for(path))
        own = (one for one in problems if translated_path(one.place.path) == path)
        return {**self.copy_said(copy), "problems": [said(one) for one in own]}

    def _drafted(self, change: Change) -> Drafted:
        text = changed_text(self.root, change)
        read = self._read(change.path, text)
        drafted = self.preview.drafted(change.path, read)
        return Drafted(drafted.address, drafted.page, located(drafted.problems, self.scratch))

    def _read(self, path: str, text: str) -> Read:
        """A text read as the file of this path would be."""
        target = self.scratch / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8", "replace"))
        return read_file(self.scratch, path)
