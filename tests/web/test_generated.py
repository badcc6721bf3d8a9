"""The page's types and words are those of the declarations."""

from __future__ import annotations

import pytest

from tools.api_types import FOLDER, written


@pytest.mark.parametrize("name", sorted(written()))
def test_what_is_written_from_the_declarations_is_fresh(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == written()[name], "run python -m tools.api_types"
