"""Spoil files in many ways and hold the readers to it: an answer or one line, never a fault, a crash or a hang.

    python -m tools.damaging --count 200 --seed 1
    python -m tools.damaging --seconds 600

Small files of every kind are drawn, spoilt by seeded mutations, and read in a process of their own. A case is
told again by its kind and number: ``--only pdf:17``. Prints one JSON object; the exit code is 1 where a reader
broke.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import cv2
import numpy as np
import pandas as pd
import pikepdf
import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from visavis.digitising.labels import join_labels
from visavis.digitising.legend import read_legend
from visavis.digitising.other_pages import texts_beside
from visavis.digitising.scans import Scan
from visavis.digitising.sheet import read_sheet
from visavis.digitising.symbols import find_symbols
from visavis.model.errors import VisavisError
from visavis.readers.camera_tables import table_in_workbook

_LONGEST_S: Final = 20
_MOST_CUTS: Final = 12
_LEGEND: Final = pd.DataFrame(
    [("fixed", "fixe", 300.0, 20.0, 330.0, 50.0, 0.0)],
    columns=["kind", "name", "x0", "y0", "x1", "y1", "points_to_deg"],
)
_WORDS: Final = (
    b"/Kids", b"/Length", b"/MediaBox", b"/Filter", b"/FlateDecode", b"/Form", b"/Image", b"/Rotate 90", b"<<", b">>",
    b"endstream", b"endobj", b"0 0 0 0 re", b" cm ", b" Do ", b"BT", b"ET", b"q ", b"Q ", b"99999999999", b"-1",
    b"\0\0\0\0",     b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
)  # fmt: skip


def main() -> None:
    """Read the arguments, run the cases in a process that may break, print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="cases")
    parser.add_argument("--seconds", type=float, help="go on for so long instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one case, kind:number")
    parser.add_argument("--from", dest="first", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        kind, number = given.only.split(":")
        sys.stdout.write(f"{_tried(kind, spoilt(kind, given.seed, int(number)))}\n")
    elif given.first is not None:
        _run_from(given.first, given.count, given.seed)
    else:
        told = run(given.count, given.seed, given.seconds)
        sys.stdout.write(json.dumps(told) + "\n")
        raise SystemExit(1 if told["broken"] else 0)


def run(count: int, seed: int, seconds: float | None = None) -> dict[str, Any]:
    """Return how many cases ended how, and which broke a reader."""
    outcomes: Counter[str] = Counter()
    broken: list[str] = []
    began = time.monotonic()
    at = 0
    while (at < count) if seconds is None else (time.monotonic() - began < seconds):
        batch = count - at if seconds is None else 2_000
        command = [
            sys.executable,
            "-m",
            "tools.damaging",
            "--from",
            str(at),
            "--count",
            str(batch),
            "--seed",
            str(seed),
        ]
        left = None if seconds is None else max(1.0, seconds - (time.monotonic() - began))
        timer = None if left is None else time.monotonic() + left
        case = ""
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as done:  # noqa: S603
            for line in done.stdout or ():
                case, _, outcome = line.strip().partition(" ")
                if outcome:
                    outcomes[outcome.split(":")[0]] += 1
                    at += 1
                    if outcome.startswith(("fault", "hang")):
                        broken.append(f"{case} {outcome}")
                if timer is not None and time.monotonic() > timer:
                    done.terminate()
                    break
        code = done.returncode
        stopped = timer is not None and time.monotonic() > timer
        if code and not case:
            raise RuntimeError("the readers could not be started")
        if code and not stopped:
            outcomes["crash"] += 1
            broken.append(f"{case} crash: exit {code}")
            at += 1
        if stopped:
            break
    return {
        "cases": sum(outcomes.values()),
        **outcomes,
        "broken": broken,
        "seconds": round(time.monotonic() - began),
    }


def spoilt(kind: str, seed: int, number: int) -> bytes:
    """Return the file of a kind, spoilt in the way of this number."""
    chance = random.Random(f"{kind} {seed} {number}")  # noqa: S311  (no secret)
    content = bytearray(_FILES[kind]())
    for _ in range(chance.choice((1, 1, 2, 4, 8, 30))):
        chance.choice(_WAYS)(content, chance)
    return bytes(content)


def _run_from(first: int, count: int, seed: int) -> None:
    faulthandler.enable()
    signal.signal(signal.SIGALRM, _too_long)
    kinds = list(_FILES)
    for number in range(first, first + count):
        kind = kinds[number % len(kinds)]
        sys.stdout.write(f"{kind}:{number} ")
        sys.stdout.flush()
        sys.stdout.write(f"{_tried(kind, spoilt(kind, seed, number))}\n")
        sys.stdout.flush()


class _TooLong(BaseException):
    pass


def _too_long(*_: object) -> None:
    raise _TooLong


def _tried(kind: str, content: bytes) -> str:
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LONGEST_S)
    try:
        _read(kind, content)
    except VisavisError as error:
        return "told" if str(error) and "\n" not in str(error) else "fault: more than a line"
    except _TooLong:
        return "hang"
    except Exception as error:  # every other one is a fault of ours, and told
        return f"fault: {type(error).__name__} {error}"[:160].replace("\n", " ")
    finally:
        signal.alarm(0)
    return "read"


