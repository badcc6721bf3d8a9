"""How one table is to be read, as a person declares it: which column holds what, and in which measure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self, get_args

import pyproj
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from visavis.model.vocabulary import CAMERA_KINDS

# What a column of such a table may hold.
FieldName = Literal[
    "label",
    "place",
    "street",
    "street_2",
    "street_3",
    "number",
    "postcode",
    "commune",
    "x",
    "y",
    "azimuth",
    "kind",
    "model_id",
    "height_m",
    "mount",
    "zone",
    "valid_from",
    "valid_to",
]
FIELDS: Final[tuple[str, ...]] = get_args(FieldName)
_PAGES: Final = re.compile(r"\s*\d+\s*(-\s*\d+\s*)?(,\s*\d+\s*(-\s*\d+\s*)?)*")


def _names(value: object) -> object:
    """Take one name as a list of one: a number as a name, too, for a header may be a year."""
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(each) if isinstance(each, int) else each for each in listed)


def _pages(value: object) -> object:
    return str(value) if isinstance(value, int) else value


def _page_list(value: str) -> str:
    if not _PAGES.fullmatch(value):
        raise ValueError(f"{value!r} is no list of pages such as 3, 5-9")
    return value


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise ValueError(
            f"{name!r} is no encoding that is known: for example utf-8, cp1252, mac-roman"
        ) from None


def _known_crs(name: str) -> str:
    try:
        pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError:
        raise ValueError(f"{name!r} is no CRS that is known: for example EPSG:2154") from None
    return name


def _known_kind(kind: str) -> str:
    if kind not in CAMERA_KINDS:
        raise ValueError(f"{kind!r} is no kind of camera: one of {', '.join(CAMERA_KINDS)}")
    return kind


ColumnNames = Annotated[tuple[str, ...], BeforeValidator(_names), Field(min_length=1)]


class Reading(BaseModel):
    """What a `*.columns.yml` declares of a table.

    Parameters
    ----------
    columns : mapping
        Field (one of `FIELDS`) to the name that its column bears in the table; a list of names where several
        tables of one file name it differently. A place is `place` (free text), `street` with its further
        streets or its `number`, or `x` and `y`.
    pages : str, optional
        Pages of a PDF to be read, such as ``39-63``; all where left out.
    worksheet : str, optional
        Of a workbook; every one where left out.
    encoding : str, optional
        Of a CSV; told by its bytes where left out.
    crs : str
        Of `x` and `y`, in the order east, north (longitude, latitude).
    angles : {"clockwise-from-north", "trigonometric"}
        How `azimuth` counts; trigonometric: anticlockwise from the east.
    angle_north : {"true", "grid"}
        Which north it counts from; the grid's is that of `crs`.
    position_sd_m : float, optional
        Standard deviation of `x` and `y`, in metres; a default of the camera room where left out.
    kinds : mapping
        What the table writes for a kind, to the kind; words are understood without it.
    directed_kinds : tuple of str, optional
        Kinds whose `azimuth` means something; all where left out. Registers often fill in 0 for a dome.
    most_sd_m : float
        A place found less surely than that is left for review, in metres.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Mapping[FieldName, ColumnNames]
    pages: Annotated[str, BeforeValidator(_pages), AfterValidator(_page_list)] | None = None
    worksheet: str | None = None
    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = None
    crs: Annotated[str, AfterValidator(_known_crs)] = "OGC:CRS84"
    angles: Literal["clockwise-from-north", "trigonometric"] = "clockwise-from-north"
    angle_north: Literal["true", "grid"] = "true"
    position_sd_m: Annotated[float, Field(gt=0, le=1000)] | None = None
    kinds: Mapping[str, Annotated[str, AfterValidator(_known_kind)]] = {}
    directed_kinds: tuple[Annotated[str, AfterValidator(_known_kind)], ...] | None = None
    most_sd_m: Annotated[float, Field(gt=0, le=5000)] = 100.0

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        given = set(self.columns)
        if len(given & {"x", "y"}) == 1:
            raise ValueError("columns: x and y come together")
        if not given & {"place", "street", "x"}:
            raise ValueError("columns: name the one that says where: place, street, or x and y")
        names = [name for each in self.columns.values() for name in each]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"columns: {twice!r} is named twice")
        return self

    @property
    def needed(self) -> tuple[tuple[FieldName, ...], ...]:
        """Sets of fields of which one has to be there for a table to be one of cameras."""
        places: tuple[tuple[FieldName, ...], ...] = (("x", "y"), ("place",), ("street",))
        ways = [way for way in places if all(field in self.columns for field in way)]
        with_label: tuple[FieldName, ...] = ("label",) if "label" in self.columns else ()
        return tuple((*with_label, *way) for way in ways)

    def has_page(self, number: int) -> bool:
        """Return whether page `number` (from 1) is to be read."""
        if self.pages is None:
            return True
        for part in self.pages.split(","):
            first, _, last = part.partition("-")
            if int(first) <= number <= int(last or first):
                return True
        return False
