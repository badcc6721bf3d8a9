"""Every error as problem details (RFC 9457), from one table of exceptions and statuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.model.errors import CostlyError, NotFoundError, RequestError, StoreError, VisavisError
from visavis.service.lines import logger

# The most specific first.
STATUSES: Final[Mapping[type[Exception], HTTPStatus]] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    CostlyError: HTTPStatus.UNPROCESSABLE_ENTITY,
    RequestError: HTTPStatus.BAD_REQUEST,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_PROBLEM_JSON: Final = "application/problem+json"


async def answer(request: Request, error: Exception) -> Response:
    """Return the problem details of an error; what only the operator may know stays out."""
    del request
    if isinstance(error, HTTPException):
        detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
        return problem(HTTPStatus(error.status_code), detail, None, error.headers)
    status = next(status for kind, status in STATUSES.items() if isinstance(error, kind))
    if isinstance(error, RequestError):
        return problem(status, error.what, error.remedy)
    if isinstance(error, StoreError):
        logger().error("the store can't be read", error=str(error))
        return problem(status, "The layers can't be read at the moment", "Try again later")
    return problem(status, "This is a fault of the service", "Tell its operator")


class Surprises:
    """Answers what nobody foresaw with a problem and tells the operator; the client learns nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noticed)
        except Exception as error:
            if begun:
                raise
            logger().exception("a request failed")
            response = await answer(Request(scope), error)
            await response(scope, receive, send)


HANDLED: Final = (HTTPException, VisavisError)


def problem(
    status: HTTPStatus, detail: str | None, remedy: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return problem details."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        **({} if detail is None else {"detail": detail}),
        **({} if remedy is None else {"remedy": remedy}),
    }
    return Response(
        json.dumps(told, ensure_ascii=False),
        status,
        {"Cache-Control": "no-store", **(headers or {})},
        _PROBLEM_JSON,
    )
