"""From a store, its papers and a key to a bundle."""

from __future__ import annotations

import base64
import glob
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from visavis.evidence.keys import Signer
from visavis.evidence.manifest import MANIFEST, SIGNATURE, Entry, Inputs, Manifest, Role, Signature
from visavis.exports import streamed
from visavis.exports.archiving import dated
from visavis.layers import LAYERS
from visavis.model.errors import InputError, UsageError
from visavis.model.provenance import BuildRecord
from visavis.store import Store, placed

_SAME: Final = "Name the same dossiers, spaces and terrain as in visavis build, or build again"
LAYER_FORM: Final = "geojson"
_BLOCK: Final = 1 << 20
# Formats that keep one table in several files of one name.
_SEVERAL: Final = (".shp", ".tab", ".tif", ".tiff")
# Tables that ship with the program: a rebuild takes its own, and says so where they are others.
_SHIPPED: Final = "visavis/"

README: Final = """Evidence bundle made by {software}, build {build_id}, {built_at}.

Check it, offline:      visavis verify BUNDLE --key OPERATOR.pub
Build the layers again: visavis rebuild BUNDLE --key OPERATOR.pub

manifest.json    every file with its SHA-256; the sources, parameters and version of the build
signature.json   an Ed25519 signature of the bytes of manifest.json, and the public key
layers/          every published table, as GeoJSON
papers/          what the layers were built from, or its digests in the manifest
report-*.pdf     the report

The layers say what cameras could view, to be checked on site. Compare the key's fingerprint with the one that
its owner gave you: the key in here proves nothing by itself.
"""


@dataclass(frozen=True)
class Papers:
    """What the store was built from, in the order in which it was given to `visavis build`.

    `enclosed` says whether the files themselves go into the bundle, or their digests alone.
    """

    dossiers: tuple[Path, ...] = ()
    spaces: tuple[Path, ...] = ()
    cameras: tuple[Path, ...] = ()
    terrain: tuple[Path, ...] = ()
    enclosed: bool = True


def seal(
    store: Store,
    papers: Papers,
    signer: Signer,
    target: Path,
    *,
    reports: Iterable[tuple[str, Callable[[], bytes]]] = (),
) -> Manifest:
    """Write a bundle, whole or not at all: the same bytes for the same store, papers and key.

    Parameters
    ----------
    reports : iterable of (str, callable)
        The names of reports and what makes each.

    Raises
    ------
    UsageError
        Where the store was built from something that is not among the papers given.
    InputError
        Where one of them is missing.
    """
    record = store.record()
    inputs, listed = _listed(papers)
    entries: list[Entry] = []
    with placed(target, ".zip") as beside, zipfile.ZipFile(beside, "w") as zipped:
        bundle = _Bundle(zipped, record.built_at)
        for name in LAYERS:
            blocks = streamed(store, name, LAYER_FORM)
            entries.append(bundle.add(f"layers/{name}.{LAYER_FORM}", "layer", blocks or ()))
        for path, file in listed:
            entries.append(
                bundle.add(path, "paper", _blocks(file)) if papers.enclosed else _digested(path, file)
            )
        _require_all(record, entries, inputs)
        for name, make in reports:
            entries.append(bundle.add(name, "report", (make(),)))
        told = README.format(
            software=record.software, build_id=record.build_id, built_at=record.built_at.date().isoformat()
        )
        entries.append(bundle.add("README.txt", "readme", (told.encode(),)))
        manifest = Manifest(
            software=record.software,
            built_at=record.built_at.isoformat(),
            build=record.as_dict(),
            inputs=inputs,
            files=tuple(sorted(entries, key=lambda entry: entry.path)),
        )
        content = manifest.written()
        signature = Signature(
            public_key=signer.public, signature=base64.b64encode(signer.sign(content)).decode("ascii")
        )
        bundle.put(MANIFEST, content)
        bundle.put(SIGNATURE, (json.dumps(signature.model_dump(), indent=1) + "\n").encode())
    return manifest


