"""A camera's picture: from a store's rows to SVG or PNG, with its words and figures, or to a file.

What is drawn is computed from the published rows, so that it fits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import resvg_py

from visavis.cameras.catalogue import models_of
from visavis.exports.naming import named_camera
from visavis.layers.legend import legend
from visavis.model.crs import STORED_CRS, local_crs
from visavis.model.errors import UsageError
from visavis.model.provenance import BuildRecord
from visavis.pictures import Masking, Palette, Picture, claimed_masks, draw, picture_of, suggest_masks
from visavis.pictures.captions import title, told_of
from visavis.pictures.picturing import REACH_M
from visavis.pictures.words import LANGUAGES, say
from visavis.readers.reference import read_models
from visavis.store import Bounds, Query, Store, write_whole
from visavis.views import Scene

FORMS: Final = (".png", ".svg")

# Buildings this far beyond the picture's reach are taken along: a camera inside a building looks for a wall there.
_BESIDE_M: Final = 450.0
_BESIDE_LEAST_M: Final = 50.0

# A picture is computed from no more spaces than this, beyond those within the camera's range.
MOST_SPACES: Final = 6_000

# The package that brings the font, and its name in it.
_FONTS: Final = "font_source_sans_pro"
_FAMILY: Final = "Source Sans Pro"


@dataclass(frozen=True)
class Pictured:
    """A camera's picture, and what is said of it.

    Parameters
    ----------
    svg : str
        The whole drawing, with its words and key.
    plain : str
        The picture alone and small, to stand among words of its own.
    title : str
    computed : str
        That it is computed, and to be checked on site.
    captions : mapping of str to list of str
        What stands below the whole drawing, by what it is about.
    figures : mapping
        Camera, mode, kind of picture, how many private places are within range; with masks their number, how many the
        model supports, and what they leave and cost.
    """

    svg: str
    plain: str
    title: str
    computed: str
    captions: Mapping[str, Sequence[str]]
    figures: Mapping[str, Any]


def picture_from(
    store: Store,
    camera: str,
    *,
    mode: str | None = None,
    mask: bool = False,
    lang: str = "en",
    labelled: bool = True,
    most_spaces: int = MOST_SPACES,
) -> Pictured:
    """Return what a camera could view as a picture.

    Only rows around the camera are read. Where more than `most_spaces` spaces lie within the picture's reach, it
    is computed less far, down to the range of the published view; the picture says how far.

    Parameters
    ----------
    store : Store
    camera : str
        Its id, or its label where no other camera has the same.
    mode : str, optional
        ``fixed``, ``now`` or ``reach``; what the camera looks at now, where that is known, and else its reach.
    mask : bool
        Lay suggested privacy masks over it.
    lang : str
        ``en`` or ``fr``.
    labelled : bool
        `camera` may be a label.
    most_spaces : int
        How many spaces beyond the camera's range are taken along at most.

    Raises
    ------
    NotFoundError
        Where no camera has that id or label.
    UsageError
        Where several have that label, it has no such mode, or no mask can be suggested.
    InputError
        Where the camera can't be pictured.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"there are no words in {lang!r}", remedy=f"Choose {' or '.join(LANGUAGES)}")
    record = store.record()
    row, spaces, reach_m = _measured(named_camera(store, camera, labelled), store, most_spaces)
    furthest = float(record.parameters.get("max_range_m", 200.0))
    picture = picture_of(row, Scene.of(spaces), spaces, mode=mode, reach_m=reach_m, max_range_m=furthest)
    masking = _masking(picture, row) if mask else None
    claimed = claimed_masks(
        store.frame("claims", Query(where={"disclosure_id": str(row.disclosure_id)})), row
    )
    sources = _sources(record)
    drawing = partial(draw, picture, palette(), lang=lang, masking=masking, claimed=claimed)
    return Pictured(
        drawing(sources=sources, invented=record.is_invented(row.disclosure_id, row.source_id)),
        drawing(bare=True),
        title(picture, lang),
        say("computed", lang),
        told_of(picture, masking, claimed, sources, lang),
        _figures(picture, masking),
    )


