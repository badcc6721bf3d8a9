"""Filters made by chance find what plain Python finds, row by row, with unknown values kept unknown."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.by_hand import street

from visavis.layers import layer
from visavis.store import Query, Store, read_filter

Row = dict[str, Any]
# A filter's text, and what it says of a row: true, false, or None where that is not known.
Made = tuple[str, Callable[[Row], bool | None]]

NUMBERS = ["height_m", "azimuth_deg", "hfov_deg", "pixels"]
TEXTS = ["kind", "label", "camera_id", "assumed"]
DAYS = {"valid_from": "0000-01-01", "valid_to": "9999-12-31"}
COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}

words = st.sampled_from(
    ["C1", "C12", "ptz", "fixed", "dome", "O'Brien", "é", "", "osm:node/42", "%", "_", "c1", 'a"b', "\\"]
)
numbers = st.sampled_from([0.0, 4.0, 5.0, 67.7, 1920.0, -1.5, 359.99999])
days = st.dates(pd.Timestamp("2017-01-01").date(), pd.Timestamp("2021-12-31").date()).map(str)


def known(row: Row, name: str) -> Any:
    value = row[name]
    return (
        None if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA else value
    )


def said(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@st.composite
def compared(draw: st.DrawFn) -> Made:
    sign = draw(st.sampled_from(list(COMPARED)))
    kind = draw(st.sampled_from(["number", "text", "day"]))
    if kind == "number":
        name, literal = draw(st.sampled_from(NUMBERS)), draw(numbers)
        return f"{name} {sign} {literal}", lambda row: _by(sign, known(row, name), literal)
    if kind == "text":
        name, word = draw(st.sampled_from(TEXTS)), draw(words)
        return f"{name} {sign} {said(word)}", lambda row: _by(sign, known(row, name), word)
    name, day = draw(st.sampled_from(list(DAYS))), draw(days)
    return f"{name} {sign} DATE('{day}')", lambda row: _by(sign, _padded(row, name), day)


def _by(sign: str, value: Any, other: Any) -> bool | None:
    return None if value is None else bool(COMPARED[sign](value, other))


def _padded(row: Row, name: str) -> str | None:
    value = known(row, name)
    return None if value is None else value + DAYS[name][len(value) :]


@st.composite
def advanced(draw: st.DrawFn) -> Made:
    kind = draw(st.sampled_from(["null", "in", "between", "like", "casei"]))
    name = draw(st.sampled_from(NUMBERS if kind == "between" else [*TEXTS, *DAYS]))
    if kind == "null":
        return f"{name} IS NULL", lambda row: known(row, name) is None
    if kind == "in":
        some = draw(st.lists(words, min_size=1, max_size=4))
        return f"{name} IN ({', '.join(map(said, some))})", lambda row: _of(
            known(row, name), lambda v: v in some
        )
    if kind == "between":
        low, high = draw(numbers), draw(numbers)
        return f"{name} BETWEEN {low} AND {high}", lambda row: _of(
            known(row, name), lambda v: low <= v <= high
        )
    start = draw(st.sampled_from(["C", "osm:", "x", "é", "", "["]))
    if kind == "like":
        return f"{name} LIKE {said(start + '%')}", lambda row: _of(
            known(row, name), lambda v: v.startswith(start)
        )
    text = f"CASEI({name}) LIKE CASEI({said(start.upper() + '%')})"
    return text, lambda row: _of(known(row, name), lambda v: v.casefold().startswith(start.casefold()))


def _of(value: Any, say: Callable[[Any], bool]) -> bool | None:
    return None if value is None else say(value)


def _and(parts: list[Made]) -> Made:
    def say(row: Row) -> bool | None:
        answers = [part(row) for _, part in parts]
        return False if False in answers else None if None in answers else True

    return "(" + " AND ".join(text for text, _ in parts) + ")", say


def _or(parts: list[Made]) -> Made:
    def say(row: Row) -> bool | None:
        answers = [part(row) for _, part in parts]
        return True if True in answers else None if None in answers else False

    return "(" + " OR ".join(text for text, _ in parts) + ")", say


def _not(part: Made) -> Made:
    text, inner = part
    return f"NOT ({text})", lambda row: None if (answer := inner(row)) is None else not answer


filters = st.recursive(
    st.one_of(compared(), advanced()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(_and),
        st.lists(inner, min_size=2, max_size=3).map(_or),
        inner.map(_not),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return pd.DataFrame(street()["cameras"].drop(columns="geometry")).to_dict("records")


@pytest.mark.slow
@given(made=filters)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_made_by_chance_finds_what_python_finds(store: Store, rows: list[Row], made: Made) -> None:
    text, say = made
    expected = [row["camera_id"] for row in rows if say(row) is True]
    asked = read_filter(text, "cql2-text", layer("cameras").table)
    page = store.page("cameras", Query(filter=asked))
    assert [json.loads(feature)["id"] for feature in page.features] == expected, text
    assert page.matched == len(expected)
