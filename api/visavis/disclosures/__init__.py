"""The disclosures room: dossiers, their documents, claims, and what was withheld and why.

In comes a dossier as read from its folder; out go its record as tables. Nothing here opens a sheet or measures.
"""

from visavis.disclosures.table import CLAIMS, COMPARISONS, DISCLOSURES, DOCUMENTS, WITHHELD

__all__ = ["CLAIMS", "COMPARISONS", "DISCLOSURES", "DOCUMENTS", "WITHHELD"]
