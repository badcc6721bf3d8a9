"""Levels and sureness: where one word ends and the next begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.model import vocabulary
from visavis.model.vocabulary import (
    LEVEL_MIN_PX_PER_M,
    LEVEL_OODPCVS_MIN_PX_PER_M,
    LEVELS,
    LEVELS_OODPCVS,
    PRIVATE_SPACE_KINDS,
    SPACE_KINDS,
    SURENESSES,
    Word,
    level_of,
    level_oodpcvs_of,
    sureness_of,
)


@pytest.mark.parametrize(
    ("density", "level"),
    [
        (0.0, None),
        (12.49, None),
        (12.5, "monitor"),
        (24.9, "monitor"),
        (25.0, "detect"),
        (62.5, "observe"),
        (125.0, "recognise"),
        (249.9, "recognise"),
        (250.0, "identify"),
        (float("inf"), "identify"),
    ],
)
def test_a_level_begins_at_its_least_density(density: float, level: str | None) -> None:
    assert level_of(density) == level


@pytest.mark.parametrize(
    ("density", "level"),
    [
        (19.9, None),
        (20.0, "overview"),
        (40.0, "outline"),
        (79.9, "outline"),
        (80.0, "discern"),
        (125.0, "perceive"),
        (250.0, "characterise"),
        (500.0, "validate"),
        (1499.0, "validate"),
        (1500.0, "scrutinise"),
    ],
)
def test_a_level_of_the_newer_scale_begins_at_its_least_density(density: float, level: str | None) -> None:
    assert level_oodpcvs_of(density) == level


@pytest.mark.parametrize(
    ("probability", "sureness"),
    [
        (0.0, None),
        (0.05, None),
        (0.0501, "possible"),
        (0.4999, "possible"),
        (0.5, "likely"),
        (0.9499, "likely"),
        (0.95, "certain"),
        (1.0, "certain"),
    ],
)
def test_a_sureness_begins_at_its_least_probability(probability: float, sureness: str | None) -> None:
    assert sureness_of(probability) == sureness


def test_an_unknown_number_has_no_word() -> None:
    assert level_of(float("nan")) is None
    assert level_oodpcvs_of(float("nan")) is None
    assert sureness_of(float("nan")) is None


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_a_higher_density_never_has_a_lower_level(one: float, other: float) -> None:
    ranks = {level: rank for rank, level in enumerate((None, *LEVELS))}
    low, high = sorted((one, other))
    assert ranks[level_of(low)] <= ranks[level_of(high)]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_is_never_less_sure(one: float, other: float) -> None:
    ranks = {sureness: rank for rank, sureness in enumerate((None, *reversed(SURENESSES)))}
    low, high = sorted((one, other))
    assert ranks[sureness_of(low)] <= ranks[sureness_of(high)]


def test_every_threshold_has_a_label_and_every_label_a_threshold() -> None:
    assert set(LEVELS) == set(LEVEL_MIN_PX_PER_M)
    assert list(LEVEL_MIN_PX_PER_M.values()) == sorted(LEVEL_MIN_PX_PER_M.values())
    assert list(LEVELS_OODPCVS) == list(LEVEL_OODPCVS_MIN_PX_PER_M)
    assert list(LEVEL_OODPCVS_MIN_PX_PER_M.values()) == sorted(LEVEL_OODPCVS_MIN_PX_PER_M.values())


def test_everything_but_a_public_building_is_private() -> None:
    assert {"public"} == set(SPACE_KINDS) - PRIVATE_SPACE_KINDS


def test_every_code_has_a_label_in_both_languages() -> None:
    lists = [value for name, value in vars(vocabulary).items() if name.isupper() and hasattr(value, "values")]
    words = [word for entries in lists for word in entries.values() if isinstance(word, Word)]
    assert len(words) > 30
    assert all(word.en.strip() and word.fr.strip() for word in words)
