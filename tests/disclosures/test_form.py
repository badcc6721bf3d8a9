"""The schemas, the skeleton and the page on the format are those of the declarations."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools.dossier_format import DATA, written
from visavis.disclosures.form import record_schema, table_schema
from visavis.disclosures.record import Record
from visavis.readers.looking import TABLES


@pytest.mark.parametrize("file", sorted(written()), ids=lambda file: file.name)
def test_what_is_written_from_the_declarations_is_fresh(file: Path) -> None:
    assert file.read_text("utf-8") == written()[file], "run python -m tools.dossier_format"


def test_the_schema_knows_every_key_and_says_what_it_means() -> None:
    schema = record_schema()
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        for name, told in part["properties"].items():
            assert told.get("description"), name
    assert set(schema["properties"]) == set(Record.model_fields)
    assert set(schema["required"]) == {
        "id",
        "title",
        "authority",
        "country",
        "licence",
        "attribution",
        "request",
    }


def test_the_schema_takes_the_days_that_yaml_reads_as_numbers() -> None:
    day = record_schema()["$defs"]["Request"]["properties"]["asked_on"]
    assert {"type": "integer", "minimum": 1000, "maximum": 9999} in day["anyOf"]
    pattern = next(each["pattern"] for each in day["anyOf"] if "pattern" in each)
    assert all(re.search(pattern, told) for told in ("2021", "2021-05", "2021-05-12"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_schema_names_every_column_in_its_order(name: str) -> None:
    schema = json.loads((DATA / "schema" / f"{name}.table-schema.json").read_text("utf-8"))
    assert [field["name"] for field in schema["fields"]] == list(TABLES[name].columns)
    assert schema == table_schema(TABLES[name])


SHIPPED = sorted([*DATA.glob("disclosures/*/*/*/disclosure.yml"), DATA / "model-town" / "disclosure.yml"])


@pytest.mark.parametrize("name", SHIPPED, ids=lambda file: file.parent.name)
def test_a_shipped_dossier_tells_editors_its_schema(name: Path) -> None:
    first = name.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (name.parent / found[1]).resolve() == DATA / "schema" / "disclosure.schema.json"
