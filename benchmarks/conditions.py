"""Programs come in; lines go out that say under what conditions they were measured: cores, Python and how it was built, versions.

A Python built without profile-guided optimisation, as pyenv builds it unless told otherwise, takes some tenth longer for everything
here, so a figure is of little use without it.
"""

import os
import platform
import re
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping

TURNS, DEEP = 15, 23
FLAGS = {"--enable-optimizations": "profile-guided optimisation", "--with-lto": "link-time optimisation"}


def conditions(versions: Mapping[str, list[str]]) -> Iterator[str]:
    """Two items of a list in Markdown: machine and Python, then each program with the version that its command says."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    yield (
        f"- {cores} cores{load}; {platform.python_implementation()} {platform.python_version()}, "
        f"{built()}; a small loop of Python takes it {loop() * 1000:.2f} ms"
    )
    yield f"- {', '.join(f'{name} {version(command)}' for name, command in versions.items())}"


def built() -> str:
    """How this Python was built, as far as it says so."""
    given = sysconfig.get_config_var("CONFIG_ARGS") or ""
    if named := [words for flag, words in FLAGS.items() if flag in given]:
        return f"built with {' and '.join(named)}"
    if "deb_system" in sysconfig.get_scheme_names():
        return "Debian's, which is built with profile-guided optimisation and keeps no word of it"
    return "**built without optimisation**, as far as it says"


def loop() -> float:
    """Seconds of CPU for the same small work, the least of some turns: compares Pythons, machines and hours."""
    return min(_spent() for _ in range(TURNS))


def _spent() -> float:
    began = time.process_time()
    _fibonacci(DEEP)
    return time.process_time() - began


def _fibonacci(number: int) -> int:
    return number if number < 2 else _fibonacci(number - 1) + _fibonacci(number - 2)


def version(command: list[str]) -> str:
    """The first number with dots that a command prints."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else "of an unknown version"
