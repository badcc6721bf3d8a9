"""What stands above and below a picture: whose it is, what is assumed, what masks would do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from visavis.model.ground import FLAT
from visavis.model.vocabulary import CAMERA_KINDS, MODES, Word
from visavis.pictures.claims import Claimed
from visavis.pictures.masking import Masking
from visavis.pictures.picturing import Picture
from visavis.pictures.words import COLUMNS, point_of, say, share, told
from visavis.views.looks import ALL_ROUND_DEG


def title(picture: Picture, lang: str) -> str:
    """Return the headline: which camera, of which kind, in which way of looking."""
    camera = picture.camera
    label = camera.label if isinstance(camera.label, str) else camera.camera_id
    words = [CAMERA_KINDS[camera.kind], MODES[picture.mode]]
    parts = [word.fr if lang == "fr" else word.en for word in words]
    return " · ".join([say("camera", lang, name=label), *parts])


def captions(
    picture: Picture, masking: Masking | None, claimed: Sequence[Claimed], sources: Sequence[str], lang: str
) -> list[str]:
    """Return the lines below a picture, each a paragraph."""
    return [line for lines in told_of(picture, masking, claimed, sources, lang).values() for line in lines]


def told_of(
    picture: Picture, masking: Masking | None, claimed: Sequence[Claimed], sources: Sequence[str], lang: str
) -> dict[str, list[str]]:
    """Return the same lines by what they are about."""
    return {
        "pose": list(_pose(picture, lang)),
        "how": list(_how(picture, lang)),
        "doubt": list(_doubt(picture, lang)),
        "masks": list(_masks(masking, lang)),
        "claims": list(_claims(claimed, lang)),
        "sources": [say("sources", lang, sources=" · ".join(sources))] if sources else [],
    }


def _pose(picture: Picture, lang: str) -> Iterator[str]:
    camera = picture.camera
    parts = [say("mount", lang, height=told(camera.height_m, lang, 1))]
    if picture.undirected:
        parts.append(say("facing_unknown", lang))
    elif picture.mode.startswith("reach") or camera.hfov_deg >= ALL_ROUND_DEG:
        parts.append(say("all_round", lang))
    else:
        sd = 0.0 if math.isnan(camera.azimuth_sd_deg) else float(camera.azimuth_sd_deg)
        point = point_of(camera.azimuth_deg, lang)
        error = told(sd, lang, 1 if sd >= 0.1 else 2)
        parts.append(say("facing", lang, azimuth=told(camera.azimuth_deg, lang), point=point, sd=error))
    if not picture.mode.startswith("reach"):
        code = "tilt_up" if camera.tilt_deg < 0.0 else "tilt"
        parts.append(say(code, lang, tilt=told(abs(camera.tilt_deg), lang)))
    parts.append(say("field", lang, hfov=told(camera.hfov_deg, lang), vfov=told(camera.vfov_deg, lang)))
    parts.append(say("pixels", lang, pixels=told(camera.pixels, lang)))
    yield f"{', '.join(parts)}. {_assumed(camera, lang)} [{camera.camera_id}]"


def _assumed(camera: Any, lang: str) -> str:
    entries = camera.assumed.split(";") if isinstance(camera.assumed, str) and camera.assumed else []
    names = [entry.partition("=")[0] for entry in entries]
    if not names:
        return say("nothing_assumed", lang)
    known = (COLUMNS.get(name, Word(name, name)) for name in names)
    told_ = [word.fr if lang == "fr" else word.en for word in known]
    return say("assumed", lang, columns=", ".join(told_))


def _how(picture: Picture, lang: str) -> Iterator[str]:
    if picture.undirected:
        yield say("undirected", lang)
    if picture.mode.startswith("reach"):
        yield say("reach", lang)
    if picture.unrolled:
        yield say("unrolled", lang)
    terrain = picture.camera.terrain
    ground = say("on_flat", lang) if terrain == FLAT else say("on_terrain", lang, terrain=terrain)
    reach_m, range_m = told(picture.reach_m, lang), told(picture.range_m, lang)
    yield say("world", lang, ground=ground, reach=reach_m, range=range_m)


def _doubt(picture: Picture, lang: str) -> Iterator[str]:
    if picture.buildings:
        yield say(
            "doubtful",
            lang,
            buildings=told(picture.buildings, lang),
            heights=told(picture.heights_assumed, lang),
            uses=told(picture.uses_assumed, lang),
        )


def _masks(masking: Masking | None, lang: str) -> Iterator[str]:
    if masking is None:
        return
    if not masking.masks:
        yield say("masks_none", lang) + _unmasked(masking, lang)
        return
    limit = (
        say("masks_no_limit", lang)
        if masking.most is None
        else say("masks_limit", lang, most=told(masking.most, lang))
    )
    if masking.form is not None:
        limit = f"{limit} {say(f'masks_{masking.form}', lang)}"
    if masking.note is not None:
        limit = f"{limit} {say('masks_note', lang, note=masking.note)}"
    yield say(
        "masks",
        lang,
        count=told(len(masking.masks), lang),
        limit=limit,
        across=told(masking.across_px, lang),
        down=told(masking.down_px, lang),
        capped=say("masks_capped", lang) if masking.capped else "",
    )
    left = say("masks_left", lang, left=share(masking.left_share, lang), lost=share(masking.lost_share, lang))
    yield left + _unmasked(masking, lang)


def _unmasked(masking: Masking, lang: str) -> str:
    if masking.unmasked_share is None:
        return ""
    return f" {say('masks_kinds', lang, left=share(masking.unmasked_share, lang))}"


def _claims(claimed: Sequence[Claimed], lang: str) -> Iterator[str]:
    placed = sorted({claim.by for claim in claimed if claim.shape is not None})
    if placed:
        yield say("claimed", lang, by=", ".join(placed))
    placeless = [f"{claim.words} ({claim.by})" for claim in claimed if claim.shape is None]
    if placeless:
        yield say("claimed_placeless", lang, what=" · ".join(placeless))
