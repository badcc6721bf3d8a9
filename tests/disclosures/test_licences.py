"""Which licences let a piece of a paper be shown."""

from __future__ import annotations

import pytest

from visavis.disclosures import may_show
from visavis.model.vocabulary import SHOWINGS


@pytest.mark.parametrize(
    ("licence", "showing"),
    [
        ("CC0-1.0", "shown"),
        ("CC BY 4.0", "shown"),
        ("cc-by-sa-3.0", "shown"),
        ("Licence Ouverte 2.0", "shown"),
        ("Licence Ouverte / 2.0", "shown"),
        ("etalab-2.0", "shown"),
        ("ODbL-1.0", "shown"),
        ("public domain", "shown"),
        (None, "licence_unknown"),
        ("  ", "licence_unknown"),
        ("CC-BY-NC-4.0", "licence_closed"),
        ("CC-BY-ND-4.0", "licence_closed"),
        ("CC-BY", "licence_closed"),
        ("not stated", "licence_closed"),
        ("© Ville, tous droits réservés", "licence_closed"),
    ],
)
def test_a_paper_is_shown_only_under_a_licence_that_is_known_to_let_everybody(
    licence: str | None, showing: str
) -> None:
    assert may_show(licence) == showing
    assert SHOWINGS[showing].en != SHOWINGS[showing].fr
