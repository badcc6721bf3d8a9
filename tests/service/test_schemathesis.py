"""schemathesis asks what the OpenAPI document allows, and what it does not, and checks every answer against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.service.server import running

from visavis.service import Settings

# Paths are written out layer by layer; these stand for all.
SOME = ("{collectionId}", "cameras", "disclosures")

# OpenAPI can't say what is CQL2, a day, a CRS that this layer is given in, a box of degrees, or "one of these two".
UNSAYABLE = [positive_data_acceptance]


@pytest.fixture(scope="module")
def api(store_file: Path) -> Iterator[schemathesis.BaseSchema]:
    with running(Settings(store=str(store_file), pictures=False)) as address:
        yield schemathesis.openapi.from_url(f"{address}/api")


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_the_document_says(api: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    """Its own plug-in for pytest does not know this pytest: the operations are gone through here."""
    asked = 0
    for found in api.get_all_operations():
        operation = found.ok()
        if operation.path.startswith("/collections/") and operation.path.split("/")[2] not in SOME:
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=8,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            unsayable = any(part in case.operation.label for part in ("/items", "/letters", "/exports"))
            case.call_and_validate(excluded_checks=UNSAYABLE if unsayable else [])
            asked += 1

        if mode is GenerationMode.POSITIVE or can_be_broken(operation.definition.raw.get("parameters", [])):
            ask()
    assert asked > 50


def can_be_broken(parameters: list[dict[str, Any]]) -> bool:
    """Say whether a value could be given that the document forbids: where any text goes, there is none."""
    return any(
        "$ref" in each or each["schema"].get("type") != "string" or "enum" in each["schema"]
        for each in parameters
    )
