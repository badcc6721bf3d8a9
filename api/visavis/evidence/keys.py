"""An operator's key: made once, kept secret, its public half handed to whoever is to check."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from visavis.model.errors import InputError, UsageError


@dataclass(frozen=True)
class Signer:
    """What signs a manifest."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half as PEM."""
        return public_pem(self.key.public_key())

    def sign(self, content: bytes) -> bytes:
        """Return the signature of some bytes (Ed25519, RFC 8032)."""
        return self.key.sign(content)


def new_key(file: Path) -> str:
    """Write a new key to `file`, readable by its owner alone, and the public half beside it; return its fingerprint.

    Raises
    ------
    UsageError
        Where either file is there already: a key that is lost can't be made again.
    """
    public = file.with_name(file.name + ".pub")
    for each in (file, public):
        if each.exists():
            raise UsageError(f"{each} is there already", remedy="Name another file")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as written:
        written.write(secret)
    public.write_text(public_pem(key.public_key()), "ascii")
    return fingerprint(public_pem(key.public_key()))


def read_signer(file: Path) -> Signer:
    """Return the key in a file.

    Raises
    ------
    InputError
        Where it is missing or no Ed25519 key.
    """
    try:
        key = serialization.load_pem_private_key(_content(file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as broken:
        raise InputError(f"is no key ({broken})", file=file, remedy="Make one: visavis key new") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError("is no Ed25519 key", file=file, remedy="Make one: visavis key new")
    return Signer(key)


def read_public_key(file: Path) -> str:
    """Return the public key in a file as PEM.

    Raises
    ------
    InputError
        Where it is missing or no Ed25519 public key.
    """
    try:
        return public_pem(loaded(_content(file)))
    except ValueError as broken:
        raise InputError(f"is no public key ({broken})", file=file, remedy="Give the .pub file") from None


def signed_by(pem: str, signature: bytes, content: bytes) -> bool:
    """Say whether a signature is that of a public key over some bytes; a key that is none signs nothing."""
    try:
        loaded(pem.encode()).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(pem: str) -> str:
    """Return what people compare a public key by: the SHA-256 of its raw bytes, in groups of four digits.

    Raises
    ------
    ValueError
        Where it is no Ed25519 public key.
    """
    digits = hashlib.sha256(loaded(pem.encode()).public_bytes_raw()).hexdigest()[:40]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def loaded(pem: bytes) -> Ed25519PublicKey:
    """Return a public key from PEM, or raise ValueError."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (TypeError, UnsupportedAlgorithm) as broken:
        raise ValueError(str(broken)) from None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not Ed25519")  # noqa: TRY004  (of the content, not of a type)
    return key


def public_pem(key: Ed25519PublicKey) -> str:
    """Return a public key as PEM."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode("ascii")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", file=file, remedy="Check the name") from None
