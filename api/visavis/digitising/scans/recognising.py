"""Text in pictures: where it stands, and how likely a picture shows some given words.

Both are told by the networks of PP-OCRv6, which come inside the package `rapidocr` and run offline. A network
of this kind (connectionist temporal classification: Graves et al. 2006, "Connectionist temporal classification",
ICML, § 3 and 4.1) gives a probability to every string of characters, so that it can be asked about the labels
that a sheet may bear, rather than for any word that there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

LINE_PX: Final = 48  # the height at which the network reads
_LEAST_WIDTH: Final = 96
_WIDEST: Final = 2_400
_BATCH: Final = 16
_NEVER: Final = 1e-12
_DETECTOR: Final = {
    "Global.log_level": "critical",
    "Global.use_preprocess_img": False,
    "Global.use_vertical_padding": False,
    "Det.limit_type": "min",
    "Det.limit_side_len": 32,
}


@dataclass(frozen=True, eq=False)
class Reading:
    """What a picture of one line reads as.

    Parameters
    ----------
    text : str
    sureness : float
        Mean probability of its characters.
    probability : array (t, characters)
        From left to right, the blank first.
    """

    text: str
    sureness: float
    probability: Array


def find_text(picture: Pixels) -> Array:
    """Return the corners (n, 4, 2) of pieces of text: upper left, upper right, lower right, lower left.

    Parameters
    ----------
    picture : array (h, w, 3) of uint8, RGB
    """
    sides = [32 * max(1, round(side / 32)) for side in picture.shape[:2]]
    padded = cv2.copyMakeBorder(
        picture,
        0,
        max(0, sides[0] - picture.shape[0]),
        0,
        max(0, sides[1] - picture.shape[1]),
        cv2.BORDER_REPLICATE,
    )
    found = _detector()(np.ascontiguousarray(padded[:, :, ::-1]), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return np.empty((0, 4, 2))
    return np.asarray(found.boxes, dtype=np.float64).reshape(-1, 4, 2)


def read_lines(pictures: Sequence[Pixels]) -> list[Reading]:
    """Return what each picture of one line, RGB and `LINE_PX` high, reads as."""
    session, characters = _recogniser()
    readings: list[Reading | None] = [None] * len(pictures)
    by_width = sorted(range(len(pictures)), key=lambda i: pictures[i].shape[1])
    for start in range(0, len(by_width), _BATCH):
        batch = by_width[start : start + _BATCH]
        probability = session.run(None, {session.get_inputs()[0].name: _prepared(pictures, batch)})[0]
        for i, rows in zip(batch, probability, strict=True):
            readings[i] = _read(np.asarray(rows, dtype=np.float64), characters)
    return [reading for reading in readings if reading is not None]


def log_likelihoods(probability: Array, texts: Sequence[str]) -> Array:
    """Return the natural logarithm of the probability of each text, by the forward algorithm."""
    if not texts:
        return np.empty(0)
    index = {character: i for i, character in enumerate(_recogniser()[1])}
    known = [all(character in index for character in text) for text in texts]
    longest = max(map(len, texts))
    # Blanks stand between characters and at both ends; what lies behind a short text is never reached.
    states = np.zeros((len(texts), 2 * longest + 1), dtype=np.int64)
    for row, text in enumerate(texts):
        states[row, 1 : 2 * len(text) : 2] = [index.get(character, 0) for character in text]
    skips = np.zeros(states.shape, dtype=bool)
    skips[:, 2:] = (states[:, 2:] != 0) & (states[:, 2:] != states[:, :-2])
    logs = np.log(np.maximum(probability, _NEVER))
    at = np.full(states.shape, -np.inf)
    at[:, :2] = logs[0, states[:, :2]]
    for step in logs[1:]:
        one = np.pad(at[:, :-1], ((0, 0), (1, 0)), constant_values=-np.inf)
        two = np.where(skips, np.pad(at[:, :-2], ((0, 0), (2, 0)), constant_values=-np.inf), -np.inf)
        at = np.logaddexp(np.logaddexp(at, one), two) + step[states]
    ends = np.array([2 * len(text) for text in texts])
    rows = np.arange(len(texts))
    total = np.logaddexp(at[rows, ends], at[rows, np.maximum(ends - 1, 0)])
    return np.where(known, total, -np.inf)


def line_picture(colour: Pixels, corners: Array) -> Pixels:
    """Return a piece of a picture laid straight, `LINE_PX` high.

    Parameters
    ----------
    colour : array (h, w, 3) of uint8
    corners : array (4, 2)
        Upper left, upper right, lower right, lower left, in pixels.
    """
    width = (np.hypot(*(corners[1] - corners[0])) + np.hypot(*(corners[2] - corners[3]))) / 2
    height = (np.hypot(*(corners[3] - corners[0])) + np.hypot(*(corners[2] - corners[1]))) / 2
    wide = int(np.clip(round(LINE_PX * width / max(height, 1.0)), 8, _WIDEST))
    straight = np.array([(0, 0), (wide, 0), (wide, LINE_PX), (0, LINE_PX)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(corners, dtype=np.float32), straight)
    return np.asarray(
        cv2.warpPerspective(
            colour,
            matrix,
            (wide, LINE_PX),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.uint8,
    )


def _prepared(pictures: Sequence[Pixels], batch: Sequence[int]) -> NDArray[np.float32]:
    """Return pictures as the network takes them: from -1 to 1, blue first, padded on the right."""
    width = max(_LEAST_WIDTH, *(pictures[i].shape[1] for i in batch))
    filled = np.zeros((len(batch), 3, LINE_PX, width), dtype=np.float32)
    for row, i in enumerate(batch):
        scaled = pictures[i][:, :, ::-1].astype(np.float32) / 127.5 - 1
        filled[row, :, :, : scaled.shape[1]] = scaled.transpose(2, 0, 1)
    return filled


def _read(probability: Array, characters: Sequence[str]) -> Reading:
    best = probability.argmax(axis=1)
    kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    text = "".join(characters[i] for i in best[kept])
    sureness = float(probability[kept, best[kept]].mean()) if kept.any() else 0.0
    return Reading(text, sureness, probability)


@lru_cache(maxsize=1)
def _detector() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=dict(_DETECTOR))


@lru_cache(maxsize=1)
def _recogniser() -> tuple[Any, tuple[str, ...]]:
    """Return the network's session and its characters, the blank first."""
    import onnxruntime

    models = files("rapidocr") / "models"
    name = next(entry.name for entry in models.iterdir() if "rec" in entry.name and "onnx" in entry.name)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        (models / name).read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ("", *characters, " ")
