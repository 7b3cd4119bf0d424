"""The key that signs response files: Ed25519, made when it is first needed. The private half lies in DATA_DIR, readable by nobody else,
and in no backup; public halves are kept for ever, so that files signed before a rotation verify after it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from command.core import ids

PRIVATE = "archive.key"
PUBLICS = "archive-keys"


def private(directory: Path) -> Ed25519PrivateKey:
    """The key that signs now; made at the first call."""
    path = directory / PRIVATE
    if not path.exists():
        _make(directory, first=True)
    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError(f"{path} is no Ed25519 key")
    _keep_public(directory, found.public_key())  # of the key that signs, whoever made it
    return found


def rotate(directory: Path) -> str:
    """Make a new key and forget the private half of the old one. Returns the new key's fingerprint."""
    _make(directory, first=False)
    return fingerprint(private(directory).public_key())


def _make(directory: Path, *, first: bool) -> None:
    fresh = Ed25519PrivateKey.generate()
    half = directory / f".{PRIVATE}.{ids.new_id()}"
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(
            fresh.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        out.flush()
        os.fsync(out.fileno())
    try:
        if first:
            os.link(half, directory / PRIVATE)
        else:
            os.replace(half, directory / PRIVATE)
    except FileExistsError:
        return  # whoever comes second reads the one that is there
    finally:
        half.unlink(missing_ok=True)


def _keep_public(directory: Path, key: Ed25519PublicKey) -> None:
    """A public half stands only beside a private one that signs: it is written after it, whole or not at all."""
    folder = directory / PUBLICS
    folder.mkdir(exist_ok=True)
    place = folder / f"{fingerprint(key)}.pem"
    if place.exists():
        return
    half = folder / f".{place.name}.{ids.new_id()}"
    half.write_bytes(pem(key))
    os.replace(half, place)


def pem(key: Ed25519PublicKey) -> bytes:
    """A public key as `openssl` reads it."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the public key (DER), in hexadecimal: `openssl pkey -pubin -in key.pem -outform DER | sha256sum`."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def read_public(raw: bytes) -> Ed25519PublicKey:
    """A public key from its PEM; ValueError for anything else."""
    found = serialization.load_pem_public_key(raw)
    if not isinstance(found, Ed25519PublicKey):
        raise ValueError("no Ed25519 key")
    return found


def publics(directory: Path) -> dict[str, Ed25519PublicKey]:
    """All public keys with which this installation has signed, by fingerprint."""
    found = (read_public(path.read_bytes()) for path in sorted((directory / PUBLICS).glob("*.pem")))
    return {fingerprint(key): key for key in found}
