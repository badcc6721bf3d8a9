"""Column names of ten characters at most, for the formats that hold no longer ones (dBASE, within a Shapefile)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.schema import Table

LONGEST: Final = 10

_SHORT: Final = MappingProxyType(
    {
        "answered_on": "answered",
        "appealed_on": "appealed",
        "attribution": "attrib",
        "azimuth_deg": "azim_deg",
        "azimuth_sd_deg": "azim_sd",
        "building_id": "bldg_id",
        "cameras_certain": "cam_cert",
        "cameras_likely": "cam_likely",
        "cameras_placed": "cam_placed",
        "cameras_possible": "cam_poss",
        "cameras_withheld": "cam_withhd",
        "claimed_least": "claim_min",
        "claimed_most": "claim_max",
        "comparison_id": "compar_id",
        "contradiction_id": "contrad_id",
        "contradictions": "contrads",
        "disclosure_id": "discl_id",
        "distance_least_m": "dist_min_m",
        "distance_most_m": "dist_max_m",
        "document_id": "doc_id",
        "document_ids": "doc_ids",
        "earlier_disclosure_id": "earlier_id",
        "exposure_id": "expos_id",
        "focal_log_sd": "focal_sd",
        "ground_kind": "ground",
        "ground_rise_east": "rise_east",
        "ground_rise_north": "rise_north",
        "ground_sd_m": "ground_sd",
        "height_sd_m": "height_sd",
        "hfov_tele_deg": "hfov_tele",
        "incidence_deg": "incid_deg",
        "jurisdiction": "jurisd",
        "legal_basis": "legalbasis",
        "level_oodpcvs": "level_2025",
        "next_steps_en": "next_en",
        "next_steps_fr": "next_fr",
        "moved_sd_m": "moved_sd",
        "observation_id": "observ_id",
        "observed_by": "obs_by",
        "observed_on": "obs_on",
        "photo_sha256": "photo_sha",
        "place_score": "place_scor",
        "position_sd_m": "pos_sd_m",
        "plate_reading_id": "reading_id",
        "need_px_per_m": "need_pxm",
        "camera_from": "cam_from",
        "probability": "prob",
        "probability_se": "prob_se",
        "reviewed_by": "review_by",
        "reviewed_on": "review_on",
        "px_per_m_least": "pxm_min",
        "question_en": "quest_en",
        "question_fr": "quest_fr",
        "question_id": "quest_id",
        "requested_on": "requested",
        "source_title": "src_title",
        "subject_ids": "subjects",
        "tilt_least_deg": "tilt_min",
        "tilt_most_deg": "tilt_max",
        "tilt_sd_deg": "tilt_sd",
        "order_known": "ordered",
        "turned_deg": "turn_deg",
        "turned_sd_deg": "turn_sd",
        "turned_p": "turn_p",
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
