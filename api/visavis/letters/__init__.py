"""The letters room: what a person may send, written and never sent.

In come the facts of a case, the rules in force on a day, and the templates; out go letters in parts, whose blanks stay
visible until somebody fills them in. Nothing here knows who writes.
"""

from visavis.letters.blanks import BLANKS, Blank, Computed
from visavis.letters.case import CameraFacts, Case, Held
from visavis.letters.letter import Letter, Part, Role
from visavis.letters.writing import ABOUT, ANSWERS, Templates, named_rules, write

__all__ = [
    "ABOUT",
    "ANSWERS",
    "BLANKS",
    "Blank",
    "CameraFacts",
    "Case",
    "Computed",
    "Held",
    "Letter",
    "Part",
    "Role",
    "Templates",
    "named_rules",
    "write",
]
