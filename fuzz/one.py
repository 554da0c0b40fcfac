"""The name of a target and options of libFuzzer come in; Atheris looks for bytes that break it.

    python fuzz/one.py texts fuzz/corpus/texts -runs=100000
"""

from __future__ import annotations

import sys
import warnings

import atheris

warnings.simplefilter("ignore")
with atheris.instrument_imports(include=["site_builder", "openpyxl", "docx", "yaml", "html", "_markupbase"]):
    from targets import TARGETS


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
