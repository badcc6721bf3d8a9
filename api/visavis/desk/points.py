"""A sheet's control points as the page gets them: how each fits, which map was chosen and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from visavis.desk.answers.plain import Words
from visavis.desk.answers.points import ControlPoints, DeskPoint, PointPlace, Proposal, Suggesting, Tried
from visavis.desk.answers.sheets import Outline
from visavis.desk.grounding import Grounded, fit
from visavis.digitising import ControlPoint, Georeference
from visavis.digitising.choosing import CANDIDATES, can_foretell
from visavis.digitising.page_pictures import PagePicture
from visavis.digitising.transformation import LEAST_POINTS
from visavis.model.errors import VisavisError
from visavis.model.findings import Finding

_EDGE_STEPS: Final = 8
FORMS: Final = {
    "affine": Words(en="affine", fr="affine"),
    "projective": Words(en="projective", fr="projective"),
    "polynomial-2": Words(en="polynomial of order 2", fr="polynôme d'ordre 2"),
    "polynomial-3": Words(en="polynomial of order 3", fr="polynôme d'ordre 3"),
    "thin-plate-spline": Words(en="thin-plate spline", fr="plaque mince"),
    "helmert": Words(en="Helmert (similarity)", fr="Helmert (similitude)"),
}


def control_points(
    ground: Grounded,
    *,
    file: str,
    revision: str,
    next_number: int,
    proposals: Sequence[Proposal],
    suggesting: Suggesting,
) -> ControlPoints:
    """Return the control points of a sheet as they stand."""
    fixed = ground.fixed
    used, residual, left_out = _fits(fixed, len(ground.annotation.points))
    points = []
    for i, (number, point) in enumerate(zip(ground.numbers, ground.annotation.points, strict=True)):
        x, y = ground.point_px(point)
        points.append(
            DeskPoint(
                x=x,
                y=y,
                longitude=point.longitude,
                latitude=point.latitude,
                name=point.name,
                number=number,
                subject=f"{file}#{number}",
                residual_m=residual[i],
                loo_m=left_out[i],
                outlier=not used[i],
                from_file=number in ground.of_file,
            )
        )
    loo = None if fixed is None or np.isnan(fixed.leave_one_out_m) else fixed.leave_one_out_m
    return ControlPoints(
        revision=revision,
        sheet=file,
        points=points,
        transformation=None if fixed is None else fixed.transformation.kind,
        why=_why(fixed, len(points), ground.error),
        tried=[] if fixed is None else _tried(fixed),
        rms_m=loo,
        residual_rms_m=None if fixed is None else float(np.sqrt(np.mean(fixed.residual_m[fixed.used] ** 2))),
        corners_sd_m=[] if fixed is None or ground.size is None else _corners_sd(fixed, ground.size),
        proposals=list(proposals),
        suggesting=suggesting,
        findings=[Words(en=_told(f, "en"), fr=_told(f, "fr")) for f in ground.findings],
        error=None if ground.error is None else ground.error.what,
        remedy=None if ground.error is None else ground.error.remedy,
        next_number=next_number,
        outline=None if fixed is None or ground.size is None else outline(fixed, ground.size),
    )


def tried(ground: Grounded, points: Sequence[PointPlace], picture: PagePicture | None) -> Grounded:
    """Return a sheet as other control points would fix it; nothing is saved."""
    at = []
    for point in points:
        x, y = ground.point_units(point.x, point.y)
        at.append(ControlPoint(x, y, point.longitude, point.latitude, point.name))
    annotation = replace(ground.annotation, points=tuple(at))
    fixed, error, findings = fit(annotation, picture)
    return replace(
        ground,
        annotation=annotation,
        numbers=tuple(range(1, 1 + len(at))),
        fixed=fixed,
        error=error,
        findings=findings,
    )


def outline(fixed: Georeference, size: tuple[float, float]) -> Outline:
    """Return a sheet's corners on the ground, and its edge."""
    width, height = size
    corners = np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)])
    steps = np.linspace(0.0, 1.0, _EDGE_STEPS, endpoint=False)[:, None]
    edge = np.vstack([start + steps * (end - start) for start, end in pairwise(corners)] + [corners[:1]])
    at, ring = fixed.place(corners[:4]).tolist(), fixed.place(edge).tolist()
    return Outline(corners=[(a, b) for a, b in at], ring=[(a, b) for a, b in ring])


def _fits(
    fixed: Georeference | None, count: int
) -> tuple[list[bool], list[float | None], list[float | None]]:
    if fixed is None:
        return [True] * count, [None] * count, [None] * count
    left_out = [None if np.isnan(v) else float(v) for v in fixed.left_out_m]
    return [bool(v) for v in fixed.used], [float(v) for v in fixed.residual_m], left_out


def _tried(fixed: Georeference) -> list[Tried]:
    count = int(fixed.used.sum())
    foretold = fixed.choice.foretold_m
    told = []
    for kind in dict.fromkeys([*CANDIDATES, *foretold, fixed.choice.kind]):
        why = None
        if kind not in foretold:
            if count < LEAST_POINTS[kind] or not can_foretell(kind, count):
                why = Words(
                    en=f"{count} points are too few to judge it by",
                    fr=f"{count} points ne suffisent pas à la juger",
                )
            else:
                why = Words(en="it would fold the sheet", fr="elle plierait le plan")
        chosen = kind == fixed.choice.kind
        told.append(Tried(name=kind, loo_rms_m=foretold.get(kind), why_not=why, chosen=chosen))
    return told


def _why(fixed: Georeference | None, count: int, error: VisavisError | None) -> Words:
    if fixed is None:
        what = "" if error is None else error.what
        return Words(
            en=f"No map yet: {what}.",
            fr=f"Pas encore de calage ({count} points) : au moins trois, non alignés.",
        )
    kind = fixed.choice.kind
    name = FORMS.get(kind, Words(en=kind, fr=kind))
    foretold = fixed.choice.foretold_m
    if kind not in foretold:
        return Words(
            en=f"The plainest map that {count} points allow ({name.en}); they are too few to check it by.",
            fr=f"La transformation la plus simple pour {count} points ({name.fr}) ; trop peu pour la vérifier.",
        )
    others = {k: v for k, v in foretold.items() if k != kind}
    if not others:
        return Words(
            en=f"{name.en}: it foretells points left out to {foretold[kind]:.2f} m.",
            fr=f"{name.fr} : elle prédit les points écartés à {_comma(foretold[kind])} m près.",
        )
    best = min(others, key=lambda k: others[k])
    other = FORMS.get(best, Words(en=best, fr=best))
    verdict_en, verdict_fr = (
        ("better than", "mieux que")
        if foretold[kind] <= others[best]
        else ("no other does clearly better, not", "aucune ne fait nettement mieux, pas même")
    )
    return Words(
        en=f"{name.en}: it foretells points left out to {foretold[kind]:.2f} m; {verdict_en} {other.en} "
        f"({others[best]:.2f} m).",
        fr=f"{name.fr} : elle prédit les points écartés à {_comma(foretold[kind])} m près ; {verdict_fr} "
        f"{other.fr} ({_comma(others[best])} m).",
    )


def _comma(metres: float) -> str:
    return f"{metres:.2f}".replace(".", ",")


def _corners_sd(fixed: Georeference, size: tuple[float, float]) -> list[float]:
    width, height = size
    places = np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (width / 2, height / 2)])
    return [float(sd) for sd in fixed.position_sd_m(places)]


def _told(finding: Finding, language: str) -> str:
    return finding.text_en if language == "en" else finding.text_fr
