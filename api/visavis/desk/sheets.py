"""The sheets of a dossier read once, in the background, each in a process of its own; what was read is kept."""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from visavis.apart import read_apart
from visavis.desk.grounding import grounded
from visavis.digitising import page_pictures
from visavis.digitising.corrections import Correction
from visavis.digitising.marking import Marked
from visavis.digitising.page_pictures import PagePicture, draw_page
from visavis.digitising.reading import mark_sheet_of
from visavis.model.errors import VisavisError
from visavis.readers.dossier import Sheet
from visavis.store.placing import placed

T = TypeVar("T")
_CODE: Final = Path(page_pictures.__file__).parent


@dataclass
class Reading:
    """A sheet and how far reading it has come.

    Parameters
    ----------
    sheet : Sheet
    state : str
        `waiting`, `reading`, `read`, `failed`.
    picture : PagePicture or None
        Without its bytes, which lie in `png`.
    marked : Marked or None
        Of the last reading that went well.
    error : VisavisError or None
    """

    sheet: Sheet
    state: Literal["waiting", "reading", "read", "failed"] = "waiting"
    picture: PagePicture | None = None
    png: Path | None = None
    marked: Marked | None = None
    error: VisavisError | None = None
    began: float | None = None
    seconds: float | None = None
    drawn: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        return self.sheet.file.name

    @property
    def waited_s(self) -> float | None:
        if self.seconds is not None or self.began is None:
            return self.seconds
        return time.monotonic() - self.began


class Sheets:
    """Reads sheets one after the other in a thread, and says when something has come of it."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        cache: Path,
        corrections: Callable[[], Sequence[Correction]],
        changed: Callable[[], None],
    ) -> None:
        self.readings = {sheet.file.name: Reading(sheet) for sheet in sheets}
        self._cache = cache
        self._corrections = corrections
        self._changed = changed
        self._waiting: list[str] = []
        self._more = threading.Condition()
        self._ended = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read all sheets."""
        self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._waiting = list(self.readings)
        self._thread = threading.Thread(target=self._read_on, name="visavis-sheets", daemon=True)
        self._thread.start()

    def read_all(self) -> None:
        """Read all sheets here and now."""
        self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        for reading in self.readings.values():
            self._read(reading)
        self._changed()

    def again(self, sheet: Sheet) -> None:
        """Read a sheet anew, its legend having changed."""
        reading = self.readings[sheet.file.name]
        reading.sheet, reading.state = sheet, "waiting"
        with self._more:
            if reading.name not in self._waiting:
                self._waiting.append(reading.name)
            self._more.notify()

    def end(self) -> None:
        """Begin no other sheet."""
        with self._more:
            self._ended = True
            self._more.notify()

    def _read_on(self) -> None:
        while True:
            with self._more:
                while not self._waiting and not self._ended:
                    self._more.wait()
                if self._ended:
                    return
                name = self._waiting.pop(0)
            self._read(self.readings[name])
            self._changed()

    def _read(self, reading: Reading) -> None:
        sheet = reading.sheet
        reading.state, reading.began, reading.seconds, reading.error = "reading", time.monotonic(), None, None
        self._changed()
        try:
            if reading.picture is None:
                reading.picture, reading.png = self._drawn(sheet)
                reading.drawn.set()
                self._changed()
            ground = grounded(sheet, self._corrections(), None)
            georef = ground.georef if ground.fixed is not None else None
            reading.marked = self._marked(sheet, georef)
            reading.state = "read"
        except VisavisError as error:
            reading.state, reading.error = "failed", error.located(sheet.file)
        except OSError as error:
            reading.state = "failed"
            reading.error = VisavisError(
                f"what was read can't be kept ({error.strerror or error})",
                file=self._cache,
                remedy="Make room on the disk",
            )
        finally:
            reading.drawn.set()
        reading.seconds = time.monotonic() - reading.began

    def _drawn(self, sheet: Sheet) -> tuple[PagePicture, Path]:
        key = _digest(sheet.content, sheet.page, _code())
        file, told = self._cache / f"{key}.png", self._cache / f"{key}.picture"
        kept = _kept(told, PagePicture)
        if kept is None or not file.is_file():
            whole = read_apart(draw_page, sheet.content, page=sheet.page)
            with placed(file) as beside:
                beside.write_bytes(whole.png)
            kept = replace(whole, png=b"")
            _keep(told, kept)
        return kept, file

    def _marked(self, sheet: Sheet, georef: Any) -> Marked:
        table = None if sheet.table is None else sheet.table.to_csv()
        key = _digest(
            sheet.content,
            sheet.file.name,
            sheet.page,
            sheet.symbols.to_csv(),
            table,
            georef is not None,
            _code(),
        )
        file = self._cache / f"{key}.marks"
        kept = _kept(file, Marked)
        if kept is None:
            kept = read_apart(
                mark_sheet_of,
                sheet.content,
                name=sheet.file.name,
                georef=georef,
                symbols=sheet.symbols,
                table=sheet.table,
                page=sheet.page,
            )
            _keep(file, kept)
        return kept


def cache_folder() -> Path:
    """Return the folder of this person in which what was read is kept."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "visavis" / "desk"


def _digest(*parts: object) -> str:
    told = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode()
        told.update(f"{len(content)}:".encode() + content)
    return told.hexdigest()[:32]


def _code() -> str:
    """Return a digest of all that reads sheets: what another version read is not taken for what this one would."""
    told = hashlib.sha256()
    for file in sorted(_CODE.rglob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()


def _kept(file: Path, kind: type[T]) -> T | None:
    try:
        found = pickle.loads(file.read_bytes())  # noqa: S301  (written by ourselves, in this person's own folder)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
        return None
    return found if isinstance(found, kind) else None


def _keep(file: Path, what: object) -> None:
    with placed(file) as beside:
        beside.write_bytes(pickle.dumps(what))
