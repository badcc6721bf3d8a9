"""What every answer is made of: a frozen shape, words in both languages, a box on a sheet."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Box = tuple[float, float, float, float]


class Told(BaseModel):
    """Anything that is answered: frozen, and with the fields that it declares alone."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Words(Told):
    """A sentence or name in both languages."""

    en: str
    fr: str


class Named(Words):
    """A code of the vocabulary with its words."""

    name: str


class Problem(Words):
    """What is wrong or doubtful in a file; `row` is its line in it, where it is about one."""

    file: str
    row: int | None = None
    remedy: str | None = None
    code: str | None = None
