"""Bundles: whole and signed, built again to the same digests, and every spoilt one refused with its reason."""

from __future__ import annotations

import base64
import copy
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visavis.datasets import model_town
from visavis.evidence import (
    MANIFEST,
    SIGNATURE,
    Papers,
    fingerprint,
    new_key,
    read_public_key,
    read_signer,
    seal,
    verify,
)
from visavis.exports.archiving import zipped
from visavis.layers import LAYERS
from visavis.model.errors import InputError, UsageError
from visavis.pipeline import Outcome
from visavis.rebuilding import rebuild
from visavis.store import open_store

pytestmark = pytest.mark.long

TOWN = Papers(dossiers=(model_town(),), spaces=(model_town() / "town.osm",))


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("key") / "operator.key"
    new_key(file)
    return file


@pytest.fixture(scope="session")
def bundle(
    built_town: Outcome, town_store: Path, key: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The model town, sealed once for all tests."""
    del built_town
    file = tmp_path_factory.mktemp("bundle") / "town.zip"
    store = open_store(str(town_store))
    seal(store, TOWN, read_signer(key), file)
    store.close()
    return file


@pytest.fixture(scope="session")
def files(bundle: Path) -> Mapping[str, bytes]:
    """What is in it."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(file: Path, key: str | None = None) -> list[tuple[str, str]]:
    return [(fault.code, fault.path) for fault in verify(file, key).faults]


def public(key: Path) -> str:
    return read_public_key(key.with_name(key.name + ".pub"))


def test_a_bundle_is_whole_and_signed_and_holds_every_layer_and_paper(
    bundle: Path, key: Path, files: Mapping[str, bytes]
) -> None:
    verdict = verify(bundle, public(key))
    assert verdict.faults == ()
    assert verdict.vouched
    assert verdict.fingerprint == fingerprint(public(key))
    assert not verify(bundle).vouched
    assert {f"layers/{name}.geojson" for name in LAYERS} <= set(files)
    assert f"papers/1/{model_town().name}/disclosure.yml" in files
    manifest = json.loads(files[MANIFEST])
    assert manifest["build"]["parameters"]["seed"] == 2017
    assert manifest["software"].startswith("visavis ")


def test_the_same_store_and_key_give_the_same_bytes(
    bundle: Path, town_store: Path, key: Path, tmp_path: Path
) -> None:
    store = open_store(str(town_store))
    seal(store, TOWN, read_signer(key), tmp_path / "again.zip")
    store.close()
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_its_layers_come_out_the_same_in_an_empty_folder_on_another_day_with_other_workers(
    bundle: Path, key: Path, tmp_path: Path
) -> None:
    """In a process of its own, which knows nothing of this one; the build was made as of the first of January."""
    shutil.copy(bundle, tmp_path / "b.zip")
    told = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "visavis",
            "rebuild",
            "b.zip",
            "--key",
            str(key) + ".pub",
            "--workers",
            "2",
            "--json",
        ],
        cwd=tmp_path,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"same": len(LAYERS), "different": [], "what_may_be_the_reason": []}
    assert [file.name for file in tmp_path.iterdir()] == ["b.zip"]


def spoilt(files: Mapping[str, bytes], change: Callable[[dict[str, bytes]], None]) -> bytes:
    copied = dict(files)
    change(copied)
    return zipped(copied)


