"""Other registers as dossiers: OpenStreetMap, its copies in JSON, and the registers of French towns."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
from ruamel.yaml import YAML

from visavis.model.findings import Finding, findings_table
from visavis.readers.cameras import write_cameras
from visavis.readers.dossier import read_list
from visavis.readers.new_folder import make_folder, refuse_filled
from visavis.readers.osm import ATTRIBUTION, COPYRIGHT_URL, LICENCE, read_osm
from visavis.readers.sunders import read_sunders

_RECORD: Final = "disclosure.yml"


def osm_dossier(file: Path, folder: Path) -> dict[str, Any]:
    """Make a dossier of an extract's cameras in `folder`, and return what it holds in numbers.

    The folder is written beside and moved into place: it is there whole or not at all.

    Raises
    ------
    DossierError
        Where the folder is there already and not empty.
    """
    refuse_filled(folder)
    name = _slug(file.name.split(".")[0]) or "extract"
    disclosure_id = f"zz/{name}/openstreetmap"
    extract = read_osm(file, disclosure_id)
    note = (
        "# Seen and tagged by contributors, not disclosed by an authority. `country` is not known: set\n"
        "# it, and `jurisdiction`, so that the rules of the place are applied. The buildings stand in the\n"
        f"# extract itself: visavis build THIS-FOLDER --spaces {file.name} -o STORE\n"
    )
    record = _openstreetmap(disclosure_id, f"Surveillance cameras in OpenStreetMap ({file.name})")
    make_folder(folder, _of_cameras(extract.cameras, extract.findings, disclosure_id, record, note))
    return {
        **_counted(folder, extract.cameras),
        "buildings": len(extract.buildings),
        "findings": len(findings_table(extract.findings, disclosure_id)),
        "next": f"visavis build {folder} --spaces {file} -o {name}.gpkg",
    }


def sunders_dossier(file: Path, folder: Path) -> dict[str, Any]:
    """Make a dossier of OpenStreetMap's cameras as Surveillance under Surveillance or Overpass give them, in JSON.

    Raises
    ------
    DossierError
        Where the folder is there already and not empty.
    TableError
        Where the file is no such JSON.
    """
    refuse_filled(folder)
    name = _slug(file.name.split(".")[0]) or "cameras"
    disclosure_id = f"zz/{name}/sunders"
    cameras, findings = read_sunders(file, disclosure_id)
    note = (
        "# Seen and tagged by OpenStreetMap's contributors, copied as JSON. `country` is not known: set it, and\n"
        "# `jurisdiction`, so that the rules of the place are applied. The buildings come from elsewhere:\n"
        "# visavis build THIS-FOLDER --spaces extract.osm.pbf -o STORE\n"
    )
    record = _openstreetmap(disclosure_id, f"Surveillance cameras of OpenStreetMap in {file.name}")
    make_folder(folder, _of_cameras(cameras, findings, disclosure_id, record, note))
    return {
        **_counted(folder, cameras),
        "findings": len(findings_table(findings, disclosure_id)),
        "next": f"visavis build {folder} --spaces extract.osm.pbf -o {name}.gpkg",
    }


def french_register_dossier(file: Path, folder: Path) -> dict[str, Any]:
    """Make a dossier of a French town's register of cameras: the table `geo_video_camera`, in Lambert 93.

    The table is taken along as it is, with a mapping that says what its columns mean.

    Raises
    ------
    DossierError
        Where the folder is there already and not empty.
    SheetError
        Where the file holds no such table.
    """
    refuse_filled(folder)
    name = _slug(file.name.split(".")[0]) or "register"
    disclosure_id = f"fr/{name}/register"
    listed = f"cameras{file.suffix.lower()}"
    record = {
        "id": disclosure_id,
        "title": f"Register of video protection ({file.name})",
        "authority": "not stated",
        "country": "FR",
        "licence": "not stated",
        "attribution": file.name,
        "request": {"status": "disclosed"},
        "documents": [
            {"id": "register", "title": file.name, "kind": "register", "status": "disclosed", "file": listed}
        ],
        "lists": [{"file": listed, "columns": "cameras.columns.yml"}],
    }
    note = (
        "# Give the authority, who may use the table under which licence, and how it was come by.\n"
        "# The buildings come from elsewhere: visavis build THIS-FOLDER --spaces extract.osm.pbf -o STORE\n"
    )
    told: dict[str, Any] = {}

    def fill(beside: Path) -> None:
        shutil.copyfile(file, beside / listed)
        _write_yaml(
            beside / "cameras.columns.yml", FRENCH_REGISTER, "# What the columns of geo_video_camera mean.\n"
        )
        rows = read_list(beside / listed, beside / "cameras.columns.yml").listing.rows
        told.update(cameras=len(rows), with_direction=int(rows["azimuth"].notna().sum()))
        _write_yaml(beside / _RECORD, record, note)

    make_folder(folder, fill)
    return {
        "dossier": str(folder),
        **told,
        "next": f"visavis build {folder} --spaces extract.osm.pbf -o {name}.gpkg",
    }


# https://github.com/sigagglocompiegne/videoprotection: codes of `lt_type_camera`, with and without the zero in front
# that spreadsheets take away. A fixed camera of 180 degrees may be one lens or several: its kind is left open.
FRENCH_REGISTER: Final[Mapping[str, Any]] = {
    "columns": {
        "label": "refcam",
        "kind": "type_camera",
        "azimuth": "angle",
        "x": "x_l93",
        "y": "y_l93",
        "mount": "support",
        "commune": "commune",
    },
    "crs": "EPSG:2154",
    "angles": "trigonometric",
    "angle_north": "grid",
    "directed_kinds": ["fixed"],
    "kinds": {
        code: kind
        for number, word, kind in (
            ("0", "NR", "unknown"),
            ("1", "DOM", "dome"),
            ("2", "FIX", "fixed"),
            ("3", "FIX180", "unknown"),
            ("4", "MULTI", "multisensor"),
            ("99", "AUT", "unknown"),
        )
        for code in dict.fromkeys((number.zfill(2), number, word))
    },
}


def _openstreetmap(disclosure_id: str, title: str) -> dict[str, Any]:
    return {
        "id": disclosure_id,
        "title": title,
        "authority": "OpenStreetMap contributors",
        "country": "ZZ",
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "url": COPYRIGHT_URL,
        "request": {"status": "disclosed"},
        "documents": [
            {
                "title": "Cameras as tagged by contributors",
                "kind": "register",
                "status": "disclosed",
                "file": "cameras.geojson",
                "licence": LICENCE,
            }
        ],
        "cameras": [{"file": "cameras.geojson"}],
        "findings": "findings.csv",
    }


def _of_cameras(
    cameras: gpd.GeoDataFrame,
    findings: tuple[Finding, ...],
    disclosure_id: str,
    record: Mapping[str, Any],
    note: str,
) -> Callable[[Path], None]:
    def fill(beside: Path) -> None:
        write_cameras(cameras, beside / "cameras.geojson")
        findings_table(findings, disclosure_id).to_csv(beside / "findings.csv", index=False)
        _write_yaml(beside / _RECORD, record, note)

    return fill


def _counted(folder: Path, cameras: gpd.GeoDataFrame) -> dict[str, Any]:
    return {
        "dossier": str(folder),
        "cameras": len(cameras),
        "objects": int(cameras["source_ref"].nunique()),
        "with_direction": int(cameras["azimuth_deg"].notna().sum()),
        "with_height": int(cameras["height_m"].notna().sum()),
    }


def _slug(name: str) -> str:
    """Return a name in the small letters, digits and hyphens that an id allows."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _write_yaml(path: Path, content: Mapping[str, Any], note: str) -> None:
    yaml = YAML()
    yaml.default_flow_style = False
    with path.open("w", encoding="utf-8") as file:
        file.write(note)
        yaml.dump(dict(content), file)
