"""The files that ship with the package: the model town, real dossiers and the reference tables.

They stand in ``visavis/_data`` of an installed wheel, and in ``data`` of a checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from visavis.model.errors import InputError

_INSTALLED: Final = Path(__file__).resolve().parent / "_data"
_CHECKOUT: Final = Path(__file__).resolve().parents[2] / "data"


def model_town() -> Path:
    """Return the folder of the model town: an invented dossier whose truth is known.

    Its buildings stand in ``town.osm``, the true cameras in ``truth/cameras.geojson``.
    """
    return _shipped("model-town")


def reference(name: str) -> Path:
    """Return a reference table by its file name, for example ``camera-models.csv``."""
    return _shipped(f"reference/{name}")


def disclosures(name: str = "") -> Path:
    """Return the folder of the shipped dossiers, or one of them: ``fr/valenciennes/2021-cameras``."""
    return _shipped(f"disclosures/{name}" if name else "disclosures")


def _shipped(name: str) -> Path:
    for home in (_INSTALLED, _CHECKOUT):
        if (home / name).exists():
            return home / name
    raise InputError(
        f"{name} is not part of this installation",
        remedy="Install the package again, or use a whole checkout",
    )
