"""What the program is made of: locked with digests, licensed, listed for others, and copied code as it was published."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import cyclonedx.schema
import pytest
from copied import copied
from jsonschema import Draft7Validator
from licences import PAGE, installed_for, licence_of, page, parts, run_time
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from referencing import Registry, Resource

PROJECT = Path(__file__).resolve().parent.parent
LOCK = PROJECT / "requirements-release.txt"
ALLOWED = frozenset(
    {
        *("MIT", "MIT-CMU", "ISC", "Zlib", "0BSD", "CC0-1.0", "PSF-2.0"),
        *("BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0"),
    }
)
"""Licences under which anybody may run the program and pass it on, with the notices that are in the packages."""
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def locked(text: str) -> dict[str, tuple[str, int]]:
    """Name → version and number of digests."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=\S)", text):
        pin = PINNED.match(block)
        if pin:
            digests = re.findall(r"--hash=sha256:[0-9a-f]{64}(?=\s|\\|$)", block)
            found[canonicalize_name(pin[1])] = (pin[2], len(digests))
    return found


def gaps(text: str, wanted: dict[str, set[str]]) -> list[str]:
    """Packages that a release would install unlocked."""
    pins = locked(text)
    return [name for name in wanted if name not in pins or pins[name][1] == 0]


def test_a_release_installs_nothing_without_a_digest() -> None:
    """Every package that a plain install needs, dependencies of dependencies included, in the version that the tests ran with."""
    text = LOCK.read_text(encoding="utf-8")
    assert gaps(text, run_time()) == []
    pins = locked(text)
    assert [name for name, (_, digests) in pins.items() if not digests] == []
    tested = {
        canonicalize_name(name): version
        for name, version in PINNED.findall((PROJECT / "constraints.txt").read_text("utf-8"))
    }
    assert {name: pin[0] for name, pin in pins.items() if tested.get(name, pin[0]) != pin[0]} == {}


def test_the_tests_run_with_versions_that_are_written_down() -> None:
    """What packages bring with their own extras, too; pip and setuptools are the environment's."""
    pinned = {canonicalize_name(name) for name, _ in PINNED.findall((PROJECT / "constraints.txt").read_text("utf-8"))}
    assert installed_for("deploy", "test", "lint", "types").keys() - pinned <= {"pip", "setuptools"}


def test_a_gap_in_the_lock_is_found() -> None:
    """A package left out, a digest left out, a digest cut short."""
    text = LOCK.read_text(encoding="utf-8")
    wanted = run_time()
    assert gaps(re.sub(r"(?ms)^jinja2==.*?\n(?=\S)", "", text), wanted) == ["jinja2"]
    block = re.search(r"(?ms)^jinja2==.*?\n(?=\S)", text)
    assert block
    assert gaps(text.replace(block[0], "jinja2==3.1.6\n"), wanted) == ["jinja2"]
    assert gaps(text.replace(block[0], re.sub(r"sha256:[0-9a-f]{8}", "sha256:", block[0])), wanted) == ["jinja2"]


def test_what_is_declared_is_locked_in_range() -> None:
    """A range that was raised in pyproject.toml and not in the lock is found."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = locked(LOCK.read_text(encoding="utf-8"))
    wanted = [Requirement(text) for text in (*project["dependencies"], *project["optional-dependencies"]["deploy"])]
    assert [str(one) for one in wanted if pins[canonicalize_name(one.name)][0] not in one.specifier] == []


# --- licences --------------------------------------------------------------------------------------------------------


def test_every_licence_is_one_that_we_may_use() -> None:
    """By the packages' own metadata; a package that says nothing has no licence."""
    said = {name: licence_of(distribution(name)) for name in run_time()}
    assert {name: licence for name, licence in said.items() if not licence or not parts(licence) <= ALLOWED} == {}


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "Proprietary"])
def test_other_licences_are_refused(licence: str) -> None:
    """Also where they stand beside one that is allowed."""
    assert not parts(licence) <= ALLOWED


