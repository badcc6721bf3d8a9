"""What the desk answers: its shapes, from which the page's TypeScript is written.

Places and boxes on a sheet are pixels of its page picture at full size: x right, y down. Places on the ground are
WGS 84 degrees, directions degrees clockwise from true north.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Box = tuple[float, float, float, float]


class Told(BaseModel):
    """Anything that is answered: frozen, and with the fields that it declares alone."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Words(Told):
    """A sentence or name in both languages."""

    en: str
    fr: str


class Named(Words):
    """A code of the vocabulary with its words."""

    name: str


class Page(Told):
    """A page of a sheet's file: the size of its picture in pixels."""

    page: int
    width: int
    height: int


class DeskSheet(Told):
    """A sheet of the dossier and how far reading it has come."""

    file: str
    pages: list[Page]
    page: int
    """The one that is the plan."""
    reading: Literal["waiting", "reading", "read", "failed"]
    error: str | None = None
    remedy: str | None = None
    seconds: float | None = None
    """How long it has been read, or took."""
    cameras: int = 0
    reviewed: int = 0


class Problem(Words):
    """What is wrong or doubtful in a file; `row` is its line in it, where it is about one."""

    file: str
    row: int | None = None
    remedy: str | None = None
    code: str | None = None


class Desk(Told):
    """What the page opens with, and asks for again when something has changed."""

    disclosure_id: str
    title: str
    invented: bool
    initials: str
    kinds: list[Named]
    legend_kinds: list[Named]
    acts: list[Named]
    sheets: list[DeskSheet]
    reviewers: list[str]
    """Files of corrections found in the dossier beside its own: others' work to compare with."""
    map: bool
    revision: str
    writable: bool
    """Whether acts are taken: not where the file of corrections can't be read or written."""
    problems: list[Problem]


class Doubt(Words):
    """Why a camera is not sure."""

    what: Literal["symbol", "kind", "label", "place", "direction", "table", "unplaced", "finding"]


class Confidence(Told):
    """How sure each reading is to be right, 0 to 1; None where nothing was read that could be wrong."""

    symbol: float | None = None
    kind: float | None = None
    label: float | None = None
    place: float | None = None
    direction: float | None = None
    sureness: float
    """The least of them; 1 for a camera that a person reviewed."""


class CameraRead(Told):
    """A camera's fields as a program first read them."""

    label: str | None
    kind: str
    x: float | None
    y: float | None
    longitude: float | None
    latitude: float | None
    position_sd_m: float | None
    azimuth_deg: float | None
    azimuth_sd_deg: float | None


class DeskCamera(CameraRead):
    """A camera as it stands now: read, and corrected by the lines so far."""

    camera_id: str
    sheet_file: str | None
    page: int | None
    box: Box | None
    sheet_deg: float | None
    """Its direction clockwise from the sheet's up at its place."""
    standing: Literal["detected", "reviewed", "stated"]
    reviewed_by: str | None
    reviewed_on: str | None
    confidence: Confidence
    doubts: list[Doubt]
    read: CameraRead | None
    """None for one that a person added."""
    deleted: bool
    added: bool
    findings: list[Words]
    lines: list[int]
    """Rows of corrections.csv that are about it."""


class SheetSureness(Told):
    """How sure the sheet is by now, over the cameras that nobody has reviewed yet."""

    mean: float | None
    least: float | None
    expected_wrong: float
    """Cameras expected to be wrong in something: the sum of their doubts, each of them 1 less its sureness."""


class Cameras(Told):
    """All cameras of the dossier and the queue."""

    revision: str
    cameras: list[DeskCamera]
    queue: list[str]
    left: int
    reviewed: int
    total: int
    sureness: SheetSureness
    problems: list[Problem]


ActName = Literal["confirm", "move", "turn", "add", "delete", "relabel", "set-control-point"]


class Seen(Told):
    """One side of an act. A place is either on the ground, or x and y in pixels of the page picture."""

    longitude: float | None = None
    latitude: float | None = None
    x: float | None = None
    y: float | None = None
    position_sd_m: float | None = None
    azimuth_deg: float | None = None
    sheet_deg: float | None = None
    azimuth_sd_deg: float | None = None
    height_m: float | None = None
    label: str | None = None
    kind: str | None = None


class Wanted(Told):
    """An act that the page asks for.

    What `before` leaves out is taken from the camera as this desk shows it at `revision`. In `after` of a turn an
    azimuth of null says that the direction is unknown.
    """

    act: ActName
    subject: str | None = None
    """Left out of an add: the desk gives the id."""
    before: Seen | None = None
    after: Seen | None = None
    who: str | None = None
    """Initials; those of the desk where left out, none where empty."""
    sheet: str | None = None
    page: int | None = None


class OneAct(Wanted):
    """An act with the revision that it was made on."""

    revision: str


class ManyActs(Told):
    """Acts that are taken all or none."""

    acts: list[Wanted]
    revision: str


class AtRevision(Told):
    """The revision that a step back or forth was made on."""

    revision: str


class Line(Told):
    """A line of corrections.csv as it stands there; undone ones have no row."""

    row: int | None
    act: str
    subject: str
    before: str
    after: str
    who: str
    when: str
    undone: bool = False
    mine: bool = False
    """Whether this desk wrote it: only those are taken back."""


