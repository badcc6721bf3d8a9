"""A folder is filled beside its place and moved into it when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from visavis.model.errors import DossierError


def refuse_filled(folder: Path) -> None:
    """Refuse a folder that is there already.

    Raises
    ------
    DossierError
        Where it is, and not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DossierError("is there already", file=folder, remedy="Name a new folder")


def make_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside and move it into place; where that fails nothing is left of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fill(beside)
        beside.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
