"""What the desk answers of two people who read the same sheet."""

from __future__ import annotations

from typing import Literal

from visavis.desk.answers.cameras import DeskCamera
from visavis.desk.answers.plain import Told


class KindAgreement(Told):
    """Cohen's kappa of kinds over the cameras that both have; `table` counts ours by theirs."""

    kappa: float | None
    n: int
    agreed: int
    kinds: list[str]
    table: list[list[int]]


class ExistenceAgreement(Told):
    """Whether both say that it is a camera, over what either reviewed."""

    kappa: float | None
    n: int
    agreed: int


class PlaceAgreement(Told):
    """Distances between the two places of a camera."""

    n: int
    median_m: float | None
    p95_m: float | None
    rms_m: float | None


class DirectionAgreement(Told):
    """Angles between the two directions of a camera that both know."""

    n: int
    median_deg: float | None
    p95_deg: float | None
    one_unknown: int


class Differing(Told):
    """A camera on which the two differ."""

    camera_id: str
    ours: DeskCamera | None
    theirs: DeskCamera | None
    differs: list[Literal["existence", "kind", "label", "place", "direction"]]
    place_m: float | None = None
    direction_deg: float | None = None


class Agreed(Told):
    """How far two people's corrections agree."""

    ours: str
    theirs: str
    both: int
    """Cameras that both reviewed."""
    kinds: KindAgreement
    existence: ExistenceAgreement
    labels: KindAgreement | None = None
    places: PlaceAgreement
    directions: DirectionAgreement
    differing: list[Differing]
