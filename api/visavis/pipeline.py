"""The stages in their order: from papers and buildings to a store.

``build`` reads, measures and writes; ``measure`` is the pure middle of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from visavis import __version__
from visavis.cameras import CAMERAS, Completed, complete
from visavis.changes import CAMERA_CHANGES, changes_of
from visavis.digitising import CROPS
from visavis.disclosures import resting_on_papers
from visavis.exposures import EXPOSED_BUILDINGS, EXPOSED_FLOORS, EXPOSURES, expose, expose_floors
from visavis.following import FOLLOWED_WAYS, PLATE_READINGS, ROADS, follow, read_plates
from visavis.following import findings_of as findings_of_plates
from visavis.layers import publish
from visavis.model.crs import local_crs
from visavis.model.errors import DossierError, UsageError
from visavis.model.findings import FINDINGS, Finding, findings_table
from visavis.model.progress import Progress, untold
from visavis.model.provenance import BuildRecord
from visavis.papers import crops_of, papers_of, together
from visavis.readers.dossier import Dossier, cameras_as_dossier, read_dossier
from visavis.readers.osm_roads import read_roads
from visavis.readers.reference import Reference, read_reference
from visavis.readers.spaces import Built, merge_spaces, read_spaces, read_streets
from visavis.readers.terrain import TerrainRead, read_terrain
from visavis.recording import disclosed, papers_alone, told_records
from visavis.spaces import SPACES, furnish, raise_ground
from visavis.store import work_folder, write_store
from visavis.views import FACADE_STRIPS, IN_PROCESS, VIEWS, Workers, survey_in_tiles
from visavis.views.tiling import Kept
from visavis.work import KeptTiles

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Options:
    """What a person may choose of a build; all of it is written into the store.

    Parameters
    ----------
    draws : int
        How often each camera's doubt is drawn.
    seed : int
        Seed of the draws.
    max_range_m : float
        Distance beyond which nothing is computed, whatever the lens resolves, in metres.
    precision : float, optional
        The standard error of a probability that is wanted at most; of each camera as many draws are taken as that
        needs, in the place of `draws`.
    terrain_sd_m : float, optional
        Standard deviation of the heights of a terrain model, in metres; a default where it is not stated.
    law_of : str, optional
        Day whose law is applied, ISO 8601; the day of the build where it is left out.
    """

    draws: int = 100
    seed: int = 2017
    max_range_m: float = 200.0
    precision: float | None = None
    terrain_sd_m: float | None = None
    law_of: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What a build gave: the published tables and the record of how."""

    tables: Tables
    record: BuildRecord


def build(
    dossiers: Sequence[Path],
    spaces: Sequence[Path],
    store: str,
    *,
    clock: Callable[[], datetime],
    cameras: Sequence[Path] = (),
    terrain: Sequence[Path] = (),
    options: Options | None = None,
    workers: Workers = IN_PROCESS,
    progress: Progress = untold,
) -> Outcome:
    """Read dossiers and spaces, measure them, and write the layers to `store`; without `terrain` the ground is flat.

    Dossiers whose papers hold no camera need no spaces: what was asked, given and claimed is written, and nothing is
    measured.

    Finished tiles lie in a folder beside the store until that is written: a build that is broken off and run
    again goes on where it was.

    Raises
    ------
    VisavisError
        In one line; the store that stood there before is left as it was.
    """
    if not (dossiers or cameras):
        raise UsageError("no dossier given", remedy="Name a dossier folder, or --cameras FILE")
    options = options or Options()
    kept = KeptTiles(work_folder(store))
    read = [read_dossier(folder) for folder in dossiers] + [cameras_as_dossier(file) for file in cameras]
    if not spaces:
        _refuse_cameras_without_buildings(read)
    progress("reading buildings", 0, 0)
    world = merge_spaces([read_spaces(file) for file in spaces]) if spaces else Built.nothing()
    streets = read_streets(spaces) if any(dossier.seeks_places for dossier in read) else ()
    ground = read_terrain(terrain)
    reference = read_reference()
    now = clock()
    tables = measure(
        read,
        world,
        reference,
        options,
        on=now.date() if options.law_of is None else date.fromisoformat(options.law_of),
        streets=streets,
        terrain=ground,
        roads=read_roads(spaces),
        today=now.date(),
        workers=workers,
        kept=kept,
        progress=progress,
    )
    record = BuildRecord(
        built_at=now,
        software=f"visavis {__version__}",
        parameters=asdict(options),
        sources=(
            *(s for d in read for s in (d.source, *d.sources)),
            *world.sources,
            *ground.sources,
            *reference.sources,
        ),
    )
    progress("writing the store", 0, 0)
    write_store(store, tables, record)
    kept.clear()
    return Outcome(tables, record)


