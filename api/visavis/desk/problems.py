"""Every refusal as problem details (RFC 9457) with a code that the page knows."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from visavis.desk.answers.acts import Conflict, Line
from visavis.desk.desk import Desk
from visavis.desk.journal import NotSavedError
from visavis.desk.refusing import RefusedError
from visavis.desk.showing import told_line
from visavis.model.errors import DossierError, VisavisError

_PROBLEM_JSON = "application/problem+json"


def told(error: Exception, desk: Desk) -> Response:
    """Return an error as the page gets it; what stands in the file now goes with a conflict."""
    if isinstance(error, RefusedError):
        return _answer(error.status, error.what, error.remedy, error.code, error=error, desk=desk)
    if isinstance(error, NotSavedError):
        status = HTTPStatus.INSUFFICIENT_STORAGE
        return _answer(status, str(error), error.remedy, "disk")
    if isinstance(error, DossierError):
        return _answer(HTTPStatus.CONFLICT, str(error), error.remedy, "unreadable")
    if isinstance(error, VisavisError):
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), error.remedy, "invalid")
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part != "body")
        return _answer(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{where}: {first['msg']}" if where else first["msg"],
            None,
            "invalid",
        )
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        code = "not-found" if status is HTTPStatus.NOT_FOUND else "invalid"
        return _answer(status, status.phrase, None, code)
    return _answer(
        HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of the desk: nothing was saved", None, "fault"
    )


def _answer(
    status: HTTPStatus,
    what: str,
    remedy: str | None,
    code: str,
    *,
    error: RefusedError | None = None,
    desk: Desk | None = None,
) -> Response:
    theirs: list[Line] = []
    now = revision = None
    if error is not None and desk is not None and error.code == "conflict":
        state, cameras = desk.now()
        revision = state.revision
        now = None if error.subject is None else cameras.get(error.subject)
        lines = () if error.subject is None else state.lines.get(error.subject, ())
        theirs = [told_line(line, row=line.row, mine=False) for line in lines]
    body = Conflict(
        title=status.phrase,
        status=int(status),
        detail=what,
        remedy=remedy,
        code=code,
        what=[] if error is None else list(error.about),
        theirs=theirs,
        now=now,
        revision=revision,
    )
    return Response(body.model_dump_json(), status, {"Cache-Control": "no-store"}, _PROBLEM_JSON)
