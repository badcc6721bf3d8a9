"""The law room: dated rules by jurisdiction, by when an answer is due under them, and by when one's own step.

In comes the reference table of rules; out go those that hold in a place on a day. Nothing here says that a rule is
broken.
"""

from visavis.law.calendars import is_working_day, last_working_day, next_working_day
from visavis.law.deadlines import Due, due_on, send_by
from visavis.law.rules import JURISDICTIONS, RULES, TOPICS, in_force, jurisdictions_over

__all__ = [
    "JURISDICTIONS",
    "RULES",
    "TOPICS",
    "Due",
    "due_on",
    "in_force",
    "is_working_day",
    "jurisdictions_over",
    "last_working_day",
    "next_working_day",
    "send_by",
]
