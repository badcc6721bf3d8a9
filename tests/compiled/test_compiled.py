"""What is compiled is kept, and compiled anew when anything that went into it has changed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from visavis.compiled import digest_of

CALLING = """
from visavis.compiled import njit
from called import ADDED, doubled

@njit(cache=True, nogil=True)
def kernel(number):
    return _inner(number) + ADDED

@njit(cache=True)
def _inner(number):
    return doubled(number)
"""

CALLED = """
from visavis.compiled import njit

ADDED = 1
DEEPER = 0

@njit(cache=True)
def doubled(number):
    return 2 * number + DEEPER
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "calling.py").write_text(CALLING)
    (tmp_path / "called.py").write_text(CALLED)
    return tmp_path


def loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the calling module as a new process would have it."""
    for name in ("called", "calling"):
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        assert spec is not None and spec.loader is not None  # noqa: PT018
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
    return module


def test_what_is_compiled_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(folder, monkeypatch).kernel(3) == 7
    again = loaded(folder, monkeypatch).kernel
    assert again(3) == 7
    assert len(again.stats.cache_hits) == 1
    assert not again.stats.cache_misses


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [("2 * number", "5 * number", 16), ("ADDED = 1", "ADDED = 9", 15), ("DEEPER = 0", "DEEPER = 100", 107)],
)
def test_a_change_in_another_file_is_compiled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, result: int
) -> None:
    assert loaded(folder, monkeypatch).kernel(3) == 7
    assert old in CALLED
    (folder / "called.py").write_text(CALLED.replace(old, new))
    assert loaded(folder, monkeypatch).kernel(3) == result


def test_what_a_digest_knows_nothing_of_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "called.py").write_text(CALLED.replace("DEEPER = 0", "DEEPER = {}"))
    with pytest.raises(TypeError, match="doubled reads DEEPER, a dict: pass it"):
        digest_of(loaded(folder, monkeypatch).kernel)
