"""What the engine passes over could change nothing: it sees the same where it looks at every wall.

Run without being compiled, so that shortcuts can be taken out one by one. That this notices was tried by spoiling them
in 23 ways, among them bins that close for what is nearer too, boxes behind bins that are open for them, and each
comparison made at one end of a span alone; 17 change what is seen in these towns. The other six: one makes boxes always
matter, which costs time only. Each end of `_upwards`, and each comparison with 0 in `all_hidden`, follows from the
rest, for along a span the sign of a shade is that of the rise of what throws it, and no roof that is asked about is
lower than the lens. That the search ends only when what closed the bins is nearer than what is left changed nothing
in any town tried; it is kept, for the end of a long wall may lie further off than the next ring of cells.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
from typing import Any

import numpy as np
import pytest
import shapely
from numba.core.dispatcher import Dispatcher
from numpy.random import Generator
from shapely import affinity
from tests.views.test_against_line_of_sight import free_place
from tests.views.towns import house, spaces

from visavis import views
from visavis.views import Scene, in_sight, walking
from visavis.views.bearings import pointing
from visavis.views.lens import Lens
from visavis.views.sweep import FROM, HIGH_FROM, HIGH_TO, LOW_FROM, LOW_TO, TO, WALL
from visavis.views.walls import Floats

HOUSES = 160
# Towns in which some spoilt shortcut is noticed that is not in the others.
SEEDS = (0, 2, 6, 7, 10, 13, 15)
HEIGHTS = (1.5, 4.0, 9.0, 20.0)
RANGE_M = 300.0


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Put Python in the place of all that is compiled of the room."""
    for found in pkgutil.iter_modules(views.__path__, f"{views.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).copy().items():
            if isinstance(value, Dispatcher):
                monkeypatch.setattr(module, name, value.py_func)
    return monkeypatch


def wide_town(random: Generator) -> Any:
    """Return garages before towers before houses, some in the air, over half a kilometre."""
    rows = []
    for k in range(HOUSES):
        width, depth = random.uniform(4, 30, 2)
        shape = affinity.rotate(
            shapely.box(-width / 2, -depth / 2, width / 2, depth / 2), random.uniform(0, 360)
        )
        height = float(random.choice([2, 4, 8, 15, 40]) * random.uniform(0.8, 1.2))
        base = float(random.uniform(0.2, 0.8) * height) if k % 8 == 0 else 0.0
        place = random.uniform(-250, 250, 2)
        rows.append(house(f"h{k}", affinity.translate(shape, *place), height, base_m=base))
    return spaces(*rows)


def lenses(town: Any, random: Generator) -> list[Lens]:
    """Return lenses all round and ahead, low and high, near and far."""
    found = []
    for height in HEIGHTS:
        x, y = free_place(town, random)
        tilt, half = random.uniform(-10, 50), random.uniform(8, 35)
        low, high = (-math.tan(math.radians(tilt + side * half)) for side in (1, -1))
        axis, field = random.uniform(0, 6), math.radians(random.uniform(20, 110)) / 2
        found.append(Lens(x, y, height, 0.0, math.pi, RANGE_M, -math.inf, math.inf, 1.0, 0.0))
        found.append(Lens(x, y, height, axis, field, RANGE_M, low, high, 0.0, 0.0))
    return found


def seen(scene: Scene, lens: Lens) -> tuple[Floats, float]:
    """Return the area in view of each wall, and of the ground, its arcs and sides as chords."""
    facades, cells = scene.seen(lens)
    height = facades[:, [HIGH_FROM, HIGH_TO]].sum(axis=1) - facades[:, [LOW_FROM, LOW_TO]].sum(axis=1)
    area = (facades[:, TO] - facades[:, FROM]) * height / 2
    walls = np.bincount(facades[:, WALL].astype(int), area, minlength=len(scene.walls))
    ground = 0.0
    for cell in cells:
        reach = []
        for v in cell[:2]:
            x, y = pointing(v)
            off = math.hypot(x, y)
            far = lens.range_m / off if cell[7] == 1.0 else 1.0 / (cell[4] * x + cell[5] * y)
            near = 1.0 / (cell[2] * x + cell[3] * y) if cell[6] == 1.0 else 0.0
            reach.append((near * x, near * y, far * x, far * y))
        (a, b, c, d), (e, f, g, h) = reach
        ground += 0.5 * ((c * h - g * d) - (a * f - e * b))
    return walls, ground


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_passed_over_could_change_nothing(uncompiled: pytest.MonkeyPatch, seed: int) -> None:
    random = np.random.default_rng(seed)
    town = wide_town(random)
    scene = Scene.of(town)
    looks = lenses(town, random)
    quick = [seen(scene, lens) for lens in looks]
    for module, shortcut in (
        (in_sight, "_behind"),
        (in_sight, "_all_closed"),
        (walking, "_upwards"),
        (walking, "_shaded"),
        (walking, "all_hidden"),
    ):
        uncompiled.setattr(module, shortcut, lambda *_: False)
    uncompiled.setattr(in_sight, "_bins_open", lambda *_: True)
    for lens, (walls, ground) in zip(looks, quick, strict=True):
        all_walls, all_ground = seen(scene, lens)
        assert np.abs(walls - all_walls).max() < 1e-4
        assert ground == pytest.approx(all_ground, abs=1e-3)
