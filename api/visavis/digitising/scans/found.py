"""A symbol laid on a page, and whether it is taken for one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.candidates import Pose, Variant
from visavis.digitising.scans.template import Template

# Of the evidence that the visible points could have.
_LEAST_SHARE: Final = 0.55
# Share times rim: of 1,050 true symbols on 13 scans of four styles, two agreed less; of letters and other signs, most.
LEAST_AGREEING: Final = 0.7
_LEAST_SHARE_BARE: Final = 0.75
_LEAST_POINTER: Final = 0.5
_DEARER: Final = 0.3
# Of the rim's visible points, those where the symbol's colour ends.
_LEAST_RIM: Final = 0.85
# Of a symbol and of its pointer, what must be in sight.
_LEAST_SEEN: Final = 0.35


@dataclass(frozen=True, eq=False)
class Found:
    """A symbol laid on the page.

    Parameters
    ----------
    share, rim, pointer, seen : float
        How much of its visible part agrees; of its rim; of its pointer; how much of it, or of its pointer, is
        visible, whichever is less.
    worth : float
        Evidence for it less what speaks against it.
    covariance : array (3, 3)
        Of x, y (pixels) and turn (radians).
    """

    variant: Variant
    pose: Pose
    share: float
    rim: float
    pointer: float
    seen: float
    worth: float
    covariance: NDArray[np.float64]

    @property
    def is_good(self) -> bool:
        if self.seen < _LEAST_SEEN or self.rim < _LEAST_RIM:
            return False
        # The less of it is in sight, the better that must agree.
        dearer = _DEARER * (1.0 - self.seen)
        if self.variant.is_bare:
            return self.share >= _LEAST_SHARE_BARE + dearer
        return self.share >= _LEAST_SHARE + dearer and self.pointer >= _LEAST_POINTER

    @property
    def agrees(self) -> float:
        """How much of its visible part and of its rim agrees, 0 to 1."""
        return self.share * self.rim

    @property
    def is_sure(self) -> bool:
        """Whether it agrees as symbols do, and not only as something much like one."""
        return self.agrees >= LEAST_AGREEING

    def shows(self, template: Template) -> bool:
        """Return whether it is a template's symbol, whole."""
        return self.variant.template is template and not self.variant.is_bare

    def placed(self, points: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return where points of its template lie on the page (n, 2)."""
        c, s = math.cos(self.pose.turn), math.sin(self.pose.turn)
        turned = self.variant.template.offsets[points] @ np.array([[c, s], [-s, c]])
        return np.asarray(turned + np.array([self.pose.x, self.pose.y]), dtype=np.float64)
