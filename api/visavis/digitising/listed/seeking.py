"""Where the words of a place may be: houses, crossings, streets that nearly meet, small squares.

A crossing is found by both its names at once: of all streets whose names are like the first and all that are like
the second, those that meet. That bears misspelt names, for misspelling does not bring two other streets together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from visavis.digitising.listed.gazetteer import Gazetteer
from visavis.digitising.listed.street_names import LEAST_ALONE, SQUARES, street_name
from visavis.digitising.listed.wording import Named, named, split_further
from visavis.digitising.tables import plain

# A camera at a crossing hangs at one of its corners, one at a house number before the house: half a wide street.
CROSSING_SD_M: Final = 12.0
HOUSE_SD_M: Final = 10.0
# Streets that end so near to each other meet to the eye: staggered corners, squares between.
NEARLY_MEET_M: Final = 80.0
NEARLY_MEET: Final = 0.9
# A number that the gazetteer lacks is near to the next on its side: so far in numbers, and so many metres a number.
NEXT_DOOR: Final = 10
HOUSE_STEP_M: Final = 5.0
# Within that, places are corners of one crossing, and a further street named passes it.
ONE_CROSSING_M: Final = 80.0
# A word that names nothing known takes that off; a street that is known and passes elsewhere takes more.
WORD_UNKNOWN: Final = 0.97
# How far a camera may be from the one entry that is known of a square, or of a street.
SQUARE_SD_M: Final = 60.0
STREET_SD_M: Final = 160.0
# Entries of one street are not farther apart than that: a park or a river may lie between two crossings.
ONE_STREET_M: Final = 600.0
# What is that much less like the words is no rival.
RIVAL_WITHIN: Final = 0.05


@dataclass(frozen=True)
class Asked:
    """A place to be found.

    Parameters
    ----------
    words : str
        As the table writes it.
    postcode, commune : str, optional
    """

    words: str
    postcode: str | None = None
    commune: str | None = None


@dataclass(frozen=True)
class Spot:
    """A place that words may mean.

    Parameters
    ----------
    x, y : float
        Metres, in the gazetteer's CRS.
    sd_m : float
        Standard deviation along each axis.
    score : float
        How alike the words and the gazetteer's names are, 0 to 1.
    name : str
        As the gazetteer writes it.
    """

    x: float
    y: float
    sd_m: float
    score: float
    name: str


class Seeker:
    """A gazetteer with the likeness of every name that is asked for."""

    def __init__(self, known: Gazetteer, words: Iterable[str]) -> None:
        self.known = known
        self.named = {each: named(each) for each in words}
        self.like: dict[str, Mapping[int, float]] = {}
        self._learn(one.name for several in self.named.values() for one in several)
        for each, several in self.named.items():
            self.named[each] = tuple(
                piece for one in several for piece in ((one,) if self.like[one.name] else split_further(one))
            )
        self._learn(one.name for several in self.named.values() for one in several)

    def _learn(self, names: Iterable[str]) -> None:
        new = sorted(set(names) - self.like.keys())
        self.like |= dict(zip(new, self.known.names.like(new), strict=True))

    def seek(self, place: Asked) -> tuple[Spot, ...] | str:
        """Return the spots that a place's words may mean, best first; or why there is none."""
        several = self.named[place.words]
        told = [one for one in several if self.like[one.name]]
        # Words such as a quarter's or a river's are like some street's by chance: they only may bear out others.
        firm = [one for one in told if self._is_firm(one)]
        spots = self._houses(firm, place) or self._crossings(told, place) or self._near(firm, place)
        if not spots and len({one.name for one in firm}) == 1:
            spots = self._whole(firm[0], place)
        if not spots:
            return "apart" if len(firm) > 1 else "unknown"
        judged = [replace(s, score=round(self._judged(s, firm, several), 3)) for s in spots]
        return _as_one_junction(_merged(judged))

    def _is_firm(self, one: Named) -> bool:
        return bool(street_name(one.name).kind) and max(self.like[one.name].values()) > LEAST_ALONE

    def _houses(self, told: Sequence[Named], place: Asked) -> list[Spot]:
        spots = []
        for one in told:
            for name, score in self._alone(one) if one.number else ():
                entries = self._kept(self.known.houses.get((name, one.number), []), place)
                label = f"{one.number} {self._name(name)}"
                spots += [self._spot(entry, HOUSE_SD_M, score, label) for entry in entries]
        return spots or [spot for one in told if one.number for spot in self._next_door(one, place)]

    def _next_door(self, one: Named, place: Asked) -> list[Spot]:
        """Return the nearest house on the same side of the street, where the gazetteer lacks the number."""
        wanted = _whole_number(one.number)
        numbers = self.known.entries["number"].to_numpy()
        spots = []
        for name, score in self._alone(one):
            told = {
                entry: _whole_number(numbers[entry])
                for entry in self._kept(self.known.along(name).tolist(), place)
                if isinstance(numbers[entry], str)
            }
            off = {entry: abs(each - wanted) for entry, each in told.items() if each % 2 == wanted % 2}
            least = min(off.values(), default=NEXT_DOOR + 1)
            if least <= NEXT_DOOR:
                sd = HOUSE_SD_M + HOUSE_STEP_M * least
                spots += [
                    self._spot(entry, sd, score * NEARLY_MEET, f"{numbers[entry]} {self._name(name)}")
                    for entry, each in off.items()
                    if each == least
                ]
        return spots

    def _crossings(self, told: Sequence[Named], place: Asked) -> list[Spot]:
        spots = []
        for one, other in combinations(told, 2):
            if not (street_name(one.name).kind or street_name(other.name).kind):
                continue
            # A street and a square of one name: that their names are alike tells nothing of where they meet.
            namesakes = street_name(one.name).words == street_name(other.name).words
            if namesakes and not self._both_known(one, other):
                continue
            for a, alike_a in self.like[one.name].items():
                for b, alike_b in self.like[other.name].items():
                    entries = self._kept(self.known.crossings.get((min(a, b), max(a, b)), []), place)
                    name = f"{self._name(a)} × {self._name(b)}"
                    spots += [self._spot(e, CROSSING_SD_M, min(alike_a, alike_b), name) for e in entries]
        return spots

    def _near(self, told: Sequence[Named], place: Asked) -> list[Spot]:
        """Return where streets nearly meet, as far as their entries show."""
        spots = []
        for one, other in combinations(told, 2):
            for a, alike_a in self._alone(one):
                for b, alike_b in self._alone(other):
                    if a == b:
                        continue
                    mine, theirs = self._along(a, place), self._along(b, place)
                    if not len(mine) or not len(theirs):
                        continue
                    gaps, nearest = (np.atleast_1d(each) for each in cKDTree(theirs).query(mine))
                    at = int(np.argmin(gaps))
                    if gaps[at] <= NEARLY_MEET_M:
                        x, y = (mine[at] + theirs[nearest[at]]) / 2
                        sd = float(np.hypot(CROSSING_SD_M, gaps[at] / 2))
                        score = min(alike_a, alike_b) * NEARLY_MEET
                        name = f"{self._name(a)} … {self._name(b)}"
                        spots.append(Spot(float(x), float(y), sd, score, name))
        return spots

    def _whole(self, one: Named, place: Asked) -> list[Spot]:
        """Return the middle of a street or square, as wide as it is; of each where several towns have one."""
        return [
            self._stretch(stretch, score, self._name(name))
            for name, score in self._alone(one)
            for stretch in _stretches(self._along(name, place))
        ]

    def _stretch(self, along: NDArray[np.float64], score: float, name: str) -> Spot:
        middle = along.mean(axis=0)
        # It may be anywhere on it, the ends included: a uniform spread over that reach has this deviation.
        spread = float(np.hypot(*(along - middle).T).max() / np.sqrt(3.0))
        # One entry tells where a street is and not how long it is; a square is not far from it.
        alone = SQUARE_SD_M if street_name(name).kind in SQUARES else STREET_SD_M
        least = CROSSING_SD_M if len(along) > 1 else alone
        return Spot(float(middle[0]), float(middle[1]), max(spread, least), score, name)

    def _both_known(self, one: Named, other: Named) -> bool:
        return all(max(self.like[each.name].values()) > LEAST_ALONE for each in (one, other))

    def _alone(self, one: Named) -> list[tuple[int, float]]:
        return [(name, score) for name, score in self.like[one.name].items() if score >= LEAST_ALONE]

    def _judged(self, spot: Spot, firm: Sequence[Named], several: Sequence[Named]) -> float:
        """Return the score of a spot given which of the names in the words pass it."""
        passing = [any(self._passes(name, spot) for name in self.like[one.name]) for one in several]
        against = sum(not does for one, does in zip(several, passing, strict=True) if one in firm)
        untold = sum(not does for one, does in zip(several, passing, strict=True) if one not in firm)
        share = (len(firm) - against) / len(firm) if against else 1.0
        return spot.score * float(np.sqrt(share)) * WORD_UNKNOWN**untold

    def _passes(self, name: int, spot: Spot) -> bool:
        along = self.known.metres[self.known.along(name)]
        reach = ONE_CROSSING_M + spot.sd_m
        return bool((np.hypot(along[:, 0] - spot.x, along[:, 1] - spot.y) <= reach).any())

    def _along(self, name: int, place: Asked) -> NDArray[np.float64]:
        return self.known.metres[self._kept(self.known.along(name).tolist(), place)]

    def _kept(self, entries: list[int], place: Asked) -> list[int]:
        """Return the entries that are of the row's postcode and commune, where both tell one."""
        for column, said in (("postcode", place.postcode), ("commune", place.commune)):
            if said is not None and entries:
                theirs, wanted = self._told[column], plain(said)
                entries = [e for e in entries if not theirs[e] or theirs[e] == wanted]
        return entries

    @cached_property
    def _told(self) -> Mapping[str, NDArray[np.object_]]:
        """Postcode and commune of the entries, plain; empty where none is told."""
        return {column: _plain_words(self.known.entries[column]) for column in ("postcode", "commune")}

    def _spot(self, entry: int, sd_m: float, score: float, name: str) -> Spot:
        x, y = self.known.metres[entry]
        return Spot(float(x), float(y), sd_m, score, name)

    def _name(self, number: int) -> str:
        return self.known.names.names[number]


