"""The interface of files: described by OpenAPI, shards valid by their schemas, an entry found from its id alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen
from zlib import crc32

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from sample_open import ENTRIES, SETTINGS
from small import deck_at, project, write
from whole import SECONDS

from site_builder.model.kinds import KINDS, kind_named
from site_builder.model.schemas import schema_of
from site_builder.opendata.making import whole_data
from site_builder.opendata.schemas import CARRIED, document_schema, public_schema, schema_carried, schema_file
from site_builder.opendata.sharding import ROOT, USUAL, shards_for, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interface with an entry of every kind and a kind of several shards."""
    many = {f"projects/2024/duo-{number:03d}.md": project(title=f"样本多{number:03d}") for number in range(USUAL + 5)}
    root = write(tmp_path_factory.mktemp("api"), ENTRIES | many)
    for file in whole_data(deck_at(root, **SETTINGS))[0].values():
        path = root / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return root


def test_openapi_is_valid(site: Path) -> None:
    """With all the schemas it leads to."""
    path = site / ROOT / "openapi.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    validate(described, base_uri=path.as_uri())
    assert described["openapi"].startswith("3.1")
    assert {f"/{kind.folder}/{{shard}}.json" for kind in KINDS if kind.listed} <= described["paths"].keys()


def test_shards_are_valid_and_nothing_is_lost(site: Path) -> None:
    """Every document of every shard, by the schema that the index names; every entry once."""
    index = json.loads((site / ROOT / "index.json").read_text(encoding="utf-8"))
    Draft202012Validator(
        json.loads((site / ROOT / "openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]["Index"]
    ).validate(index)
    for kind in index["kinds"]:
        schema = json.loads((site / kind["schema"]).read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        found = []
        for shard in range(kind["shards"]):
            path = site / kind["shard"].replace("{shard}", str(shard))
            held = json.loads(path.read_text(encoding="utf-8"))
            assert (held["kind"], held["shard"], held["shards"]) == (kind["kind"], shard, kind["shards"])
            found += held["entries"]
        faults = [f"{one['id']}: {error.message}" for one in found for error in validator.iter_errors(one)]
        assert faults == []
        lines = (site / kind["list"]).read_text(encoding="utf-8").split("\n")[:-1]
        assert sorted(one["id"] for one in found) == sorted(json.loads(line)["id"] for line in lines)
        assert len(found) == kind["count"]


def test_a_schema_refuses_what_is_wrong() -> None:
    """The schemas are no empty promises: a field of nobody's, a private one, a number that is none."""
    validator = Draft202012Validator(document_schema(kind_named("project")))
    fine: dict[str, Any] = {"kind": "project", "id": "a", "title": "样", "address": "projects/a/", "cover": "c.svg"}
    assert validator.is_valid(fine | {"fields": {"title": "样", "year": 2024}})
    for fields in ({"title": "样", "nobody": 1}, {"title": "样", "consent": "样"}, {"title": "样", "year": "去年"}, {}):
        assert not validator.is_valid(fine | {"fields": fields})
    assert "consent" in schema_of(kind_named("project"))["properties"]
    assert "consent" not in public_schema(kind_named("project"))["properties"]


def test_the_package_carries_the_schemas_of_today() -> None:
    """`make schemas` writes them."""
    kinds = {f"{kind.name}.json": kind for kind in KINDS if kind.listed}
    assert {path.name for path in CARRIED.iterdir()} == kinds.keys()
    assert [name for name, kind in kinds.items() if schema_carried(kind) != schema_file(kind)] == []


def test_a_client_finds_an_entry_from_its_id(site: Path, serve_directory: Callable[[Path], str]) -> None:
    """Over HTTP with the rule of the index and nothing of ours; what it links to is found in the same way."""
    base = f"{serve_directory(site)}/"

    def got(address: str) -> Any:
        with urlopen(base + address, timeout=SECONDS) as answer:
            return json.load(answer)

    kinds = {kind["kind"]: kind for kind in got(f"{ROOT}index.json")["kinds"]}
    assert kinds["project"]["shards"] > 1

    def entry(kind: str, name: str) -> Any:
        shard = crc32(name.encode()) % kinds[kind]["shards"]
        found = got(kinds[kind]["shard"].replace("{shard}", str(shard)))["entries"]
        return next(one for one in found if one["id"] == name)

    one = entry("project", "yang-ben-jia")
    person = next(link for link in one["links"] if link["kind"] == "craftsman")
    other = entry("craftsman", person["id"])
    assert other["title"] == person["title"] == "样本人"
    assert "project/yang-ben-jia" in other["referrers"]["people"]


def test_shards_hold_a_few_hundred_whatever_the_number() -> None:
    """Their number is a power of two, none is much fuller than the others."""
    assert [shards_for(count) for count in (0, 1, USUAL, USUAL + 1, 10_000, 50_000)] == [1, 1, 1, 2, 64, 256]
    keys = [f"project/yang-ben-{number}" for number in range(10_000)]
    shards = shared_out(keys)
    assert sorted(key for shard in shards for key in shard) == sorted(keys)
    assert max(map(len, shards)) < 2 * USUAL
