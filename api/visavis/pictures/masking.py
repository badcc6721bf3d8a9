"""Privacy masks: polygons that would cover the private parts of a picture, and what they would cost.

Around each private part a convex outline is laid of a form that the model's masks may have. Then, two by two, those
are joined whose common outline covers least public picture on top, until there are no more than the camera supports.
So all that was covered stays covered, and each joining covers more public picture: more masks are never worse.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import shapely

from visavis.model.errors import UsageError
from visavis.pictures.enclosing import enclosing
from visavis.pictures.overlay import GRID_PX, common, joined, without
from visavis.pictures.picturing import Patch, Picture

# What the law of dwellings speaks of; sensitive places and other private buildings are shown and not masked.
MASKED: Final = frozenset({"dwelling_facade", "dwelling_entrance", "balcony", "private_ground"})

# Corners of a mask by its form; one that is drawn by hand has no more, where no datasheet says how many it may have.
CORNERS: Final = MappingProxyType({"rectangle": 4, "quadrilateral": 4, "polygon": 8})

# Masks are joined as long as that costs no more of the picture than this, in all.
_FREE_SHARE: Final = 5e-4

# A mask is not widened further than this share of the picture's side, however large the doubt.
WIDEST_SHARE: Final = 0.05

# Larger errors than this are wider than any picture.
_STEEPEST_DEG: Final = 80.0

# What needs no widening is widened by the width of a line, so that no rounding leaves a speck in view.
_BARELY_PX: Final = 4.0 * GRID_PX

# Of more masks than this only near ones are tried as partners.
_NEAR: Final = 12


@dataclass(frozen=True)
class Masking:
    """Suggested masks and what they would do.

    Parameters
    ----------
    masks : tuple of Polygon
        In pixels of the sensor, convex, within the picture, the largest first.
    most : int, optional
        How many the model supports, None where that is not known.
    form : str, optional
        What form the model gives them: ``rectangle`` (upright), ``quadrilateral`` or ``polygon``; None where that is
        not known.
    note : str, optional
        What else its papers say of masks, in their words.
    across_px, down_px : float
        How far the private parts were widened to either side, and up and down, for the doubt of direction and tilt.
    capped : bool
        The doubt is larger than what they were widened by.
    left : dict of str to float
        For each private space within range, the share of its area in the picture that is not covered.
    left_share, lost_share : float
        Share of all private area within range that is not covered, and of the public picture that is.
    unmasked_share : float, optional
        Share that stays in view of sensitive places and other private buildings within range, which no mask is meant
        for; None where there are none.
    """

    masks: tuple[Any, ...]
    most: int | None
    form: str | None
    note: str | None
    across_px: float
    down_px: float
    capped: bool
    left: Mapping[str, float]
    left_share: float
    lost_share: float
    unmasked_share: float | None


def suggest_masks(
    picture: Picture,
    *,
    most: int | None = None,
    form: str | None = None,
    note: str | None = None,
    tilt_sd_deg: float | None = None,
) -> Masking:
    """Return masks that cover dwellings, their entrances and private ground.

    Only parts within the range of the published view are covered: further off no level of EN 62676-4 is
    reached. They are widened by the standard deviations of direction and tilt, up to `WIDEST_SHARE` of the picture:
    beyond that a mask has to be fitted on site, and the result says so.

    Parameters
    ----------
    picture : Picture
        Of a camera that looks one known way, or all round.
    most : int, optional
        How many masks the model supports, at least 1.
    form : str, optional
        What form it gives them: a key of `CORNERS`.
    note : str, optional
        What else its papers say of masks.
    tilt_sd_deg : float, optional
        Standard deviation of the tilt, in the place of the camera's own.

    Raises
    ------
    UsageError
        Where nobody knows which way the camera looks, or the picture is of all that it can be pointed at.
    ValueError
        Where less than one mask is allowed for, or they are of another form.
    """
    name = picture.camera.camera_id
    if picture.undirected:
        raise UsageError(
            f"no mask can be suggested for {name}: nobody knows which way it looks",
            remedy="Give its azimuth_deg, or leave the masks out",
        )
    if picture.mode not in ("fixed", "now"):
        raise UsageError(
            f"no mask can be suggested for {name} in the mode {picture.mode}: masks stand in one picture",
            remedy="Choose the mode now where its direction is known, or leave the masks out",
        )
    if (most is not None and most < 1) or (form is not None and form not in CORNERS):
        raise ValueError(f"at least one mask of {', '.join(CORNERS)} is needed, got {most} of form {form}")
    frame = shapely.box(0.0, 0.0, picture.width_px, picture.height_px)
    errors = picture.camera.azimuth_sd_deg, picture.camera.tilt_sd_deg if tilt_sd_deg is None else tilt_sd_deg
    across, down, capped = _widening(picture, *(0.0 if math.isnan(sd) else float(sd) for sd in errors))
    covered = [patch for patch in picture.patches if patch.what in MASKED and patch.told]
    unmasked = [p.shape for p in picture.patches if p.private and p.told and p.what not in MASKED]
    private = joined(patch.shape for patch in picture.patches if patch.what in MASKED)
    outlines = _outlines(covered, frame, across, down, form)
    masks = _merged(outlines, private, most or len(outlines), form, frame)
    whole = joined(masks)
    return Masking(
        masks=tuple(sorted(masks, key=lambda mask: -mask.area)),
        most=most,
        form=form,
        note=note,
        across_px=across,
        down_px=down,
        capped=capped,
        left=_left(covered, whole),
        left_share=_share_left([patch.shape for patch in covered], whole),
        lost_share=_share(without(whole, private), without(frame, private)),
        unmasked_share=_share_left(unmasked, whole) if unmasked else None,
    )


def _widening(picture: Picture, turn_sd_deg: float, tilt_sd_deg: float) -> tuple[float, float, bool]:
    focal = picture.projection.focal_px
    wanted = [focal * math.tan(math.radians(min(sd, _STEEPEST_DEG))) for sd in (turn_sd_deg, tilt_sd_deg)]
    widest = [WIDEST_SHARE * side for side in (picture.width_px, picture.height_px)]
    across, down = (min(pair) for pair in zip(wanted, widest, strict=True))
    return across, down, wanted[0] > widest[0] or wanted[1] > widest[1]


def _outlines(covered: list[Patch], frame: Any, across: float, down: float, form: str | None) -> list[Any]:
    """Return an outline around each connected part of each space, widened, the contained ones left out."""
    by_space: dict[str, list[Any]] = {}
    for patch in covered:
        by_space.setdefault(str(patch.building_id or patch.space_id), []).append(patch.shape)
    found: list[Any] = []
    for space in sorted(by_space):
        widened = common(_widened(joined(by_space[space]), across, down), frame)
        found += [_around(part, form, frame) for part in shapely.get_parts(widened)]
    return _uncontained(found)


def _around(shape: Any, form: str | None, frame: Any) -> Any:
    if form == "rectangle":
        return shapely.box(*shape.bounds)
    return enclosing(shape, CORNERS[form or "polygon"], frame)


def _widened(shape: Any, across: float, down: float) -> Any:
    """Return a shape grown by a rectangle of these half sides, around its convex parts' corners."""
    across, down = max(across, _BARELY_PX), max(down, _BARELY_PX)
    squeezed = shapely.transform(shape, lambda at: at * np.array([down / across, 1.0]))
    grown = squeezed.buffer(down, join_style="mitre", mitre_limit=1.5)
    return shapely.transform(grown, lambda at: at * np.array([across / down, 1.0]))


