"""The reference tables that ship with the package: camera models, defaults, rules of law, plate reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from visavis.cameras import CAMERA_DEFAULTS, CAMERA_MODELS
from visavis.datasets import reference
from visavis.following import PLATE_NEEDS
from visavis.law import JURISDICTIONS, RULES
from visavis.model.errors import TableError, VisavisError
from visavis.model.provenance import Source, sha256_of
from visavis.model.schema import Table

LICENCE = "CC0-1.0"


@dataclass(frozen=True)
class Reference:
    """What a build looks up, and where it stands."""

    models: pd.DataFrame
    defaults: pd.DataFrame
    rules: pd.DataFrame
    plate_needs: pd.DataFrame
    sources: tuple[Source, ...]


def read_reference() -> Reference:
    """Return the reference tables that ship with the package.

    Raises
    ------
    TableError
        Where one of them breaks its declaration, with file and row.
    """
    held = read_jurisdictions()
    return Reference(
        models=read_models(),
        defaults=read_defaults(),
        rules=read_rules(),
        plate_needs=read_plate_needs(),
        sources=tuple(
            _source(name, title)
            for name, title in (
                ("camera-models", "Camera models"),
                ("camera-defaults", "What is assumed of cameras"),
                ("plate-reading", "What reading a number plate needs"),
                *(
                    (f"jurisdictions/{code.lower()}", f"Rules of law, {name}, version {version}")
                    for code, name, version in zip(
                        *(held[column].astype("str") for column in ("jurisdiction", "name_en", "version")),
                        strict=True,
                    )
                ),
            )
        ),
    )


def read_models(file: Path | None = None) -> pd.DataFrame:
    """Return the catalogue of camera models, CAMERA_MODELS; the shipped one unless a file is given."""
    return _read(file or reference("camera-models.csv"), CAMERA_MODELS)


def read_defaults(file: Path | None = None) -> pd.DataFrame:
    """Return what is assumed of cameras, CAMERA_DEFAULTS; the shipped one unless a file is given."""
    return _read(file or reference("camera-defaults.csv"), CAMERA_DEFAULTS)


def read_plate_needs(file: Path | None = None) -> pd.DataFrame:
    """Return what reading a number plate needs, PLATE_NEEDS; the shipped table unless a file is given."""
    file = file or reference("plate-reading.csv")
    needs = _read(file, PLATE_NEEDS)
    if (needs["applied"] == "yes").sum() != 1:
        raise TableError("does not say of just one need that it is applied", file=file, remedy="Choose one")
    return needs


def read_rules(folder: Path | None = None) -> pd.DataFrame:
    """Return the rules of law of every jurisdiction, RULES; the shipped ones unless a folder is given."""
    folder = folder or reference("jurisdictions")
    tables = []
    for code in read_jurisdictions(folder)["jurisdiction"]:
        file = folder / f"{str(code).lower()}.csv"
        rules = _read(file, RULES)
        foreign = rules.loc[rules["jurisdiction"] != code, "rule_id"]
        if len(foreign):
            raise TableError(
                f"holds a rule of another jurisdiction than {code}",
                file=file,
                row=str(foreign.iloc[0]),
                remedy="Move it",
            )
        tables.append(rules)
    return RULES.check(pd.concat(tables, ignore_index=True))


def read_jurisdictions(folder: Path | None = None) -> pd.DataFrame:
    """Return the jurisdictions whose rules are known, and which version of them, JURISDICTIONS."""
    return _read((folder or reference("jurisdictions")) / "index.csv", JURISDICTIONS)


def _read(file: Path, table: Table) -> pd.DataFrame:
    try:
        cells = pd.read_csv(file, dtype="str", encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    except FileNotFoundError:
        raise TableError("no such file", file=file, remedy=f"Give a CSV with the {table.name}") from None
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as broken:
        raise TableError(f"is not a CSV in UTF-8 ({broken})", file=file, remedy="Save it again") from None
    foreign = sorted(set(cells.columns) - set(table.columns))
    if foreign:
        raise TableError(
            f"has columns that {table.name} does not know: {', '.join(foreign)}",
            file=file,
            remedy=f"Keep to {', '.join(table.columns)}",
        )
    try:
        return table.frame(cells)
    except VisavisError as error:
        raise error.located(file) from None
    except ValueError as broken:
        raise TableError(
            f"holds a number that is none ({broken})", file=file, remedy="Mend the cell"
        ) from None


def _source(name: str, title: str) -> Source:
    file = reference(f"{name}.csv")
    return Source(
        source_id=f"visavis/{name}",
        title=title,
        licence=LICENCE,
        attribution="visavis",
        sha256=sha256_of(file.read_bytes()),
    )