def _one_byte(files: dict[str, bytes]) -> None:
    held = bytearray(files["layers/cameras.geojson"])
    held[len(held) // 2] ^= 1
    files["layers/cameras.geojson"] = bytes(held)


def _swap(files: dict[str, bytes]) -> None:
    one, other = "layers/cameras.geojson", "layers/views.geojson"
    files[one], files[other] = files[other], files[one]


def _add(files: dict[str, bytes]) -> None:
    files["layers/more.geojson"] = b"{}"


def _drop(files: dict[str, bytes]) -> None:
    del files["layers/cameras.geojson"]


def _longer(files: dict[str, bytes]) -> None:
    files["README.txt"] += b" "


def _other_manifest(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"seed": 2017', b'"seed": 2018')


def _no_signature(files: dict[str, bytes]) -> None:
    del files[SIGNATURE]


def _no_manifest(files: dict[str, bytes]) -> None:
    del files[MANIFEST]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_one_byte, [("changed", "layers/cameras.geojson")]),
        (_swap, [("swapped", "layers/cameras.geojson"), ("swapped", "layers/views.geojson")]),
        (_add, [("added", "layers/more.geojson")]),
        (_drop, [("missing", "layers/cameras.geojson")]),
        (_longer, [("changed", "README.txt")]),
        (_other_manifest, [("signature", MANIFEST)]),
        (_no_signature, [("unsigned", SIGNATURE)]),
        (_no_manifest, [("not-a-bundle", "spoilt.zip")]),
    ],
)
def test_what_was_changed_is_named_with_its_reason(
    files: Mapping[str, bytes],
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    expected: list[tuple[str, str]],
) -> None:
    file = tmp_path / "spoilt.zip"
    file.write_bytes(spoilt(files, change))
    assert codes(file) == expected
    with pytest.raises(InputError):
        rebuild(file)


