"""Sealing: authenticated encryption of small private values, and salted commitments that stand for them in the journal."""

from __future__ import annotations

import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"fengsui-seal").digest()


def seal(secret: str, value: bytes) -> bytes:
    """Encrypt under a key made from the secret: nonce (12 bytes) + ciphertext."""
    nonce = os.urandom(12)
    return nonce + AESGCM(_key(secret)).encrypt(nonce, value, None)


def open_(secret: str, sealed: bytes) -> bytes:
    """Decrypt what seal() made; raises InvalidTag when it was changed or the key is another."""
    return AESGCM(_key(secret)).decrypt(sealed[:12], sealed[12:], None)


def commitment(salt: bytes, value: bytes) -> str:
    """A salted commitment: proves later what was said, tells nothing once the salt is destroyed (RULES 8)."""
    return hashlib.blake2b(value, key=salt, digest_size=16).hexdigest()
