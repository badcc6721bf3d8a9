"""The table of changes: one row for each camera of two disclosures that are compared."""

from __future__ import annotations

from typing import Final

from visavis.model.schema import flag, key, number, shape, spatial_table, text
from visavis.model.vocabulary import CAMERA_KINDS, CHANGES, PAIRINGS

CAMERA_CHANGES: Final = spatial_table(
    "camera_changes",
    ("Point", "LineString"),
    change_id=key("camera or disclosure>camera or disclosure"),
    disclosure_id=text("The later disclosure"),
    earlier_disclosure_id=text("The earlier one"),
    order_known=flag("True where both tell their day, or the year in their id, and the days differ"),
    change=text("What became of the camera", among=CHANGES),
    camera_from=text("Camera of the earlier disclosure; empty where it was added", optional=True),
    camera_to=text("Camera of the later one; empty where it was removed", optional=True),
    label_from=text("Its label on the earlier paper", optional=True),
    label_to=text("Its label on the later paper", optional=True),
    kind_from=text("Its kind on the earlier paper", among=CAMERA_KINDS, optional=True),
    kind_to=text("Its kind on the later paper", among=CAMERA_KINDS, optional=True),
    paired_by=text("By what the two are taken for one camera", among=PAIRINGS, optional=True),
    covered=flag("True where its place lies on the ground that the cameras of the other disclosure span"),
    moved_m=number("Distance between its two places", "m", least=0, optional=True),
    moved_sd_m=number(
        "Standard deviation of that, along each axis, by both errors", "m", least=0, optional=True
    ),
    moved_p=number(
        "Probability that the errors alone bring the two places as far apart",
        "1",
        least=0,
        most=1,
        optional=True,
    ),
    turned_deg=number(
        "Turn from the earlier direction to the later, clockwise; empty where either is not known",
        "deg",
        least=-180,
        below=180,
        optional=True,
    ),
    turned_sd_deg=number("Its standard deviation, by both errors", "deg", least=0, optional=True),
    turned_p=number("Probability that the errors alone turn it as far", "1", least=0, most=1, optional=True),
    geometry=shape("Its place; of a camera that moved, the line from the earlier place to the later"),
)
