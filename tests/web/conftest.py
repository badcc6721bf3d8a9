"""A real browser before the real service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.service.server import running
from tests.web import corner

from visavis.service import Settings
from visavis.service.pages import PAGE
from visavis.store import write_store

Open = Callable[..., Page]

# The first picture loads the engine; and several tests may share this machine.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the corner is served."""
    if not (PAGE / "index.html").is_file():
        pytest.fail("the page is not built: run python hatch_build.py")
    file = tmp_path_factory.mktemp("corner") / "corner.gpkg"
    write_store(str(file), corner.tables(), corner.record())
    with running(Settings(store=str(file))) as where:
        yield where


# What the page does in a browser that can draw no map: the lists, and everything that is said.
NO_MAP = """
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith('webgl') ? null : get.call(this, kind, ...more);
    };
"""

# Turns to another state as a link of the page would, and waits until the page has.
_TURN = """state => new Promise(turned => {
    document.activeElement?.blur();
    if (location.hash.slice(1) === state) return turned();
    addEventListener('popstate', () => setTimeout(turned), { once: true });
    location.hash = state;
})"""


class _Kept:
    """Pages that stay open from test to test: to draw a map without a graphics card takes seconds."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._pages: dict[tuple[object, ...], Page] = {}
        self.troubles: list[str] = []

    def page(
        self, state: str, *, width: int, height: int, locale: str, scheme: str, drawn: bool, fresh: bool
    ) -> Page:
        key = (width, height, locale, scheme, drawn)
        if fresh and key in self._pages:
            self._pages.pop(key).context.close()
        if key in self._pages:
            page = self._pages[key]
            page.bring_to_front()  # what lies behind another page draws no frames
            page.evaluate(_TURN, state)
            return page
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = self._pages[key] = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: self.troubles.append(message.text) if message.type == "error" else None,
        )
        page.on(
            "request",
            lambda request: (
                None if _at_home(request.url, self._address) else self.troubles.append(f"asked {request.url}")
            ),
        )
        if not drawn:
            page.add_init_script(NO_MAP)
        page.goto(f"{self._address}/#{state}")
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def kept(browser: Browser, address: str) -> Iterator[_Kept]:
    pages = _Kept(browser, address)
    yield pages
    pages.close()


@pytest.fixture
def opened(kept: _Kept) -> Iterator[Open]:
    """Open the page, and hold it at the end to have asked no other host and told no error.

    `drawn=False` opens it in a browser that can draw no map, which is quick and says all the same. A test that
    changes what a link does not, the language say, asks for a `fresh` page and leaves none.
    """

    def at(
        state: str = "",
        *,
        width: int = 1280,
        height: int = 800,
        locale: str = "en-GB",
        scheme: str = "light",
        drawn: bool = False,
        fresh: bool = False,
    ) -> Page:
        page = kept.page(
            state, width=width, height=height, locale=locale, scheme=scheme, drawn=drawn, fresh=fresh
        )
        page.wait_for_selector("#map[data-idle]" if drawn else "#panel :is(.card, .tabs)")
        return page

    kept.troubles.clear()
    yield at
    assert kept.troubles == []


def _at_home(url: str, address: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == address