def _uncontained(shapes: list[Any]) -> list[Any]:
    order = sorted(shapes, key=lambda shape: -shape.area)
    kept: list[Any] = []
    for shape in order:
        if not any(other.covers(shape) for other in kept):
            kept.append(shape)
    return kept


def _merged(shapes: list[Any], private: Any, most: int, form: str | None, frame: Any) -> list[Any]:
    """Join outlines, each time the two that cost least public picture, down to the number allowed.

    Where that costs next to nothing they are joined further: fewer masks are set sooner.
    """
    masks = dict(enumerate(shapes))
    public = {k: _public(mask, private) for k, mask in masks.items()}
    costs: dict[tuple[int, int], tuple[float, Any]] = {}

    def weigh(k: int) -> None:
        for other in _partners(k, masks):
            outline = _around(shapely.GeometryCollection([masks[k], masks[other]]), form, frame)
            costs[min(k, other), max(k, other)] = (
                _public(outline, private) - public[k] - public[other], outline
            )  # fmt: skip

    for k in list(masks):
        weigh(k)
    spent, fresh = 0.0, len(masks)
    while len(masks) > 1:
        pair = min(costs, key=lambda each: (costs[each][0], each))
        cost, outline = costs[pair]
        spent += max(cost, 0.0)
        if len(masks) <= most and spent > _FREE_SHARE * frame.area:
            break
        swallowed = [k for k, mask in masks.items() if k in pair or outline.covers(mask)]
        for k in swallowed:
            del masks[k], public[k]
        costs = {each: told for each, told in costs.items() if not set(each) & set(swallowed)}
        masks[fresh], public[fresh] = outline, _public(outline, private)
        weigh(fresh)
        for k in masks:  # who has lost all partners gets new ones
            if len(masks) > 1 and not any(k in each for each in costs):
                weigh(k)
        fresh += 1
    return [masks[k] for k in sorted(masks)]


def _partners(k: int, masks: Mapping[int, Any]) -> list[int]:
    others = [other for other in masks if other != k]
    if len(others) <= _NEAR:
        return others
    away = shapely.distance(masks[k], np.array([masks[other] for other in others], dtype=object))
    return [others[at] for at in np.argsort(away, kind="stable")[:_NEAR]]


def _public(shape: Any, private: Any) -> float:
    return float(shape.area - shapely.intersection(shape, private).area)


def _left(covered: list[Patch], masks: Any) -> dict[str, float]:
    by_space: dict[str, list[Any]] = {}
    for patch in covered:
        by_space.setdefault(str(patch.space_id), []).append(patch.shape)
    return {space: _share_left(shapes, masks) for space, shapes in sorted(by_space.items())}


def _share_left(shapes: list[Any], masks: Any) -> float:
    whole = joined(shapes)
    return _share(without(whole, masks), whole)


def _share(part: Any, whole: Any) -> float:
    # Outlines meet what they enclose at its corners, where rounding leaves specks.
    share = part.area / whole.area if whole.area > 0.0 else 0.0
    return share if share > 1e-9 else 0.0
