"""From the name of a target to the store that lives there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord
from visavis.store.interface import Store

_DATABASES = ("postgresql://", "postgres://")


def write_store(target: str, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write published tables to `target`, whole or not at all.

    Parameters
    ----------
    target : str
        ``x.gpkg``. What stood there before is replaced at the end, and left as it was if anything fails.
    tables : mapping of str to DataFrame
        Every layer by name, as :func:`visavis.layers.publish` gives them: CRS84, ordered by id.
    record : BuildRecord
        How and from what they were built.

    Raises
    ------
    StoreError
        Where the target is of no known kind or can't be written.
    """
    path = _geopackage(target)
    from visavis.store.writing import write_geopackage

    write_geopackage(path, tables, record)


def open_store(target: str) -> Store:
    """Open the store at `target` for reading.

    Raises
    ------
    StoreError
        Where it is missing, is no store of ours, or is damaged.
    """
    path = _geopackage(target)
    from visavis.store.geopackage import GeoPackageStore

    return GeoPackageStore(path)


def work_folder(target: str) -> Path:
    """Return the folder beside a store where what is half done may lie until the store is written.

    Raises
    ------
    StoreError
        Where the target is of no known kind.
    """
    file = _geopackage(target).resolve()
    return file.with_name(f".{file.stem}.tiles")


def _geopackage(target: str) -> Path:
    if target.startswith(_DATABASES):
        raise StoreError(
            "layers can't be kept in PostGIS yet",
            file=target.split("://", 1)[0] + "://…",  # what follows may hold a password
            remedy="Name a file that ends in .gpkg",
        )
    if not target.lower().endswith(".gpkg"):
        raise StoreError("is not a kind of store", file=target, remedy="Name a file that ends in .gpkg")
    return Path(target)
