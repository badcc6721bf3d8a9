"""An extract's cameras as a dossier: whole or not at all, and read again as any other."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.readers.maps import node, square, written

from visavis.model.errors import DossierError, SpacesError
from visavis.model.findings import FINDINGS
from visavis.readers.dossier import read_dossier
from visavis.readers.register import osm_dossier

CAMERAS = (
    node(1, 6.1, 46.2, {"man_made": "surveillance", "camera:direction": "75;295", "height": "5 m"})
    + node(2, 6.1, 46.21, {"man_made": "surveillance", "surveillance:type": "guard"})
    + square({"building": "yes"}, first=20)
)


def test_a_dossier_is_made_that_reads_like_any_other(tmp_path: Path) -> None:
    told = osm_dossier(written(tmp_path, CAMERAS), tmp_path / "new" / "dossier")
    assert (told["cameras"], told["objects"], told["with_direction"], told["with_height"]) == (2, 1, 2, 2)
    folder = tmp_path / "new" / "dossier"
    assert sorted(each.name for each in folder.iterdir()) == [
        "cameras.geojson",
        "disclosure.yml",
        "findings.csv",
    ]
    assert sorted(each.name for each in folder.parent.iterdir()) == ["dossier"]
    dossier = read_dossier(folder)
    assert dossier.record.licence == "ODbL-1.0"
    assert dossier.record.attribution == "© OpenStreetMap contributors"
    (cameras,) = dossier.cameras
    assert cameras["camera_id"].tolist() == ["osm:node/1", "osm:node/1#2"]
    assert cameras["azimuth_deg"].tolist() == [75, 295]
    assert set(cameras["disclosure_id"]) == {dossier.record.id}
    assert len(dossier.findings) == told["findings"] > 0


def test_what_was_doubtful_stands_beside_the_cameras(tmp_path: Path) -> None:
    told = osm_dossier(written(tmp_path, CAMERAS), tmp_path / "dossier")
    findings = pd.read_csv(tmp_path / "dossier" / "findings.csv", dtype="str")
    assert list(findings.columns) == list(FINDINGS.columns)
    assert len(findings) == told["findings"]
    assert {"osm.direction-list", "osm.no-camera", "osm.type-untold"} <= set(findings["code"])


def test_it_says_which_buildings_go_with_it(tmp_path: Path) -> None:
    file = written(tmp_path, CAMERAS)
    told = osm_dossier(file, tmp_path / "dossier")
    assert f"--spaces {file}" in told["next"]
    assert "--spaces a.osm" in (tmp_path / "dossier" / "disclosure.yml").read_text("utf-8")


@pytest.mark.parametrize("name", ["Genève centre.osm", "北京.osm", "-.osm", "A_b.1.osm"])
def test_any_file_name_makes_an_id(tmp_path: Path, name: str) -> None:
    osm_dossier(written(tmp_path, CAMERAS, name), tmp_path / "dossier")
    assert len(read_dossier(tmp_path / "dossier").cameras[0]) == 2


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    file = written(tmp_path, CAMERAS)
    (tmp_path / "dossier").mkdir()
    osm_dossier(file, tmp_path / "dossier")
    before = {each: each.read_bytes() for each in (tmp_path / "dossier").iterdir()}
    with pytest.raises(DossierError, match="there already"):
        osm_dossier(file, tmp_path / "dossier")
    with pytest.raises(DossierError, match="there already"):
        osm_dossier(file, file)
    assert {each: each.read_bytes() for each in (tmp_path / "dossier").iterdir()} == before


def test_a_broken_extract_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.osm").write_text("<osm version='0.6'><node", "utf-8")
    with pytest.raises(SpacesError, match=r"a\.osm"):
        osm_dossier(tmp_path / "a.osm", tmp_path / "new" / "dossier")
    assert [each.name for each in tmp_path.iterdir()] == ["a.osm"]


def test_the_same_extract_makes_the_same_dossier(tmp_path: Path) -> None:
    file = written(tmp_path, CAMERAS)
    for name in ("one", "two"):
        osm_dossier(file, tmp_path / name)
    for part in ("cameras.geojson", "disclosure.yml", "findings.csv"):
        assert (tmp_path / "one" / part).read_bytes() == (tmp_path / "two" / part).read_bytes()


def test_an_extract_without_cameras_makes_an_empty_dossier(tmp_path: Path) -> None:
    told = osm_dossier(written(tmp_path, square({"building": "yes"})), tmp_path / "dossier")
    assert told["cameras"] == 0
    assert len(read_dossier(tmp_path / "dossier").cameras[0]) == 0


def test_what_the_importer_told_is_told_again_by_the_dossier(tmp_path: Path) -> None:
    file = tmp_path / "town.osm"
    file.write_text(
        "<osm version='0.6'><node id='1' version='1' lon='6.1' lat='46.2'><tag k='man_made' v='surveillance'/>"
        "<tag k='camera:direction' v='{forward}'/></node></osm>",
        "utf-8",
    )
    osm_dossier(file, tmp_path / "dossier")
    findings = read_dossier(tmp_path / "dossier").findings
    (told,) = [finding for finding in findings if finding.code == "osm.tag-unread"]
    assert told.subjects == ("osm:node/1",)
    assert "{forward}" in told.text_en
    assert "{forward}" in told.text_fr
