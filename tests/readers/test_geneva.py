"""A real extract: what it holds, counted by another way through the file, is read or told; the sums close."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import osmium
import pytest

from visavis.model.errors import SpacesError
from visavis.readers.osm import OsmExtract, read_osm

pytestmark = pytest.mark.shared

# How an outline that makes no area is told.
LEFT_OUT = {"osm.rings-broken", "osm.ring-open", "osm.ring-without-area", "osm.nodes-missing"}


@pytest.fixture(scope="module")
def geneva(shared: Path) -> Path:
    return shared / "data" / "geneva_osm" / "geneva.osm.pbf"


@pytest.fixture(scope="module")
def read(geneva: Path) -> OsmExtract:
    return read_osm(geneva)


@pytest.fixture(scope="module")
def tags(geneva: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Tags by id of the cameras, buildings and entrances: plain entities, no areas, no locations."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for thing in osmium.FileProcessor(str(geneva)).with_filter(osmium.filter.EmptyTagFilter()):
        kind = "node" if thing.is_node() else "way" if thing.is_way() else "relation"
        own = {tag.k: tag.v for tag in thing.tags}
        for what, is_one in {
            "cameras": own.get("man_made") == "surveillance",
            "buildings": own.get("building", "no") != "no",
            "entrances": own.get("entrance", "no") != "no",
            "gardens": own.get("leisure") == "garden",
        }.items():
            if is_one:
                found[what][f"osm:{kind}/{thing.id}"] = own
    return found


def told(read: OsmExtract, *keys: str) -> set[str]:
    """Ids whose tag of one of these keys could not be read."""
    return {
        finding.subjects[0]
        for finding in read.findings
        if finding.code == "osm.tag-unread" and finding.figures["tag"] in keys
    }


def coded(read: OsmExtract, *codes: str) -> set[str]:
    return {finding.subjects[0] for finding in read.findings if finding.code in codes}


def test_every_camera_is_read_or_told(read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]) -> None:
    assert len(tags["cameras"]) == 406
    assert set(read.cameras["source_ref"]) | coded(read, "osm.no-camera") == set(tags["cameras"])


def test_every_direction_is_read_or_told_and_lists_are_cameras_each(
    read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]
) -> None:
    tagged = {
        osm_id: own.get("camera:direction", own.get("direction", ""))
        for osm_id, own in tags["cameras"].items()
        if {"camera:direction", "direction"} & set(own)
    }
    assert len(tagged) == 144
    with_azimuth = set(read.cameras.loc[read.cameras["azimuth_deg"].notna(), "source_ref"])
    unread = told(read, "direction", "camera:direction")
    assert with_azimuth | unread == set(tagged)
    assert not with_azimuth & unread

    plain = {osm_id: float(value) for osm_id, value in tagged.items() if value.isdigit()}
    one = read.cameras.set_index("camera_id")["azimuth_deg"]
    assert one.reindex(list(plain)).to_dict() == plain
    lists = {
        osm_id: [float(part) for part in value.split(";")] for osm_id, value in tagged.items() if ";" in value
    }
    assert len(lists) == 6
    for osm_id, azimuths in lists.items():
        rows = read.cameras[read.cameras["source_ref"] == osm_id]
        assert rows["azimuth_deg"].tolist() == azimuths
        assert rows["camera_id"].tolist() == [osm_id, f"{osm_id}#2"]
    assert len(plain) + len(lists) == len(tagged)
    assert len(read.cameras) == 406 + len(lists)


def test_every_height_mount_zone_and_type_is_read_or_told(
    read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]
) -> None:
    first = read.cameras.drop_duplicates("source_ref").set_index("source_ref")
    tagged = {
        key: {osm_id for osm_id, own in tags["cameras"].items() if key in own}
        for key in ("height", "camera:mount", "surveillance:zone", "camera:type", "surveillance:type")
    }
    assert {key: len(ids) for key, ids in tagged.items()} == {
        "height": 94,
        "camera:mount": 252,
        "surveillance:zone": 194,
        "camera:type": 269,
        "surveillance:type": 275,
    }
    implausible = coded(read, "osm.height-implausible")
    assert implausible == {"osm:node/929553249"}
    with_height = set(first.index[first["height_m"].notna()])
    assert with_height | told(read, "height") & tagged["height"] | implausible == tagged["height"]
    assert set(first.index[first["mount"].notna()]) == tagged["camera:mount"]
    assert set(first.index[first["zone"].notna()]) == tagged["surveillance:zone"]
    assert set(first.index[first["kind"] != "unknown"]) | told(read, "camera:type") == tagged["camera:type"]
    (untold,) = [finding for finding in read.findings if finding.code == "osm.type-untold"]
    assert untold.figures["count"] == 406 - 275


def test_every_dome_with_a_direction_is_told(
    read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]
) -> None:
    domes = {
        osm_id
        for osm_id, own in tags["cameras"].items()
        if "dome" in own.get("camera:type", "") and "camera:direction" in own
    }
    assert coded(read, "osm.dome-with-direction") == domes


def test_every_building_is_read_or_told(read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]) -> None:
    kinds = Counter(osm_id.split("/")[0] for osm_id in tags["buildings"])
    assert kinds == {"osm:way": 11_761, "osm:relation": 40}
    broken = coded(read, *LEFT_OUT) & set(tags["buildings"])
    away = coded(read, "osm.building-absent", "osm.building-underground", "osm.outline-double")
    kept = set(read.buildings["building_id"])
    assert kept | broken | away == set(tags["buildings"])
    assert len(kept) + len(broken) + len(away) == len(tags["buildings"])
    assert read.buildings.is_valid.all()
    assert len(kept) == 11_679


def test_every_height_and_number_of_levels_of_a_building_is_read_or_told(
    read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]
) -> None:
    tagged = {osm_id for osm_id, own in tags["buildings"].items() if {"height", "building:levels"} & set(own)}
    assert len(tagged) == 1_562
    rows = read.buildings.set_index("building_id")
    kept = set(rows.index[rows["height_m"].notna() | rows["levels"].notna()])
    gone = tagged - set(rows.index)
    assert gone <= coded(read, *LEFT_OUT, "osm.building-underground")
    assert kept | gone | (told(read, "height", "building:levels") & tagged) == tagged
    assert kept <= tagged


def test_relations_keep_their_holes(read: OsmExtract) -> None:
    """A simple reader, which takes the outer way alone, would fill them."""
    related = read.buildings[read.buildings["building_id"].str.startswith("osm:relation/")]
    holes = sum(len(polygon.interiors) for polygon in related.geometry.explode())
    assert len(related) == 39
    assert holes == 38


def test_every_entrance_and_garden_is_read_or_told(
    read: OsmExtract, tags: dict[str, dict[str, dict[str, str]]]
) -> None:
    assert set(read.entrances["entrance_id"]) == set(tags["entrances"])
    assert len(read.entrances) == 139
    # Those left over say that they are open to others.
    rest = set(tags["gardens"]) - set(read.grounds["ground_id"]) - coded(read, *LEFT_OUT, "osm.not-an-area")
    for osm_id in rest:
        own = tags["gardens"][osm_id]
        assert own.get("access") == "yes" or own["garden:type"] in {"botanical", "community"}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_extract_is_refused_in_one_line(geneva: Path, tmp_path: Path, share: float) -> None:
    whole = geneva.read_bytes()
    file = tmp_path / "geneva.osm.pbf"
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SpacesError, match=r"geneva\.osm\.pbf: can't be read") as refused:
        read_osm(file)
    assert "\n" not in str(refused.value)
