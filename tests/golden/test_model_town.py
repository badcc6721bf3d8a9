"""A whole run of the model town against its golden tables; `python -m tools.golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tools.golden import FOLDER, KEPT, as_told, model_town_build
from visavis.pipeline import Outcome

pytestmark = pytest.mark.long

# Compilers and libraries may differ in the last digits; a probability may not move by a whole draw.
RELATIVE = 1e-4
ABSOLUTE = 1e-4


@pytest.mark.parametrize("name", KEPT)
def test_the_model_town_comes_out_as_before(built_town: Outcome, name: str) -> None:
    text = dict.fromkeys(built_town.tables[name].select_dtypes(["str", "object"]), "str")
    golden = pd.read_csv(FOLDER / f"{name}.csv", dtype=text)
    told = as_told(built_town.tables[name])
    for column in told.columns:
        if told[column].isna().all() and golden[column].isna().all():
            golden[column] = golden[column].astype(told[column].dtype)
    pd.testing.assert_frame_equal(
        told, golden, check_dtype=False, rtol=RELATIVE, atol=ABSOLUTE, check_column_type=False
    )


def test_the_same_inputs_give_the_same_tables_and_build_id(built_town: Outcome, tmp_path: Path) -> None:
    again = model_town_build(tmp_path / "again.gpkg")
    assert again.record.build_id == built_town.record.build_id
    for name, table in built_town.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])
