"""A report that a regulator would file: summary, maps, findings by building, methods, papers, annexes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from visavis.evidence.report_blocks import Blocks
from visavis.evidence.report_maps import drawn
from visavis.evidence.report_papers import add_annexes, add_papers
from visavis.evidence.report_words import METHODS, say
from visavis.exports.picturing import picture_from, png_of
from visavis.exports.typesetting import typeset
from visavis.model.crs import local_crs
from visavis.model.errors import InputError, UsageError
from visavis.model.provenance import BuildRecord
from visavis.model.vocabulary import ASPECTS, LEVELS, SPACE_KINDS, SURENESSES
from visavis.store import Store, write_whole

# Buildings that are shown with their pictures, and how far around each a map looks.
MOST_SHOWN: Final = 6
_AROUND_M: Final = 45.0
_MARGIN_M: Final = 25.0
_BY_CAMERA: Final = ("camera", "mode", "part", "sureness", "probability", "level", "distance", "seen")
_RANK: Final = {code: rank for rank, code in enumerate(SURENESSES)}


def write_report(store: Store, file: Path, lang: str, shown: int = MOST_SHOWN) -> None:
    """Write a report as PDF, whole or not at all.

    Raises
    ------
    UsageError
        Where there are no words in that language.
    VisavisError
        Where the file can't be written.
    """
    content = report(store, lang, shown)
    write_whole(file, content)


def report(store: Store, lang: str, shown: int = MOST_SHOWN) -> bytes:
    """Return a report as tagged PDF (PDF/UA-1): the same bytes for the same store.

    Parameters
    ----------
    lang : str
        ``en`` or ``fr``.
    shown : int
        How many buildings are shown with their pictures.
    """
    if lang not in ("en", "fr"):
        raise UsageError(f"there are no words in {lang!r}", remedy="Choose en or fr")
    record, town = store.record(), Town(store)
    blocks = Blocks()
    title = say("title", lang, title="; ".join(town.frame("disclosures")["title"]) or record.build_id)
    blocks.heading(title, 1)
    if record.invented:
        blocks.notice(say("invented", lang))
    _summary(blocks, town, record, lang)
    blocks.contents(say("contents", lang))
    _map(blocks, town, lang)
    _findings(blocks, town, lang, shown)
    _methods(blocks, town, record, lang)
    add_papers(blocks, town.frame, lang)
    add_annexes(blocks, town.frame, record, lang)
    told = {
        "title": title,
        "author": record.software,
        "description": say("description", lang),
        "lang": lang,
        "running": say("running", lang, build=record.build_id),
        "blocks": blocks.told,
    }
    return typeset("report", told, record.built_at, blocks.pictures)


@dataclass(frozen=True)
class Town:
    """The layers that a report reads, each once, and their metric CRS."""

    store: Store

    def frame(self, name: str) -> pd.DataFrame:
        """Return a layer."""
        if name not in self._read:
            self._read[name] = self.store.frame(name)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def crs(self) -> Any:
        """A local metric CRS around the cameras."""
        places = gpd.GeoDataFrame(self.frame("cameras")).geometry
        return local_crs(places.x, places.y)

    def metric(self, name: str) -> gpd.GeoDataFrame:
        """Return a layer with geometries in metres."""
        key = f"{name}/metric"
        if key not in self._read:
            self._read[key] = gpd.GeoDataFrame(self.frame(name)).to_crs(self.crs)
        return gpd.GeoDataFrame(self._read[key])

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """Exposed buildings, those first that could be viewed most surely and most sharply."""
        rows = self.frame("exposed_buildings")
        ranked = rows.assign(rank=rows["sureness"].map(_RANK)).sort_values(
            ["rank", "probability", "px_per_m", "building_id"], ascending=[True, False, False, True]
        )
        return ranked.drop(columns="rank")


def _summary(blocks: Blocks, town: Town, record: BuildRecord, lang: str) -> None:
    buildings, exposures = town.frame("exposed_buildings"), town.frame("exposures")
    counts = buildings["sureness"].value_counts()
    blocks.heading(say("summary", lang))
    blocks.text(
        say(
            "summary_text",
            lang,
            cameras=len(town.frame("cameras")),
            withheld=int(town.frame("withheld")["cameras"].sum()),
            viewing=exposures.loc[exposures["building_id"].notna(), "camera_id"].nunique(),
            buildings=len(buildings),
            **{code: int(counts.get(code, 0)) for code in SURENESSES},
        ),
        say("summary_limits", lang),
        say(
            "built",
            lang,
            day=record.built_at.date().isoformat(),
            software=record.software,
            build=record.build_id,
            licence="; ".join(dict.fromkeys(source.licence for source in record.sources)),
            attribution="; ".join(dict.fromkeys(source.attribution for source in record.sources)),
        ),
    )
    blocks.items([f"{row.title} ({row.authority})" for row in town.frame("disclosures").itertuples()])


def _map(blocks: Blocks, town: Town, lang: str) -> None:
    if town.frame("cameras").empty:
        return
    cameras, exposed = town.metric("cameras"), town.metric("exposed_buildings")
    shapes = pd.concat([cameras.geometry, exposed.geometry])
    west, south, east, north = shapes.total_bounds
    bounds = (west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M)
    blocks.new_page()
    blocks.heading(say("map", lang))
    blocks.figure(
        "map.svg",
        drawn(bounds, town.metric("spaces"), exposed, cameras, lang),
        say("map_alt", lang, cameras=len(cameras), buildings=len(exposed)),
        say("map_caption", lang),
    )


def _findings(blocks: Blocks, town: Town, lang: str, shown: int) -> None:
    ranked = town.ranked.head(shown)
    if ranked.empty:
        return
    blocks.new_page()
    blocks.heading(say("findings", lang))
    blocks.text(say("findings_text", lang, shown=len(ranked), all=len(town.ranked)))
    shapes = town.metric("exposed_buildings").set_index("building_id").geometry
    pictured: set[str] = set()
    for number, row in enumerate(ranked.to_dict("records"), start=1):
        _building(blocks, town, row, shapes[row["building_id"]], lang, number, pictured)


def _building(
    blocks: Blocks,
    town: Town,
    row: Mapping[Any, Any],
    shape: BaseGeometry,
    lang: str,
    number: int,
    pictured: set[str],
) -> None:
    name = building_name(row)
    blocks.heading(name, 3)
    blocks.text(
        say(
            "building_text",
            lang,
            kind=getattr(SPACE_KINDS[row["kind"]], lang).capitalize(),
            cameras=row["cameras"],
            sureness=getattr(SURENESSES[row["sureness"]], lang),
            probability=_number(row["probability"], lang, 2),
            level=_level(row["level"], lang),
            px=_number(row["px_per_m"], lang),
        ),
        sticky=True,
    )
    west, south, east, north = shape.bounds
    around = (west - _AROUND_M, south - _AROUND_M, east + _AROUND_M, north + _AROUND_M)
    blocks.figure(
        f"building-{number}.svg",
        drawn(
            around,
            town.metric("spaces"),
            town.metric("exposed_buildings"),
            town.metric("cameras"),
            lang,
            str(row["building_id"]),
        ),
        say("detail_alt", lang, building=name),
        say("detail_alt", lang, building=name),
        0.52,
    )
    seen = town.frame("exposures")
    seen = seen[seen["building_id"] == row["building_id"]]
    seen = seen.assign(rank=seen["sureness"].map(_RANK)).sort_values(
        ["rank", "probability", "px_per_m", "exposure_id"], ascending=[True, False, False, True]
    )
    _by_camera(blocks, town, seen, name, lang)
    for camera in seen["camera_id"].unique()[:3]:
        if camera not in pictured:
            pictured.add(camera)
            _camera(blocks, town, camera, lang)
            return


def _by_camera(blocks: Blocks, town: Town, seen: pd.DataFrame, name: str, lang: str) -> None:
    surest = seen.drop_duplicates(["camera_id", "aspect"]).head(12)
    labels = names_of(town.frame("cameras"))
    blocks.table(
        say("by_camera", lang, building=name),
        [
            say(each, lang)
            for each in ("camera", "mode", "part", "sureness", "probability", "level", "distance", "seen")
        ],
        [
            [
                labels.get(each["camera_id"], each["camera_id"]),
                say(each["mode"], lang),
                getattr(ASPECTS[each["aspect"]], lang),
                getattr(SURENESSES[each["sureness"]], lang),
                f"{_number(each['probability'], lang, 2)} ± {_number(each['probability_se'], lang, 2)}",
                _level(each["level"], lang),
                f"{_number(each['distance_m'], lang)} m",
                _extent(each, lang),
            ]
            for each in surest.to_dict("records")
        ],
        [0.9, 1.3, 0.9, 1, 1.3, 3, 1, 1.2],
    )


def _camera(blocks: Blocks, town: Town, camera: str, lang: str) -> None:
    """Show where on its sheet a camera was read, and what its picture would show."""
    label = names_of(town.frame("cameras")).get(camera, camera)
    crops = town.frame("crops")
    found = crops[(crops["camera_id"] == camera) & crops["picture"].notna()]
    stem = f"camera-{len(blocks.pictures)}"
    for crop in found.to_dict("records"):
        blocks.figure(
            f"{stem}-sheet.png",
            base64.b64decode(crop["picture"]),
            say("crop_alt", lang, camera=label),
            say(
                "crop_caption",
                lang,
                camera=label,
                sheet=crop["sheet"],
                page=crop["page"],
                licence=_known(crop["licence"]) or "?",
            ),
            0.36,
        )
    try:
        view = picture_from(town.store, camera, lang=lang, labelled=False)
    except InputError as error:
        blocks.text(f"{label}: {error.what}.")
        return
    blocks.figure(
        f"{stem}-view.png",
        png_of(view.plain),
        f"{view.title}. {view.computed}",
        say("view_caption", lang, camera=label, computed=view.computed),
        0.66,
    )


def _methods(blocks: Blocks, town: Town, record: BuildRecord, lang: str) -> None:
    cameras, exposures = town.frame("cameras"), town.frame("exposures")
    blocks.new_page()
    blocks.heading(say("methods", lang))
    blocks.text(*(getattr(word, lang) for word in METHODS))
    unknown = int(cameras["azimuth_deg"].isna().sum())
    if unknown:
        blocks.text(say("unknown_direction", lang, cameras=unknown))
    assumed = cameras["assumed"].fillna("").astype("str")
    rows = []
    for column in ("position_sd_m", "azimuth_sd_deg", "height_sd_m", "hfov_deg"):
        by_rule = int(assumed.str.contains(rf"(?:^|;){column}(?:=|;|$)").sum())
        rows.append(
            _spread(column, cameras[column], say("cameras_of", lang, some=by_rule, all=len(cameras)), lang)
        )
    rows.append(_spread("probability_se", exposures["probability_se"], "", lang, 3))
    head = [say(each, lang) for each in ("quantity", "median", "most", "assumed")]
    blocks.table(say("errors", lang), head, [row for row in rows if row], [3, 1, 1, 2])
    blocks.table(
        say("parameters", lang),
        [say("name", lang), say("value", lang)],
        [[name, "—" if value is None else str(value)] for name, value in sorted(record.parameters.items())],
        [1, 2],
    )


def _spread(name: str, values: pd.Series, assumed: str, lang: str, decimals: int = 2) -> list[str]:
    known = values.dropna()
    if known.empty:
        return []
    return [
        say(name, lang),
        _number(known.median(), lang, decimals),
        _number(known.max(), lang, decimals),
        assumed,
    ]


def building_name(row: Mapping[Any, Any]) -> str:
    """Return how people call a building: its address, its name, else its id."""
    return _known(row["address"]) or _known(row["name"]) or str(row["building_id"])


def names_of(cameras: pd.DataFrame) -> dict[str, str]:
    """Return the label of each camera by id; its id where it has none."""
    return {
        str(row.camera_id): _known(row.label) or str(row.camera_id) for row in cameras.itertuples(index=False)
    }


def _extent(row: Mapping[Any, Any], lang: str) -> str:
    if pd.notna(row["length_m"]):
        return f"{_number(row['length_m'], lang, 1)} m"
    return "" if pd.isna(row["area_m2"]) else f"{_number(row['area_m2'], lang, 1)} m²"


def _level(code: Any, lang: str) -> str:
    """Return what a level is in words; nothing below the lowest."""
    return "—" if pd.isna(code) else str(getattr(LEVELS[code], lang))


def _number(value: float, lang: str, decimals: int = 0) -> str:
    told = f"{value:.{decimals}f}"
    return told.replace(".", ",") if lang == "fr" else told


def _known(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
