"""CGAL's triangular expansion, compiled when it is first asked for and kept in the machine's temporary folder."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self, cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import PeerMissingError

Floats = NDArray[np.float64]

SOURCE: Final = Path(__file__).with_suffix(".cpp")
_FLAGS: Final = ("-std=c++17", "-O3", "-march=native", "-DNDEBUG", "-frounding-math")
_LIBRARIES: Final = ("-lmpfr", "-lgmp")

# A square frame that no range reaches; without it there is no face to look around in.
_FRAME: Final = np.array([[-1, -1, 1, -1], [1, -1, 1, 1], [1, 1, -1, 1], [-1, 1, -1, -1]], dtype=float)


class Cgal:
    """A process that answers for one scene of walls and some places among them.

    Parameters
    ----------
    walls : ndarray (n, 4), metres
    places : ndarray (m, 2), metres
        None of them on a wall.
    frame_m : float
        Half the side of a square around the origin that closes the scene: more than any range reaches.

    Raises
    ------
    PeerMissingError
        Where there is no compiler or no CGAL.
    """

    def __init__(self, walls: Floats, places: Floats, frame_m: float) -> None:
        program = _compiled()
        self._folder = tempfile.TemporaryDirectory()
        scene = Path(self._folder.name) / "scene.txt"
        with scene.open("w") as out:
            for rows in (np.vstack([walls, frame_m * _FRAME]), places):
                out.write(f"{len(rows)}\n")
                np.savetxt(out, rows, fmt="%.17g")
        self._process = subprocess.Popen(  # noqa: S603 -- our own program, built above
            [program, scene], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._into, self._out = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        _, *told = self._answer().split()
        self.segments, self.edges = int(told[0]), int(told[1])
        self.build_s, self.prepare_s = float(told[2]), float(told[3])

    def pass_s(self, range_m: float) -> float:
        """Return the seconds that looking from all places took, clip included."""
        return float(self._ask(f"pass {range_m!r}"))

    def areas_m2(self, range_m: float) -> Floats:
        """Return the area that each place sees within a range, from exact corners."""
        return np.array(self._ask(f"areas {range_m!r}").split(), dtype=float)

    def outline(self, k: int) -> Floats:
        """Return the corners (n, 2) of what place k sees up to the frame, relative to it, from exact corners."""
        return np.array(self._ask(f"outline {k}").split(), dtype=float).reshape(-1, 2)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes its input, upon which it ends
        self._folder.cleanup()

    def _ask(self, command: str) -> str:
        self._into.write(command + "\n")
        self._into.flush()
        return self._answer()

    def _answer(self) -> str:
        line = self._out.readline()
        if not line:
            raise RuntimeError(f"CGAL's peer ended with code {self._process.wait()}")
        return line


def _compiled() -> Path:
    """Return the program, built anew when its source, flags or compiler have changed."""
    compiler = shutil.which("g++")
    if compiler is None:
        raise PeerMissingError("no g++ on this machine (Debian: apt-get install g++ libcgal-dev)")
    version = subprocess.run([compiler, "--version"], capture_output=True, check=True).stdout  # noqa: S603
    key = hashlib.sha256(SOURCE.read_bytes() + repr(_FLAGS).encode() + version).hexdigest()[:16]
    program = Path(tempfile.gettempdir()) / f"visavis-cgal-peer-{key}"
    if program.exists():
        return program
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        fresh = Path(folder) / "peer"
        command = [compiler, *_FLAGS, str(SOURCE), *_LIBRARIES, "-o", str(fresh)]
        built = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if built.returncode:
            first = next((line for line in built.stderr.splitlines() if "error" in line), "no reason given")
            raise PeerMissingError(
                f"CGAL's peer does not build (apt-get install libcgal-dev): {first.strip()}"
            )
        fresh.replace(program)
    return program
