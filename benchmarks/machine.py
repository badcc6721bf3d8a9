"""What the figures were measured on, without a name of it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import numba
import numpy as np
import shapely

from visavis import __version__


def machine_line() -> str:
    """Return processor, cores, memory, and the versions that matter, in one paragraph."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = [
        f"visavis {__version__}",
        f"Python {platform.python_version()}",
        *(f"{each.__name__} {each.__version__}" for each in (numba, np)),
        f"shapely {shapely.__version__} on GEOS {shapely.geos_version_string}",
        *_of_peers(),
    ]
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {_processor()}, {os.cpu_count()} cores, {memory_gb:.0f} GB; "
        f"{platform.system()}; {', '.join(versions)}."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text("utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.machine()


def _of_peers() -> list[str]:
    found = []
    header = Path("/usr/include/CGAL/version.h")
    if header.is_file():
        lines = header.read_text("utf-8").splitlines()
        found += [f"CGAL {line.split()[-1]}" for line in lines if line.startswith("#define CGAL_VERSION ")]
    for program, word in (("g++", "g++"), ("gdalinfo", "GDAL")):
        path = shutil.which(program)
        if path:
            told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
            numbers = re.findall(r"\b\d+\.\d+\.\d+", told)
            found += [f"{word} {numbers[0]}"] if numbers else []
    return found
