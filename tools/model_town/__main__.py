"""Write the model town: ``python -m tools.model_town [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.model_town.writing import write_town

FOLDER = Path(__file__).resolve().parents[2] / "data" / "model-town"

if __name__ == "__main__":
    write_town(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