def measure(
    dossiers: Sequence[Dossier],
    world: Built,
    reference: Reference,
    options: Options,
    *,
    on: date,
    streets: Sequence[pd.DataFrame] = (),
    terrain: TerrainRead | None = None,
    roads: gpd.GeoDataFrame | None = None,
    today: date | None = None,
    workers: Workers = IN_PROCESS,
    kept: Kept | None = None,
    progress: Progress = untold,
) -> Tables:
    """Return every published table of some dossiers in their built world; pure but for what it is handed.

    `streets` are gazetteers beside those of the dossiers, `roads` the streets that vehicles use. The law is that of the
    day `on`; deadlines are told as of `today`, or as of that day. The result depends neither on `workers` nor on what
    is `kept`.
    """
    _refuse_twins(dossiers)
    # Handed over whole: what is published takes the place of what was measured, table by table.
    return publish(
        _measured(
            dossiers,
            world,
            reference,
            options,
            on=on,
            streets=streets,
            terrain=terrain,
            roads=roads,
            today=today or on,
            workers=workers,
            kept=kept,
            progress=progress,
        )
    )


def _measured(
    dossiers: Sequence[Dossier],
    world: Built,
    reference: Reference,
    options: Options,
    *,
    on: date,
    streets: Sequence[pd.DataFrame],
    terrain: TerrainRead | None,
    roads: gpd.GeoDataFrame | None,
    today: date,
    workers: Workers,
    kept: Kept | None,
    progress: Progress,
) -> dict[str, pd.DataFrame]:
    """Return every table that a room made, by name."""
    progress("reading the sheets", 0, 0)
    papers = [papers_of(dossier, streets, progress) for dossier in dossiers]
    read = together([paper.cameras for paper in papers])
    if read.empty and world.buildings.empty and world.grounds.empty:
        return dict(papers_alone(dossiers, papers, reference, today))
    metric = _metric_crs(read, world)

    furnished = furnish(
        *(
            table.to_crs(metric)
            for table in (
                world.buildings,
                world.grounds,
                world.entrances,
                world.parts,
                world.passages,
                world.uses,
            )
        )
    )
    completed = _completed(read.to_crs(metric), dossiers, reference)
    cameras, spaces, of_ground = _on_the_ground(completed.cameras, furnished.spaces, terrain, options)
    seen = survey_in_tiles(
        cameras,
        spaces,
        draws=options.draws,
        seed=options.seed,
        max_range_m=options.max_range_m,
        precision=options.precision,
        workers=workers,
        kept=kept,
        progress=lambda done: progress("looking through each camera", done, len(cameras)),
    )
    jurisdictions = {d.record.id: d.record.jurisdiction or d.record.country for d in dossiers}
    exposed = expose(
        cameras,
        spaces,
        seen.sightings,
        reference.rules,
        jurisdictions=jurisdictions,
        on=on,
    )
    lanes = (ROADS.empty() if roads is None else roads).to_crs(metric)
    plates = read_plates(
        cameras,
        seen.views,
        lanes,
        reference.models,
        reference.plate_needs,
        reference.rules,
        jurisdictions=jurisdictions,
        on=on,
    )
    followed = follow(plates, lanes)
    floors = expose_floors(seen.facade_strips, spaces, reference.rules, jurisdictions=jurisdictions, on=on)
    doubts = [findings_table(paper.findings, d.record.id) for d, paper in zip(dossiers, papers, strict=True)]
    record = told_records(
        dossiers,
        [len(paper.unplaced) for paper in papers],
        cameras,
        exposed.exposures,
        reference,
        today,
    )
    changed = changes_of(cameras, [disclosed(dossier) for dossier in dossiers])
    common = (
        *world.findings,
        *furnished.findings,
        *completed.findings,
        *of_ground,
        *seen.findings,
        *exposed.findings,
        *findings_of_plates(plates, followed, cameras),
        *changed.findings,
    )
    found = pd.concat([*doubts, *record.findings, findings_table(common)], ignore_index=True)
    return {
        CAMERAS.name: cameras,
        CROPS.name: crops_of(cameras, [paper.crops for paper in papers]),
        SPACES.name: spaces,
        VIEWS.name: seen.views,
        FACADE_STRIPS.name: seen.facade_strips,
        EXPOSURES.name: exposed.exposures,
        EXPOSED_BUILDINGS.name: exposed.exposed_buildings,
        EXPOSED_FLOORS.name: floors,
        PLATE_READINGS.name: plates,
        FOLLOWED_WAYS.name: followed.ways,
        CAMERA_CHANGES.name: changed.changes,
        FINDINGS.name: resting_on_papers(found, [dossier.record for dossier in dossiers]),
        **record.tables,
    }