def test_the_page_of_licences_is_up_to_date() -> None:
    """`make licences` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page()


# --- a list for others -----------------------------------------------------------------------------------------------


def test_the_sbom_is_made_by_the_documented_command(tmp_path: Path) -> None:
    """Valid by the schema of CycloneDX, with every package, its version and its digests; the same bytes each time."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    command = re.search(r"\$\(BIN\)/cyclonedx-py (.*) --output-file (\S+)", makefile)
    assert command
    target = tmp_path / "sbom.json"
    arguments = [*command[1].split(), "--output-file", str(target)]
    subprocess.run([sys.executable, "-m", "cyclonedx_py", *arguments], cwd=PROJECT, check=True, capture_output=True)
    plain = target.read_bytes()
    assert "tests/copied.py dist/sbom.cdx.json" in makefile
    subprocess.run([sys.executable, PROJECT / "tests/copied.py", target], check=True)
    document = json.loads(target.read_bytes())
    assert {**document, "components": [], "dependencies": []} == {
        **json.loads(plain),
        "components": [],
        "dependencies": [],
    }
    schemas = Path(cyclonedx.schema.__file__).parent / "_res"
    registry: Registry = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{path.name}", Resource.from_contents(json.loads(path.read_bytes())))
        for path in schemas.glob("*.schema.json")
    )
    validator = Draft7Validator(json.loads((schemas / "bom-1.6.SNAPSHOT.schema.json").read_bytes()), registry=registry)
    assert list(validator.iter_errors(document)) == []
    assert not validator.is_valid({"bomFormat": "样本", "specVersion": "1.6"})
    ours = {
        one["bom-ref"].removeprefix("copied:"): one for one in document["components"] if "copied:" in one["bom-ref"]
    }
    assert {
        (file, one["name"], one["version"], one["licenses"][0]["license"]["id"], one["hashes"][0]["content"])
        for file, one in ours.items()
    } == set(copied())
    assert [one["purl"] for one in ours.values() if "purl" in one] == ["pkg:npm/openseadragon@6.1.1"]
    listed = {canonicalize_name(one["name"]): one for one in document["components"] if one not in ours.values()}
    pins = locked(LOCK.read_text(encoding="utf-8"))
    assert {name: one["version"] for name, one in listed.items()} == {name: pin[0] for name, pin in pins.items()}
    assert all(one["externalReferences"][0]["hashes"] for one in listed.values())
    assert "timestamp" not in document["metadata"]
    assert str(PROJECT) not in target.read_text(encoding="utf-8")


# --- copied code -----------------------------------------------------------------------------------------------------


def test_copied_files_are_what_the_table_says() -> None:
    """Digest, version and licence of each, the same in docs/supply.md, NOTICE and vendored.toml; nothing copied is unlisted."""
    rows = copied()
    notice = " ".join((PROJECT / "NOTICE").read_text(encoding="utf-8").split())
    for file, name, version, licence, digest in rows:
        assert hashlib.sha256((PROJECT / file).read_bytes()).hexdigest() == digest, file
        assert f"{name} {licence}" in notice or f"{name} {version} {licence}" in notice, name
    listed = {row[0] for row in rows}
    vendor = PROJECT / "theme/assets/vendor"
    vendored = {
        path.relative_to(PROJECT).as_posix() for path in vendor.iterdir() if path.suffix in {".js", ".css", ".wasm"}
    }
    fonts = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "site_builder/fonts").glob("*.otf")}
    assert listed == vendored | fonts
    declared = tomllib.loads((vendor / "vendored.toml").read_text(encoding="utf-8"))["vendored"]
    assert {(f"theme/assets/vendor/{one['file']}", one["version"], one["sha256"]) for one in declared} == {
        (row[0], row[2], row[4]) for row in rows if row[0] in vendored
    }
