"""A file of others read in a process of its own, so that it can cost no more than it may.

Comes in: a function that takes a file's bytes, what to call it with, and limits of memory and time.
Goes out: what the function gives, or its error, as if it had been called here; where the process took too much
or broke down, a `SheetError`.
Never: a result kept from a process that broke its limits.

It bounds what a damaged or swollen file costs; it is no wall against a file that takes the process over.
"""

from visavis.apart.limits import Limits
from visavis.apart.running import read_apart

__all__ = ["Limits", "read_apart"]
