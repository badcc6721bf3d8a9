"""The commands that build a store: from dossiers, square by square, or the model town as a demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from visavis.cli.serving import Host, Port, run_service
from visavis.cli.telling import Json, end, tell
from visavis.model.errors import UsageError
from visavis.progress import shown_progress

if TYPE_CHECKING:
    import pandas as pd

    from visavis.views import Workers

Draws = Annotated[
    int | None, typer.Option(min=1, max=10_000, help="Draws from each camera's doubt; 100 unless told.")
]
Precision = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        max=0.2,
        help="Largest standard error of a probability: as many draws as that needs, in the place of --draws.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws.")]
Range = Annotated[float, typer.Option(min=1, max=2_000, help="Farthest distance computed, in metres.")]


# A quarter of a town in OpenStreetMap's terms: looked through in less time than processes take to start.
_SMALL_BYTES = 1_000_000


def demo(
    store: Annotated[Path, typer.Option("--output", "-o", help="Store to write.")] = Path("model-town.gpkg"),
    serve: Annotated[bool, typer.Option(help="Serve it when it is built.")] = True,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    as_json: Json = False,
) -> None:
    """Build the shipped model town from paper to layers, then serve it."""
    from visavis.datasets import model_town

    town = model_town()
    _build([town], [town / "town.osm"], [], str(store), {}, as_json)
    if serve:
        typer.echo(
            f"\nThe model town is an invented place. Open http://{host}:{port}/\n"
            "Look first at a dark façade on the map: click it to read which cameras could view it,\n"
            "how surely and how sharply. The list beside the map says the same. Ctrl+C ends it."
        )
        run_service(str(store), host, port)


def build(
    dossiers: Annotated[list[Path] | None, typer.Argument(help="Dossier folders.")] = None,
    spaces: Annotated[list[Path] | None, typer.Option(help="Buildings, gardens, entrances.")] = None,
    cameras: Annotated[list[Path] | None, typer.Option(help="Cameras already digitised: GeoJSON.")] = None,
    store: Annotated[
        str, typer.Option("--output", "-o", help="Store to write: x.gpkg or postgresql://….")
    ] = "visavis.gpkg",
    terrain: Annotated[
        list[Path] | None, typer.Option(help="Terrain models: rasters of ground heights. Flat without.")
    ] = None,
    terrain_sd: Annotated[
        float | None, typer.Option(min=0, max=100, help="Standard deviation of their heights, in metres.")
    ] = None,
    draws: Draws = None,
    precision: Precision = None,
    seed: Seed = 2017,
    max_range: Range = 200.0,
    law_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day whose law is applied; today unless told."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=1_024, help="Processes to look through cameras; all cores unless told."),
    ] = None,
    dask: Annotated[str | None, typer.Option(help="Address of a Dask scheduler: tcp://host:port.")] = None,
    squares: Annotated[
        float | None,
        typer.Option(min=1, max=80, help="Build square by square, of so many km, into the folder --output."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Build a store from dossiers and the built world around them.

    A build that was broken off goes on where it was, if it is run again with the same files and options.
    """
    from visavis.work import opened_workers

    if precision is not None and draws is not None:
        raise UsageError("--draws and --precision both say how often to draw", remedy="Give one of them")
    if terrain_sd is not None and not terrain:
        raise UsageError("--terrain-sd goes with a terrain model", remedy="Name one with --terrain")
    chosen = {
        "draws": draws or 100,
        "seed": seed,
        "max_range_m": max_range,
        "precision": precision,
        "terrain_sd_m": terrain_sd,
        "law_of": None if law_of is None else law_of.date().isoformat(),
    }
    ground = terrain or []
    small = squares is None and _size(spaces or []) < _SMALL_BYTES
    with opened_workers(workers, dask, small=small) as opened:
        if squares is not None:
            _squares(
                dossiers or [], spaces or [], cameras or [], ground, store, squares, chosen, as_json, opened
            )
            return
        _build(dossiers or [], spaces or [], cameras or [], store, chosen, as_json, opened, ground)


def _size(files: list[Path]) -> int:
    """Return the bytes of some files together; a file that is not there is told of where it is read."""
    return sum(file.stat().st_size for file in files if file.is_file())


def _build(
    dossiers: list[Path],
    spaces: list[Path],
    cameras: list[Path],
    store: str,
    chosen: dict[str, Any],
    as_json: bool,
    workers: Workers | None = None,
    terrain: Sequence[Path] = (),
) -> None:
    from visavis.pipeline import Options, build
    from visavis.store import shown
    from visavis.views import IN_PROCESS

    started = datetime.now(UTC)
    with shown_progress() as progress:
        outcome = build(
            dossiers,
            spaces,
            store,
            cameras=cameras,
            terrain=terrain,
            clock=lambda: datetime.now(UTC),
            options=Options(**chosen),
            workers=workers or IN_PROCESS,
            progress=progress,
        )
    findings: pd.DataFrame = outcome.tables["findings"]
    tell(
        {
            "store": shown(store),
            "build_id": outcome.record.build_id,
            "seconds": round((datetime.now(UTC) - started).total_seconds(), 1),
            **{name: len(table) for name, table in outcome.tables.items()},
            "without_cameras": list(findings.loc[findings["code"] == "record.no-camera-placed", "text_en"]),
            "findings_by_severity": dict(sorted(Counter(findings["severity"]).items())),
        },
        as_json,
    )
    end(list(findings["severity"]))


def _squares(
    dossiers: list[Path],
    spaces: list[Path],
    cameras: list[Path],
    terrain: list[Path],
    folder: str,
    side_km: float,
    chosen: dict[str, Any],
    as_json: bool,
    workers: Workers,
) -> None:
    from visavis.pipeline import Options
    from visavis.squares import build_squares

    if dossiers or len(cameras) != 1 or not spaces:
        raise UsageError(
            "--squares takes one file of cameras and the buildings around them",
            remedy="Give --cameras FILE --spaces FILE; build dossiers one by one",
        )
    started = datetime.now(UTC)
    with shown_progress() as progress:
        told = build_squares(
            cameras[0],
            spaces,
            Path(folder),
            side_km=side_km,
            terrain=terrain,
            clock=lambda: datetime.now(UTC),
            options=Options(**chosen),
            workers=workers,
            progress=progress,
        )
    summed = {
        name: sum(square[name] for square in told)
        for name in ("cameras_in_it", "exposures", "facade_strips", "views")
    }
    seconds = round((datetime.now(UTC) - started).total_seconds(), 1)
    tell({"folder": folder, "squares": len(told), "seconds": seconds, **summed}, as_json)
