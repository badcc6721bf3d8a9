"""From the name of a target to the store that lives there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord
from visavis.store.addresses import is_database, shown
from visavis.store.interface import Store


def write_store(target: str, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write published tables to `target`, whole or not at all.

    Parameters
    ----------
    target : str
        ``x.gpkg`` or ``postgresql://…``. What stood there before is replaced at the end, and left as it was if
        anything fails.
    tables : mapping of str to DataFrame
        Every layer by name, as :func:`visavis.layers.publish` gives them: CRS84, ordered by id.
    record : BuildRecord
        How and from what they were built.

    Raises
    ------
    StoreError
        Where the target is of no known kind or can't be written.
    """
    if is_database(target):
        with _needing_postgis(target):
            from visavis.store.postgis import write_postgis
        write_postgis(target, tables, record)
        return
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
    if is_database(target):
        with _needing_postgis(target):
            from visavis.store.postgis import PostgisStore
        return PostgisStore(target)
    path = _geopackage(target)
    from visavis.store.geopackage import GeoPackageStore

    return GeoPackageStore(path)


def work_folder(target: str) -> Path:
    """Return the folder where what is half done may lie until the store is written: beside the file.

    For a database that is a folder where the command was called, named after its address.

    Raises
    ------
    StoreError
        Where the target is of no known kind.
    """
    if is_database(target):
        digest = hashlib.sha256(target.encode()).hexdigest()[:12]  # of the address, which may hold a password
        return Path.cwd() / f".visavis-{digest}.tiles"
    file = _geopackage(target).resolve()
    return file.with_name(f".{file.stem}.tiles")


@contextmanager
def _needing_postgis(target: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as missing:
        raise StoreError(
            f"needs {missing.name}, which is not installed",
            file=shown(target),
            remedy="Run pip install 'visavis[postgis]'",
        ) from None


def _geopackage(target: str) -> Path:
    if not target.lower().endswith(".gpkg"):
        raise StoreError(
            "is not a kind of store", file=target, remedy="Name a file that ends in .gpkg, or postgresql://…"
        )
    return Path(target)
