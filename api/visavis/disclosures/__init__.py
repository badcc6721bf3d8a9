"""The disclosures room: dossiers, their documents, claims, and what was withheld and why.

In comes a dossier's record as read from its folder; out go its tables, and its claims compared with what
the layers give. Nothing here opens a sheet or measures.
"""

from visavis.disclosures.record import GazetteerEntry, Record
from visavis.disclosures.table import CLAIMS, COMPARISONS, DISCLOSURES, DOCUMENTS, WITHHELD
from visavis.disclosures.telling import claims_table, compare, tell, withheld_count

__all__ = [
    "CLAIMS",
    "COMPARISONS",
    "DISCLOSURES",
    "DOCUMENTS",
    "WITHHELD",
    "GazetteerEntry",
    "Record",
    "claims_table",
    "compare",
    "tell",
    "withheld_count",
]
