"""A desk on a free port, for as long as a test needs it, and a person who asks it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from visavis.datasets import model_town
from visavis.desk.app import create_desk
from visavis.desk.desk import Desk

TOKEN = "the-token-of-the-test"  # noqa: S105  (of a desk that lives for a test)
OWN = {"X-Visavis-Desk": "1"}
STAMP = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def town(folder: Path, sheet: str = "sheet") -> Path:
    """Return a copy of the model town's dossier, with its drawn sheet or its scan."""
    copied = Path(shutil.copytree(model_town(), folder / "town"))
    record = copied / "disclosure.yml"
    if sheet == "scan":
        told = record.read_text("utf-8")
        line = (
            "- {file: sheet.pdf, georef: sheet.georef.json, symbols: sheet.symbols.csv, table: cameras.csv}"
        )
        assert line in told
        scan = "- {file: scan.jpg, georef: scan.georef.json, symbols: scan.symbols.csv, table: cameras.csv}"
        record.write_text(told.replace(line, scan), "utf-8")
    return copied


def opened(folder: Path, cache: Path, initials: str = "M", spaces: tuple[Path, ...] = ()) -> Desk:
    """Return a desk whose sheets are read."""
    desk = Desk(folder, spaces, initials=initials, clock=lambda: STAMP, cache=cache)
    desk.read_all()
    return desk


@contextmanager
def served(desk: Desk, page: Path | None = None, at: int = 0) -> Iterator[str]:
    """Serve a desk, and give its address without a slash at the end; on a free port unless told at which."""
    listening = socket.create_server(("127.0.0.1", at))
    port = listening.getsockname()[1]
    app = create_desk(
        desk,
        token=TOKEN,
        port=port,
        leaving=lambda: server.should_exit,
        **({} if page is None else {"page": page}),
    )
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the desk ended before it began"
        assert time.monotonic() < deadline, "the desk did not begin"
        time.sleep(0.01)  # the condition waited for stands above
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


class Person:
    """Somebody with the desk's page open: has the token, and knows the revision that was shown last."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=60, headers=OWN)
        assert self.client.get("/", params={"token": TOKEN}).status_code == 303
        self.revision = ""
        self.look()

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def look(self) -> dict[str, Any]:
        """Return all cameras."""
        told: dict[str, Any] = self.client.get("/api/cameras").json()
        self.revision = told["revision"]
        return told

    def camera(self, ending: str) -> dict[str, Any]:
        """Return the camera whose id ends so."""
        found = [each for each in self.look()["cameras"] if each["camera_id"].endswith(ending)]
        assert len(found) == 1, ending
        return dict(found[0])

    def does(self, act: str, subject: str | None = None, **more: Any) -> httpx.Response:
        """Do something on the revision that was shown last."""
        body = {"act": act, "subject": subject, "revision": self.revision, **more}
        return self._kept(self.client.post("/api/acts", json=body))

    def steps(self, way: str) -> httpx.Response:
        """Take a step back or forth: undo, redo."""
        return self._kept(self.client.post(f"/api/{way}", json={"revision": self.revision}))

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            self.revision = answer.json()["revision"]
        return answer
