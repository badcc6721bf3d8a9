"""Gazetteers from files: the French address base (BAN), tables of crossings, and any CSV with such columns."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from visavis.digitising.listed import GAZETTEER
from visavis.digitising.tables import plain
from visavis.model.errors import TableError
from visavis.model.findings import Finding, raised
from visavis.readers.osm_streets import OSM_SUFFIXES, read_osm_streets
from visavis.readers.words import WORDS

# Column names, made `plain`, by what they hold; BAN's are nom_voie, numero, rep, code_postal, nom_commune, lon, lat.
HEADERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": ("nom voie", "nom1", "nom 1", "name", "street", "voie", "rue", "nom", "libelle voie"),
        "crossing": ("nom2", "nom 2", "crossing", "street 2", "voie 2", "croisement", "rue 2"),
        "number": ("numero", "number", "housenumber", "numero voie"),
        "suffix": ("rep", "suffixe", "suffix", "indice repetition"),
        "postcode": ("code postal", "postcode", "cp", "zip"),
        "commune": ("nom commune", "commune", "city", "ville", "town"),
        "longitude": ("lon", "longitude", "lng", "long"),
        "latitude": ("lat", "latitude"),
    }
)
_NEEDED: Final = ("name", "longitude", "latitude")
_MOST_ROWS: Final = 5_000_000
_LONGEST_HEADER: Final = 100_000


def read_gazetteer(file: Path, source_id: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the entries of a CSV, GAZETTEER; comma, semicolon or tab, UTF-8, packed by gzip or not.

    Raises
    ------
    TableError
        Where the file is not such a table, with what its header lacks.
    """
    table = _table(file)
    columns = _columns(table, file)
    told = {field: table[column].str.strip().replace("", None) for field, column in columns.items()}
    longitude, latitude = (
        pd.to_numeric(told[field].str.replace(",", "."), errors="coerce")
        for field in ("longitude", "latitude")
    )
    good = longitude.between(-180, 180) & latitude.between(-90, 90) & told["name"].notna()
    entries = GAZETTEER.frame(
        pd.DataFrame(
            {
                "name": told["name"],
                "crossing": told.get("crossing"),
                "number": _numbers(told),
                "postcode": told.get("postcode"),
                "commune": told.get("commune"),
                "longitude": longitude,
                "latitude": latitude,
                "source_id": source_id,
            },
            index=table.index,
        )[good]
    )
    if not len(entries):
        raise TableError(
            "no row has a name with longitude and latitude",
            file=file,
            remedy="Give WGS 84 degrees in columns lon and lat",
        )
    bad = np.flatnonzero(~good.to_numpy())
    if not len(bad):
        return entries, ()
    row = int(bad[0]) + 2
    return entries, (
        raised(WORDS, "gazetteer.rows-unread", file.name, file=file.name, count=len(bad), row=row),
    )


def read_places(file: Path) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the entries of a gazetteer, whether a CSV or an extract of OpenStreetMap."""
    if file.name.lower().endswith(OSM_SUFFIXES):
        return read_osm_streets(file, gazetteer_source(file)), ()
    return read_gazetteer(file, gazetteer_source(file))


def gazetteer_source(file: Path) -> str:
    """Return the id of a gazetteer as a source."""
    return f"gazetteer/{file.name}"


def _table(file: Path) -> pd.DataFrame:
    if not file.is_file():
        raise TableError("no such file", file=file, remedy="Check the name")
    packed = file.name.lower().endswith(".gz")
    try:
        with (
            gzip.open(file, "rt", encoding="utf-8-sig")
            if packed
            else file.open(encoding="utf-8-sig") as opened
        ):
            header = opened.readline(_LONGEST_HEADER)
        separator = max(";,\t|", key=header.count)
        return pd.read_csv(
            file, sep=separator, dtype="str", encoding="utf-8-sig", keep_default_na=False, nrows=_MOST_ROWS
        )
    except UnicodeDecodeError:
        raise TableError("is not UTF-8", file=file, remedy="Save it as CSV, UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, EOFError, OSError, ValueError) as broken:
        raise TableError(
            f"is not a CSV ({broken})", file=file, remedy="Give a header line and one line a place"
        ) from None


def _columns(table: pd.DataFrame, file: Path) -> dict[str, str]:
    plain_of = {plain(str(column)): str(column) for column in table.columns}
    columns = {
        field: next(plain_of[name] for name in names if name in plain_of)
        for field, names in HEADERS.items()
        if any(name in plain_of for name in names)
    }
    if missing := [field for field in _NEEDED if field not in columns]:
        raise TableError(
            f"has no column for {', '.join(missing)} (it has {', '.join(map(str, table.columns[:12]))})",
            file=file,
            remedy="Name them name (or nom_voie, nom1), lon and lat",
        )
    return columns


def _numbers(told: Mapping[str, pd.Series[str]]) -> pd.Series[str] | None:
    """Return house numbers with their letters: 12bis. A street without a number has 0 in some tables."""
    if "number" not in told:
        return None
    number = told["number"].where(told["number"] != "0")
    suffix = told["suffix"].fillna("").str.lower() if "suffix" in told else ""
    return number.str.lstrip("0") + suffix
