"""Which licences let a piece of a paper be shown beside what was read from it."""

from __future__ import annotations

from itertools import product
from typing import Final

# Names of the SPDX list where it has one, in small letters. Each lets parts be copied and published by anybody, for any
# purpose; those that forbid commerce or changes are not among them, as nobody knows who will serve the layers.
OPEN_LICENCES: Final = frozenset(
    {
        "cc0-1.0",
        *(
            f"{name}-{version}"
            for name, version in product(("cc-by", "cc-by-sa"), ("2.0", "2.5", "3.0", "4.0"))
        ),
        "cc-pddc",
        "dl-de-by-2.0",
        "dl-de-zero-2.0",
        "etalab-1.0",
        "etalab-2.0",
        "nlod-2.0",
        "odbl-1.0",
        "odc-by-1.0",
        "ogl-uk-1.0",
        "ogl-uk-2.0",
        "ogl-uk-3.0",
        "pddl-1.0",
        "public-domain",
    }
)

_OTHER_NAMES: Final = {
    "licence-ouverte-1.0": "etalab-1.0",
    "licence-ouverte-2.0": "etalab-2.0",
    "lov2": "etalab-2.0",
    "domaine-public": "public-domain",
    "pdm-1.0": "public-domain",
}


def may_show(licence: str | None) -> str:
    """Return the code of `SHOWINGS`: whether a paper's licence lets pieces of it be shown, or why not."""
    if licence is None or not licence.strip():
        return "licence_unknown"
    name = "-".join(licence.lower().replace("_", " ").replace("/", " ").replace("-", " ").split())
    return "shown" if _OTHER_NAMES.get(name, name) in OPEN_LICENCES else "licence_closed"
