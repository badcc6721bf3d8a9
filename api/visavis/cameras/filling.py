"""Columns being filled, with a note of which rule filled what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visavis.cameras.optics import Floats

Rules = NDArray[np.object_]
Flags = NDArray[np.bool_]


class Filling:
    """Some cameras' number columns, and the rules that filled them; an empty rule is not told.

    Parameters
    ----------
    known : DataFrame
        The cameras before anything is filled.
    columns : list of str
        Its number columns.
    """

    def __init__(self, known: pd.DataFrame, columns: list[str]) -> None:
        self.numbers: dict[str, Floats] = {column: as_floats(known[column]) for column in columns}
        self._already = known["assumed"].fillna("").astype(object)
        self._rules: dict[str, Rules] = {}

    def fill(self, column: str, value: Floats, rule: Rules) -> Flags:
        """Put `value` where the column is empty, by `rule`; return where that was."""
        lacking = np.isnan(self.numbers[column]) & ~np.isnan(value)
        self.numbers[column] = np.where(lacking, value, self.numbers[column])
        self.note(column, lacking, rule)
        return np.asarray(lacking, dtype=np.bool_)

    def clear(self, column: str, where: Flags) -> None:
        """Make the column empty at some cameras."""
        self.numbers[column] = np.where(where, np.nan, self.numbers[column])

    def note(self, column: str, where: Flags, rule: Rules) -> None:
        """Note that `rule` filled the column at some cameras."""
        before = self._rules.get(column, np.full(len(where), "", dtype=object))
        self._rules[column] = np.where(where, rule, before)

    def assumed(self) -> pd.Series[str]:
        """Return what had been assumed before, then what was filled here: column=rule, joined by ';'."""
        told = self._already
        for column, rules in self._rules.items():
            entry = pd.Series(np.where(rules == "", "", f"{column}=" + rules), index=told.index, dtype=object)
            told = told + np.where((told != "") & (entry != ""), ";", "") + entry
        return told.mask(told == "", None).astype("str")


def as_floats(values: pd.Series[Any]) -> Floats:
    """Return a number column as an array, NaN where it is empty."""
    return np.asarray(values.to_numpy(float, na_value=np.nan), dtype=np.float64)
