"""A rule change re-evaluates an old dossier: views by the law of the day asked about, deadlines by that of theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.readers.maps import square, written

from visavis.pipeline import Options, Tables, measure
from visavis.readers.dossier import read_dossier
from visavis.readers.reference import Reference, read_reference
from visavis.readers.spaces import read_spaces

RECORD = """\
id: xx/corner/2010-cameras
title: A camera before a house (invented)
authority: Town of Corner (invented)
country: XX
jurisdiction: FR
invented: true
licence: CC0-1.0
attribution: invented
request: {asked_on: 2016-03-01, answered_on: 2016-04-15, status: disclosed}
cameras:
  - {file: cameras.geojson}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corner")
    camera = {
        "type": "Feature",
        "properties": {
            "camera_id": "c1",
            "kind": "fixed",
            "azimuth_deg": 270,
            "azimuth_sd_deg": 1,
            "height_m": 4,
        },
        "geometry": {"type": "Point", "coordinates": [3e-4, 5e-5]},
    }
    (made / "disclosure.yml").write_text(RECORD, "utf-8")
    (made / "cameras.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [camera]}), "utf-8"
    )
    written(made, square({"building": "house", "height": "6"}, first=1))
    return made


def measured(folder: Path, reference: Reference, on: date) -> Tables:
    return measure(
        [read_dossier(folder)],
        read_spaces(folder / "a.osm"),
        reference,
        Options(draws=4),
        on=on,
        today=date(2030, 1, 1),
    )


def cited(tables: Tables) -> set[str]:
    """Return the rules that the exposures and the findings cite, which must be the same."""
    of_exposures = {rule for ids in tables["exposures"]["rule_ids"].dropna() for rule in ids.split(";")}
    findings = tables["findings"]
    told = findings.loc[findings["code"] == "exposures.rule-bears-on-views", "rule_id"].dropna()
    assert set(told) == of_exposures
    return of_exposures


@pytest.mark.slow
@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(1994, 12, 31), set()),
        (date(2012, 4, 30), {"fr-interior-1995"}),
        (date(2012, 5, 1), {"fr-interior"}),
    ],
)
def test_the_same_view_is_held_to_the_rule_of_the_day_that_is_asked_about(
    folder: Path, on: date, rules: set[str]
) -> None:
    tables = measured(folder, read_reference(), on)
    assert len(tables["exposures"]) > 0
    assert cited(tables) == rules


@pytest.mark.slow
def test_a_new_rule_bears_on_an_old_dossier_from_its_first_day_and_not_on_its_old_deadlines(
    folder: Path,
) -> None:
    reference = read_reference()
    rules = reference.rules
    old = rules[rules["rule_id"] == "fr-interior"]
    later = old.assign(rule_id="fr-interior-2028", valid_from="2028-01-01", valid_to=None)
    slower = rules[rules["rule_id"] == "fr-foi"].assign(
        rule_id="fr-foi-2028", valid_from="2028-01-01", deadline_months=6.0
    )
    ended = rules.assign(
        valid_to=rules["valid_to"].mask(rules["rule_id"].isin(["fr-interior", "fr-foi"]), "2027-12-31")
    )
    changed = replace(reference, rules=pd.concat([ended, later, slower], ignore_index=True))
    before, after = (measured(folder, changed, on) for on in (date(2027, 12, 31), date(2028, 1, 1)))
    assert (cited(before), cited(after)) == ({"fr-interior"}, {"fr-interior-2028"})
    for tables in (before, after):
        [request] = tables["requests"].to_dict("records")
        assert (request["rule_id"], request["deadline"]) == ("fr-foi", "missed")
    same = ["exposure_id", "probability", "px_per_m", "length_m"]
    pd.testing.assert_frame_equal(before["exposures"][same], after["exposures"][same])
