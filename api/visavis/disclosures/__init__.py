"""The disclosures room: dossiers, their requests, questions, documents, claims, and what was withheld and why.

In comes a dossier's record as read from its folder; out go its tables, and its claims held against each other, against
what the layers give and against what somebody saw. Nothing here opens a sheet or measures.
"""

from visavis.disclosures.coming_due import Step, steps_of
from visavis.disclosures.comparing import compare
from visavis.disclosures.contradictions import contradictions
from visavis.disclosures.doubting import doubts_of_claims, doubts_of_record, findings_of_record
from visavis.disclosures.licences import may_show
from visavis.disclosures.loose_ends import loose_ends
from visavis.disclosures.papers import documents_of, resting_on_papers
from visavis.disclosures.record import GazetteerEntry, Record, document_names, named_files
from visavis.disclosures.subjects import CAMERAS_INSTALLED, CAMERAS_VIEWING_PRIVATE_SPACES, RETENTION_DAYS
from visavis.disclosures.table import (
    CLAIMS,
    COMPARISONS,
    CONTRADICTIONS_TABLE,
    DISCLOSURES,
    DOCUMENTS,
    FILES,
    OBSERVATIONS,
    QUESTIONS,
    REQUESTS,
    TIMELINE,
    WITHHELD,
)
from visavis.disclosures.telling import tell, withheld_count, written_table

__all__ = [
    "CAMERAS_INSTALLED",
    "CAMERAS_VIEWING_PRIVATE_SPACES",
    "CLAIMS",
    "COMPARISONS",
    "CONTRADICTIONS_TABLE",
    "DISCLOSURES",
    "DOCUMENTS",
    "FILES",
    "OBSERVATIONS",
    "QUESTIONS",
    "REQUESTS",
    "RETENTION_DAYS",
    "TIMELINE",
    "WITHHELD",
    "GazetteerEntry",
    "Record",
    "Step",
    "compare",
    "contradictions",
    "document_names",
    "documents_of",
    "doubts_of_claims",
    "doubts_of_record",
    "findings_of_record",
    "loose_ends",
    "may_show",
    "named_files",
    "resting_on_papers",
    "steps_of",
    "tell",
    "withheld_count",
    "written_table",
]
