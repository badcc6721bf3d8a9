"""The gazetteer: crossings of streets, addresses and named places with their coordinates, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from visavis.digitising.listed.street_names import NameIndex, street_name
from visavis.model.schema import number, plain_table, text

GAZETTEER: Final = plain_table(
    "gazetteer",
    name=text("Street, square or place"),
    crossing=text("Street that it meets here; empty of an address or place", optional=True),
    number=text("House number with its letter, such as 12bis; empty of a crossing or place", optional=True),
    postcode=text("Postcode, where the source tells it", optional=True),
    commune=text("Commune, where the source tells it", optional=True),
    longitude=number("Longitude, WGS 84", "deg", least=-180, most=180),
    latitude=number("Latitude, WGS 84", "deg", least=-90, most=90),
    source_id=text("Source"),
)


@dataclass(frozen=True)
class Gazetteer:
    """Where streets meet and where houses stand, ready to be looked through.

    Parameters
    ----------
    entries : DataFrame, GAZETTEER
    """

    entries: pd.DataFrame

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def crs(self) -> pyproj.CRS:
        """Metres around the middle of the entries: true to distances of some hundred metres, wherever."""
        lon, lat = self.entries["longitude"].median(), self.entries["latitude"].median()
        return pyproj.CRS.from_dict(
            {"proj": "tmerc", "lon_0": float(lon), "lat_0": float(lat), "datum": "WGS84"}
        )

    @cached_property
    def metres(self) -> NDArray[np.float64]:
        """Places of the entries, (n, 2), metres."""
        to_metres = pyproj.Transformer.from_crs("OGC:CRS84", self.crs, always_xy=True)
        return np.column_stack(to_metres.transform(self.entries["longitude"], self.entries["latitude"]))

    def degrees(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places (n, 2) in metres as longitude and latitude."""
        back = pyproj.Transformer.from_crs(self.crs, "OGC:CRS84", always_xy=True)
        return np.column_stack(back.transform(at[:, 0], at[:, 1]))

    @cached_property
    def names(self) -> NameIndex:
        return NameIndex(self._coded[2])

    @cached_property
    def crossings(self) -> Mapping[tuple[int, int], list[int]]:
        """Entries at which two names meet, by the numbers of the names in their order."""
        first, second, _ = self._coded
        found: dict[tuple[int, int], list[int]] = {}
        for entry in np.flatnonzero(second >= 0).tolist():
            a, b = int(first[entry]), int(second[entry])
            found.setdefault((min(a, b), max(a, b)), []).append(entry)
        return found

    @cached_property
    def houses(self) -> Mapping[tuple[int, str], list[int]]:
        """Entries by name and house number."""
        first, _, _ = self._coded
        numbered = self.entries["number"].notna().to_numpy()
        found: dict[tuple[int, str], list[int]] = {}
        told = self.entries["number"].to_numpy()
        for entry in np.flatnonzero(numbered).tolist():
            found.setdefault((int(first[entry]), str(told[entry])), []).append(entry)
        return found

    def along(self, name: int) -> NDArray[np.intp]:
        """Return the entries that bear a name."""
        order, starts = self._by_name
        return order[starts[name] : starts[name + 1]]

    @cached_property
    def _by_name(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        first, second, names = self._coded
        crossing = np.flatnonzero(second >= 0)
        entries = np.concatenate([np.arange(len(first)), crossing])
        codes = np.concatenate([first, second[crossing]])
        by_code = np.argsort(codes, kind="stable")
        return entries[by_code], np.searchsorted(codes[by_code], np.arange(len(names) + 1))

    @cached_property
    def _coded(self) -> tuple[NDArray[np.intp], NDArray[np.intp], Sequence[str]]:
        both = pd.concat([self.entries["name"], self.entries["crossing"]], ignore_index=True)
        spelt, spellings = pd.factorize(both, sort=True)
        # Boulevard MacDonald and Boulevard Macdonald are one.
        same, _ = pd.factorize(pd.Index([street_name(str(each)) for each in spellings], dtype="object"))
        _, first = np.unique(same, return_index=True)
        codes = np.where(spelt >= 0, same[spelt], -1).astype(np.intp)
        count = len(self.entries)
        return codes[:count], codes[count:], [str(spellings[each]) for each in first]


def gazetteer(parts: Sequence[pd.DataFrame]) -> Gazetteer:
    """Return several tables of entries as one gazetteer, doubles once."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return Gazetteer(GAZETTEER.empty())
    together = pd.concat(filled, ignore_index=True)
    same = [column for column in together.columns if column != "source_id"]
    return Gazetteer(GAZETTEER.check(together.drop_duplicates(same, ignore_index=True)))
