"""A design, its data and its pictures come in; a tagged PDF with all fonts embedded goes out, the same bytes each time."""

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from site_builder.media.fonts import PACKAGED
from site_builder.model.frozen import frozen

_DESIGNS = Path(__file__).parent / "designs"
_POINT = 72 / 25.4


@frozen
class Work:
    """What is to be set: the name of a design in `designs/`, its data (JSON), and the files that the data names."""

    design: str
    data: Mapping[str, Any]
    files: Mapping[str, bytes]
    date: str = ""
    """Day (ISO) that the file bears; empty where none is known."""
    fonts: Path | None = None
    """The exhibition's own fonts."""
    bleed: float = 0.0
    """Millimetres around each page that are cut away."""


def typeset(work: Work) -> bytes:
    """The PDF: PDF/UA-1, and PDF/A-2a where it bears a date, which that standard demands.

    Typst reads nothing but what it is given here: no font of the machine, no file, no clock.
    """
    data = {**work.data, "date": [int(part) for part in work.date.split("-")] if work.date else None}
    with tempfile.TemporaryDirectory(prefix="exhibition-print-") as scratch:
        desk = Path(scratch)
        for design in _DESIGNS.glob("*.typ"):
            shutil.copy(design, desk)
        (desk / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in work.files.items():
            (desk / name).parent.mkdir(exist_ok=True)
            (desk / name).write_bytes(content)
        pdf = typst.compile(
            desk / f"{work.design}.typ",
            root=desk,
            font_paths=_fonts(work.fonts),
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"] if work.date else ["ua-1"],
            timestamp=datetime.fromisoformat(work.date).replace(tzinfo=UTC) if work.date else 0,
        )
    assert isinstance(pdf, bytes)
    return _trimmed(pdf, work.bleed) if work.bleed else pdf


@cache
def _fonts(own: Path | None) -> typst.Fonts:
    paths = [str(path) for path in (PACKAGED, own) if path and path.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def _trimmed(pdf: bytes, bleed: float) -> bytes:
    """Says to the printer where each page is cut."""
    inset = bleed * _POINT
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, low, right, high = (float(edge) for edge in page.mediabox)
            page.bleedbox = page.mediabox
            page.trimbox = pikepdf.Array([left + inset, low + inset, right - inset, high - inset])
        document.save(out, deterministic_id=True)
    return out.getvalue()
