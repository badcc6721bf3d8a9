"""The papers' side of a build: the records of its dossiers, their claims held against each other and the layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from visavis.disclosures import (
    CAMERAS_INSTALLED,
    CAMERAS_VIEWING_PRIVATE_SPACES,
    CLAIMS,
    COMPARISONS,
    CONTRADICTIONS_TABLE,
    OBSERVATIONS,
    compare,
    contradictions,
    findings_of_record,
    tell,
    withheld_count,
)
from visavis.model.findings import findings_table
from visavis.readers.dossier import Dossier
from visavis.readers.reference import Reference


@dataclass(frozen=True)
class Told:
    """The tables of the records, and the findings on each."""

    tables: Mapping[str, pd.DataFrame]
    findings: tuple[pd.DataFrame, ...]


def told_records(
    dossiers: Sequence[Dossier],
    unplaced: Sequence[int],
    cameras: gpd.GeoDataFrame,
    exposures: gpd.GeoDataFrame,
    reference: Reference,
    on: date,
) -> Told:
    """Return the records of some dossiers, and their claims against what the layers give.

    The layers are held against claims only where the dossier has cameras: without one they know of none, which is not
    the same as there being none.

    Parameters
    ----------
    dossiers : sequence of Dossier
    unplaced : sequence of int
        How many cameras each lists that have no place.
    cameras : GeoDataFrame CAMERAS
    exposures : GeoDataFrame EXPOSURES
    reference : Reference
    on : date
        The day on which this is told.
    """
    told: dict[str, list[pd.DataFrame]] = {}
    findings = []
    for dossier, without_place in zip(dossiers, unplaced, strict=True):
        record = dossier.record
        mine = int((cameras["disclosure_id"] == record.id).sum())
        tables = tell(record, mine, dossier.hashes, reference.rules, on)
        claims = dossier.written.get(CLAIMS.name, CLAIMS.empty())
        seen = dossier.written.get(OBSERVATIONS.name, OBSERVATIONS.empty())
        against = contradictions(claims)
        computed = {}
        if known := mine + without_place + withheld_count(record):
            computed[CAMERAS_INSTALLED] = float(known)
        if mine:
            viewing = exposures.loc[exposures["disclosure_id"] == record.id, "camera_id"].nunique()
            computed[CAMERAS_VIEWING_PRIVATE_SPACES] = float(viewing)
        parts = {
            **tables,
            **dossier.written,
            CONTRADICTIONS_TABLE.name: against,
            COMPARISONS.name: compare(claims, seen, against, computed, record.id),
        }
        findings.append(findings_table(findings_of_record(tables, against, record.id), record.id))
        for name, table in parts.items():
            told.setdefault(name, []).append(table)
    return Told(
        {name: pd.concat(tables, ignore_index=True) for name, tables in told.items()}, tuple(findings)
    )
