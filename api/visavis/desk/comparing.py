"""Two files of corrections of a dossier compared without a desk: its sheets are read for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from visavis.desk.agreeing import agreed, agreement_of
from visavis.desk.answers.agreement import Agreed
from visavis.desk.desk import Desk
from visavis.desk.sheets import cache_folder


def compare_files(dossier: Path, other: Path, spaces: Sequence[Path] = ()) -> Agreed:
    """Return how far a dossier's own corrections agree with another file of them.

    Raises
    ------
    VisavisError
        Where the dossier or one of the files can't be read.
    """
    desk = Desk(dossier, spaces, initials="", clock=lambda: datetime.now(UTC), cache=cache_folder())
    desk.read_all()
    state, cameras = desk.now()
    if state.snapshot.problem is not None:
        raise state.snapshot.problem
    their_state, their_cameras = desk.state_by(other)
    found = agreement_of(state, their_state)
    return agreed(found, cameras, their_cameras, (desk.journal.file, other))
