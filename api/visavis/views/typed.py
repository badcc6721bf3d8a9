"""Beginnings of one type: what begins as a literal is compiled for that literal, and then once more."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

ZERO: Final[Any] = np.int64(0)
YES: Final[Any] = np.bool_(True)
NO: Final[Any] = np.bool_(False)