class _Bundle:
    """A zip that is being written; each file bears the moment of the build."""

    def __init__(self, zipped: zipfile.ZipFile, moment: datetime) -> None:
        self._zipped = zipped
        self._moment = moment

    def add(self, path: str, role: Role, blocks: Iterable[bytes]) -> Entry:
        """Write a file block by block, and return its entry in the manifest."""
        digest, size = hashlib.sha256(), 0
        with self._zipped.open(dated(path, self._moment), "w", force_zip64=True) as written:
            for block in blocks:
                digest.update(block)
                size += len(block)
                written.write(block)
        return Entry(path=path, role=role, bytes=size, sha256=digest.hexdigest())

    def put(self, path: str, content: bytes) -> None:
        """Write a file that the manifest does not list."""
        self._zipped.writestr(dated(path, self._moment), content)


def _listed(papers: Papers) -> tuple[Inputs, list[tuple[str, Path]]]:
    """Return where each input lies in the bundle, and every file of it."""
    files: list[tuple[str, Path]] = []
    folders = []
    for number, folder in enumerate(papers.dossiers, start=1):
        # A folder below `disclosures` is held to its name, and has to be so when it is read again.
        whole = folder.resolve()
        below = "disclosures/" if "disclosures" in whole.parts else ""
        at = f"papers/{number}/{below}{whole.name}"
        folders.append(at)
        files += [(f"{at}/{name}", file) for name, file in _within(folder)]
    alone: dict[str, tuple[str, ...]] = {}
    for kind in ("spaces", "cameras", "terrain"):
        given: tuple[Path, ...] = getattr(papers, kind)
        named = [f"papers/{kind}/{number}/{file.name}" for number, file in enumerate(given, start=1)]
        alone[kind] = tuple(named)
        for path, file in zip(named, given, strict=True):
            files += _with_companions(path, file)
    for path, file in files:
        if not file.is_file():
            raise InputError("no such file", file=file, remedy=f"It is needed for {path}")
    return Inputs(dossiers=tuple(folders), **alone), files


def _with_companions(path: str, file: Path) -> Iterator[tuple[str, Path]]:
    """Yield a file under its path in the bundle, with those that formats of several files keep beside it."""
    if file.is_dir():
        yield from ((f"{path}/{name}", each) for name, each in _within(file))
        return
    yield path, file
    if file.suffix.lower() in _SEVERAL:
        at = path.removesuffix(file.name)
        beside = sorted(file.parent.glob(f"{glob.escape(file.stem)}.*"))
        yield from ((f"{at}{each.name}", each) for each in beside if each != file and each.is_file())


def _within(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a dossier's folder by their names in it: no links, nothing hidden."""
    if not folder.is_dir():
        raise InputError("no such folder", file=folder, remedy="Name a dossier")
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if (
            file.is_file()
            and not file.is_symlink()
            and not any(part.startswith(".") for part in name.split("/"))
        ):
            yield name, file


def _require_all(record: BuildRecord, entries: list[Entry], inputs: Inputs) -> None:
    """Refuse papers that are not those of the build: a rebuild from them would give something else."""
    if not (inputs.dossiers or inputs.cameras or inputs.spaces):
        return
    built = {source.sha256 for source in record.sources if source.sha256 is not None}
    there = {entry.sha256 for entry in entries if entry.role == "paper"}
    for source in record.sources:
        told = source.sha256 is not None and not source.source_id.startswith(_SHIPPED)
        if told and source.sha256 not in there:
            raise UsageError(
                f"the store was built from {source.title!r}, which is not among the papers given as it was then",
                remedy=_SAME,
            )
    by_path = {entry.path: entry.sha256 for entry in entries}
    for path in (*inputs.spaces, *inputs.cameras, *inputs.terrain):
        if path in by_path and by_path[path] not in built:
            raise UsageError(f"{path.rsplit('/', 1)[-1]} is not what the store was built from", remedy=_SAME)


def _digested(path: str, file: Path) -> Entry:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return Entry(path=path, role="paper", bytes=file.stat().st_size, sha256=digest.hexdigest(), held=False)


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as read:
        while block := read.read(_BLOCK):
            yield block
