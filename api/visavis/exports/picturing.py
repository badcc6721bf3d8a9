"""A camera's picture as a file: from a store's rows to SVG or PNG.

What is drawn is computed from the published rows, so that it fits them. The service draws no pictures: it never runs
the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import resvg_py
import shapely

from visavis.cameras.catalogue import models_of
from visavis.layers.legend import legend
from visavis.model.crs import STORED_CRS, local_crs
from visavis.model.errors import NotFoundError, UsageError, VisavisError
from visavis.model.provenance import BuildRecord
from visavis.pictures import Masking, Palette, Picture, claimed_masks, draw, picture_of, suggest_masks
from visavis.pictures.picturing import REACH_M
from visavis.pictures.words import LANGUAGES
from visavis.readers.reference import read_models
from visavis.store import Store, placed
from visavis.views import Scene

FORMS: Final = (".png", ".svg")

# Buildings this far beyond the picture's reach are taken along: a camera inside a building looks for a wall there.
_BESIDE_M: Final = 450.0

# The package that brings the font, and its name in it.
_FONTS: Final = "font_source_sans_pro"
_FAMILY: Final = "Source Sans Pro"


def write_picture(
    store: Store,
    camera: str,
    file: Path,
    *,
    mode: str | None = None,
    mask: bool = False,
    lang: str = "en",
) -> dict[str, Any]:
    """Write what a camera could see as a picture, whole or not at all, and return its figures.

    Parameters
    ----------
    store : Store
    camera : str
        Its id, or its label where no other camera has the same.
    file : Path
        Ends in ``.png`` or ``.svg``; a file that stood there is replaced at the end.
    mode : str, optional
        ``fixed``, ``now`` or ``reach``; what the camera looks at now, where that is known, and else its reach.
    mask : bool
        Lay suggested privacy masks over it.
    lang : str
        ``en`` or ``fr``.

    Raises
    ------
    NotFoundError
        Where no camera has that id or label.
    UsageError
        Where several have that label, the file has another ending, or no mask can be suggested.
    VisavisError
        Where the camera can't be pictured, or the file can't be written.
    """
    if file.suffix.lower() not in FORMS:
        raise UsageError(f"{file} is no picture", remedy=f"End its name in {' or '.join(FORMS)}")
    if lang not in LANGUAGES:
        raise UsageError(f"there are no words in {lang!r}", remedy=f"Choose {' or '.join(LANGUAGES)}")
    cameras = store.frame("cameras")
    row, spaces = _measured(_named(cameras, camera), store.frame("spaces"))
    record = store.record()
    reach = float(record.parameters.get("max_range_m", 200.0))
    picture = picture_of(row, Scene.of(spaces), spaces, mode=mode, max_range_m=reach)
    masking = _masking(picture, row) if mask else None
    svg = draw(
        picture,
        palette(),
        lang=lang,
        masking=masking,
        claimed=claimed_masks(store.frame("claims"), row),
        sources=_sources(record),
        invented=record.invented,
    )
    content = svg.encode() if file.suffix.lower() == ".svg" else png_of(svg)
    try:
        with placed(file) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise VisavisError(
            f"can't be written ({error.strerror or error})", file=file, remedy="Check the folder and its room"
        ) from error
    return _summary(picture, masking, file)


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


def _named(cameras: pd.DataFrame, name: str) -> pd.DataFrame:
    found = cameras[cameras["camera_id"] == name]
    if found.empty:
        found = cameras[cameras["label"] == name]
    if found.empty:
        raise NotFoundError(
            f"no camera is called {name!r}", remedy="Give a camera_id of the layer cameras, or a label"
        )
    if len(found) > 1:
        ids = ", ".join(sorted(found["camera_id"])[:4])
        raise UsageError(f"{len(found)} cameras are labelled {name!r}", remedy=f"Give the id of one: {ids} …")
    return found


def _measured(camera: pd.DataFrame, spaces: pd.DataFrame) -> tuple[Any, gpd.GeoDataFrame]:
    """Return the camera's row and the spaces around it in a metric CRS of their own."""
    camera, spaces = gpd.GeoDataFrame(camera), gpd.GeoDataFrame(spaces)
    crs = local_crs(camera.geometry.x, camera.geometry.y)
    metric = camera.to_crs(crs)
    west, south, east, north = metric.geometry.buffer(REACH_M + _BESIDE_M).to_crs(STORED_CRS).total_bounds
    near = spaces[spaces.intersects(shapely.box(west, south, east, north))].reset_index(drop=True)
    return next(metric.itertuples(index=False)), near.to_crs(crs)


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


def _summary(picture: Picture, masking: Masking | None, file: Path) -> dict[str, Any]:
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
        "output": str(file),
    }
    if masking is not None:
        told |= {
            "masks": len(masking.masks),
            "masks_supported": masking.most,
            "private_share_left": round(masking.left_share, 4),
            "public_share_lost": round(masking.lost_share, 4),
        }
    return told
