"""The digest of the program: files that are as they were recorded are not read, and whatever differs is seen."""

import marshal
from pathlib import Path

import pytest

from site_builder.intake.stamps import digest_in
from site_builder.intake.versions import program, recorded
from site_builder.press.packaged import packaged_theme

THEME = str(packaged_theme())
"""Files that nobody changed within the last seconds."""


def told(record: Path, directory: str = THEME) -> str:
    """The digest, with what is recorded there."""
    with recorded(record):
        return program(directory)


def test_files_whose_stamps_are_the_recorded_ones_are_not_read(tmp_path: Path) -> None:
    """What is recorded of them is taken for right; a record that is harmed, or gone, counts as none."""
    record = tmp_path / "program"
    before = told(record)
    whole = record.read_bytes()
    assert told(record) == before == program(THEME)
    assert record.read_bytes() == whole
    files = marshal.loads(whole[32:])
    other = marshal.dumps({path: (stamp, digest[::-1]) for path, (stamp, digest) in files.items()})
    record.write_bytes(digest_in(other).encode() + other)
    assert told(record) != before
    for harmed in (whole[:-1], whole[:32] + other, b""):
        record.write_bytes(harmed)
        assert told(record) == before
    record.unlink()
    with recorded(record, keeps=False):
        assert program(THEME) == before
    assert not record.exists()
    assert told(record) == before


@pytest.mark.parametrize("directory", ["", "deep/er"])
def test_a_file_that_comes_goes_or_changes_is_seen(tmp_path: Path, directory: str) -> None:
    """Also when it changes within a tick of the clock, and as long as it was."""
    record, theme = tmp_path / "program", tmp_path / "theme"
    (theme / directory).mkdir(parents=True)
    file = theme / directory / "style.css"
    seen = [told(record, str(theme))]
    for content in ("a{}", "b{}", "b{} c{}"):
        file.write_text(content)
        seen.append(told(record, str(theme)))
        assert seen[-1] == told(record, str(theme))
    file.unlink()
    assert len(set(seen)) == len(seen)
    assert told(record, str(theme)) == seen[0]