def _completed(read: gpd.GeoDataFrame, dossiers: Sequence[Dossier], reference: Reference) -> Completed:
    """Return complete cameras; models that a dossier's own papers state go before the catalogue for its cameras."""
    own = {dossier.record.id: dossier.models for dossier in dossiers if dossier.models is not None}
    if not own or read.empty:
        return complete(read, reference.models)
    parts = []
    for name in read["disclosure_id"].unique():
        rows = read[read["disclosure_id"] == name]
        models, stated = reference.models, own.get(name)
        if stated is not None:
            known = models[~models["model_id"].isin(stated["model_id"])]
            models = pd.concat([stated, known], ignore_index=True)
        parts.append(complete(rows, models))
    cameras = pd.concat([part.cameras for part in parts], ignore_index=True)
    return Completed(CAMERAS.check(cameras), tuple(f for part in parts for f in part.findings))


def _on_the_ground(
    cameras: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame, terrain: TerrainRead | None, options: Options
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return cameras and spaces as high as a terrain model tells; where none is given, on flat ground as they are."""
    if terrain is None or not terrain.sources:
        return cameras, spaces, ()
    found = raise_ground(cameras, spaces, terrain.within, options.terrain_sd_m)
    return found.cameras, found.spaces, (*terrain.findings, *found.findings)


def _refuse_cameras_without_buildings(dossiers: Sequence[Dossier]) -> None:
    for dossier in dossiers:
        if dossier.record.sheets or dossier.record.lists or dossier.record.cameras:
            raise UsageError(
                f"no buildings given, and {dossier.record.id} has cameras", remedy="Name a file with --spaces"
            )


def _metric_crs(cameras: gpd.GeoDataFrame, world: Built) -> Any:
    bounds = pd.concat([cameras.bounds, world.buildings.bounds, world.grounds.bounds])
    return local_crs(bounds[["minx", "maxx"]].to_numpy().ravel(), bounds[["miny", "maxy"]].to_numpy().ravel())


def _refuse_twins(dossiers: Sequence[Dossier]) -> None:
    seen: dict[str, Path] = {}
    for dossier in dossiers:
        other = seen.setdefault(dossier.record.id, dossier.folder)
        if other is not dossier.folder:
            raise DossierError(
                f"has the id {dossier.record.id}, as {other} has",
                file=dossier.folder,
                remedy="Give each its own",
            )