class Taken(Told):
    """What an act, a step back or a step forth changed."""

    revision: str
    line: int | None
    """Row of the (last) line written; None where lines were taken out."""
    act: str
    """What was done, undone or done again."""
    cameras: list[DeskCamera]
    """Those that differ from before; deleted ones are told with `deleted`."""
    gone: list[str]
    """Ids that are there no more at all: an added camera whose line was taken out."""
    queue: list[str]
    left: int
    reviewed: int
    total: int
    sureness: SheetSureness
    can_undo: bool
    can_redo: bool
    problems: list[Problem]
    control_points: ControlPoints | None = None
    """Of the sheet, where a control point was set."""


class Conflict(Told):
    """Why an act was not taken (409): the subject is not as the person saw it any more."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    remedy: str | None = None
    code: str
    what: list[str] = []
    theirs: list[Line] = []
    now: DeskCamera | None = None
    revision: str | None = None


class History(Told):
    """All lines, oldest first, and those that this desk took back and may do again."""

    revision: str
    lines: list[Line]
    can_undo: bool
    can_redo: bool


class Ground(Told):
    """The built world around the sheets, CRS84 GeoJSON; empty collections where no spaces were given."""

    buildings: dict[str, Any]
    streets: dict[str, Any]
    addresses: dict[str, Any]
    bounds: Box | None


class Outline(Told):
    """A sheet's corners on the ground, from its top left clockwise; `steps` of its edge between them for a bent one."""

    corners: list[tuple[float, float]]
    ring: list[tuple[float, float]]
    """Closed."""


class PointPlace(Told):
    """A control point as the page handles it."""

    x: float
    y: float
    longitude: float
    latitude: float
    name: str | None = None


class DeskPoint(PointPlace):
    """A control point with how it fits."""

    number: int
    subject: str
    residual_m: float | None
    loo_m: float | None
    """How far it lies from where the map of the other points puts it."""
    outlier: bool
    from_file: bool
    """Whether the sheet's own file of control points has it, else a line of corrections."""


class Tried(Told):
    """A form of map and how well it foretells points left out."""

    name: str
    loo_rms_m: float | None
    why_not: Words | None
    chosen: bool


class Proposal(Told):
    """A control point that a program proposes: nothing until a person accepts it."""

    id: str
    x: float
    y: float
    longitude: float
    latitude: float
    name: str | None = None
    origin: Literal["street", "buildings"]
    words: Words
    score: float
    """0 to 1: how much speaks for it."""


class Suggesting(Told):
    """How far proposing has come."""

    state: Literal["none", "waiting", "running", "done", "failed"]
    error: str | None = None
    remedy: str | None = None
    seconds: float | None = None


class ControlPoints(Told):
    """A sheet's control points and the map that they give."""

    revision: str
    sheet: str
    points: list[DeskPoint]
    transformation: str | None
    why: Words
    tried: list[Tried]
    rms_m: float | None
    """Root mean square of the leave-one-out errors."""
    residual_rms_m: float | None
    corners_sd_m: list[float]
    """Standard deviation of a place at the four corners and the middle of the sheet."""
    proposals: list[Proposal]
    suggesting: Suggesting
    findings: list[Words]
    error: str | None
    """Why there is no map yet: too few points, all on a line."""
    remedy: str | None
    next_number: int
    outline: Outline | None


class TryPoints(Told):
    """Control points to try without saving."""

    points: list[PointPlace]


class Example(Told):
    """An example of the legend."""

    id: str
    page: int
    box: Box
    kind: str
    name: str = ""
    azimuth_deg: float | None = None
    """Which way it points, clockwise from the page's up; None where it points nowhere."""


class Legend(Told):
    """The legend of a sheet as its symbols file has it."""

    revision: str
    file: str
    page: int
    examples: list[Example]
    kinds: list[Named]
    problems: list[Problem]


class LegendExamples(Told):
    """Examples to try on the sheet."""

    examples: list[Example]


class LegendToSave(LegendExamples):
    """Examples to write, with the revision of the file that they were made on."""

    revision: str


class FoundSymbol(Told):
    """A symbol that the examples would find."""

    x: float
    y: float
    box: Box
    kind: str
    azimuth_deg: float | None
    """Clockwise from the page's up."""
    score: float


class LegendTry(Told):
    """What the examples would find; `job` is asked for again at `/api/jobs/{job}` until it is done."""

    job: str
    state: Literal["waiting", "running", "done", "failed"]
    found: list[FoundSymbol]
    findings: list[Words]
    seconds: float | None
    error: str | None = None
    remedy: str | None = None


class KindAgreement(Told):
    """Cohen's kappa of kinds over the cameras that both have; `table` counts ours by theirs."""

    kappa: float | None
    n: int
    agreed: int
    kinds: list[str]
    table: list[list[int]]


class ExistenceAgreement(Told):
    """Whether both say that it is a camera, over what either reviewed."""

    kappa: float | None
    n: int
    agreed: int


class PlaceAgreement(Told):
    """Distances between the two places of a camera."""

    n: int
    median_m: float | None
    p95_m: float | None
    rms_m: float | None


class DirectionAgreement(Told):
    """Angles between the two directions of a camera that both know."""

    n: int
    median_deg: float | None
    p95_deg: float | None
    one_unknown: int


class Differing(Told):
    """A camera on which the two differ."""

    camera_id: str
    ours: DeskCamera | None
    theirs: DeskCamera | None
    differs: list[Literal["existence", "kind", "label", "place", "direction"]]
    place_m: float | None = None
    direction_deg: float | None = None


class Agreed(Told):
    """How far two people's corrections agree."""

    ours: str
    theirs: str
    both: int
    """Cameras that both reviewed."""
    kinds: KindAgreement
    existence: ExistenceAgreement
    labels: KindAgreement | None = None
    places: PlaceAgreement
    directions: DirectionAgreement
    differing: list[Differing]


Taken.model_rebuild()

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
