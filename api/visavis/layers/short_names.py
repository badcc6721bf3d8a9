"""Column names of ten characters at most, for the formats that hold no longer ones (dBASE, within a Shapefile)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.schema import Table

LONGEST: Final = 10

_SHORT: Final = MappingProxyType(
    {
        "answered_on": "answered",
        "attribution": "attrib",
        "azimuth_deg": "azim_deg",
        "azimuth_sd_deg": "azim_sd",
        "building_id": "bldg_id",
        "cameras_certain": "cam_cert",
        "cameras_likely": "cam_likely",
        "cameras_placed": "cam_placed",
        "cameras_possible": "cam_poss",
        "cameras_withheld": "cam_withhd",
        "comparison_id": "compar_id",
        "disclosure_id": "discl_id",
        "distance_least_m": "dist_min_m",
        "distance_most_m": "dist_max_m",
        "document_id": "doc_id",
        "exposure_id": "expos_id",
        "ground_kind": "ground",
        "height_sd_m": "height_sd",
        "hfov_tele_deg": "hfov_tele",
        "incidence_deg": "incid_deg",
        "jurisdiction": "jurisd",
        "level_oodpcvs": "level_2025",
        "place_score": "place_scor",
        "position_sd_m": "pos_sd_m",
        "probability": "prob",
        "probability_se": "prob_se",
        "px_per_m_least": "pxm_min",
        "requested_on": "requested",
        "subject_ids": "subjects",
        "tilt_least_deg": "tilt_min",
        "tilt_most_deg": "tilt_max",
        "use_confidence": "use_conf",
        "withheld_id": "withhd_id",
        "z_high_from_m": "zhi_from_m",
        "z_high_to_m": "zhi_to_m",
        "z_low_from_m": "zlo_from_m",
    }
)


def short_names(table: Table) -> dict[str, str]:
    """Return the columns of a table that are no geometry, each with its name of ten characters at most."""
    return {name: _SHORT.get(name, name) for name in table.columns if name != "geometry"}
