"""The desk: one dossier, its file of corrections, what was read of its sheets, and what this desk did."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from visavis.desk.acting import correction_of
from visavis.desk.answers.acts import Wanted
from visavis.desk.answers.cameras import DeskCamera
from visavis.desk.grounding import Grounded, grounded
from visavis.desk.jobs import Job, Jobs
from visavis.desk.journal import ChangedError, Entry, Journal, Snapshot
from visavis.desk.refusing import RefusedError, not_found
from visavis.desk.rows import desk_cameras
from visavis.desk.sheets import Reading, Sheets
from visavis.desk.state import Base, State, base_of, sheet_now, state_of
from visavis.digitising.corrections import Correction, written
from visavis.digitising.listed import Listed
from visavis.model.errors import VisavisError
from visavis.model.findings import Finding
from visavis.papers import place_lists
from visavis.readers.corrections import FILE_NAME, FileLine
from visavis.readers.dossier import read_dossier
from visavis.readers.spaces import read_streets

_MOST_SEEN: Final = 200
_MOST_BASES: Final = 8
Cameras = Mapping[str, DeskCamera]


@dataclass(frozen=True)
class Done:
    """What was done, taken back or done again, and how the cameras stood before."""

    entry: Entry
    before: Cameras
    out: bool


class Desk:
    """A dossier under review.

    Parameters
    ----------
    folder : Path
    spaces : sequence of Path
        The built world around it, for the map and for proposals.
    initials : str
        Of the person, or nothing.
    clock : callable
    cache : Path
        Folder in which what was read is kept.

    Raises
    ------
    VisavisError
        Where the dossier itself, not its corrections, can't be read.
    """

    def __init__(
        self,
        folder: Path,
        spaces: Sequence[Path],
        *,
        initials: str,
        clock: Callable[[], datetime],
        cache: Path,
    ) -> None:
        self.folder = folder
        self.spaces = tuple(spaces)
        self.initials = initials
        self.dossier = read_dossier(folder, corrected=False)
        self.record = self.dossier.record
        self.journal = Journal(folder / (self.record.corrections or FILE_NAME))
        self.version = 0
        self._generation = 0
        self._clock = clock
        self._lock = threading.RLock()
        self._listed = self._lists()
        self._sound: Snapshot | None = None
        self._would: State | None = None
        self._bases: OrderedDict[tuple[int, str], Base] = OrderedDict()
        self._now: tuple[tuple[str, int], State, Cameras] | None = None
        self._seen: OrderedDict[str, Cameras] = OrderedDict()
        self.done: list[Entry] = self._written_before()
        self.undone: list[Entry] = []
        self.jobs = Jobs(self.tell)
        self.suggestions: dict[str, Job] = {}
        self.tries: dict[str, float] = {}
        self.sheets = Sheets(self.dossier.sheets, cache, self._lines, self._read_more)

    def start(self) -> None:
        """Begin to read the sheets."""
        self.sheets.start()

    def read_all(self) -> None:
        """Read all sheets here and now.

        Raises
        ------
        VisavisError
            Where one can't be read.
        """
        self.sheets.read_all()
        for reading in self.sheets.readings.values():
            if reading.error is not None:
                raise reading.error

    def end(self) -> None:
        """Stop what is done in the background."""
        self.sheets.end()
        self.jobs.end()

    def tell(self) -> None:
        """Let those who listen know that something has changed."""
        self.version += 1

    def now(self) -> tuple[State, Cameras]:
        """Return the cameras as they stand, whoever changed them."""
        with self._lock:
            snapshot = self.journal.snapshot()
            key = (snapshot.revision, self._generation)
            if self._now is None or self._now[0] != key:
                if snapshot.problem is None:
                    self._sound = snapshot
                elif self._sound is not None:
                    # What stood there while it could be read is shown on, with what is wrong.
                    snapshot = replace(snapshot, read=self._sound.read)
                state = self._state(snapshot)
                self._now = (key, state, desk_cameras(state))
                self._seen[snapshot.revision] = self._now[2]
                while len(self._seen) > _MOST_SEEN:
                    self._seen.popitem(last=False)
            return self._now[1], self._now[2]

    def _state(self, snapshot: Snapshot) -> State:
        """Return the state of a file; what an act was weighed by a moment ago is not computed again."""
        would, base = self._would, self._base(snapshot)
        if (
            would is not None
            and would.base is base
            and would.snapshot.read.corrections == snapshot.read.corrections
        ):
            return replace(would, snapshot=snapshot)
        return state_of(snapshot, base)

    def state_by(self, file: Path) -> tuple[State, Cameras]:
        """Return the cameras as another file of corrections would leave them."""
        with self._lock:
            snapshot = Journal(file).snapshot()
            if snapshot.problem is not None:
                raise snapshot.problem
            state = state_of(snapshot, self._base(snapshot))
            return state, desk_cameras(state)

    def reading(self, name: str) -> Reading:
        """Return a sheet and how far reading it has come."""
        found = self.sheets.readings.get(name)
        if found is None:
            raise not_found(f"there is no sheet {name}")
        return found

    def symbols_file(self, name: str) -> Path:
        """Return the file that a sheet's legend stands in."""
        for entry in self.record.sheets:
            if Path(entry.file).name == name:
                return self.folder / entry.symbols
        raise not_found(f"there is no sheet {name}")

    def ground(self, name: str) -> Grounded:
        """Return a sheet on the ground."""
        state, _ = self.now()
        sheet = state.sheet(name)
        if sheet is None or sheet.ground is None:
            raise RefusedError(f"{name} is not read yet", code="not-ready", remedy="Wait a moment")
        return sheet.ground

    def act(self, wanted: Sequence[Wanted], revision: str) -> Done:
        """Write acts as lines, all or none.

        Raises
        ------
        RefusedError, NotSavedError, DossierError
            Where nothing was written.
        """
        with self._lock:
            _, before = self.now()
            then = self._seen.get(revision)
            when = self._clock().isoformat(timespec="seconds")

            def check(snapshot: Snapshot) -> list[Correction]:
                return self._checked(wanted, snapshot, then, when)

            entry, _ = self.journal.append((), check)
            self.done.append(entry)
            self.undone.clear()
            return self._did(before, entry)

    def undo(self, revision: str) -> Done:
        """Take back what this desk did last: its lines are taken out."""
        with self._lock:
            if not self.done:
                raise RefusedError("there is nothing to undo", code="nothing-to-undo")
            entry = self.done[-1]
            before = self._before(revision)
            try:
                self.journal.take_out(entry, self._nothing_lost)
            except ChangedError as error:
                self.done.pop()
                raise RefusedError(error.what, code="conflict", remedy=error.remedy) from None
            self.undone.append(self.done.pop())
            return self._did(before, entry, out=True)

    def redo(self, revision: str) -> Done:
        """Do once more what was taken back last."""
        with self._lock:
            if not self.undone:
                raise RefusedError("there is nothing to do again", code="nothing-to-undo")
            entry = self.undone[-1]
            before = self._before(revision)
            again, _ = self.journal.again(entry, lambda now: self._fits(now, entry.corrections))
            self.undone.pop()
            self.done.append(again)
            return self._did(before, again)

    def _read_more(self) -> None:
        with self._lock:
            self._generation += 1
            self._bases.clear()
        self.tell()

    def _before(self, revision: str) -> Cameras:
        """Return the cameras as they stand; refuse where the person did not see them so."""
        state, cameras = self.now()
        if state.revision != revision:
            raise RefusedError(
                "the corrections were changed since, in another tab or by another person",
                code="conflict",
                remedy="Look at them anew and do it again if it still holds",
            )
        return cameras

    def _did(self, before: Cameras, entry: Entry, *, out: bool = False) -> Done:
        self.tell()
        return Done(entry, before, out)

    def _checked(
        self, wanted: Sequence[Wanted], snapshot: Snapshot, then: Cameras | None, when: str
    ) -> list[Correction]:
        """Return the lines of some acts, each made on what the ones before leave."""
        state, cameras = self.now()
        if state.revision != snapshot.revision:
            state = state_of(snapshot, self._base(snapshot))
            cameras = desk_cameras(state)
        corrections: list[Correction] = []
        for each in wanted:
            correction = correction_of(each, state, cameras, then, self.initials, when)
            corrections.append(correction)
            state = self._fits(snapshot, corrections)
            if len(wanted) > 1:
                cameras = desk_cameras(state)
                if then is not None and correction.subject in cameras:
                    then = {**then, correction.subject: cameras[correction.subject]}
        return corrections

    def _fits(self, snapshot: Snapshot, corrections: Sequence[Correction]) -> State:
        """Return the state with some lines more; refuse where one of them would fit nothing."""
        first = snapshot.read.next_row
        rows = range(first, first + len(corrections))
        lines = tuple(
            FileLine(row, 0, 0, replace(each, row=row), None)
            for row, each in zip(rows, corrections, strict=True)
        )
        more = replace(snapshot, read=replace(snapshot.read, lines=(*snapshot.read.lines, *lines)))
        self._would = state = state_of(more, self._base(more))
        told = next((f for f in state.unfit if f.figures.get("row") in rows), None)
        if told is not None:
            what = told.text_en.split(": ", 1)[-1].split("; the line is kept")[0]
            raise RefusedError(what, code="unfit", remedy="Look at it anew")
        return state

    def _nothing_lost(self, now: Snapshot, then: Snapshot) -> None:
        """Refuse to take lines out on which later ones rest."""
        # Their rows move up: lines are known by what they say.
        told = {_said(f) for f in state_of(now, self._base(now)).unfit}
        lost = [f for f in state_of(then, self._base(then)).unfit if _said(f) not in told]
        if lost:
            raise RefusedError(
                f"a later line rests on it: {lost[0].figures['act']} of {lost[0].figures['subject']}",
                code="conflict",
                remedy="Take that one back first",
            )

    def _base(self, snapshot: Snapshot) -> Base:
        lines = snapshot.read.corrections
        points = [(c.row, written(c)) for c in lines if c.act == "set-control-point"]
        key = (self._generation, repr(points))
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = self._based(lines)
            while len(self._bases) > _MOST_BASES:
                self._bases.popitem(last=False)
        return found

    def _based(self, lines: Sequence[Correction]) -> Base:
        sheets = []
        for name, reading in self.sheets.readings.items():
            try:
                ground = grounded(reading.sheet, lines, reading.picture)
            except VisavisError:
                ground = None
            sheets.append(sheet_now(name, reading.sheet.page, ground, reading.marked, self.record.id))
        return base_of(
            self.record.id,
            sheets,
            [*self.dossier.cameras, *(each.cameras for each in self._listed)],
            [each.unplaced for each in self._listed],
        )

    def _lists(self) -> list[Listed]:
        streets = read_streets(self.spaces) if self.dossier.seeks_places else ()
        return place_lists(self.dossier, streets)

    def _lines(self) -> Sequence[Correction]:
        return self.journal.snapshot().read.corrections

    def _written_before(self) -> list[Entry]:
        """Return the lines with these initials that stand in the file: undo goes on where an earlier desk ended."""
        read = self.journal.snapshot().read
        return [
            Entry(read.content[line.start : line.stop], (line.correction,), made_file=False)
            for line in read.lines
            if line.correction is not None and line.correction.who == self.initials
        ]


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.figures.get("act"), finding.subjects
