"""A number of entries comes in; the CPU seconds of reading, compiling and checking all rules go out.

    python benchmarks/rules.py DIR --entries 2000

DIR is written by `corpus.py` where it is empty. The check of 2,000 entries may take 2 s of one core in all.
"""

import argparse
import time
from pathlib import Path

from corpus import write_exhibition

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.intake.content import read_content
from site_builder.model.exhibition import Exhibition
from site_builder.rules.checking import check_rules, findings_of

AS_OF = "2026-06-30"


def main() -> None:
    """Prints CPU seconds of each step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--entries", type=int, default=2000)
    given = parser.parse_args()
    if not (given.directory / "content").is_dir():
        write_exhibition(given.directory, given.entries)
    marks = [time.process_time()]
    content = read_content(given.directory)
    marks.append(time.process_time())
    catalogue = compile_catalogue(content.entries, Exhibition())
    marks.append(time.process_time())
    found = findings_of(check_rules(catalogue, AS_OF))
    marks.append(time.process_time())
    names = ("read", "compile", "rules")
    steps = zip(names, marks, marks[1:], strict=False)
    print(f"{len(content.entries)} entries, {len(found)} findings")
    print("  ".join(f"{name} {after - before:.2f} s" for name, before, after in steps))


if __name__ == "__main__":
    main()
