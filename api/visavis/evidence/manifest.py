"""What a bundle holds: every file with its digest, and what the layers were built from and how."""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Final = "visavis-bundle/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"

Role = Literal["layer", "paper", "report", "readme"]
Sha256 = str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """A file: in the bundle, or `held` elsewhere and known by its digest alone."""

    path: str = Field(min_length=1, max_length=1_000)
    role: Role
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    held: bool = True


class Inputs(_Strict):
    """What to build the layers from again: paths in the bundle, in the order in which they were given."""

    dossiers: tuple[str, ...] = ()
    spaces: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    terrain: tuple[str, ...] = ()


class Manifest(_Strict):
    """The whole of `manifest.json`."""

    format: Literal["visavis-bundle/1"] = FORMAT
    software: str
    built_at: str
    build: dict[str, Any]
    inputs: Inputs
    files: tuple[Entry, ...]

    def written(self) -> bytes:
        """Return it as the bytes that are signed: the same for the same content."""
        return (json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


class Signature(_Strict):
    """The whole of `signature.json`: who signed the bytes of the manifest."""

    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str = Field(max_length=1_000)
    signature: str = Field(max_length=200)
