"""The papers' side of a build: the records of its dossiers, their claims held against each other and the layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from visavis.cameras import CAMERAS
from visavis.changes import Disclosed
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
    resting_on_papers,
    tell,
    withheld_count,
)
from visavis.exposures import EXPOSURES
from visavis.model.findings import FINDINGS, findings_table
from visavis.papers import Papers
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
        findings.append(findings_table(findings_of_record(tables, claims, against, record.id), record.id))
        for name, table in parts.items():
            told.setdefault(name, []).append(table)
    return Told(
        {name: pd.concat(tables, ignore_index=True) for name, tables in told.items()}, tuple(findings)
    )


def disclosed(dossier: Dossier) -> Disclosed:
    """Return when a dossier's cameras were disclosed: on the day of the answer, or else of the request."""
    request = dossier.record.request
    return Disclosed(dossier.record.id, request.answered_on or request.asked_on)


def papers_alone(
    dossiers: Sequence[Dossier], papers: Sequence[Papers], reference: Reference, on: date
) -> dict[str, pd.DataFrame]:
    """Return the tables of dossiers without a camera: there is nothing to look through, and nothing around it."""
    unplaced = [len(paper.unplaced) for paper in papers]
    record = told_records(dossiers, unplaced, CAMERAS.empty(), EXPOSURES.empty(), reference, on)
    doubts = [findings_table(paper.findings, d.record.id) for d, paper in zip(dossiers, papers, strict=True)]
    found = pd.concat([*doubts, *record.findings], ignore_index=True)
    return {
        FINDINGS.name: resting_on_papers(found, [dossier.record for dossier in dossiers]),
        **record.tables,
    }
