"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real open data; `VISAVIS_SHARED` says where, beside the checkout by default."""
    folder = Path(os.environ.get("VISAVIS_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"real data is absent: {folder.name}/data not found; set VISAVIS_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return ROOT