def _read(kind: str, content: bytes) -> None:
    if kind == "xlsx":
        table_in_workbook(content)
        return
    shown = read_sheet(content)
    texts_beside(content, page=1)
    if isinstance(shown, Scan):
        return
    legend = read_legend(_LEGEND, shown.width, shown.height)
    marks, _ = find_symbols(shown, legend)
    join_labels(shown, legend, marks)


def _pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(360, 240), invariant=1)
    for x, y in ((315, 205), (60, 60), (150, 120), (240, 60), (90, 180)):
        path = canvas.beginPath()
        for n, (dx, dy) in enumerate(((-4, -3), (4, -3), (0, 9))):
            (path.lineTo if n else path.moveTo)(x + dx, y + dy)
        path.close()
        canvas.setFillColorRGB(0.8, 0.1, 0.1)
        canvas.drawPath(path, stroke=1, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(x + 8, y + 4, f"C{x}")
    canvas.showPage()
    canvas.drawString(40, 200, "Page two")
    canvas.save()
    return buffer.getvalue()


def _bare_pdf() -> bytes:
    """Return the PDF with its streams unpacked, so that mutations meet operators."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf())) as document:
        document.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return buffer.getvalue()


def _pixels() -> Any:
    return pdfium.PdfDocument(_pdf())[0].render(scale=0.5).to_numpy()[:, :, :3]


def _packed(ending: str) -> bytes:
    return bytes(cv2.imencode(ending, _pixels())[1].tobytes())


def _tiff() -> bytes:
    return bytes(cv2.imencodemulti(".tif", [_pixels(), np.rot90(_pixels()).copy()])[1].tobytes())


def _picture_pdf() -> bytes:
    document = pdfium.PdfDocument.new()
    picture = pdfium.PdfImage.new(document)
    picture.load_jpeg(io.BytesIO(_packed(".jpg")), inline=True)
    picture.set_matrix(pdfium.PdfMatrix().scale(360, 240))
    page = document.new_page(360, 240)
    page.insert_obj(picture)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx() -> bytes:
    books: Any = import_module("tests.readers.books")
    return bytes(books.xlsx({"Caméras": [["N°", "Type"], ["1", "fixe"], ["2", "dôme"]]}))


def _flip(content: bytearray, chance: random.Random) -> None:
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _overwrite(content: bytearray, chance: random.Random) -> None:
    if content:
        at = chance.randrange(len(content))
        content[at : at + 4] = chance.randbytes(4)


def _insert(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    content[at:at] = chance.choice(_WORDS)


def _cut(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    del content[at : at + chance.randrange(1, 200)]


def _double(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    content[at:at] = content[at : at + chance.randrange(1, 400)]


def _shorten(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) // 2, len(content) + 1) :]


def _renumber(content: bytearray, chance: random.Random) -> None:
    figures = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
    for i in chance.sample(figures, min(len(figures), chance.randrange(1, _MOST_CUTS))):
        content[i] = 48 + chance.randrange(10)


_WAYS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    _flip, _flip, _overwrite, _insert, _insert, _cut, _double, _renumber, _renumber, _shorten,
)  # fmt: skip
_FILES: Final[dict[str, Callable[[], bytes]]] = {
    "pdf": _pdf,
    "bare-pdf": _bare_pdf,
    "picture-pdf": _picture_pdf,
    "png": lambda: _packed(".png"),
    "jpeg": lambda: _packed(".jpg"),
    "tiff": _tiff,
    "xlsx": _xlsx,
}

if __name__ == "__main__":
    main()
