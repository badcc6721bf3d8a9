"""What is asked of one sheet: its pictures, control points, legend."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from visavis.apart import read_apart
from visavis.desk import pictures
from visavis.desk.answers.legends import Example, Legend, LegendExamples, LegendToSave, LegendTry
from visavis.desk.answers.points import ControlPoints, TryPoints
from visavis.desk.answers.sheets import Outline
from visavis.desk.desk import Desk
from visavis.desk.legend import as_symbols, legend_answer, save_legend, told_try
from visavis.desk.points import outline
from visavis.desk.refusing import RefusedError, not_found
from visavis.desk.sheets import Reading
from visavis.desk.showing import annotation_file, annotation_of, points_answer, tried_answer
from visavis.digitising.marking import Marked
from visavis.digitising.page_pictures import PagePicture
from visavis.digitising.reading import mark_sheet_of
from visavis.readers.camera_tables import read_table
from visavis.readers.suggesting import suggest_points

# How long a picture is waited for before the page is told to ask again.
_PATIENCE_S: Final = 120.0
_PNG: Final = "image/png"


def sheet_routes(desk: Desk) -> APIRouter:
    """Return the routes of the sheets; a sheet's name may hold anything but a slash."""
    routes = APIRouter(prefix="/api")
    for each in (_picture_routes, _point_routes, _legend_routes):
        routes.include_router(each(desk))
    return routes


def _picture_routes(desk: Desk) -> APIRouter:
    routes = APIRouter()

    @routes.get("/sheets/{file}/pages/{page}.png", response_class=Response)
    async def picture(request: Request, file: str, page: int, width: str | None = None) -> Response:
        reading = await _drawn(desk, file, page)
        wide = pictures.wanted_width(width)
        return await _picture(request, reading, f"{wide}", partial(pictures.whole, _png(reading), wide))

    @routes.get("/sheets/{file}/pages/{page}/part.png", response_class=Response)
    async def part(request: Request, file: str, page: int, box: str, width: str | None = None) -> Response:
        reading = await _drawn(desk, file, page)
        at, wide = pictures.wanted_box(box), pictures.wanted_width(width)
        return await _picture(
            request, reading, f"{at}{wide}", partial(pictures.part, _png(reading), at, wide)
        )

    return routes


def _point_routes(desk: Desk) -> APIRouter:
    routes = APIRouter()

    @routes.get("/sheets/{file}/outline")
    def outline_of(file: str) -> Outline:
        ground = desk.ground(file)
        if ground.fixed is None or ground.size is None:
            what = "it is not drawn yet" if ground.error is None else ground.error.what
            raise RefusedError(f"{file} has no place on the ground: {what}", code="not-ready")
        return outline(ground.fixed, ground.size)

    @routes.get("/sheets/{file}/control-points")
    def points(file: str) -> ControlPoints:
        desk.reading(file)
        return points_answer(desk, file)

    @routes.post("/sheets/{file}/control-points/try")
    def try_points(file: str, wanted: TryPoints) -> ControlPoints:
        desk.reading(file)
        return tried_answer(desk, file, wanted.points)

    @routes.post("/sheets/{file}/suggest")
    def suggest(file: str) -> ControlPoints:
        reading, ground = desk.reading(file), desk.ground(file)
        if not desk.spaces:
            raise RefusedError(
                "there is nothing to lay the sheet over",
                code="unfit",
                remedy="Start the desk with --spaces FILE, buildings and streets around it",
            )
        job = desk.suggestions.get(file)
        if job is None or job.state in ("done", "failed"):
            georef = ground.georef if ground.fixed is not None else None
            desk.suggestions[file] = desk.jobs.begin(
                partial(
                    read_apart,
                    suggest_points,
                    reading.sheet.file,
                    desk.spaces,
                    georef=georef,
                    page=reading.sheet.page,
                )
            )
        return points_answer(desk, file)

    @routes.get("/sheets/{file}/annotation", response_class=Response)
    def annotation(file: str) -> Response:
        reading = desk.reading(file)
        name = annotation_file(reading).name
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
        return Response(
            annotation_of(desk, file),
            media_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{safe}"'},
        )

    return routes


def _legend_routes(desk: Desk) -> APIRouter:
    routes = APIRouter()

    @routes.get("/sheets/{file}/legend")
    def legend(file: str) -> Legend:
        reading = desk.reading(file)
        symbols = desk.symbols_file(file)
        return legend_answer(symbols, reading.sheet.page, _drawing(reading).px_per_unit)

    @routes.put("/sheets/{file}/legend")
    def put_legend(file: str, wanted: LegendToSave) -> Legend:
        reading = desk.reading(file)
        picture, symbols = _drawing(reading), desk.symbols_file(file)
        save_legend(symbols, as_symbols(wanted.examples, picture), wanted.revision)
        desk.sheets.again(replace(reading.sheet, symbols=read_table(symbols)))
        desk.tell()
        return legend_answer(symbols, reading.sheet.page, picture.px_per_unit)

    @routes.post("/sheets/{file}/legend/try")
    def try_legend(file: str, wanted: LegendExamples) -> LegendTry:
        reading, picture = desk.reading(file), _drawing(desk.reading(file))
        work = partial(_found, desk, reading, wanted.examples, picture)
        as_symbols(wanted.examples, picture)
        job = desk.jobs.begin(work)
        desk.tries[job.name] = picture.px_per_unit
        return told_try(job, picture.px_per_unit)

    @routes.get("/jobs/{name}")
    def job(name: str) -> LegendTry:
        found = desk.jobs.get(name)
        if found is None or name not in desk.tries:
            raise not_found("there is no such job any more")
        return told_try(found, desk.tries[name])

    return routes


def _found(desk: Desk, reading: Reading, examples: list[Example], picture: PagePicture) -> Marked:
    """Return what a sheet shows by other examples."""
    ground = desk.ground(reading.name)
    return read_apart(
        mark_sheet_of,
        reading.sheet.content,
        name=reading.name,
        georef=ground.georef if ground.fixed is not None else None,
        symbols=as_symbols(examples, picture),
        table=reading.sheet.table,
        page=reading.sheet.page,
    )


async def _drawn(desk: Desk, file: str, page: int) -> Reading:
    reading = desk.reading(file)
    if page != reading.sheet.page:
        raise not_found(f"page {page} of {file} is not the plan")
    if reading.picture is None:
        await anyio.to_thread.run_sync(reading.drawn.wait, _PATIENCE_S)
    return reading


def _png(reading: Reading) -> Path:
    _drawing(reading)
    return reading.png or Path()


def _drawing(reading: Reading) -> PagePicture:
    if reading.picture is None or reading.png is None:
        if reading.error is not None:
            raise reading.error
        raise RefusedError(f"{reading.name} is not drawn yet", code="not-ready", remedy="Wait a moment")
    return reading.picture


async def _picture(request: Request, reading: Reading, which: str, draw: partial[bytes]) -> Response:
    tag = f'"{"" if reading.png is None else reading.png.stem}-{which}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=3600"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(await anyio.to_thread.run_sync(draw), media_type=_PNG, headers=headers)
