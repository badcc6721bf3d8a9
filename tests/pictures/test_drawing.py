"""The drawing: well-formed, in both languages, honest about what it is, and the same each time."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import shapely
from PIL import Image
from tests.pictures.scenes import pictured
from tests.views.towns import camera, door, fixed, garden, house, spaces

from visavis.disclosures import CLAIMS
from visavis.exports.picturing import palette, png_of
from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M, LEVELS
from visavis.pictures import Picture, claimed_masks, draw, suggest_masks
from visavis.pictures.words import LEVEL_NAMES, WORDS, point_of, share, told

SVG = "{http://www.w3.org/2000/svg}"
AWKWARD = '<b>12 rue de l\'Été</b> & "Cie"'
LOOK = {"hfov_deg": 90.0, "vfov_deg": 60.0, "pixels": 1000.0, "tilt_deg": 5.0, "height_m": 5.0}
TOWN = spaces(
    house("h", shapely.box(10, -2, 20, 4), 8.0, address=AWKWARD),
    house("s", shapely.box(12, -9, 20, -4), 8.0, kind="sensitive_place", address="École"),
    garden("g", shapely.box(5, -3, 10, 2)),
    door("d", 10.0, 1.0, of="h"),
)


def _picture(**more: Any) -> Picture:
    return pictured(TOWN, fixed(azimuth_deg=90.0, **LOOK | more))


def _texts(svg: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314


def test_the_drawing_is_well_formed_and_each_private_part_says_what_it_is() -> None:
    root = ET.fromstring(draw(_picture(), palette()))  # noqa: S314
    assert root.tag == f"{SVG}svg"
    tips = [element.text for path in root.iter(f"{SVG}path") for element in path.iter(f"{SVG}title")]
    assert any(tip and tip.startswith(f"{AWKWARD} · dwelling · 10 m · detect") for tip in tips)
    assert any(tip and tip.startswith(f"{AWKWARD} · entrance of a dwelling") for tip in tips)
    assert any(tip and "garden or courtyard" in tip for tip in tips)


def test_it_says_that_it_is_computed_in_both_languages() -> None:
    picture = _picture()
    english, french = (_texts(draw(picture, palette(), lang=lang)) for lang in ("en", "fr"))
    assert "Computed picture, not a photograph. What the camera could view, to be checked on site." in english
    assert (
        "Image calculée, pas une photographie. Ce que la caméra pourrait voir, à vérifier sur place."
        in french
    )
    assert "≥ 12.5 px/m" in english
    assert "≥ 12,5 px/m" in french
    for word in ("violat", "illegal", "spies", "espionne"):
        assert word not in (english + french).lower()


def test_it_says_what_is_assumed_and_what_is_invented() -> None:
    picture = _picture(assumed="tilt_deg=default.tilt;height_m=default.mount-height")
    drawn = _texts(draw(picture, palette(), invented=True, sources=["© Somebody (ODbL-1.0)"]))
    assert "Assumed, not known: tilt, height." in drawn
    assert "Invented place, no real camera" in drawn
    assert "Sources: © Somebody (ODbL-1.0)." in drawn
    assert "Invented" not in _texts(draw(_picture(), palette()))
    assert "Nothing of it is assumed." in _texts(draw(_picture(), palette()))


def test_a_direction_that_nobody_knows_is_said_and_its_width_shown() -> None:
    picture = pictured(TOWN, fixed(azimuth_deg=None, **LOOK))
    assert "nobody knows which way it looks" in _texts(draw(picture, palette()))
    assert "nul ne sait où elle regarde" in _texts(draw(picture, palette(), lang="fr"))
    assert "width of its picture: 90°" in _texts(draw(picture, palette()))


def test_a_long_picture_is_drawn_in_parts_below_one_another_and_none_is_lost() -> None:
    picture = pictured(TOWN, camera(tilt_deg=10.0, vfov_deg=40.0))
    svg = draw(picture, palette())
    assert svg.count("<clipPath") == 2
    letters = {element.text for element in ET.fromstring(svg).iter(f"{SVG}text")}  # noqa: S314
    assert {"N", "E", "S", "W"} <= letters


def test_suggested_masks_are_numbered_and_their_cost_is_told() -> None:
    picture = _picture()
    masking = suggest_masks(picture, most=8)
    drawn = _texts(draw(picture, palette(), masking=masking))
    assert f"Suggested privacy masks: {len(masking.masks)}. The model supports 8." in drawn
    assert "0\u00a0% of the private area within range stays in view" in drawn
    unknown = _texts(draw(picture, palette(), masking=suggest_masks(picture), lang="fr"))
    assert "On ignore combien le modèle en accepte." in unknown


def _claims(*values: str) -> Any:
    rows = [
        {
            "claim_id": f"d/claim-{k}", "disclosure_id": "d", "subject": "privacy_mask/C1", "value": value,
            "stated_by": "Town", "quote": None,
        }
        for k, value in enumerate(values)
    ]  # fmt: skip
    return CLAIMS.frame(rows)


def test_claimed_masks_are_drawn_as_claimed_and_nothing_is_taken_out() -> None:
    picture = _picture(label="C1")
    found = claimed_masks(_claims("0.1,0 0.5,0 0.5,0.6 0.1,0.6"), picture.camera)
    bare, drawn = draw(picture, palette()), draw(picture, palette(), claimed=found)
    assert "url(#claimed)" not in bare
    assert drawn.count('fill="url(#claimed)"') == 1
    assert "Masks as claimed, not checked and not subtracted: Town." in _texts(drawn)
    # Every patch of the bare drawing is still there.
    paths = [element.get("d") for element in ET.fromstring(bare).iter(f"{SVG}path")]  # noqa: S314
    kept = {element.get("d") for element in ET.fromstring(drawn).iter(f"{SVG}path")}  # noqa: S314
    assert set(paths) <= kept


@pytest.mark.parametrize(
    "value", ["all dwellings", "0.1,0 0.5,0", "0,0 2,0 2,2", "0,0 1,1 1,0 0,1", "a,b c,d e,f"]
)
def test_a_claimed_mask_without_a_place_is_told_in_its_own_words(value: str) -> None:
    picture = _picture(label="C1")
    (claim,) = claimed_masks(_claims(value), picture.camera)
    assert claim.shape is None
    assert value in _texts(draw(picture, palette(), claimed=[claim]))


def test_masks_claimed_of_other_cameras_and_dossiers_are_not_shown() -> None:
    claims = _claims("0,0 1,0 1,1")
    assert not claimed_masks(claims, _picture(label="C2").camera)
    assert not claimed_masks(claims.assign(disclosure_id="other"), _picture(label="C1").camera)


@pytest.mark.slow
def test_the_same_picture_gives_the_same_bytes() -> None:
    one, other = (draw(_picture(), palette(), lang="fr") for _ in range(2))
    assert one == other
    assert png_of(one) == png_of(other)


def test_the_png_has_the_drawing_s_size_and_its_words_are_drawn() -> None:
    svg = draw(_picture(), palette())
    root = ET.fromstring(svg)  # noqa: S314
    image = Image.open(io.BytesIO(png_of(svg))).convert("L")
    assert image.size == (int(root.get("width") or 0), int(root.get("height") or 0))
    # The headline stands in the font that comes along: dark ink where nothing else is drawn.
    assert image.crop((40, 25, 500, 60)).getextrema()[0] < 60


def test_every_level_has_a_name_a_colour_and_a_place_in_the_key() -> None:
    assert set(LEVEL_NAMES) == set(LEVELS) == set(LEVEL_MIN_PX_PER_M) == set(palette().levels)
    for lang in ("en", "fr"):
        drawn = _texts(draw(_picture(), palette(), lang=lang))
        assert all((name.fr if lang == "fr" else name.en) in drawn for name in LEVEL_NAMES.values())


def test_words_have_the_same_places_for_figures_in_both_languages() -> None:
    from string import Formatter

    for word in WORDS.values():
        english, french = ({name for _, name, *_ in Formatter().parse(text)} for text in word)
        assert english == french


@pytest.mark.parametrize(
    ("azimuth", "lang", "point"), [(0, "en", "N"), (350, "en", "N"), (247, "fr", "OSO"), (359.9, "fr", "N")]
)
def test_the_nearest_point_of_the_compass_is_named(azimuth: float, lang: str, point: str) -> None:
    assert point_of(azimuth, lang) == point


def test_a_share_of_next_to_nothing_is_not_called_none() -> None:
    assert share(0.0, "en") == "0\u00a0%"
    assert share(0.00001, "en") == "< 0.1\u00a0%"
    assert share(0.056, "fr") == "5,6\u00a0%"
    assert told(1920, "fr") == "1\u202f920"
