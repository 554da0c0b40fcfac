"""A bill of materials comes in; the same with what is copied into this repository goes out; run by `make sbom`.

What is copied stands in the table of docs/supply.md, which the suite compares with the files themselves.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)


def copied() -> list[tuple[str, ...]]:
    """File, name, version, licence and SHA-256 of everything that is copied."""
    return ROW.findall((PROJECT / "docs/supply.md").read_text(encoding="utf-8"))


def components() -> list[dict[str, object]]:
    """The same as components of CycloneDX; code from npm with its package URL."""
    vendored = tomllib.loads((PROJECT / "theme/assets/vendor/vendored.toml").read_text(encoding="utf-8"))["vendored"]
    packages = {f"theme/assets/vendor/{one['file']}": f"pkg:npm/{one['name']}@{one['version']}" for one in vendored}
    found = []
    for file, name, version, licence, digest in copied():
        one: dict[str, object] = {
            "type": "library" if file in packages else "file",
            "bom-ref": f"copied:{file}",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": licence}}],
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "properties": [{"name": "exhibition:file", "value": file}],
        }
        found.append(one | ({"purl": packages[file]} if file in packages else {}))
    return found


def main() -> None:
    """Adds them to the file that is named, which stays valid and reproducible."""
    target = Path(sys.argv[1])
    document = json.loads(target.read_text(encoding="utf-8"))
    document["components"] += components()
    document["dependencies"] = [*document.get("dependencies", ()), *({"ref": one["bom-ref"]} for one in components())]
    target.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
