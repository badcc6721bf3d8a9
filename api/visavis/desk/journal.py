"""The file of corrections as the desk writes it: on disk before anybody is answered, whole or not at all.

Every change writes the file anew beside itself and moves it into place, under a lock that all desks of a dossier
share: a desk that is killed, a disk that is full leave the file as it was or as it was to be. Bytes that the desk did
not write are never changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from visavis.digitising.corrections import Correction
from visavis.model.errors import DossierError, VisavisError
from visavis.readers.corrections import CorrectionsFile, read_corrections_file
from visavis.store.placing import placed

NO_FILE: Final = "none"


class NotSavedError(VisavisError):
    """The disk did not take it: nothing was changed."""


class ChangedError(VisavisError):
    """What was to be taken out is not there as it was written."""


@dataclass(frozen=True)
class Snapshot:
    """The file as it stood at one moment.

    Parameters
    ----------
    revision : str
        A digest of its bytes.
    read : CorrectionsFile
        Empty where it can't be read.
    problem : DossierError or None
        Why its lines can't be told apart; nothing is written to such a file.
    """

    revision: str
    read: CorrectionsFile
    problem: DossierError | None = None


@dataclass(frozen=True)
class Entry:
    """What one act wrote: its lines, and all that was put behind the file's end for it."""

    added: bytes
    corrections: tuple[Correction, ...]
    made_file: bool


class Journal:
    """A dossier's file of corrections."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def snapshot(self) -> Snapshot:
        """Return the file as it stands."""
        content = self._content()
        revision = NO_FILE if content is None else revision_of(content)
        try:
            return Snapshot(revision, read_corrections_file(content or b"", self.file))
        except DossierError as broken:
            return Snapshot(revision, CorrectionsFile(), broken)

    def append(
        self,
        corrections: Sequence[Correction],
        check: Callable[[Snapshot], Sequence[Correction]] | None = None,
    ) -> tuple[Entry, Snapshot]:
        """Write corrections behind the others, all or none, and return what was written and the file as it stands then.

        Parameters
        ----------
        corrections : sequence of Correction
        check : callable, optional
            Gets the file as it stands under the lock; what it returns is written in their place. It raises where they
            don't fit any more.

        Raises
        ------
        NotSavedError, DossierError
        """
        with self._locked():
            now = self._sound()
            kept = tuple(check(now) if check is not None else corrections)
            try:
                added = now.read.appended(kept)
            except DossierError as unfit:
                raise unfit.located(self.file) from None
            made = self._content() is None
            self._replace(now.read.content + added)
            return Entry(added, kept, made), self.snapshot()

    def again(
        self, entry: Entry, check: Callable[[Snapshot], object] = lambda _: None
    ) -> tuple[Entry, Snapshot]:
        """Write once more what was taken out, as it was written."""

        def checked(now: Snapshot) -> Sequence[Correction]:
            check(now)
            return entry.corrections

        return self.append(entry.corrections, checked)

    def take_out(
        self, entry: Entry, check: Callable[[Snapshot, Snapshot], object] = lambda *_: None
    ) -> Snapshot:
        """Take the lines of an entry out, the last ones that are written so; what lies behind them stays.

        Parameters
        ----------
        entry : Entry
        check : callable, optional
            Gets the file as it stands and as it would; raises where that must not be.

        Raises
        ------
        ChangedError
            Where one of them is not there any more.
        NotSavedError, DossierError
        """
        with self._locked():
            now = self._sound()
            content = self._without(now.read, entry)
            then = (
                Snapshot(NO_FILE, CorrectionsFile())
                if content is None
                else Snapshot(revision_of(content), read_corrections_file(content, self.file))
            )
            check(now, then)
            self._replace(content)
            return self.snapshot()

    def _without(self, read: CorrectionsFile, entry: Entry) -> bytes | None:
        """Return the file's bytes without an entry, None for no file."""
        if read.content.endswith(entry.added):
            rest = read.content[: len(read.content) - len(entry.added)]
            return None if entry.made_file and not rest else rest
        content = read.content
        alone = CorrectionsFile(b"x\n", read.encoding, read.separator, read.end, read.columns)
        lines = list(read.lines)
        for correction in reversed(entry.corrections):
            raw = alone.appended([correction])
            found = next(
                (line for line in reversed(lines) if _same(content, line.start, line.stop, raw)), None
            )
            if found is None:
                raise ChangedError(
                    f"the line of this {correction.act} is not there any more as it was written",
                    file=self.file,
                    remedy="Look at the file: somebody changed it by hand",
                )
            # Lines behind it have been taken out already, so that where it lies still holds.
            content = content[: found.start] + content[found.stop :]
            lines = [line for line in lines if line.stop <= found.start]
        return content

    def _sound(self) -> Snapshot:
        now = self.snapshot()
        if now.problem is not None:
            raise now.problem
        return now

    def _content(self) -> bytes | None:
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotSavedError(
                f"can't be read ({error.strerror})", file=self.file, remedy="Check the disk and its rights"
            ) from error

    def _replace(self, content: bytes | None) -> None:
        try:
            if content is None:
                self.file.unlink(missing_ok=True)
            else:
                with placed(self.file) as beside:
                    beside.write_bytes(content)
                    if self.file.exists():
                        shutil.copymode(self.file, beside)
            self._flush_folder()
        except OSError as error:
            raise NotSavedError(
                f"could not be written ({error.strerror or error}): nothing was saved",
                file=self.file,
                remedy="Make room on the disk, or check its rights, and do it again",
            ) from error

    def _flush_folder(self) -> None:
        folder = os.open(self.file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder, so that two desks write one after the other; the system lets go where a desk dies."""
        try:
            folder = os.open(self.file.resolve().parent, os.O_RDONLY)
        except OSError as error:
            raise NotSavedError(
                f"its folder can't be opened ({error.strerror})", file=self.file, remedy="Check the disk"
            ) from error
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def revision_of(content: bytes) -> str:
    """Return a digest of a file's bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def _same(content: bytes, start: int, stop: int, raw: bytes) -> bool:
    return content[start:stop].rstrip(b"\r\n") == raw.rstrip(b"\r\n")
