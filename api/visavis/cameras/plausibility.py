"""Values that no camera on a street has: taken as unknown, and said so."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np

from visavis.cameras.filling import as_floats
from visavis.cameras.words import WORDS
from visavis.model.findings import Finding, raised


class Bounds(NamedTuple):
    """What a value may be; `least` itself only where `closed`."""

    least: float
    most: float
    closed: bool = True


# Wide on purpose: they catch a wrong unit or a slipped point, not an unusual camera.
PLAUSIBLE: Final = MappingProxyType(
    {
        "position_sd_m": Bounds(0.0, 1000.0),
        "height_m": Bounds(0.0, 60.0, closed=False),
        "height_sd_m": Bounds(0.0, 30.0),
        "azimuth_deg": Bounds(0.0, float(np.nextafter(360.0, 0.0))),
        "azimuth_sd_deg": Bounds(0.0, 180.0),
        "hfov_deg": Bounds(0.0, 360.0, closed=False),
        "vfov_deg": Bounds(0.0, 180.0, closed=False),
        "focal_log_sd": Bounds(0.0, 2.0),
        "tilt_deg": Bounds(-90.0, 90.0),
        "tilt_sd_deg": Bounds(0.0, 90.0),
        "hfov_tele_deg": Bounds(0.0, 360.0, closed=False),
        "tilt_least_deg": Bounds(-90.0, 90.0),
        "tilt_most_deg": Bounds(-90.0, 90.0),
        "pixels": Bounds(64.0, 100_000.0),
        "range_m": Bounds(0.0, 10_000.0, closed=False),
    }
)


def without_implausible(read: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the cameras with implausible values made empty, and one finding for each of these."""
    kept, findings = {}, []
    for column, (least, most, closed) in PLAUSIBLE.items():
        values = as_floats(read[column])
        high_enough = values >= least if closed else values > least
        outside = ~(high_enough & (values <= most)) & ~np.isnan(values)
        kept[column] = np.where(outside, np.nan, values)
        findings += [
            raised(
                WORDS,
                "cameras.value-implausible",
                str(read["camera_id"].iloc[at]),
                camera=str(read["camera_id"].iloc[at]),
                column=column,
                value=f"{values[at]:g}",
                least=f"{least:g}",
                most=f"{most:g}",
            )
            for at in np.flatnonzero(outside)
        ]
    return read.assign(**kept), tuple(findings)
