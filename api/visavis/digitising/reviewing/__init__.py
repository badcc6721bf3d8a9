"""What is least sure on a sheet, and how far two people agree on it.

Comes in: the marks of a sheet, cameras as two people left them. Goes out: how sure each reading is to be right, an
order to look at them, figures of agreement. Never: a camera changed.
"""

from visavis.digitising.reviewing.agreement import Agreement, agreement, kappa
from visavis.digitising.reviewing.confidence import Confidence, confidences
from visavis.digitising.reviewing.queueing import Sureness, expected, queue

__all__ = [
    "Agreement",
    "Confidence",
    "Sureness",
    "agreement",
    "confidences",
    "expected",
    "kappa",
    "queue",
]
