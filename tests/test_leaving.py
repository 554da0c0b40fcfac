"""How a command ends: with its code and all that it said, temporary folders gone, and nothing taken apart before."""

import subprocess
import sys
from pathlib import Path

import pytest
from whole import PROJECT, SECONDS, environment

COMMAND = """
import atexit, sys, tempfile
from site_builder.commands.leaving import leave

class Held:
    def __del__(self):
        print("taken apart")

held = Held()
folder = tempfile.TemporaryDirectory(dir=sys.argv[1])
atexit.register(print, "done at the end")
print(folder.name, end=" ")
try:
    sys.exit(eval(sys.argv[2]))
except SystemExit as ended:
    leave(ended)
"""


@pytest.mark.parametrize(("given", "code", "said"), [("3", 3, ""), ("None", 0, ""), ("'为什么'", 1, "为什么\n")])
def test_a_command_ends_at_once_with_its_code(given: str, code: int, said: str, tmp_path: Path) -> None:
    """As Python would end it, but for the time that takes."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(tmp_path), given],
        cwd=PROJECT,
        env=environment(PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == code
    assert done.stderr == said
    assert done.stdout.endswith(" done at the end\n")
    assert "taken apart" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_whoever_stops_listening_is_no_fault() -> None:
    """``exhibition build | head -1`` keeps its code."""
    script = "import sys; from site_builder.commands.leaving import leave; sys.stdout.close(); leave(SystemExit(0))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=PROJECT, env=environment(), capture_output=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
