"""The changes room: what became of each camera from one disclosure to a later one of the same authority?

In come complete cameras of all disclosures, each with its errors; out goes a row for each camera of each two
disclosures that can be compared: added, removed, moved, turned, or kept. What errors alone could explain is no change.
That a camera is on no later paper does not say that it is gone.
"""

from visavis.changes.comparing import Changed, changes_of
from visavis.changes.succession import Disclosed
from visavis.changes.table import CAMERA_CHANGES

__all__ = ["CAMERA_CHANGES", "Changed", "Disclosed", "changes_of"]
