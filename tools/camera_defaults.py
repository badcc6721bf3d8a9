"""Write the camera defaults among the reference tables: `python -m tools.camera_defaults`."""

from __future__ import annotations

from pathlib import Path

from visavis.cameras import house_defaults

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "camera-defaults.csv"


def as_csv() -> str:
    """Return the defaults as the file holds them."""
    return house_defaults().to_csv(index=False, lineterminator="\n")


def main() -> None:
    """Write the file."""
    FILE.write_text(as_csv(), encoding="utf-8")


if __name__ == "__main__":
    main()
