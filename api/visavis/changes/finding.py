"""What is to be told of two disclosures that were compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from visavis.changes.succession import Succession
from visavis.changes.words import WORDS
from visavis.model.findings import Finding, raised

# From so many on, moves are held against each other.
_FEWEST_ALIKE: Final = 4
_MOVED: Final = ("moved", "moved_and_turned")


def findings_of(compared: Succession, rows: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield how two disclosures differ, and where most cameras moved alike, which a sheet does and cameras do not."""
    earlier, later = compared.earlier.disclosure_id, compared.later.disclosure_id
    counts = Counter(row["change"] for row in rows)
    yield raised(
        WORDS,
        "changes.compared" if compared.order_known else "changes.order-unknown",
        later,
        earlier,
        earlier=earlier,
        later=later,
        added=counts["added"],
        removed=counts["removed"],
        moved=sum(counts[code] for code in _MOVED),
        turned=counts["turned"] + counts["moved_and_turned"],
        kept=counts["kept"],
    )
    paired = sum(row["moved_m"] is not None for row in rows if "moved_m" in row)
    lines = [np.asarray(row["geometry"].coords) for row in rows if row["change"] in _MOVED]
    if len(lines) < max(_FEWEST_ALIKE, paired / 2):
        return
    steps = np.array([line[1] - line[0] for line in lines])
    middle = np.median(steps, axis=0)
    length = float(np.hypot(*middle))
    scatter = float(np.median(np.hypot(*(steps - middle).T)))
    if scatter < length / 2:
        yield raised(
            WORDS,
            "changes.moved-alike",
            later,
            earlier,
            earlier=earlier,
            later=later,
            moved=len(lines),
            metres=round(length, 1),
        )
