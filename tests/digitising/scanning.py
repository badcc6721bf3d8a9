"""Small plans as a scanner gives them: pixels, turned, grainy, grey or black and white, the truth known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pandas as pd
import pypdfium2
from tests.digitising.plans import HEIGHT, WIDTH, Plan

from visavis.digitising import Digitised, digitise, write_annotation

DPI = 150.0
PX_PER_POINT = DPI / 72.0


@dataclass
class Scanned:
    """A plan and how it is scanned."""

    plan: Plan = field(default_factory=Plan)
    grain: float = 0.0
    bilevel: bool = False
    quarter_turns: int = 0

    def pixels(self) -> np.ndarray:
        page = pypdfium2.PdfDocument(self.plan.pdf())[0]
        drawn = page.render(scale=PX_PER_POINT).to_numpy()[:, :, :3].astype(float)
        if self.grain:
            drawn = cv2.GaussianBlur(drawn, (0, 0), 0.7)
            drawn += np.random.default_rng(1).normal(0, self.grain, drawn.shape[:2])[:, :, None]
        if self.bilevel:
            drawn = np.where(drawn.mean(axis=2, keepdims=True) < 150, 0.0, 255.0) * np.ones(3)
        return np.rot90(np.clip(drawn, 0, 255).astype(np.uint8), -self.quarter_turns)

    def png(self) -> bytes:
        return png(self.pixels())

    def symbols(self) -> pd.DataFrame:
        rows = self.plan.symbols()
        corners = [
            self.seen(rows[f"x{i}"].to_numpy(), rows[f"y{j}"].to_numpy()) for i in (0, 1) for j in (0, 1)
        ]
        across, down = np.array([c[0] for c in corners]), np.array([c[1] for c in corners])
        return rows.assign(
            x0=across.min(axis=0),
            x1=across.max(axis=0),
            y0=down.min(axis=0),
            y1=down.max(axis=0),
            points_to_deg=(rows["points_to_deg"] + 90 * self.quarter_turns) % 360,
        )

    def georef(self) -> dict[str, object]:
        annotation = self.plan.annotation()
        points = [replace(p, x=x, y=y) for p in annotation.points for x, y in [self.seen(p.x, p.y)]]
        return write_annotation(replace(annotation, points=tuple(points)))

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a place of the drawing, in points."""
        u, v = x * PX_PER_POINT, y * PX_PER_POINT
        wide, high = WIDTH * PX_PER_POINT, HEIGHT * PX_PER_POINT
        return [(u, v), (high - v, u), (wide - u, high - v), (v, wide - u)][self.quarter_turns % 4]

    def read(self) -> Digitised:
        return read(self.png(), self)


def png(pixels: np.ndarray) -> bytes:
    done, content = cv2.imencode(".png", np.ascontiguousarray(pixels))
    assert done
    return content.tobytes()


def read(content: bytes, how: Scanned) -> Digitised:
    return digitise(
        content,
        name="plan.png",
        georef=how.georef(),
        symbols=how.symbols(),
        table=None,
        disclosure_id="d",
        source_id="s",
    )
