"""What the docs say is run: every `sh` and `python` block of README and docs, in order, in a fresh folder."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools.data_dictionary import FILE, REFERENCE_FILE, reference_written, written
from visavis.datasets import model_town

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_data_dictionary_is_fresh() -> None:
    assert FILE.read_text("utf-8") == written(), "run python -m tools.data_dictionary"


def test_the_columns_of_the_camera_models_are_fresh() -> None:
    page = REFERENCE_FILE.read_text("utf-8")
    assert page == reference_written(page), "run python -m tools.data_dictionary"
    assert "| `hfov_tele_deg` | deg |" in page


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [to for to in LINK.findall(page.read_text("utf-8")) if not (page.parent / to).exists()]
    assert not missing


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_runs(page: Path, tmp_path: Path) -> None:
    shutil.copytree(model_town(), tmp_path / "model-town")
    port = _free_port()
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for language, block in BLOCK.findall(page.read_text("utf-8")):
            told = block.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
            if language == "python":
                _run([sys.executable, "-W", "error", "-c", told], tmp_path)
                continue
            for line in told.replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True)
                if words[:2] == ["visavis", "serve"]:
                    servers.append(_serve([*words[1:], "--port", str(port)], port, tmp_path))
                elif words[:1] == ["visavis"]:
                    _run([sys.executable, "-m", "visavis", *words[1:]], tmp_path)
                elif words:
                    _run(words, tmp_path)
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)


def _run(command: list[str], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"


def _serve(arguments: list[str], port: int, folder: Path) -> subprocess.Popen[bytes]:
    server = subprocess.Popen([sys.executable, "-m", "visavis", *arguments], cwd=folder)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)  # the condition waited for is the answer above
        else:
            return server
    server.kill()
    raise AssertionError(f"the server did not come up: {arguments}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