def _merged(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return spots with the corners of one crossing put together, best first."""
    left = sorted(spots, key=lambda s: (-s.score, s.name, s.x, s.y))
    merged = []
    while left:
        best = left[0]
        mine = [s for s in left if np.hypot(s.x - best.x, s.y - best.y) <= ONE_CROSSING_M]
        left = [s for s in left if s not in mine]
        equals = np.array([(s.x, s.y) for s in mine if s.score >= best.score - RIVAL_WITHIN])
        x, y = equals.mean(axis=0)
        spread = float(np.sqrt(equals.var(axis=0).max()))
        sd = round(float(np.hypot(best.sd_m, spread)), 1)
        merged.append(replace(best, x=float(x), y=float(y), sd_m=sd))
    return tuple(merged)


def _as_one_junction(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Return spots that are equally good and near to each other as one between them: a junction drawn wide."""
    equals = [s for s in spots if s.score >= spots[0].score]
    at = np.array([(s.x, s.y) for s in equals])
    middle = at.mean(axis=0)
    if len(equals) < 2 or np.hypot(*(at - middle).T).max() > ONE_CROSSING_M:
        return spots
    sd = float(np.hypot(spots[0].sd_m, np.sqrt(at.var(axis=0).max())))
    one = replace(spots[0], x=float(middle[0]), y=float(middle[1]), sd_m=round(sd, 1))
    return (one, *(s for s in spots if s not in equals))


def _stretches(along: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the entries of one name parted where they are far from each other: streets of several towns."""
    if not len(along):
        return []
    pairs = cKDTree(along).query_pairs(ONE_STREET_M, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(along), len(along)))
    count, part = connected_components(links, directed=False)
    return [along[part == number] for number in range(count)]


def _plain_words(column: pd.Series[str]) -> NDArray[np.object_]:
    codes, words = pd.factorize(column)
    told = np.array([*(plain(str(each)) for each in words), ""], dtype=object)
    return told[codes]


def _whole_number(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else -1
