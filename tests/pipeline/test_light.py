"""What a build loads that has no sheets to read."""

from __future__ import annotations

import subprocess
import sys


def test_a_build_loads_what_reads_sheets_only_where_there_are_some() -> None:
    told = "import sys, visavis.pipeline; print(*(each for each in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"cv2", "pdfplumber", "scipy.optimize", "rasterio", "openpyxl"}.intersection(loaded)
