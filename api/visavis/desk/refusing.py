"""Why something that was asked for is not done, each with the code and status that the page gets."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from visavis.model.errors import RequestError


class RefusedError(RequestError):
    """An act that is not done; nothing was changed.

    Parameters
    ----------
    what, remedy : str
    code : str
        `conflict`, `unfit`, `unreadable`, `disk`, `nothing-to-undo`, `invalid`, `not-found`, `not-ready`.
    status : HTTPStatus
    about : sequence of str
        In which of its fields the subject differs from what the person saw.
    subject : str, optional
        The camera in question.
    since : str, optional
        The revision that the person saw.
    """

    def __init__(
        self,
        what: str,
        *,
        code: str,
        status: HTTPStatus = HTTPStatus.CONFLICT,
        remedy: str | None = None,
        about: Sequence[str] = (),
        subject: str | None = None,
        since: str | None = None,
    ) -> None:
        super().__init__(what, remedy=remedy)
        self.code = code
        self.status = status
        self.about = tuple(about)
        self.subject = subject
        self.since = since


def invalid(what: str, remedy: str | None = None) -> RefusedError:
    """Return that a request says something impossible."""
    return RefusedError(what, code="invalid", status=HTTPStatus.UNPROCESSABLE_ENTITY, remedy=remedy)


def not_found(what: str) -> RefusedError:
    """Return that there is no such thing."""
    return RefusedError(what, code="not-found", status=HTTPStatus.NOT_FOUND)
