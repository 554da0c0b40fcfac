"""What a build leaves for the next: a deck put away before the build is done counts with the memory of its seal, or not at all."""

import io
import os
import pickle
import stat
from pathlib import Path
from typing import IO

import pytest

from site_builder.intake.stamps import Told
from site_builder.model.exhibition import Exhibition
from site_builder.press.standing import Standing
from site_builder.survey import Survey
from site_builder.surveying import survey
from site_builder.warm.folded import Folded, Folds
from site_builder.warm.keeping import forget_drafts, read_kept, read_survey, write_deck, write_whole
from site_builder.warm.memory import Memory, Piece
from site_builder.warm.settled import home_of, read_settled
from site_builder.warm.visit import Away, Visit

ENTRY = "---\n标题: 样本成果\n---\n\n样本正文。\n"


def _survey(root: Path) -> Survey:
    (root / "content/projects").mkdir(parents=True)
    (root / "content/projects/yang-ben.md").write_text(ENTRY, encoding="utf-8")
    return survey(root, Exhibition(name="样本展", url="https://example.org/"), workers=1)


def test_a_survey_put_away_ahead_is_found_with_its_memory(tmp_path: Path) -> None:
    """Nobody else may read it: it holds what is not published."""
    found, home = _survey(tmp_path), tmp_path / "home"
    seal = write_deck(home, "ground", deck=found.deck)
    write_whole(home, "ground", memory=Memory(), known=found, seal=seal)
    forget_drafts(home)
    assert sorted(path.name for path in home.iterdir()) == ["memory", "survey"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in home.iterdir())
    kept = read_kept(home, "ground")
    assert kept is not None
    assert read_survey(home, kept) == found


def test_of_a_build_that_fails_nothing_stays_and_what_was_there_counts(tmp_path: Path) -> None:
    """The next build reads what the last good one left."""
    found, home = _survey(tmp_path), tmp_path / "home"
    write_whole(home, "ground", memory=Memory(), known=found, seal=write_deck(home, "ground", deck=found.deck))
    write_deck(home, "ground", deck=found.deck)
    forget_drafts(home)
    assert sorted(path.name for path in home.iterdir()) == ["memory", "survey"]
    kept = read_kept(home, "ground")
    assert kept is not None
    assert read_survey(home, kept) == found


@pytest.mark.parametrize("former", [False, True])
def test_what_is_written_early_counts_when_the_site_is_in_its_place(tmp_path: Path, former: bool) -> None:
    """Until then nobody finds it; files are known by their times in the site, also where those of a former one are taken over."""
    found, site, staging = _survey(tmp_path), tmp_path / "site", tmp_path / "staging"
    for directory in (site, staging) if former else (staging,):
        (directory / "a").mkdir(parents=True)
        (directory / "a/index.html").write_text("样本")
    visit, home = Visit(tmp_path, site, "ground", (), Told({})), home_of(tmp_path, site)
    memory = Memory(pieces={"page a/": Piece(b"", b"", {"a/index.html": "token"}, None)})
    with visit.ahead(found.deck, alone=True) as ahead:
        away = Away(visit, found, ahead)
        away(memory, staging)
        assert read_kept(home, "ground") is None
        if former:
            os.utime(site / "a/index.html", ns=(1, 1))
        else:
            staging.rename(site)
        assert visit.settle(memory, away) == 1
    settled, kept = read_settled(home), read_kept(home, "ground")
    assert settled is not None
    assert kept is not None
    assert settled.site.files == Standing.of(site).files
    assert settled.seal == kept.seal
    assert read_survey(home, kept) == found
    assert sorted(path.name for path in home.iterdir()) == ["memory", "settled", "shelf", "survey"]


def test_what_the_disk_did_not_take_early_counts_as_none(tmp_path: Path) -> None:
    """Neither is anything of it left, nor is the build remembered."""
    found, staging = _survey(tmp_path), tmp_path / "staging"
    staging.mkdir()
    visit, home = Visit(tmp_path, tmp_path / "site", "ground", (), Told({})), home_of(tmp_path, tmp_path / "site")
    memory = Memory(pieces={"page a/": Piece(b"", b"", {"a/index.html": "token"}, None)})
    with visit.ahead(found.deck, alone=True) as ahead:
        assert ahead.result.seal
        away = Away(visit, found, ahead)
        away(memory, staging)
        assert not [*home.iterdir()]
        visit.settle(memory, away)
    assert read_settled(home) is None
    assert not [*home.iterdir()]


def test_of_a_kept_survey_is_read_what_is_asked_for(tmp_path: Path) -> None:
    """And all at once where somebody else wrote the file: what is harmed must not be met when a build is half done."""
    found, home = _survey(tmp_path), tmp_path / "home"
    write_whole(home, "ground", memory=Memory(), known=found, seal=write_deck(home, "ground", deck=found.deck))
    kept = read_kept(home, "ground")
    assert kept is not None
    entries = read_survey(home, kept).deck.catalogue.entries
    assert isinstance(entries, Folded)
    assert list(entries) == ["project/yang-ben"]
    assert not entries.taken_up
    assert entries["project/yang-ben"].body.strip() == "样本正文。"
    assert entries.taken_up == 1
    content = (home / "survey").read_bytes()
    (home / "survey").write_bytes(content)
    assert read_survey(home, kept) == found
    at = content.index("样本正文".encode())
    (home / "survey").write_bytes(content[:at] + b"\xff" + content[at + 1 :])
    assert read_survey(home, kept) is None


def test_a_long_fold_makes_those_after_it_no_dearer() -> None:
    """A pickler wipes for each fold all that the longest before it took: so a long one has it to itself, wherever it stands."""
    mapping = {at: (*range(1000, 1000 + (20_000 if at == 50 else 1)), bytes(1000)) for at in range(2_000)}
    made: list[pickle.Pickler] = []

    def pickler(buffer: IO[bytes]) -> pickle.Pickler:
        made.append(pickle.Pickler(buffer, protocol=5))
        return made[-1]

    file = io.BytesIO(b"head")
    file.seek(0, io.SEEK_END)
    folds = Folds.written(mapping, file, pickler=pickler)
    assert len(made) == 2
    assert dict(folds.unfolded(memoryview(file.getvalue()), unpickler=pickle.Unpickler)) == mapping
