"""A record of a town that was asked for its cameras, as each test wants it."""

from __future__ import annotations

from typing import Any

from visavis.disclosures import Record


def asked_record(*requests: dict[str, Any], status: str, jurisdiction: str = "FR") -> Record:
    """Return a record of some requests; of those that don't say, the status is the one given."""
    first, *rest = ({"status": status, **request} for request in requests)
    return Record.model_validate(
        {
            "id": "fr/town/2021-cameras",
            "title": "Cameras",
            "authority": "Town",
            "country": "FR",
            "jurisdiction": jurisdiction,
            "licence": "CC0-1.0",
            "attribution": "Town",
            "request": first,
            "requests": rest,
        }
    )
