"""A person at the desk's page, who knows the town and counts what each camera takes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, Page, expect
from tests.desk.planting import Camera
from tests.desk.serving import TOKEN

# In pixels of the sheet: a symbol this near was read from the true one; a place this far off is wrong.
_SAME_PX = 80.0
_OFF_PX = 10.0
_OFF_DEG = 12.0
# The map needs a graphics card's time; what is said and done needs none.
_NO_MAP = """
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith('webgl') ? null : get.call(this, kind, ...more);
    };
"""
_ALL = "async () => (await (await fetch('/api/cameras')).json())"


@dataclass
class Walker:
    """Somebody with a page open.

    Parameters
    ----------
    page : Page
    acts : list of (str, int)
        For each camera dealt with: what was the matter, and how many acts it took: a key, a press, a label typed.
    """

    page: Page
    acts: list[tuple[str, int]] = field(default_factory=list)
    done: int = 0

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.done += 1

    def press(self, x: float, y: float) -> None:
        """Press a place of the sheet, given in its pixels."""
        left, top = self.on_screen(x, y)
        self.page.mouse.click(left, top)
        self.done += 1

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        box = self.page.locator("#sheet").bounding_box()
        told = self.page.locator("#sheet img").evaluate("image => image.style.transform")
        left, top, scale = (float(each) for each in re.findall(r"-?[\d.]+(?:e-?\d+)?", told))
        assert box is not None
        return box["x"] + left + x * scale, box["y"] + top + y * scale

    def cameras(self) -> list[dict[str, Any]]:
        cameras: list[dict[str, Any]] = self.page.evaluate(_ALL)["cameras"]
        return cameras

    def in_hand(self) -> dict[str, Any] | None:
        """Return the camera in hand, as soon as the address names it."""
        self.saved()
        current = re.search(r"camera=([^&]+)", self.page.evaluate("decodeURIComponent(location.hash)"))
        known = {each["camera_id"]: each for each in self.cameras()}
        return known.get(current[1]) if current else None

    def saved(self) -> None:
        expect(self.page.locator("#saving")).to_have_attribute("data-how", "saved")

    def look_at(self, truth: Iterable[Camera]) -> None:
        """Deal with the camera in hand as one who knows: confirm it, correct it, or take it out."""
        camera = self.in_hand()
        assert camera is not None
        self.done = 0
        true = _meant(camera, truth)
        wrong = ["false"] if true is None else _wrong(camera, true)
        for at, what in enumerate(wrong):
            if at:
                self.key("p")  # the desk went on; a second mistake is met on the way back
            self._mend(what, true)
        if not wrong:
            self.key("Enter")
        self.acts.append((" ".join(wrong), self.done))
        self.saved()

    def _mend(self, what: str, true: Camera | None) -> None:
        if true is None:
            self.key("x")
        elif what == "place":
            self.key("m")
            self.press(true.x, true.y)
        elif what == "kind":
            self.kind(true.kind)
        elif what == "label":
            self.key("l")
            self.page.keyboard.type(true.label)
            self.done += 1
            self.key("Enter")
        else:
            self.turn(true)

    def kind(self, kind: str) -> None:
        self.key("k")
        at = [
            each["name"]
            for each in self.page.evaluate("async () => (await (await fetch('/api/desk')).json()).kinds")
        ]
        self.key(str(at.index(kind) + 1))

    def turn(self, true: Camera) -> None:
        self.key("t")
        if true.azimuth_deg is None:
            self.key("-", "Enter")
            return
        # Where it looks, on the sheet: its up is turned from the north by the same angle for all.
        turned = next(each for each in self.cameras() if each["sheet_deg"] is not None)
        on_sheet = math.radians(true.azimuth_deg + turned["sheet_deg"] - turned["azimuth_deg"])
        self.press(true.x + 60 * math.sin(on_sheet), true.y - 60 * math.cos(on_sheet))

    def add(self, true: Camera) -> None:
        """Add a camera that was not read, with all that is to be said of it."""
        self.key("0", "a")
        self.press(true.x, true.y)
        expect(self.page.locator("#voice")).to_contain_text("Camera added")
        self._mend("label", true)
        self.kind(true.kind)
        self.turn(true)
        self.saved()


def come(
    browser: Browser, address: str, *, locale: str = "en-GB", scheme: Literal["light", "dark"] = "light"
) -> Page:
    """Open the desk's page by its link, without the map's drawing."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale=locale, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.add_init_script(_NO_MAP)
    page.goto(f"{address}/?token={TOKEN}")
    page.wait_for_selector("#desk[data-ready]")
    return page


def _meant(camera: dict[str, Any], truth: Iterable[Camera]) -> Camera | None:
    known = [each for each in truth if each.label == camera["label"]]
    near = min(truth, key=lambda each: math.hypot(each.x - camera["x"], each.y - camera["y"]))
    if known:
        return known[0]
    return near if math.hypot(near.x - camera["x"], near.y - camera["y"]) <= _SAME_PX else None


def _wrong(camera: dict[str, Any], true: Camera) -> list[str]:
    wrong = []
    if math.hypot(true.x - camera["x"], true.y - camera["y"]) > _OFF_PX:
        wrong.append("place")
    if camera["kind"] != true.kind:
        wrong.append("kind")
    if camera["label"] != true.label:
        wrong.append("label")
    if off_deg(camera["azimuth_deg"], true.azimuth_deg) > _OFF_DEG:
        wrong.append("direction")
    return wrong


def off_deg(one: float | None, other: float | None) -> float:
    """Return the angle between two directions; 180 where only one is known."""
    if one is None or other is None:
        return 0.0 if one is other else 180.0
    return abs((one - other + 180) % 360 - 180)
