"""What a dossier says is text, whatever it says: every field of every layer of papers, on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.service.server import running
from tests.store.by_hand import filled, record, street

from visavis.layers import LAYERS
from visavis.service import Settings
from visavis.service.dossiers import PARTS
from visavis.store import write_store

OWN = "xx/street/2026-map"
MARK = "<b onmouseover=alert(1)>"
PAPERS = ("disclosures", *PARTS, "findings")


def hostile(layer: str) -> dict[str, Any]:
    """Return a row whose every text is HTML, and every address a script."""
    table = LAYERS[layer].table
    row: dict[str, Any] = filled(table, {})
    for name, column in table.columns.items():
        if name == "disclosure_id":
            row[name] = OWN
        elif table.day(name) is not None:
            row[name] = "2026-01-01"
        elif name in ("url", "source"):
            row[name] = "javascript:alert(1)"
        elif "str" in column.dtype and table.choices(name) is None:
            row[name] = f"{MARK}{layer}.{name}</b>"
    return row


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, page: Path) -> Iterator[httpx.Client]:
    file = tmp_path_factory.mktemp("hostile") / "hostile.gpkg"
    write_store(str(file), street(**{layer: [hostile(layer)] for layer in PAPERS}), record())
    with running(Settings(store=str(file)), page=page) as where, httpx.Client(base_url=where) as asking:
        yield asking


def addresses() -> list[str]:
    items = [
        address
        for layer in PAPERS
        for own in [quote(str(hostile(layer)[LAYERS[layer].table.id_column]), safe="")]
        for address in (f"/collections/{layer}/items", f"/collections/{layer}/items/{own}")
    ]
    return [f"/dossiers/{quote(OWN, safe='')}", "/authorities", "/search?q=onmouseover", *items]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_text_of_a_dossier_becomes_a_tag_or_a_script_on_any_page(client: httpx.Client, lang: str) -> None:
    for address in addresses():
        sign = "&" if "?" in address else "?"
        answer = client.get(f"{address}{sign}f=html&lang={lang}")
        assert answer.status_code == 200, address
        assert MARK not in answer.text, address
        assert 'href="javascript' not in answer.text.lower(), address
        assert "onmouseover" in answer.text, f"{address} shows none of it, and proves nothing"


def test_every_text_of_a_dossier_s_rows_is_shown_on_their_own_pages(client: httpx.Client) -> None:
    for layer in PAPERS:
        row = hostile(layer)
        own = quote(str(row[LAYERS[layer].table.id_column]), safe="")
        text = client.get(f"/collections/{layer}/items/{own}?f=html").text
        for name, value in row.items():
            if isinstance(value, str) and value.startswith(MARK):
                assert f"{layer}.{name}&lt;/b&gt;" in text, name
