"""The layers of a bundle, built again from the papers in it, and held against those that were signed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from visavis import __version__
from visavis.evidence import Manifest, verify
from visavis.evidence.reading import blocks_of
from visavis.evidence.sealing import LAYER_FORM
from visavis.exports import streamed
from visavis.model.errors import InputError, UsageError, VisavisError
from visavis.model.progress import Progress, untold
from visavis.pipeline import Options, build
from visavis.store import open_store
from visavis.views import IN_PROCESS, Workers


@dataclass(frozen=True)
class Rebuilt:
    """What came of it: the layers that came out the same, those that did not, and what may be the reason."""

    same: tuple[str, ...]
    different: tuple[str, ...]
    reasons: tuple[str, ...]


def rebuild(
    bundle: Path,
    *,
    key: str | None = None,
    papers: Path | None = None,
    workers: Workers = IN_PROCESS,
    progress: Progress = untold,
) -> Rebuilt:
    """Build the layers of a bundle again, as of the day of its build, and compare their digests.

    Parameters
    ----------
    key : str, optional
        The public key that has to have signed it.
    papers : Path, optional
        A folder that holds what the bundle knows by its digest alone, under the paths of its manifest.
    workers : Workers
        Whoever looks through the cameras: the result does not depend on it.

    Raises
    ------
    InputError
        Where the bundle is not whole and signed, or a paper is missing or another than the signed one.
    UsageError
        Where the bundle holds nothing to build from.
    """
    verdict = verify(bundle, key)
    if verdict.manifest is None or verdict.faults:
        raise InputError(
            "; ".join(fault.words("en") for fault in verdict.faults[:3]),
            file=bundle,
            remedy="Ask for it again",
        )
    manifest = verdict.manifest
    if not manifest.inputs.spaces or not (manifest.inputs.dossiers or manifest.inputs.cameras):
        raise UsageError(f"{bundle} names nothing to build from", remedy="Ask for a bundle with its papers")
    with _unpacked(bundle, manifest, papers) as folder:
        there = {
            kind: [folder / path for path in paths] for kind, paths in manifest.inputs.model_dump().items()
        }
        target = folder / "rebuilt.gpkg"
        build(
            there["dossiers"],
            there["spaces"],
            str(target),
            cameras=there["cameras"],
            terrain=there["terrain"],
            clock=lambda: datetime.fromisoformat(manifest.built_at),
            options=_options(manifest.build["parameters"]),
            workers=workers,
            progress=progress,
        )
        found, sources = _digests(target, manifest)
    signed = {entry.path: entry.sha256 for entry in manifest.files if entry.role == "layer"}
    same = tuple(path for path, digest in signed.items() if found.get(path) == digest)
    return Rebuilt(
        same, tuple(path for path in signed if path not in same), tuple(_reasons(manifest, sources))
    )


@contextmanager
def _unpacked(bundle: Path, manifest: Manifest, papers: Path | None) -> Iterator[Path]:
    """Give a folder of its own with every paper, each as it was signed."""
    with tempfile.TemporaryDirectory(prefix="visavis-") as held, zipfile.ZipFile(bundle) as archive:
        folder = Path(held)
        for entry in manifest.files:
            if entry.role != "paper":
                continue
            target = folder / entry.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if entry.held:
                with target.open("wb") as written:
                    for block in blocks_of(archive, entry.path, entry.bytes):
                        written.write(block)
                continue
            source = None if papers is None else papers / entry.path
            if source is None or not source.is_file():
                raise InputError(
                    f"holds the digest of {entry.path} alone",
                    file=bundle,
                    remedy="Name the folder with --papers",
                )
            shutil.copyfile(source, target)
            if hashlib.sha256(target.read_bytes()).hexdigest() != entry.sha256:
                raise InputError(
                    "is another file than the signed one", file=source, remedy="Look for the original"
                )
        yield folder


def _options(parameters: Mapping[str, Any]) -> Options:
    known = {each.name for each in fields(Options)}
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise VisavisError(
            f"was built with parameters that this version does not know: {', '.join(unknown)}",
            remedy="Use the version that the manifest names",
        )
    return Options(**parameters)


def _digests(target: Path, manifest: Manifest) -> tuple[dict[str, str], list[dict[str, Any]]]:
    store = open_store(str(target))
    try:
        found = {}
        for entry in manifest.files:
            if entry.role == "layer":
                digest = hashlib.sha256()
                for block in streamed(store, Path(entry.path).stem, LAYER_FORM) or ():
                    digest.update(block)
                found[entry.path] = digest.hexdigest()
        return found, store.record().as_dict()["sources"]
    finally:
        store.close()


def _reasons(manifest: Manifest, sources: list[dict[str, Any]]) -> Iterator[str]:
    """Yield why layers may come out otherwise: another version of the program, or of the tables that ship with it."""
    own = f"visavis {__version__}"
    if manifest.software != own:
        yield f"the bundle was made by {manifest.software}, this is {own}"
    then = {source["source_id"]: source["sha256"] for source in manifest.build["sources"]}
    for source in sources:
        if then.get(source["source_id"]) not in (None, source["sha256"]):
            yield f"{source['title']} is another file than then"
