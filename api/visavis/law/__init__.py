"""The law room: dated rules by jurisdiction, and by when an answer is due under them.

In comes the reference table of rules; out go those that hold in a place on a day. Nothing here says that a rule is
broken.
"""

from visavis.law.deadlines import due_on
from visavis.law.rules import JURISDICTIONS, RULES, TOPICS, in_force, jurisdictions_over

__all__ = ["JURISDICTIONS", "RULES", "TOPICS", "due_on", "in_force", "jurisdictions_over"]