def test_the_swapped_layer_is_told_by_its_name(files: Mapping[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "spoilt.zip"
    file.write_bytes(spoilt(files, _swap))
    words = verify(file).faults[0].words("fr")
    assert words == (
        "layers/cameras.geojson: contient ce qui a été signé sous un autre nom (layers/views.geojson)"
    )


def test_another_key_is_refused_and_so_is_a_manifest_signed_anew(
    bundle: Path, files: Mapping[str, bytes], key: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.key"
    new_key(stranger)
    assert codes(bundle, public(stranger)) == [("other-key", "town.zip")]

    def forge(copied: dict[str, bytes]) -> None:
        _other_manifest(copied)
        signer = read_signer(stranger)
        signature = json.loads(copied[SIGNATURE])
        signature |= {
            "public_key": signer.public,
            "signature": base64.b64encode(signer.sign(copied[MANIFEST])).decode(),
        }
        copied[SIGNATURE] = json.dumps(signature).encode()

    forged = tmp_path / "forged.zip"
    forged.write_bytes(spoilt(files, forge))
    assert codes(forged, public(key)) == [("other-key", "forged.zip")]
    # Nobody vouches for the key in the bundle: that is told, with its fingerprint.
    assert not verify(forged).vouched
    assert verify(forged).fingerprint == fingerprint(public(stranger))


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/evil", "layers/../../evil", "layers\\..\\evil", "C:evil", "layers//evil", "a/./b"],
)
def test_a_name_that_leads_out_is_refused_before_anything_is_read(
    files: Mapping[str, bytes], tmp_path: Path, name: str
) -> None:
    file = tmp_path / "spoilt.zip"
    file.write_bytes(zipped({**files, name: b"x"}))
    assert [code for code, _ in codes(file)] == ["path"]


def test_a_link_is_refused(bundle: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(bundle, tmp_path / "spoilt.zip"))
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("papers/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert codes(file) == [("path", "papers/link")]


@pytest.mark.parametrize("name", ["layers/cameras.geojson", "LAYERS/Cameras.GeoJSON"])
def test_a_name_that_is_there_twice_is_refused(bundle: Path, tmp_path: Path, name: str) -> None:
    file = Path(shutil.copy(bundle, tmp_path / "spoilt.zip"))
    with zipfile.ZipFile(file, "a") as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        archive.writestr(name, b"{}")
    assert codes(file) == [("twice", name)]


def test_a_bomb_is_refused_without_being_unpacked(bundle: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(bundle, tmp_path / "spoilt.zip"))
    nothing = bytes(1 << 20)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb", "w") as written:
        for _ in range(80):
            written.write(nothing)
    assert codes(file) == [("bomb", "bomb")]


def test_files_that_lie_over_one_another_are_a_bomb(files: Mapping[str, bytes], tmp_path: Path) -> None:
    """One packed file, listed many times: each entry of the list points to the same bytes."""
    held = io.BytesIO(zipped({**files, "big": bytes(1 << 20)}))
    with zipfile.ZipFile(held, "a") as archive:
        one = archive.getinfo("layers/facade_strips.geojson")
        for number in range(60):
            again = copy.copy(one)
            again.filename = f"layers/{number:04}"
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]
    file = tmp_path / "spoilt.zip"
    file.write_bytes(held.getvalue())
    assert codes(file)[0][0] == "bomb"


def test_a_file_that_holds_more_than_its_head_says_is_not_read_to_its_end(
    files: Mapping[str, bytes], tmp_path: Path
) -> None:
    """The size in the list of files is a lie: a byte of it is changed in the archive."""
    content = bytearray(zipped(files))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"README.txt"))
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    file = tmp_path / "spoilt.zip"
    file.write_bytes(content)
    assert [code for code, _ in codes(file)] in (["unreadable"], ["changed"])


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_changed_byte_goes_unnoticed(bundle: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(bundle.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    file = tmp_path / "spoilt.zip"
    file.write_bytes(content)
    verdict = verify(file)
    if verdict.faults:
        return
    # Dates, attributes and the like say nothing that anybody relies on: every file reads as it was signed.
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(bundle) as sound:
        assert {n: archive.read(n) for n in archive.namelist()} == {
            n: sound.read(n) for n in sound.namelist()
        }


def test_papers_may_stay_at_home_and_are_then_known_by_their_digests(
    bundle: Path, town_store: Path, key: Path, tmp_path: Path
) -> None:
    file = tmp_path / "hashed.zip"
    store = open_store(str(town_store))
    hashed = Papers(TOWN.dossiers, TOWN.spaces, enclosed=False)
    manifest = seal(store, hashed, read_signer(key), file)
    store.close()
    assert verify(file, public(key)).faults == ()
    assert file.stat().st_size < bundle.stat().st_size
    assert {entry.held for entry in manifest.files if entry.role == "paper"} == {False}
    with pytest.raises(InputError, match="Name the folder with --papers"):
        rebuild(file)
    papers = tmp_path / "papers-at-home"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(papers, [n for n in archive.namelist() if n.startswith("papers/")])
    sheet = papers / "papers" / "1" / model_town().name / "sheet.pdf"
    sheet.write_bytes(sheet.read_bytes() + b"\n")
    with pytest.raises(InputError, match="another file than the signed one"):
        rebuild(file, papers=papers)


def test_papers_that_are_not_those_of_the_build_are_refused(
    town_store: Path, key: Path, tmp_path: Path
) -> None:
    other = tmp_path / "town.osm"
    other.write_bytes((model_town() / "town.osm").read_bytes() + b"\n")
    store = open_store(str(town_store))
    try:
        with pytest.raises(UsageError, match="not what the store was built from"):
            seal(store, Papers(TOWN.dossiers, (other,)), read_signer(key), tmp_path / "x.zip")
        with pytest.raises(UsageError, match="which is not among the papers given"):
            seal(store, Papers((), TOWN.spaces), read_signer(key), tmp_path / "x.zip")
        with pytest.raises(InputError, match="no such"):
            seal(store, Papers(TOWN.dossiers, (tmp_path / "none.osm",)), read_signer(key), tmp_path / "x.zip")
    finally:
        store.close()
    assert not (tmp_path / "x.zip").exists()


def test_without_papers_there_is_nothing_to_rebuild_from(town_store: Path, key: Path, tmp_path: Path) -> None:
    store = open_store(str(town_store))
    seal(store, Papers(), read_signer(key), tmp_path / "bare.zip")
    store.close()
    assert codes(tmp_path / "bare.zip") == []
    with pytest.raises(UsageError, match="names nothing to build from"):
        rebuild(tmp_path / "bare.zip")


def test_a_key_is_its_owners_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "operator.key"
    told = new_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert told == fingerprint(public(file))
    with pytest.raises(UsageError, match="is there already"):
        new_key(file)
    with pytest.raises(InputError, match="is no key"):
        read_signer(file.with_name("operator.key.pub"))
    with pytest.raises(InputError, match="is no public key"):
        read_public_key(file)


def test_something_else_is_no_bundle(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    for content in (b"", b"PK", b"\x00" * 1000, zipped({"a.txt": b"a"})):
        file.write_bytes(content)
        assert codes(file) == [("not-a-bundle", "x.zip")]
