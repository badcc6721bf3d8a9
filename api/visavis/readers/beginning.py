"""A new dossier: a folder with a commented skeleton that passes the check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from visavis.disclosures.form import SCHEMA_FILE, skeleton
from visavis.readers.new_folder import make_folder, refuse_filled

_PART: Final = re.compile(r"[^a-z0-9]+")


def begin_dossier(folder: Path) -> dict[str, Any]:
    """Make a new dossier in `folder`, whole or not at all, and return what it holds.

    Its id is told by the folder's last three names, country/authority/year-what; where the first of these is no
    country's code it is `zz`.

    Raises
    ------
    DossierError
        Where the folder is there already and not empty.
    """
    refuse_filled(folder)
    names = [_PART.sub("-", name.lower()).strip("-") or "new" for name in folder.resolve().parts[1:][-3:]]
    names = ["zz", "authority", "new"][: 3 - len(names)] + names
    country = names[0] if re.fullmatch("[a-z]{2}", names[0]) else "zz"
    disclosure_id = "/".join([country, *names[1:]])
    files = skeleton(disclosure_id, SCHEMA_FILE)

    def fill(beside: Path) -> None:
        for name, text in files.items():
            (beside / name).write_text(text, "utf-8")

    make_folder(folder, fill)
    return {
        "dossier": str(folder),
        "id": disclosure_id,
        "files": sorted(files),
        "next": f"visavis check {folder}",
    }
