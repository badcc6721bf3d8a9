"""visavis: from disclosed camera maps to the private spaces that the cameras could view.

The way through the house, each arrow one declared table::

    disclosures → digitising → cameras → views → exposures → layers → store → service → web
                  readers → spaces ───────┘                     └──────────→ exports

Rooms that measure (``digitising``, ``cameras``, ``spaces``, ``views``, ``exposures``) are pure: they take
tables and return tables and findings. ``readers``, ``store``, ``exports`` and ``service`` touch the world.
"""

from importlib.metadata import version

__version__ = version("visavis")

__all__ = ["__version__"]
