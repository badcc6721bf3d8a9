"""Whether a bundle is whole and signed: every reason against it, or none."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from visavis.evidence.keys import fingerprint, signed_by
from visavis.evidence.manifest import MANIFEST, SIGNATURE, Entry, Manifest, Signature
from visavis.evidence.reading import RefusedError, blocks_of, leads_out, refusals, size_of, whole
from visavis.model.vocabulary import Word

_MOST_MANIFEST: Final = 64 << 20
_MOST_SIGNATURE: Final = 10_000

FAULTS: Final = MappingProxyType(
    {
        "not-a-bundle": Word("is no evidence bundle", "n'est pas un dossier de preuves"),
        "bomb": Word(
            "unpacks to more than a bundle may: nothing of it was unpacked",
            "se décompresse en plus que permis : rien n'en a été décompressé",
        ),
        "path": Word("has a name that leads out of the bundle", "porte un nom qui mène hors du dossier"),
        "twice": Word("is in the bundle twice", "figure deux fois dans le dossier"),
        "unreadable": Word("can't be read", "ne peut être lu"),
        "unsigned": Word("the manifest is not signed", "le manifeste n'est pas signé"),
        "signature": Word(
            "the signature is not that of this manifest: one of the two was changed",
            "la signature n'est pas celle de ce manifeste : l'un des deux a été modifié",
        ),
        "other-key": Word(
            "is signed with another key than the one given", "est signé avec une autre clé que celle donnée"
        ),
        "changed": Word("is not as it was signed", "n'est pas tel qu'il a été signé"),
        "swapped": Word(
            "holds what was signed under another name", "contient ce qui a été signé sous un autre nom"
        ),
        "missing": Word("was signed and is missing", "a été signé et manque"),
        "added": Word("was not signed: it was added later", "n'a pas été signé : ajouté après coup"),
    }
)


@dataclass(frozen=True)
class Fault:
    """A reason against a bundle: a code of FAULTS, the file that it is about, and figures."""

    code: str
    path: str
    figures: str = ""

    def words(self, lang: str) -> str:
        """Return it as a sentence."""
        told = getattr(FAULTS[self.code], lang)
        return f"{self.path}: {told}" + (f" ({self.figures})" if self.figures else "")


@dataclass(frozen=True)
class Verdict:
    """What came of checking a bundle.

    Parameters
    ----------
    faults : tuple of Fault
        Every reason against it; none where it is whole and signed.
    manifest : Manifest, optional
        None where it could not be read or its signature does not hold.
    fingerprint : str, optional
        Of the key that signed it.
    vouched : bool
        Whether that is the key that the person gave.
    """

    faults: tuple[Fault, ...]
    manifest: Manifest | None = None
    fingerprint: str | None = None
    vouched: bool = False


def verify(bundle: Path, key: str | None = None) -> Verdict:
    """Check a bundle, offline, and without unpacking anything to disk.

    Parameters
    ----------
    bundle : Path
    key : str, optional
        The public key, as PEM, that has to have signed it. Without it anybody's signature holds, and the verdict says
        whose fingerprint it is.

    Raises
    ------
    OSError
        Where the file can't be opened.
    """
    size = size_of(bundle)
    try:
        with zipfile.ZipFile(bundle) as archive:
            listed = tuple(Fault(r.code, r.path or bundle.name, r.figures) for r in refusals(archive, size))
            return Verdict(listed) if listed else _read(archive, bundle.name, key)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as broken:
        return Verdict((Fault("not-a-bundle", bundle.name, str(broken)),))
    except RefusedError as refused:
        return Verdict((Fault(refused.code, refused.path, refused.figures),))


def _read(archive: zipfile.ZipFile, name: str, key: str | None) -> Verdict:
    there = set(archive.namelist())
    if MANIFEST not in there:
        return Verdict((Fault("not-a-bundle", name, f"no {MANIFEST}"),))
    content = whole(archive, MANIFEST, _MOST_MANIFEST)
    try:
        signature = Signature.model_validate_json(whole(archive, SIGNATURE, _MOST_SIGNATURE))
        signed = base64.b64decode(signature.signature, validate=True)
        own = fingerprint(signature.public_key)
    except (KeyError, ValidationError, binascii.Error, ValueError):
        return Verdict((Fault("unsigned", SIGNATURE),))
    if not signed_by(signature.public_key, signed, content):
        return Verdict((Fault("signature", MANIFEST),), fingerprint=own)
    if key is not None and fingerprint(key) != own:
        return Verdict((Fault("other-key", name, f"{own}; given {fingerprint(key)}"),), fingerprint=own)
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as broken:
        return Verdict((Fault("not-a-bundle", MANIFEST, f"{broken.error_count()} faults"),), fingerprint=own)
    return Verdict(tuple(_faults(archive, manifest)), manifest, own, key is not None)


def _faults(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Fault]:
    there = {entry.filename for entry in archive.infolist()}
    signed = {entry.path: entry for entry in manifest.files}
    by_digest = {entry.sha256: entry.path for entry in manifest.files}
    for path, entry in signed.items():
        if leads_out(path):
            yield Fault("path", path)
        elif not entry.held:
            continue
        elif path not in there:
            yield Fault("missing", path)
        else:
            yield from _compared(archive, entry, by_digest)
    for path in sorted(there - {p for p, entry in signed.items() if entry.held} - {MANIFEST, SIGNATURE}):
        yield Fault("added", path)


def _compared(archive: zipfile.ZipFile, entry: Entry, by_digest: dict[str, str]) -> Iterator[Fault]:
    digest = hashlib.sha256()
    # As long as it is, if that is no more than the list of files says: what was swapped is told from what was changed.
    try:
        for block in blocks_of(archive, entry.path, archive.getinfo(entry.path).file_size):
            digest.update(block)
    except RefusedError as refused:
        yield Fault(refused.code, entry.path, refused.figures)
        return
    found = digest.hexdigest()
    if found == entry.sha256:
        return
    other = by_digest.get(found)
    if other is not None:
        yield Fault("swapped", entry.path, other)
    else:
        yield Fault("changed", entry.path, f"SHA-256 {found[:12]}…, signed {entry.sha256[:12]}…")
