"""Names for formats that hold no long ones."""

from __future__ import annotations

import pytest

from visavis.layers import LAYERS, short_names
from visavis.layers.short_names import LONGEST


@pytest.mark.parametrize("name", list(LAYERS))
def test_short_names_are_short_and_differ_within_a_table(name: str) -> None:
    table = LAYERS[name].table
    short = short_names(table)
    assert list(short) == [column for column in table.columns if column != "geometry"]
    assert all(len(each) <= LONGEST and each.isascii() for each in short.values())
    assert len({each.casefold() for each in short.values()}) == len(short)
