"""The palette: complete, and legible to every eye."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M

LEGEND = legend()
PAPER = {"colour": "#f6f4ef", "colour_dark": "#13171c"}

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0: linear RGB as each eye sees it.
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("name", [name for name, layer in LAYERS.items() if layer.coloured_by])
def test_every_coloured_layer_has_a_look_for_each_of_its_codes(name: str) -> None:
    layer = LAYERS[name]
    assert layer.coloured_by is not None
    assert tuple(entry["code"] for entry in LEGEND[name]) == layer.table.choices(layer.coloured_by)


def test_every_entry_has_words_in_both_languages_and_whole_colours() -> None:
    for entry in (entry for entries in LEGEND.values() for entry in entries):
        assert entry["en"]
        assert entry["fr"]
        assert entry["pattern"] in {"solid", "hatched", "dotted"}
        for name in PAPER:
            assert re.fullmatch(r"#[0-9a-f]{6}", entry[name])


def test_a_word_that_stands_for_a_range_tells_its_lower_bound() -> None:
    assert {e["code"]: float(e["least"]) for e in LEGEND["views"]} == dict(LEVEL_MIN_PX_PER_M)
    assert {e["code"]: e["least"] for e in LEGEND["exposures"]} == {
        "certain": "0.95",
        "likely": "0.5",
        "possible": "0.05",
    }


def test_each_level_names_the_newer_ones_that_begin_within_it() -> None:
    newer = {entry["code"]: entry["newer_en"] for entry in LEGEND["views"]}
    assert newer == {
        "monitor": "overview from 20 px/m",
        "detect": "outline from 40 px/m",
        "observe": "discern from 80 px/m",
        "recognise": "perceive from 125 px/m",
        "identify": "characterise from 250 px/m, validate from 500 px/m, scrutinise from 1500 px/m",
    }
    assert not any("newer_en" in entry for entry in LEGEND["exposures"])


def test_sureness_is_told_by_pattern_as_well_as_by_colour() -> None:
    assert len({entry["pattern"] for entry in LEGEND["exposed_buildings"]}) == 3


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("layer", ["exposures", "views"])
def test_surer_and_denser_stand_out_more_from_the_paper(layer: str, theme: str) -> None:
    entries = LEGEND[layer] if layer == "views" else LEGEND[layer][::-1]
    contrasts = [_contrast(entry[theme], PAPER[theme]) for entry in entries]
    assert all(later > earlier * 1.2 for earlier, later in pairwise(contrasts))


@pytest.mark.parametrize("theme", PAPER)
def test_camera_markers_stand_out_from_the_paper(theme: str) -> None:
    assert min(_contrast(entry[theme], PAPER[theme]) for entry in LEGEND["cameras"]) >= 4.5


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("eye", SIGHT)
def test_what_looks_and_what_is_viewed_are_told_apart_by_every_eye(eye: str, theme: str) -> None:
    viewed = [_seen(entry[theme], eye) for entry in LEGEND["exposures"]]
    looking = [_seen(entry[theme], eye) for entry in LEGEND["views"]]
    assert min(_difference(one, other) for one in viewed for other in looking) > 15


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("eye", SIGHT)
@pytest.mark.parametrize("layer", ["exposures", "views"])
def test_the_steps_of_a_scale_are_told_apart_by_every_eye(layer: str, eye: str, theme: str) -> None:
    steps = [_seen(entry[theme], eye) for entry in LEGEND[layer]]
    assert min(_difference(one, other) for one, other in combinations(steps, 2)) > 9


@pytest.mark.parametrize("theme", PAPER)
def test_nothing_is_alarm_red(theme: str) -> None:
    for entry in (entry for entries in LEGEND.values() for entry in entries):
        red, green, blue = (int(entry[theme][at : at + 2], 16) for at in (1, 3, 5))
        assert not (red > 170 and green < 90 and blue < 90), entry["code"]


def _linear(colour: str) -> NDArray[np.float64]:
    channel = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted(float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _seen(colour: str, eye: str) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour as `eye` sees it."""
    linear = np.clip(np.array(SIGHT[eye]) @ _linear(colour), 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.maximum(np.array(to_xyz) @ linear / [0.95047, 1.0, 1.08883], 1e-4))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _difference(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """CIE 1976 colour difference; about 2.3 is just noticeable."""
    return float(np.linalg.norm(one - other))
