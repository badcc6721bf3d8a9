"""Write the golden tables of the model town: `python -m tools.golden`; a person reads the diff."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd

from visavis.datasets import model_town
from visavis.pipeline import Outcome, build

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "golden" / "model-town"

# Walls and footprints are tested in their rooms; these tables are what a person reads.
KEPT = (
    "cameras",
    "exposed_buildings",
    "exposures",
    "views",
    "withheld",
    "disclosures",
    "documents",
    "claims",
    "comparisons",
    "findings",
)
DECIMALS = 6


def model_town_build(store: Path) -> Outcome:
    """Build the model town with a fixed clock; everything else is as `visavis demo` does it."""
    town = model_town()
    return build([town], [town / "town.osm"], str(store), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def as_told(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as text can hold it: geometry as the middle of its bounds, numbers rounded."""
    plain = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    if isinstance(table, gpd.GeoDataFrame):
        bounds = table.bounds
        plain["middle_lon"] = (bounds["minx"] + bounds["maxx"]) / 2
        plain["middle_lat"] = (bounds["miny"] + bounds["maxy"]) / 2
    return plain.round(DECIMALS)


def main() -> None:
    """Build the model town and write its golden tables."""
    with tempfile.TemporaryDirectory() as folder:
        tables = model_town_build(Path(folder) / "town.gpkg").tables
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        as_told(tables[name]).to_csv(FOLDER / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
