"""A command's arguments come in; its exit code and what it said go out, as a process of its own gives them.

To load the program, to compile its templates and to learn its fonts and models takes longer than most commands on small exhibitions. So one
process loads it once, builds one exhibition, and forks for each command; that a command does as much when it is started from nothing,
tests of whole processes prove (test_cli.py, test_output.py, test_leaving.py).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

LOADED = (
    "site_builder.cli",
    "site_builder.plugin",
    "site_builder.pipeline",
    "site_builder.rebuilding",
    "site_builder.commands.building",
    "site_builder.search.postings",
    "markdown.extensions.codehilite",
    "numpy",
    "PIL.Image",
    "pypinyin",
    "rich.live",
    "xlsxwriter",
)
"""What most commands load, with all that this loads itself, and building an exhibition does not."""
ASKED = frozenset({"EXHIBITION_JOBS", "PYTEST_CURRENT_TEST", "SOURCE_DATE_EPOCH"})
"""Variables that are asked for when they are needed: a command may have others than the process that loaded the program."""

OWN = frozenset({"NO_MKDOCS_2_WARNING", "OPENBLAS_NUM_THREADS", "PYDANTIC_DISABLE_PLUGINS"})
"""Variables that the program and its libraries set as they are loaded: some test may have loaded them here since."""


class Loaded:
    """A process that has the program loaded, in this environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        from whole import exhibition

        self._environment = environment
        self._scratch = tempfile.TemporaryDirectory(prefix="forked-")
        first = exhibition(Path(self._scratch.name) / "exhibition")
        self._said = [Path(self._scratch.name) / name for name in ("out", "err")]
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__, str(first)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
            start_new_session=True,
        )

    def is_alike(self, environment: Mapping[str, str]) -> bool:
        """Whether a process of this environment would have loaded the same."""
        names = (environment.keys() | self._environment.keys()) - ASKED - OWN
        return all(environment.get(name) == self._environment.get(name) for name in names)

    def run(
        self, arguments: tuple[str, ...], *, cwd: Path, environment: Mapping[str, str], seconds: float
    ) -> subprocess.CompletedProcess[str]:
        """``exhibition`` with these arguments; TimeoutExpired where it takes longer than so many seconds."""
        assert self._process.stdin and self._process.stdout
        mask = os.umask(0)
        os.umask(mask)
        job = {
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": environment,
            "umask": mask,
            "said": [*map(str, self._said)],
        }
        self._process.stdin.write(f"{json.dumps(job)}\n".encode())
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            end()
            raise subprocess.TimeoutExpired(arguments, seconds)
        code = int(self._process.stdout.readline())
        out, err = (one.read_text(encoding="utf-8") for one in self._said)
        return subprocess.CompletedProcess(arguments, code, out, err)

    def end(self) -> None:
        """Ends it, and the command that it runs."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._scratch.cleanup()


@cache
def loaded() -> Loaded:
    """The one of these tests, begun when it is asked for."""
    from whole import environment

    return Loaded(environment())


def end() -> None:
    """Ends the one of these tests, if there is one."""
    if loaded.cache_info().currsize:
        loaded().end()
        loaded.cache_clear()


# --- in the process that has the program loaded ----------------------------------------------------------------------


def forks(first: str) -> None:
    """Takes jobs, one a line, until there are no more; answers each with the exit code, negative for a signal."""
    for name in LOADED:
        importlib.import_module(name)
    built(first)
    gc.collect()
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            command(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def built(root: str) -> None:
    """Builds an exhibition here: what the program finds out once in a process, every command then finds as it is."""
    from site_builder.cli import cli

    answers = os.dup(1)
    os.dup2(2, 1)
    os.environ["EXHIBITION_JOBS"] = "1"  # what others found out would end with them
    with contextlib.suppress(SystemExit):
        cli(["build", "--root", root])
    sys.stdout.flush()
    os.dup2(answers, 1)
    os.close(answers)
    gc.enable()


def command(job: Mapping[str, Any]) -> NoReturn:
    """Becomes the command."""
    from site_builder.cli import main

    code = 1
    try:
        os.environ.clear()
        os.environ.update(job["environment"])
        os.chdir(job["cwd"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, name in enumerate(job["said"], 1):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.umask(job["umask"])
        sys.argv = ["exhibition", *job["arguments"]]
        main()
        code = 0
    except BaseException:  # noqa: BLE001  # whatever it is, it is told as Python tells it
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    forks(sys.argv[1])
