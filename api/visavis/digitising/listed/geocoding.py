"""Places in words put on the ground by a gazetteer: with a score, and left for review where in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.listed.gazetteer import Gazetteer
from visavis.digitising.listed.seeking import RIVAL_WITHIN, Asked, Seeker, Spot

LEAST_SCORE: Final = 0.8
_MOST_RIVALS: Final = 5
# A postcode is as wide as the places surely found in it: so many of them, and so far beyond the farthest but few.
_LEAST_IN_POSTCODE: Final = 5
_MOST_OF_POSTCODE: Final = 90.0
_BEYOND_POSTCODE: Final = 2.0
_LEAST_REACH_M: Final = 1_000.0


@dataclass(frozen=True)
class Found:
    """What came of one place.

    Parameters
    ----------
    spot : Spot, optional
        The one that is meant; None where that is left for review.
    why : str
        ``found``, ``unknown`` (no name is known), ``apart`` (known names that don't meet), ``ambiguous``
        (several spots), ``vague`` (too large a place), ``elsewhere`` (far from the others of its postcode).
    rivals : tuple of Spot
        What a person may choose from, best first.
    """

    spot: Spot | None
    why: str
    rivals: tuple[Spot, ...] = ()


def geocode(asked: Sequence[Asked], known: Gazetteer, *, most_sd_m: float) -> tuple[Found, ...]:
    """Return where each of some places is, or why that can't be told.

    Parameters
    ----------
    asked : sequence of Asked
    known : Gazetteer
    most_sd_m : float
        A place found less surely than that is vague, in metres.
    """
    if not len(known):
        return tuple(Found(None, "unknown") for _ in asked)
    each = list(dict.fromkeys(asked))
    seeker = Seeker(known, [place.words for place in each])
    found = _within_postcodes({place: _decided(seeker.seek(place), most_sd_m) for place in each}, most_sd_m)
    return tuple(found[place] for place in asked)


def _decided(spots: tuple[Spot, ...] | str, most_sd_m: float) -> Found:
    """Return the best spot where it is good, exact, and without a rival."""
    if isinstance(spots, str):
        return Found(None, spots)
    best = spots[0]
    rivals = tuple(s for s in spots if s.score >= best.score - RIVAL_WITHIN)[:_MOST_RIVALS]
    if best.score < LEAST_SCORE:
        return Found(None, "apart", rivals)
    if len(rivals) > 1:
        return Found(None, "ambiguous", rivals)
    if best.sd_m > most_sd_m:
        return Found(None, "vague", rivals)
    return Found(best, "found", rivals)


def _within_postcodes(found: Mapping[Asked, Found], most_sd_m: float) -> dict[Asked, Found]:
    """Return what was found with postcodes heeded: they decide between rivals, and doubt what lies far off."""
    sure: dict[str, list[tuple[float, float]]] = {}
    for place, result in found.items():
        if place.postcode is not None and result.spot is not None:
            sure.setdefault(place.postcode, []).append((result.spot.x, result.spot.y))
    reaches = {}
    for postcode, spots in sure.items():
        if len(spots) >= _LEAST_IN_POSTCODE:
            at = np.array(spots)
            middle = np.median(at, axis=0)
            usual = float(np.percentile(np.hypot(*(at - middle).T), _MOST_OF_POSTCODE))
            reaches[postcode] = (middle, max(_LEAST_REACH_M, _BEYOND_POSTCODE * usual))
    return {
        place: _heeding(result, reaches.get(place.postcode or ""), most_sd_m)
        for place, result in found.items()
    }


def _heeding(result: Found, reach: tuple[NDArray[np.float64], float] | None, most_sd_m: float) -> Found:
    if reach is None or result.why not in ("found", "ambiguous"):
        return result
    middle, most = reach
    inside = tuple(s for s in result.rivals if np.hypot(s.x - middle[0], s.y - middle[1]) <= most)
    if not inside:
        return replace(result, spot=None, why="elsewhere")
    if len(inside) == 1:
        return _decided(inside, most_sd_m)
    return replace(result, rivals=inside)
