"""The commands by which people review a dossier: the desk, and how far two of them agree."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from visavis.cli.telling import Json, need, tell
from visavis.model.errors import UsageError

if TYPE_CHECKING:
    from visavis.desk.answers.agreement import Agreed

_MOST_INITIALS = 5


def review(
    dossier: Annotated[Path, typer.Argument(help="Dossier folder.")],
    spaces: Annotated[
        list[Path] | None, typer.Option(help="Buildings and streets around it, for the map.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port to listen on; a free one unless told.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    initials: Annotated[
        str, typer.Option(help="Your initials, written into each line; none unless told.")
    ] = "",
) -> None:
    """Open the desk where a person confirms and corrects what was read of a dossier's sheets."""
    from visavis.desk.desk import Desk
    from visavis.desk.running import run_desk
    from visavis.desk.sheets import cache_folder

    need(*(spaces or []))
    if len(initials.strip()) > _MOST_INITIALS:
        raise UsageError(
            f"initials are {initials!r}", remedy=f"Give {_MOST_INITIALS} letters at most, or none"
        )
    desk = Desk(
        dossier,
        spaces or [],
        initials=initials.strip(),
        clock=lambda: datetime.now(UTC),
        cache=cache_folder(),
    )

    def opened(address: str) -> None:
        typer.echo(f"The desk is open at {address}")
        typer.echo("Each act is saved at once in " + desk.journal.file.name + ". Ctrl+C ends it.")
        if browser:
            webbrowser.open(address)

    run_desk(desk, port, opened)


def agree(
    dossier: Annotated[Path, typer.Argument(help="Dossier folder.")],
    other: Annotated[Path, typer.Argument(help="Another person's corrections of it: a CSV.")],
    as_json: Json = False,
) -> None:
    """Tell how far two people's corrections of a dossier agree: kappa, metres, degrees."""
    from visavis.desk.comparing import compare_files

    need(other)
    told = compare_files(dossier, other)
    if as_json:
        typer.echo(told.model_dump_json(exclude={"differing": {"__all__": {"ours", "theirs"}}}))
        return
    tell(_summary(told), as_json)


def _summary(told: Agreed) -> dict[str, Any]:
    return {
        "ours": told.ours,
        "theirs": told.theirs,
        "reviewed_by_both": told.both,
        "existence": _kappa(told.existence.kappa, told.existence.agreed, told.existence.n),
        "kinds": _kappa(told.kinds.kappa, told.kinds.agreed, told.kinds.n),
        "places": _spread(told.places.n, told.places.median_m, told.places.p95_m, "m"),
        "directions": _spread(told.directions.n, told.directions.median_deg, told.directions.p95_deg, "°"),
        "direction_known_to_one_alone": told.directions.one_unknown,
        "differing": [f"{each.camera_id}: {', '.join(each.differs)}" for each in told.differing],
    }


def _kappa(kappa: float | None, agreed: int, n: int) -> str:
    value = "not defined" if kappa is None else f"{kappa:.2f}"
    return f"kappa {value}, the same in {agreed} of {n}"


def _spread(n: int, median: float | None, p95: float | None, unit: str) -> str:
    if median is None or p95 is None:
        return "none of both"
    return f"median {median:.2f} {unit}, 95 % within {p95:.2f} {unit}, of {n}"
