"""Which rules hold where and when, and what they bear on."""

from __future__ import annotations

from datetime import date

import pytest
from tests.exposures.exposed_town import LAW, TODAY

from visavis.exposures.rules import bearing_on
from visavis.law import in_force, jurisdictions_over


@pytest.mark.parametrize(
    ("code", "over"),
    [
        ("FR", ("FR", "EU")),
        ("fr", ("FR", "EU")),
        ("FR-59", ("FR-59", "FR", "EU")),
        ("BE", ("BE", "EU")),
        ("GB", ("GB",)),
        ("CH", ("CH",)),
        ("EU", ("EU",)),
        ("XX", ("XX",)),
    ],
)
def test_a_place_falls_under_its_country_and_the_union_it_belongs_to(
    code: str, over: tuple[str, ...]
) -> None:
    assert jurisdictions_over(code) == over


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(1995, 1, 23), set()),
        (date(1995, 1, 24), {"fr-old"}),
        (date(2012, 4, 30), {"fr-old"}),
        (date(2012, 5, 1), {"fr-facade", "fr-entrance", "eu-access"}),
        (TODAY, {"fr-facade", "fr-entrance", "eu-access"}),
    ],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day: date, rules: set[str]) -> None:
    assert set(in_force(LAW, "FR", day)["rule_id"]) == rules


@pytest.mark.parametrize(
    ("kind", "aspect", "rules"),
    [
        ("dwelling_facade", "facade", ["fr-facade"]),
        ("dwelling_entrance", "entrance", ["fr-entrance"]),
        ("private_ground", "ground", []),
        ("other_private", "facade", []),
        ("sensitive_place", "facade", []),
        ("balcony", "balcony", ["fr-facade"]),
    ],
)
def test_french_law_speaks_of_dwellings_and_their_entrances(kind: str, aspect: str, rules: list[str]) -> None:
    assert bearing_on(in_force(LAW, "FR", TODAY), kind, aspect) == rules


@pytest.mark.parametrize("kind", ["dwelling_facade", "private_ground", "other_private", "sensitive_place"])
def test_belgian_law_speaks_of_any_place(kind: str) -> None:
    aspect = "ground" if kind == "private_ground" else "facade"
    assert bearing_on(in_force(LAW, "BE", TODAY), kind, aspect) == ["be-place"]
