"""The root of an exhibition comes in; the entries that earlier runs of this very program parsed go out."""

from pathlib import Path

from site_builder.intake.record_cache import Records
from site_builder.intake.versions import program


def records(root: Path, *, empty: bool = False) -> Records:
    """The entries that earlier runs of this program parsed; none, to be filled anew, where they are not to be trusted."""
    return Records(root, program(), {}) if empty else Records.of(root, program())
