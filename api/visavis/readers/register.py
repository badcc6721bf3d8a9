"""Other registers as dossiers: the surveillance cameras of an OpenStreetMap extract."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from visavis.model.errors import DossierError
from visavis.model.findings import findings_table
from visavis.readers.cameras import write_cameras
from visavis.readers.osm import ATTRIBUTION, COPYRIGHT_URL, LICENCE, read_osm


def osm_dossier(file: Path, folder: Path) -> dict[str, Any]:
    """Make a dossier of an extract's cameras in `folder`, and return what it holds in numbers.

    The folder is written beside and moved into place: it is there whole or not at all.

    Raises
    ------
    DossierError
        Where the folder is there already and not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DossierError("is there already", file=folder, remedy="Name a new folder")
    name = _slug(file.name.split(".")[0]) or "extract"
    disclosure_id = f"zz/{name}/openstreetmap"
    extract = read_osm(file, disclosure_id)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_cameras(extract.cameras, beside / "cameras.geojson")
        findings = findings_table(extract.findings, disclosure_id)
        findings.to_csv(beside / "findings.csv", index=False)
        _write_record(beside / "disclosure.yml", disclosure_id, file)
        beside.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    cameras = extract.cameras
    return {
        "dossier": str(folder),
        "cameras": len(cameras),
        "objects": int(cameras["source_ref"].nunique()),
        "with_direction": int(cameras["azimuth_deg"].notna().sum()),
        "with_height": int(cameras["height_m"].notna().sum()),
        "buildings": len(extract.buildings),
        "findings": len(findings),
        "next": f"visavis build {folder} --spaces {file} -o {name}.gpkg",
    }


def _slug(name: str) -> str:
    """Return a name in the small letters, digits and hyphens that an id allows."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _write_record(path: Path, disclosure_id: str, extract: Path) -> None:
    record = {
        "id": disclosure_id,
        "title": f"Surveillance cameras in OpenStreetMap ({extract.name})",
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
    yaml = YAML()
    yaml.default_flow_style = False
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "# Seen and tagged by contributors, not disclosed by an authority. `country` is not known: set\n"
            "# it, and `jurisdiction`, so that the rules of the place are applied. The buildings stand in the\n"
            f"# extract itself: visavis build THIS-FOLDER --spaces {extract.name} -o STORE\n"
        )
        yaml.dump(record, file)
