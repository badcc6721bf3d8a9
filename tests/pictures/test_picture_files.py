"""Pictures as files: from a store's rows, by the camera's id or label."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely
from tests.views.towns import cameras, fixed, garden, house, spaces
from typer.testing import CliRunner

from visavis.cli import app
from visavis.disclosures import CLAIMS
from visavis.exports.picturing import picture_from, write_picture
from visavis.layers import publish
from visavis.model.errors import NotFoundError, UsageError, VisavisError
from visavis.model.provenance import BuildRecord, Source
from visavis.store import Store, open_store, write_store

LOOK = {"hfov_deg": 90.0, "vfov_deg": 60.0, "pixels": 1000.0, "tilt_deg": 5.0, "height_m": 5.0}
SOURCE = Source("s", "Town", "CC0-1.0", "A town (invented)", invented=True)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pictures") / "town.gpkg"
    built = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0), garden("g", shapely.box(5, -3, 10, 2)))
    rows = cameras(
        fixed("d/one", azimuth_deg=90.0, label="C1", model_id="IPC6525-Z30", **LOOK),
        fixed("d/two", azimuth_deg=90.0, label="twin", **LOOK),
        fixed("d/three", azimuth_deg=None, label="twin", **LOOK),
    )
    record = BuildRecord(datetime(2026, 5, 4, tzinfo=UTC), "visavis", {"max_range_m": 100.0}, (SOURCE,))
    claims = CLAIMS.frame(
        [
            {
                "claim_id": "d/claim-1", "disclosure_id": "d", "subject": "privacy_mask/C1",
                "quote": "masked since 2024", "value": "0.1,0 0.5,0 0.5,0.6 0.1,0.6", "stated_by": "Town",
            }
        ]
    )  # fmt: skip
    write_store(str(file), publish({"cameras": rows, "spaces": built, "claims": claims}), record)
    return file


@pytest.fixture
def store(town: Path) -> Iterator[Store]:
    opened = open_store(str(town))
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["d/one", "C1"])
def test_a_camera_goes_by_its_id_or_its_label(store: Store, tmp_path: Path, name: str) -> None:
    told = write_picture(store, name, tmp_path / "c.svg")
    assert told["camera"] == "d/one"
    drawn = (tmp_path / "c.svg").read_text("utf-8")
    assert "Invented place, no real camera" in drawn
    assert "A town (invented) (CC0-1.0)" in drawn


def test_a_mask_that_is_claimed_is_drawn_and_changes_no_figure(store: Store) -> None:
    claimed, bare = (picture_from(store, name, mask=True) for name in ("d/one", "d/two"))
    assert claimed.svg.count('fill="url(#claimed)"') == claimed.plain.count('fill="url(#claimed)"') == 1
    assert "url(#claimed)" not in bare.svg + bare.plain
    assert claimed.captions["claims"] == ["Masks as claimed, not checked and not subtracted: Town."]
    same = ("private_places_within_range", "masks", "private_share_left", "public_share_lost")
    assert [claimed.figures[name] for name in same] == [bare.figures[name] for name in same]


@pytest.mark.slow
def test_where_much_stands_around_the_picture_is_computed_less_far_and_says_so(tmp_path: Path) -> None:
    built = [house(f"h{k}", shapely.box(20 + 4 * k, -2, 23 + 4 * k, 4), 3.0 + 0.1 * k) for k in range(100)]
    rows = cameras(fixed("d/one", azimuth_deg=90.0, label="C1", **LOOK | {"range_m": 60.0}))
    record = BuildRecord(datetime(2026, 5, 4, tzinfo=UTC), "visavis", {"max_range_m": 100.0}, (SOURCE,))
    write_store(str(tmp_path / "t.gpkg"), publish({"cameras": rows, "spaces": spaces(*built)}), record)
    opened = open_store(str(tmp_path / "t.gpkg"))
    try:
        near, far = (picture_from(opened, "d/one", most_spaces=most) for most in (40, 4_000))
        least = picture_from(opened, "d/one", most_spaces=1)
    finally:
        opened.close()
    # The 41st house is 180 m off, and 50 m are kept for what stands just beyond; never less than the range.
    assert any("out to 130 m" in line for line in near.captions["how"])
    assert any("out to 500 m" in line for line in far.captions["how"])
    assert any("out to 60 m" in line for line in least.captions["how"])
    assert near.figures == far.figures == least.figures


@pytest.mark.slow
def test_a_png_is_the_same_on_each_run(store: Store, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        write_picture(store, "C1", tmp_path / name, mask=True, lang="fr")
    content = (tmp_path / "a.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert content == (tmp_path / "b.png").read_bytes()


def test_masks_are_as_many_as_the_model_supports(store: Store, tmp_path: Path) -> None:
    told = write_picture(store, "C1", tmp_path / "c.svg", mask=True)
    assert told["masks_supported"] == 32
    assert 1 <= told["masks"] <= 32
    assert told["private_share_left"] == 0.0
    assert write_picture(store, "d/two", tmp_path / "c.svg", mask=True)["masks_supported"] is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "file", "how", "error", "says"),
    [
        ("nobody", "c.svg", {}, NotFoundError, "no camera is called 'nobody'"),
        (
            "twin",
            "c.svg",
            {},
            UsageError,
            "2 cameras are labelled 'twin'. Give the id of one: d/three, d/two",
        ),
        ("C1", "c.jpg", {}, UsageError, "End its name in .png or .svg"),
        ("C1", "c.svg", {"lang": "de"}, UsageError, "Choose en or fr"),
        ("C1", "c.svg", {"mode": "reach"}, UsageError, "Choose fixed"),
        ("d/three", "c.svg", {"mask": True}, UsageError, "nobody knows which way it looks"),
        ("C1", "missing/c.svg", {}, VisavisError, "Check the folder and its room"),
    ],
)
def test_what_can_t_be_drawn_is_refused_in_one_line_and_leaves_nothing(
    store: Store,
    tmp_path: Path,
    name: str,
    file: str,
    how: dict[str, object],
    error: type[VisavisError],
    says: str,
) -> None:
    with pytest.raises(error) as refused:
        write_picture(store, name, tmp_path / file, **how)  # type: ignore[arg-type]
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_command_writes_a_picture_and_tells_its_figures(town: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.png"
    asked = ["picture", str(town), "--camera", "C1", "-o", str(file), "--mask", "--lang", "fr", "--json"]
    ran = CliRunner().invoke(app, asked)
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output)["private_places_within_range"] == 2
    assert file.read_bytes().startswith(b"\x89PNG")
