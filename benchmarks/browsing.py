"""The page in a real Chromium, slowed down as a cheap phone is: what it loads, and how soon it answers."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

# Lighthouse's mobile settings, as they are applied to a browser: "Slow 4G", and a quarter of the processor.
SLOW_4G: Final = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
CPU_RATE: Final = 4
PHONE: Final = {"width": 412, "height": 823}
DESKTOP: Final = {"width": 1280, "height": 800}
_PATIENCE_MS: Final = 120_000

# How long each interaction took until the next frame was shown, as browsers tell it (Event Timing).
_OBSERVED: Final = """
    window.answered = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (entry.interactionId) window.answered.push(entry.duration);
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 });
"""

# The moment, in milliseconds since the page was asked for, at which something is there; looked for at each frame.
_WHEN: Final = """() => new Promise(done => {{
    const look = () => ({test}) ? done(performance.now()) : requestAnimationFrame(look);
    look();
}})"""
_DRAWN: Final = _WHEN.format(test="document.querySelector('#map[data-idle]')")
_SHOWN: Final = _WHEN.format(
    test="document.querySelector('.first-look img')?.naturalWidth && document.querySelector('#tab-panel .row')"
)

Told = dict[str, Any]


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Serve a store, and give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "visavis", "serve", str(store), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 -- our own command
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    httpx.get(f"{address}/healthz").raise_for_status()
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no Chromium on this system")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()


def first_map(browser: Browser, address: str, *, phone: bool) -> Told:
    """Return seconds until there is a map to look at, and what was loaded by then, on a slow line.

    On a phone that is the town as a drawing, and the map that moves comes when the reader touches it; `moving_s` tells
    how long after the touch.
    """
    page = _opened(browser, PHONE if phone else DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _slow(page, line=True)
    page.goto(address, wait_until="commit")
    first = page.evaluate(_SHOWN if phone else _DRAWN) / 1000
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime") / 1000
    before = list(dict.fromkeys(asked))
    moving = None
    if phone:
        page.locator(".first-look .more").click()
        begun = page.evaluate("performance.now()") / 1000
        moving = page.evaluate(_DRAWN) / 1000 - begun
    page.context.close()
    return {
        "first_s": first,
        "painted_s": painted,
        "moving_s": moving,
        "kilobytes": weight_of(before),
        "requests": len(before),
    }


def weight_of(addresses: list[str]) -> float:
    """Return what some addresses weigh over the wire, compressed, in kB."""
    total = 0
    with httpx.Client(headers={"accept-encoding": "br, gzip", "accept": "*/*"}) as client:
        for each in addresses:
            if each.startswith("http"):
                with client.stream("GET", each) as answer:
                    total += sum(len(part) for part in answer.iter_raw())
    return total / 1000


def interactions(browser: Browser, address: str) -> list[tuple[str, float]]:
    """Return for each thing that a reader does the milliseconds until the next frame, at a quarter of the speed."""
    page = _opened(browser, DESKTOP)
    page.add_init_script(_OBSERVED)
    page.goto(address)
    page.wait_for_selector("#map[data-idle]", timeout=_PATIENCE_MS)
    _slow(page, line=False)
    told = []
    for name, act in _ACTS:
        page.evaluate("window.answered.length = 0")
        act(page)
        page.wait_for_timeout(1_000)  # the entries come after the frame, and only those above 16 ms
        page.wait_for_selector("#map[data-idle]", timeout=_PATIENCE_MS)
        told.append((name, max(page.evaluate("window.answered"), default=16.0)))
    page.context.close()
    return told


_ACTS: Final[tuple[tuple[str, Callable[[Page], None]], ...]] = (
    ("open the list of cameras", lambda page: page.locator("#tab-cameras").click()),
    ("type a letter into its field", lambda page: page.locator("#find-camera").press("3")),
    ("open a camera", lambda page: page.locator("#tab-panel [data-camera]").first.click()),
    ("go back to the list", lambda page: page.locator(".back").click()),
    ("open the list of buildings", lambda page: page.locator("#tab-buildings").click()),
    ("hide what is only possible", lambda page: page.locator("[data-filter='sureness.possible']").click()),
    ("show it again", lambda page: page.locator("[data-filter='sureness.possible']").click()),
    ("type a letter of an address", lambda page: page.locator("#find-building").press("r")),
    ("type another", lambda page: page.locator("#find-building").press("u")),
    ("leave the search", lambda page: page.locator("#find-building").press("Escape")),
    ("open a building", lambda page: page.locator("#tab-panel [data-building]").first.click()),
    ("speak French", lambda page: page.locator("[data-language=fr]").click()),
    ("zoom in", lambda page: page.locator(".closer").click()),
)


def _opened(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, locale="en-GB", reduced_motion="reduce"
    )
    return context.new_page()


def _slow(page: Page, *, line: bool) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})
    if line:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
