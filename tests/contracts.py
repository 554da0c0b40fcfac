"""The JSON Schemas that the package carries, made of the declarations; run by `make schemas`."""

from __future__ import annotations

from site_builder.model.kinds import KINDS
from site_builder.opendata.schemas import CARRIED, schema_file

if __name__ == "__main__":
    for kind in KINDS:
        if kind.listed:
            (CARRIED / f"{kind.name}.json").write_bytes(schema_file(kind))
