"""The templates of letters that ship with the package."""

from __future__ import annotations

from typing import Final

from visavis.datasets import reference
from visavis.letters import Templates
from visavis.model.vocabulary import LETTER_KINDS

LANGUAGES: Final = ("en", "fr")


def read_templates() -> Templates:
    """Return the template of each kind of letter in each language."""
    return {
        (lang, kind): reference(f"letters/{lang}/{kind}.txt").read_text("utf-8")
        for lang in LANGUAGES
        for kind in LETTER_KINDS
    }