def write_picture(store: Store, camera: str, file: Path, **how: Any) -> dict[str, Any]:
    """Write what a camera could view as a picture, whole or not at all, and return its figures.

    Parameters
    ----------
    store : Store
    camera : str
        Its id, or its label where no other camera has the same.
    file : Path
        Ends in ``.png`` or ``.svg``; a file that stood there is replaced at the end.
    how
        As for `picture_from`, which tells what it raises.

    Raises
    ------
    UsageError
        Where the file has another ending.
    VisavisError
        Where the file can't be written.
    """
    if file.suffix.lower() not in FORMS:
        raise UsageError(f"{file} is no picture", remedy=f"End its name in {' or '.join(FORMS)}")
    pictured = picture_from(store, camera, **how)
    content = pictured.svg.encode() if file.suffix.lower() == ".svg" else png_of(pictured.svg)
    write_whole(file, content)
    return {**pictured.figures, "output": str(file)}


def palette() -> Palette:
    """Return the published colours: those of the legends."""
    colours = {
        name: {entry["code"]: entry["colour"] for entry in entries} for name, entries in legend().items()
    }
    return Palette(levels=colours["views"], spaces=colours["spaces"])


def png_of(svg: str) -> bytes:
    """Return a drawing as PNG: the same bytes on every machine, in the font that comes with the package."""
    with as_file(files(_FONTS) / "files") as folder:
        fonts = [str(folder / f"SourceSansPro-{weight}.ttf") for weight in ("Regular", "Bold")]
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                skip_system_fonts=True,
                font_files=fonts,
                font_family=_FAMILY,
                sans_serif_family=_FAMILY,
            )
        )


def _measured(camera: gpd.GeoDataFrame, store: Store, most: int) -> tuple[Any, gpd.GeoDataFrame, float]:
    """Return the camera's row and the spaces around it in a metric CRS of their own, and how far to look."""
    crs = local_crs(camera.geometry.x, camera.geometry.y)
    metric = camera.to_crs(crs)
    around = metric.geometry.buffer(REACH_M + _BESIDE_M).to_crs(STORED_CRS)
    near = gpd.GeoDataFrame(store.frame("spaces", Query(bounds=Bounds(*around.total_bounds)))).to_crs(crs)
    row: Any = next(metric.itertuples(index=False))
    away = near.distance(row.geometry).sort_values()
    if len(near) <= most:
        return row, near, REACH_M
    reach = max(float(away.iloc[most]) - _BESIDE_LEAST_M, float(row.range_m))
    kept = near[near.distance(row.geometry) <= reach + _BESIDE_LEAST_M].reset_index(drop=True)
    return row, kept, min(reach, REACH_M)


def _masking(picture: Picture, camera: Any) -> Masking:
    model = models_of(pd.Series([camera.model_id], dtype="str"), read_models()).iloc[0]
    most, form, note = (
        None if pd.isna(model[column]) else model[column]
        for column in ("masks", "mask_shape", "privacy_masks")
    )
    return suggest_masks(picture, most=None if most is None else int(most), form=form, note=note)


def _sources(record: BuildRecord) -> Sequence[str]:
    """Return who has to be named: each attribution once, with the licence that asks for it."""
    told = [f"{source.attribution} ({source.licence})" for source in record.sources]
    return [*dict.fromkeys(told), f"{record.software}, {record.build_id}"]


def _figures(picture: Picture, masking: Masking | None) -> dict[str, Any]:
    private = {
        name
        for patch in picture.patches
        if patch.private and patch.told and (name := patch.building_id or patch.space_id) is not None
    }
    told: dict[str, Any] = {
        "camera": picture.camera.camera_id,
        "mode": picture.mode,
        "picture": "unrolled" if picture.unrolled else "pinhole",
        "direction": "unknown" if picture.undirected else "known or all round",
        "private_places_within_range": len(private),
    }
    if masking is not None:
        told |= {
            "masks": len(masking.masks),
            "masks_supported": masking.most,
            "private_share_left": round(masking.left_share, 4),
            "public_share_lost": round(masking.lost_share, 4),
            "unmasked_share_left": None
            if masking.unmasked_share is None
            else round(masking.unmasked_share, 4),
        }
    return told
