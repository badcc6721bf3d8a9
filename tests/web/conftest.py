"""A real browser before the real service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.service.server import running
from tests.web import corner

from visavis.service import Settings
from visavis.service.pages import PAGE
from visavis.store import write_store

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the corner is served."""
    if not (PAGE / "index.html").is_file():
        pytest.fail("the page is not built: run python hatch_build.py")
    file = tmp_path_factory.mktemp("corner") / "corner.gpkg"
    write_store(str(file), corner.tables(), corner.record())
    with running(Settings(store=str(file))) as where:
        yield where


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open the page, and hold it at the end to have asked no other host and told no error."""
    troubles: list[str] = []
    contexts = []

    def at(
        state: str = "",
        *,
        width: int = 1280,
        height: int = 800,
        locale: str = "en-GB",
        scheme: str = "light",
        before: str | None = None,
        wait: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if message.type == "error" else None,
        )
        page.on(
            "request",
            lambda request: (
                None if _at_home(request.url, address) else troubles.append(f"asked {request.url}")
            ),
        )
        if before is not None:
            page.add_init_script(before)
        page.goto(f"{address}/#{state}")
        if wait:
            page.wait_for_selector("#map[data-idle]")
        return page

    yield at
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The script of axe-core."""
    file = root / "web" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.fail("axe-core is not installed: run python hatch_build.py check")
    return file.read_text("utf-8")


def _at_home(url: str, address: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == address
