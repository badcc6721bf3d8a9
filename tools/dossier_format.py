"""Write `data/schema/` and `data/disclosures/README.md` from the declarations: `python -m tools.dossier_format`."""

from __future__ import annotations

from pathlib import Path

from visavis.cameras import CAMERA_MODELS
from visavis.disclosures.form import SCHEMA_FILE, as_json, page, record_schema, table_schema
from visavis.readers.looking import TABLES

DATA = Path(__file__).resolve().parents[1] / "data"

_HEAD = """# Disclosures

One folder a dossier: `<country>/<authority>/<year>-<what>/`. Written by `python -m tools.dossier_format` from the
declarations in the code; a test keeps it fresh. How to make a dossier and what is done with it stands in
[docs/dossier.md](../../docs/dossier.md).

`data/schema/` holds the same as [JSON Schema](../schema/disclosure.schema.json), for editors, and as
[Table Schema](https://specs.frictionlessdata.io/table-schema/) for each table. Days are written 2021-05-12, 2021-05 or
2021. Tables are CSV with a header; any column that is not needed may be left out.

"""


def written() -> dict[Path, str]:
    """Return the files as they should stand."""
    return {
        DATA / "schema" / SCHEMA_FILE: as_json(record_schema()),
        **{
            DATA / "schema" / f"{name}.table-schema.json": as_json(table_schema(table))
            for name, table in TABLES.items()
        },
        DATA / "disclosures" / "README.md": _HEAD + page(CAMERA_MODELS),
    }


if __name__ == "__main__":
    for file, text in written().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
