"""What the desk answers: its shapes, from which the page's TypeScript is written.

Places and boxes on a sheet are pixels of its page picture at full size: x right, y down. Places on the ground are
WGS 84 degrees, directions degrees clockwise from true north.
"""

from __future__ import annotations

from pydantic import BaseModel

from visavis.desk.answers.acts import AtRevision, Conflict, History, ManyActs, OneAct, Taken
from visavis.desk.answers.agreement import Agreed
from visavis.desk.answers.cameras import Cameras
from visavis.desk.answers.legends import Legend, LegendExamples, LegendToSave, LegendTry
from visavis.desk.answers.points import ControlPoints, TryPoints
from visavis.desk.answers.sheets import Desk, Ground, Outline

# What the page gets and sends, in the order in which its types are written.
SHAPES: tuple[type[BaseModel], ...] = (
    Desk,
    Cameras,
    OneAct,
    ManyActs,
    AtRevision,
    Taken,
    Conflict,
    History,
    Ground,
    Outline,
    ControlPoints,
    TryPoints,
    Legend,
    LegendExamples,
    LegendToSave,
    LegendTry,
    Agreed,
)
