"""The reference tables that ship keep their declarations, and say what they may say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from tools.camera_defaults import FILE, as_csv
from visavis.cameras import CAMERA_DEFAULTS, CAMERA_MODELS, CAMERAS, CAMERAS_READ, complete
from visavis.cameras.defaults import assume
from visavis.exposures.rules import bearing_on
from visavis.following import PLATE_NEEDS
from visavis.law import JURISDICTIONS, RULES, in_force
from visavis.model.errors import TableError
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.readers.reference import (
    read_defaults,
    read_jurisdictions,
    read_models,
    read_reference,
    read_rules,
)

TABLES = (
    ("camera-models.csv", CAMERA_MODELS),
    ("camera-defaults.csv", CAMERA_DEFAULTS),
    ("plate-reading.csv", PLATE_NEEDS),
    ("jurisdictions/", RULES),
    ("jurisdictions/index.csv", JURISDICTIONS),
)
TODAY = date(2026, 1, 1)


@pytest.mark.slow
def test_every_shipped_table_keeps_its_declaration_and_has_rows() -> None:
    reference = read_reference()
    tables = (
        reference.models,
        reference.defaults,
        reference.plate_needs,
        reference.rules,
        read_jurisdictions(),
    )
    for frame, (_, table) in zip(tables, TABLES, strict=True):
        assert len(table.check(frame)) > 0


def test_sources_are_named_with_licence_and_digest() -> None:
    sources = read_reference().sources
    assert {source.licence for source in sources} == {"CC0-1.0"}
    assert all(len(source.sha256 or "") == 64 for source in sources)
    assert len({source.source_id for source in sources}) == len(sources) == 3 + len(read_jurisdictions())


def test_the_file_of_defaults_is_the_one_that_the_code_writes() -> None:
    assert FILE.read_text("utf-8") == as_csv(), "write it again: python -m tools.camera_defaults"


def test_the_readme_explains_every_column_of_every_table(root: Path) -> None:
    told = (root / "data" / "reference" / "README.md").read_text("utf-8")
    for name, table in TABLES:
        section = told.partition(f"## {name}")[2].partition("\n## ")[0]
        assert [column for column in table.columns if f"`{column}`" not in section] == []


OF_PTZ = {"focal_tele_mm", "tilt_least_deg", "tilt_most_deg"}


@pytest.mark.parametrize("kind", CAMERA_KINDS)
def test_defaults_cover_every_kind_and_lie_within_their_spread(kind: str) -> None:
    defaults = read_defaults()
    of_some = {"hfov_deg", "vfov_deg"} if kind == "ptz" else {"hfov_deg", "vfov_deg", *OF_PTZ}
    for quantity in set(defaults["quantity"]) - of_some:
        assume(defaults, quantity, pd.Series([kind]))
    assert (defaults["value"] >= defaults["least"]).all()
    assert (defaults["value"] <= defaults["most"]).all()


def test_no_default_gives_a_direction() -> None:
    assert "azimuth_deg" not in set(read_defaults()["quantity"])


def test_every_default_is_of_the_camera_table_or_of_the_lens() -> None:
    lens = {"focal_mm", "focal_tele_mm", "sensor_width_mm", "rows_to_columns"}
    assert set(read_defaults()["quantity"]) <= set(CAMERAS.columns) | lens


def test_every_model_is_found_by_its_own_name() -> None:
    models = read_models()
    usual = {"disclosure_id": "d", "standing": "stated", "kind": "unknown", "source_id": "s"}
    cameras = CAMERAS_READ.frame(
        [
            {"camera_id": model, "model_id": model.upper(), "geometry": shapely.Point(0, 0), **usual}
            for model in models["model_id"]
        ]
    )
    completed = complete(cameras, models)
    assert completed.cameras["model_id"].tolist() == models["model_id"].tolist()
    assert "cameras.model-unknown" not in {finding.code for finding in completed.findings}


def test_zoom_lenses_run_from_wide_to_long() -> None:
    models = read_models().dropna(subset=["focal_min_mm", "focal_max_mm"])
    assert (models["focal_min_mm"] <= models["focal_max_mm"]).all()


def test_rules_have_days_in_order_and_words_in_both_languages() -> None:
    rules = read_rules()
    ended = rules.dropna(subset="valid_to")
    assert (ended["valid_from"] <= ended["valid_to"]).all()
    assert pd.to_datetime(rules["valid_from"], format="%Y-%m-%d").notna().all()
    assert (rules["summary_en"].str.len() > 20).all()
    assert (rules["summary_fr"].str.len() > 20).all()
    assert (rules["summary_en"] != rules["summary_fr"]).all()


def test_every_rule_is_of_a_version_that_its_jurisdiction_has_reached() -> None:
    version = read_jurisdictions().set_index("jurisdiction")["version"]
    rules = read_rules()
    assert (rules["changed_in"] <= rules["jurisdiction"].map(version)).all()
    assert (
        rules.groupby("jurisdiction")["changed_in"].max()
        == version.reindex(rules.groupby("jurisdiction").groups)
    ).all()


def test_french_and_european_rules_lead_to_their_official_wording() -> None:
    rules = read_rules()
    told = rules[rules["jurisdiction"].isin(["FR", "EU"])]
    assert told["url"].str.match(r"https://(www\.legifrance\.gouv\.fr|eur-lex\.europa\.eu)/").all()


def test_no_summary_accuses() -> None:
    told = " ".join(read_rules()[["summary_en", "summary_fr"]].to_numpy().ravel()).lower()
    for word in ("violat", "illegal", "illégal", "spies", "espionn"):
        assert word not in told


@pytest.mark.parametrize(
    ("jurisdiction", "kind", "aspect", "day", "expected"),
    [
        ("FR", "dwelling_facade", "facade", TODAY, ["fr-interior"]),
        ("FR", "dwelling_entrance", "entrance", TODAY, ["fr-entrance"]),
        ("FR", "dwelling_facade", "facade", date(2005, 1, 1), ["fr-interior-1995"]),
        ("FR", "other_private", "facade", TODAY, []),
        ("FR", "private_ground", "ground", TODAY, []),
        ("FR", "dwelling_facade", "facade", date(1995, 1, 23), []),
        ("FR", "dwelling_facade", "facade", date(1995, 1, 24), ["fr-interior-1995"]),
        ("FR", "dwelling_facade", "facade", date(2012, 4, 30), ["fr-interior-1995"]),
        ("FR", "dwelling_facade", "facade", date(2012, 5, 1), ["fr-interior"]),
        ("FR-59", "dwelling_entrance", "entrance", date(2012, 4, 30), ["fr-entrance-1995"]),
        ("FR-59", "dwelling_entrance", "entrance", date(2012, 5, 1), ["fr-entrance"]),
        ("FR", "balcony", "balcony", TODAY, ["fr-interior"]),
        ("BE", "private_ground", "ground", date(2007, 6, 9), []),
        ("BE", "private_ground", "ground", date(2007, 6, 10), ["be-aim"]),
        ("BE", "private_ground", "ground", TODAY, ["be-aim"]),
        ("DE", "dwelling_facade", "facade", TODAY, []),
    ],
)
def test_the_shipped_rules_bear_on_what_they_speak_of(
    jurisdiction: str, kind: str, aspect: str, day: date, expected: list[str]
) -> None:
    assert bearing_on(in_force(read_rules(), jurisdiction, day), kind, aspect) == expected


def test_the_rules_of_france_say_that_a_facade_in_view_is_a_reason_to_check() -> None:
    rules = read_rules().set_index("rule_id")
    assert "a reason to check" in rules.loc["fr-interior", "summary_en"]
    assert "une raison de vérifier" in rules.loc["fr-interior", "summary_fr"]
    assert "not by itself" in rules.loc["fr-entrance", "summary_en"]


def test_the_union_s_rules_hold_in_france_and_belgium_and_not_in_britain() -> None:
    rules = read_rules()
    held = {code: set(in_force(rules, code, TODAY)["rule_id"]) for code in ("FR", "BE", "GB")}
    assert "eu-access" in held["FR"] & held["BE"]
    assert held["GB"] == {"gb-code"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "last_before", "first", "last", "first_after"),
    [
        ("fr-plan-1996", "1996-10-17", "1996-10-18", "2013-12-05", "2013-12-06"),
        ("fr-plan", "2013-12-05", "2013-12-06", None, None),
        ("fr-access-old", "2012-04-30", "2012-05-01", "2023-05-20", "2023-05-21"),
        ("fr-algorithmic", "2023-05-19", "2023-05-20", "2025-03-31", "2025-04-01"),
        ("eu-led-access", "2018-05-05", "2018-05-06", None, None),
        ("eu-dpia", "2018-05-24", "2018-05-25", None, None),
    ],
)
def test_a_shipped_rule_holds_on_both_its_days_and_on_none_beside_them(
    rule: str, last_before: str, first: str, last: str | None, first_after: str | None
) -> None:
    def holds(day: str) -> bool:
        return rule in set(in_force(read_rules(), "FR", date.fromisoformat(day))["rule_id"])

    assert (holds(last_before), holds(first)) == (False, True)
    assert last is None or holds(last)
    assert first_after is None or not holds(first_after)


# In the table of facts two rules are named after another place than theirs, and one has a narrower topic.
_OURS = {"eu-plates": "fr-plates", "fr-access": "eu-access"}
_TOPIC = {"be-aim": "place"}


@pytest.mark.shared
def test_every_rule_of_the_facts_is_there_with_its_place_days_and_topic(shared: Path) -> None:
    facts = pd.read_csv(shared / "facts" / "jurisdictions.csv", dtype="str").replace({"rule_id": _OURS})
    facts["bears_on"] = facts["rule_id"].map(_TOPIC).fillna(facts["bears_on"])
    columns = ["rule_id", "jurisdiction", "valid_from", "valid_to", "bears_on"]
    merged = facts[columns].merge(read_rules()[columns], how="left", indicator=True)
    assert merged.loc[merged["_merge"] != "both", "rule_id"].tolist() == []
    told = read_rules().set_index("rule_id")["summary_en"]
    # In our own words.
    assert not (told[facts["rule_id"]].to_numpy() == facts["what_it_says"].to_numpy()).any()


_GOOD = (
    "rule_id,jurisdiction,instrument,article,valid_from,bears_on,"
    "summary_en,summary_fr,source,changed_in,confidence\n"
)
_ROW = "r,{place},Code,1,2012-01-01,{topic},a,b,s,2026-01-01,high\n"


_INDEX = "jurisdiction,name_en,name_fr,version,covers_en,covers_fr\nFR,France,France,2026-01-01,a,b\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_GOOD + _ROW.format(place="FR", topic="roofs"), "bears_on is 'roofs'"),
        (_GOOD + 2 * _ROW.format(place="FR", topic="facade"), "rule_id"),
        (_GOOD.replace("\n", ",mood\n") + _ROW.format(place="FR", topic="facade"), "mood"),
        (_GOOD + _ROW.format(place="BE", topic="facade"), "another jurisdiction than FR"),
        ("", "is not a CSV"),
        ("\udcff", "is not a CSV"),
    ],
)
def test_a_broken_table_is_one_line_that_names_the_file(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "index.csv").write_text(_INDEX, "utf-8")
    file = tmp_path / "fr.csv"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(TableError, match=said) as broken:
        read_rules(tmp_path)
    assert str(broken.value).startswith(str(file))
    assert "\n" not in str(broken.value)


@pytest.mark.parametrize("read", [read_models, read_defaults, read_rules])
def test_a_table_that_is_not_there_is_named(tmp_path: Path, read: Callable[[Path], pd.DataFrame]) -> None:
    with pytest.raises(TableError, match="no such file"):
        read(tmp_path / "absent.csv")


def test_a_number_that_is_none_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "models.csv"
    file.write_text("model_id,pixels_h,source,confidence\nA,wide,s,low\n", encoding="utf-8")
    with pytest.raises(TableError, match="'wide'") as broken:
        read_models(file)
    assert broken.value.file == str(file)
