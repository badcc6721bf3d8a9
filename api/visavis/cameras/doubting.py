"""What is doubtful in cameras once they are complete, summed by dossier."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from visavis.cameras.words import WORDS
from visavis.model.findings import Finding, raised

ALL_ROUND_DEG: Final = 360.0


def doubts(cameras: gpd.GeoDataFrame, model: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what to doubt in complete cameras; `model` holds the catalogue's row for each."""
    return (*_directions(cameras), *_models(cameras, model), *_defaults(cameras))


def _directions(cameras: gpd.GeoDataFrame) -> list[Finding]:
    all_round = cameras["hfov_deg"] >= ALL_ROUND_DEG
    directed = cameras["azimuth_deg"].notna()
    doubted = {
        "cameras.direction-unknown": cameras[~all_round & ~directed],
        "cameras.all-round-with-direction": cameras[all_round & directed],
    }
    return [
        raised(WORDS, code, *sorted(mine["camera_id"]), disclosure=str(disclosure), cameras=len(mine))
        for code, rows in doubted.items()
        for disclosure, mine in rows.groupby("disclosure_id")
    ]


def _models(cameras: gpd.GeoDataFrame, model: pd.DataFrame) -> list[Finding]:
    found = model["model_id"].notna().to_numpy()
    named = cameras.assign(model_kind=model["kind"].array, found=found).dropna(subset="model_id")
    unknown = [
        raised(
            WORDS,
            "cameras.model-unknown",
            *sorted(mine["camera_id"]),
            disclosure=str(disclosure),
            model=str(model),
            cameras=len(mine),
        )
        for (disclosure, model), mine in named[~named["found"]].groupby(["disclosure_id", "model_id"])
    ]
    differing = named[named["model_kind"].notna() & (named["model_kind"] != named["kind"])]
    groups = differing.groupby(["disclosure_id", "model_id", "kind", "model_kind"])
    return unknown + [
        raised(
            WORDS,
            "cameras.model-of-another-kind",
            *sorted(mine["camera_id"]),
            disclosure=str(disclosure),
            model=str(model),
            kind=str(kind),
            model_kind=str(model_kind),
            cameras=len(mine),
        )
        for (disclosure, model, kind, model_kind), mine in groups
    ]


def _defaults(cameras: gpd.GeoDataFrame) -> list[Finding]:
    entries = cameras[["disclosure_id"]].assign(entry=cameras["assumed"].str.split(";")).explode("entry")
    parts = entries.dropna().reset_index(drop=True).astype("str")
    parts = parts.join(parts["entry"].str.extract("(?P<column>[^=]*)=?(?P<rule>.*)"))
    return [
        raised(
            WORDS,
            "cameras.default-used",
            str(disclosure),
            disclosure=str(disclosure),
            column=str(column),
            rules=", ".join(sorted(mine["rule"].unique())),
            cameras=len(mine),
        )
        for (disclosure, column), mine in parts.groupby(["disclosure_id", "column"])
    ]
