"""Write the golden letters: `python -m tools.letters`; a person reads them for sense and law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from visavis.letters import CameraFacts, Case, Letter, write
from visavis.model.vocabulary import LETTER_KINDS
from visavis.readers.letter_templates import LANGUAGES, read_templates
from visavis.readers.reference import read_jurisdictions, read_rules

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "golden" / "letters"
ON = date(2026, 11, 30)

# Which days are told beforehand, where a letter has days.
_DAYS: dict[str, dict[str, str | date]] = {
    "preserve": {"filmed_on": date(2026, 11, 20)},
    "reminder": {"asked_on": date(2026, 10, 12)},
    "appeal": {"asked_on": date(2026, 10, 12)},
}
# Letters that come in two wordings.
VARIANTS: dict[str, tuple[str, dict[str, str]]] = {
    **{kind: (kind, {}) for kind in LETTER_KINDS},
    "reminder-access": ("reminder", {"about": "access"}),
    "appeal-refused": ("appeal", {"answer": "refused"}),
}


def case(jurisdiction: str = "FR") -> Case:
    """Return the case that the golden letters are about."""
    office = read_jurisdictions().set_index("jurisdiction").loc["FR"]
    return Case(
        authority="Ville de Villemodèle",
        jurisdiction=jurisdiction,
        record="Plan des caméras",
        origin="visavis, build 0123456789abcdef",
        invented=True,
        camera=CameraFacts(
            "xx/town:sheet:C26", "C26", "ptz", -19.99782, 47.00047, None, 12, "likely", "recognise"
        ),
        supervisor=(str(office["supervisor"]), str(office["supervisor_address"])),
        appeal_body=(str(office["appeal_body"]), str(office["appeal_address"])),
    )


def letters() -> dict[str, Letter]:
    """Return every letter in every wording and language, by name."""
    rules, templates = read_rules(), read_templates()
    return {
        f"{lang}-{name}": write(
            kind, case(), rules, templates, lang=lang, on=ON, filled=_DAYS.get(kind), **how
        )
        for lang in LANGUAGES
        for name, (kind, how) in VARIANTS.items()
    }


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, letter in letters().items():
        (FOLDER / f"{name}.txt").write_text(letter.text, "utf-8")


if __name__ == "__main__":
    main()
