"""Two people's files of corrections held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from visavis.desk.answers.agreement import (
    Agreed,
    Differing,
    DirectionAgreement,
    ExistenceAgreement,
    KindAgreement,
    PlaceAgreement,
)
from visavis.desk.answers.cameras import DeskCamera
from visavis.desk.state import State
from visavis.digitising.reviewing import Agreement, agreement
from visavis.digitising.reviewing.agreement import Counted

_P95: Final = 95


def agreement_of(ours: State, theirs: State) -> Agreement:
    """Return how far two files of corrections of one dossier agree."""
    return agreement(
        ours.corrected.cameras,
        theirs.corrected.cameras,
        frozenset(ours.lines),
        frozenset(theirs.lines),
    )


def agreed(
    found: Agreement,
    ours: Mapping[str, DeskCamera],
    theirs: Mapping[str, DeskCamera],
    files: tuple[Path, Path],
) -> Agreed:
    """Return an agreement as the page gets it."""
    return Agreed(
        ours=files[0].name,
        theirs=files[1].name,
        both=found.both,
        kinds=_kinds(found.kinds),
        existence=ExistenceAgreement(
            kappa=found.existence.kappa, n=found.existence.n, agreed=found.existence.agreed
        ),
        labels=_kinds(found.labels),
        places=PlaceAgreement(
            n=len(found.place_m),
            median_m=_quantile(found.place_m, 50),
            p95_m=_quantile(found.place_m, _P95),
            rms_m=float(np.sqrt(np.mean(found.place_m**2))) if len(found.place_m) else None,
        ),
        directions=DirectionAgreement(
            n=len(found.direction_deg),
            median_deg=_quantile(found.direction_deg, 50),
            p95_deg=_quantile(found.direction_deg, _P95),
            one_unknown=found.one_unknown,
        ),
        differing=[
            Differing(
                camera_id=each.camera_id,
                ours=ours.get(each.camera_id),
                theirs=theirs.get(each.theirs_id),
                differs=list(each.differs),  # type: ignore[arg-type]
                place_m=each.place_m,
                direction_deg=each.direction_deg,
            )
            for each in found.differing
        ],
    )


def _kinds(counted: Counted) -> KindAgreement:
    return KindAgreement(
        kappa=counted.kappa,
        n=counted.n,
        agreed=counted.agreed,
        kinds=list(counted.answers),
        table=counted.table.tolist(),
    )


def _quantile(values: Any, percent: float) -> float | None:
    return float(np.percentile(values, percent)) if len(values) else None
