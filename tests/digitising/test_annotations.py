"""Georeference Annotations are read as Allmaps writes them, and refused in one line where they are none."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.digitising.plans import Plan

from visavis.digitising import Annotation, ControlPoint, annotation_for, read_annotations, write_annotation
from visavis.model.errors import GeoreferenceError

WRITTEN = Plan().georef()

BROKEN: dict[str, tuple[list[str | int], Any]] = {
    "type": (["type"], "Note"),
    "target": (["target"], None),
    "source": (["target", "source"], {}),
    "source type": (["target", "source", "type"], "Manifest"),
    "body": (["body"], []),
    "body type": (["body", "type"], "Feature"),
    "features": (["body", "features"], None),
    "feature type": (["body", "features", 0, "type"], "Point"),
    "properties": (["body", "features", 0, "properties"], None),
    "resource coordinates": (["body", "features", 0, "properties", "resourceCoords"], [1]),
    "three resource coordinates": (["body", "features", 0, "properties", "resourceCoords"], [1, 2, 3]),
    "words for coordinates": (["body", "features", 0, "properties", "resourceCoords"], ["1", "2"]),
    "geometry": (["body", "features", 0, "geometry"], {"type": "LineString", "coordinates": [1, 2]}),
    "coordinates": (["body", "features", 0, "geometry", "coordinates"], [None, 2]),
    "latitude": (["body", "features", 0, "geometry", "coordinates"], [3, 99]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_annotation_is_refused_in_one_line_with_a_remedy(what: str) -> None:
    keys, value = BROKEN[what]
    content = copy.deepcopy(WRITTEN)
    inner: Any = content
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    with pytest.raises(GeoreferenceError) as refused:
        read_annotations(content)
    assert "\n" not in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("value", [None, [], "annotation", 7])
def test_what_is_no_json_object_is_refused(value: Any) -> None:
    with pytest.raises(GeoreferenceError):
        read_annotations(value)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg></svg>",
        '<svg width="9" height="9"><polygon points="1,1 2,2" /></svg>',
        '<svg width="9" height="9"><polygon points="1,1 2,2 3;3" /></svg>',
        '<svg width="9"><polygon points="0,0 9,0 9,9" /></svg>',
    ],
)
def test_a_selector_that_outlines_nothing_is_refused(svg: str) -> None:
    content = copy.deepcopy(WRITTEN)
    content["target"] = {
        "type": "SpecificResource",
        "source": {"id": "plan.pdf", "type": "Image"},
        "selector": {"type": "SvgSelector", "value": svg},
    }
    with pytest.raises(GeoreferenceError):
        read_annotations(content)


def test_the_older_form_with_pixel_coordinates_is_read() -> None:
    content = copy.deepcopy(WRITTEN)
    for feature in content["body"]["features"]:  # type: ignore[index]
        feature["properties"] = {"pixelCoords": feature["properties"]["resourceCoords"]}
    assert read_annotations(content)[0].points == Plan().annotation().points


def test_of_a_page_with_several_sheets_the_one_that_is_named_is_taken() -> None:
    first, second = Plan().annotation(), Annotation(Plan().annotation().points[:5], "maps/other.pdf")
    page = {"type": "AnnotationPage", "items": [write_annotation(first), write_annotation(second)]}
    both = read_annotations(page)
    assert annotation_for(both, "other.pdf").points == second.points
    with pytest.raises(GeoreferenceError, match="2 annotations"):
        annotation_for(both, "third.pdf")


def test_an_empty_page_names_no_sheet() -> None:
    with pytest.raises(GeoreferenceError, match="no annotation"):
        annotation_for(read_annotations({"type": "AnnotationPage", "items": []}), "plan.pdf")


finite = st.floats(-1e5, 1e5, allow_nan=False)
points = st.builds(
    ControlPoint, finite, finite, st.floats(-180, 180), st.floats(-90, 90), st.none() | st.text()
)
size = st.floats(1, 1e5)


@given(
    st.builds(
        Annotation,
        st.lists(points, max_size=6).map(tuple),
        st.text(min_size=1),
        size,
        size,
        transformation=st.sampled_from(["polynomial", "thinPlateSpline"]),
        order=st.sampled_from([1, 2]),
    )
)
def test_what_is_written_is_read_back(annotation: Annotation) -> None:
    again = read_annotations(json.loads(json.dumps(write_annotation(annotation))))
    assert len(again) == 1
    assert again[0].points == annotation.points
    assert again[0].source == annotation.source
    assert (again[0].width, again[0].height) == (annotation.width, annotation.height)
    assert (again[0].transformation, again[0].order) == (annotation.transformation, annotation.order)


@pytest.mark.shared
def test_all_annotations_of_allmaps_are_read_and_written_back(shared: Path) -> None:
    files = sorted((shared / "data" / "allmaps").glob("*.json"))
    assert files
    counts = []
    for file in files:
        for annotation in read_annotations(json.loads(file.read_text())):
            assert annotation.width
            assert annotation.height
            assert len(annotation.mask) >= 4
            assert read_annotations(write_annotation(annotation))[0].points == annotation.points
            counts.append(len(annotation.points))
    assert sorted(counts) == [3, 3, 3, 4, 4, 5, 6]
