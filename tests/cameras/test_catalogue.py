"""A name written on paper finds its model."""

from __future__ import annotations

import pandas as pd
import pytest

from visavis.cameras import CAMERA_MODELS
from visavis.cameras.catalogue import models_of

MODELS = CAMERA_MODELS.frame(
    [
        {"model_id": "IPC6525-Z30", "maker": "Huawei", "kind": "ptz", "source": "x", "confidence": "low"},
        {"model_id": "generic fixed 2 MP", "kind": "fixed", "source": "x", "confidence": "low"},
    ]
)


@pytest.mark.parametrize(
    "written", ["IPC6525-Z30", "ipc6525-z30", " IPC 6525 Z30 ", "Huawei IPC6525-Z30", "HUAWEI ipc6525z30"]
)
def test_case_spaces_and_the_maker_do_not_matter(written: str) -> None:
    assert models_of(pd.Series([written]), MODELS)["kind"].tolist() == ["ptz"]


@pytest.mark.parametrize("written", ["IPC6525", "Z30", "Huawei", "", "—", None])
def test_half_a_name_finds_nothing(written: str | None) -> None:
    assert models_of(pd.Series([written], dtype="str"), MODELS)["model_id"].isna().all()


def test_each_name_gets_its_own_row_in_order() -> None:
    names = pd.Series(["generic fixed 2 MP", "none", "IPC6525-Z30", "generic fixed 2 MP"])
    kinds = models_of(names, MODELS)["kind"]
    assert kinds.fillna("").tolist() == ["fixed", "", "ptz", "fixed"]


def test_an_empty_catalogue_knows_no_model() -> None:
    found = models_of(pd.Series(["IPC6525-Z30"]), CAMERA_MODELS.empty())
    assert len(found) == 1
    assert found["model_id"].isna().all()
