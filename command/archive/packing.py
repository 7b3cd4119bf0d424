"""A folder of members becomes a signed ZIP: manifest, sums, signature, always the same bytes for the same members and key.

`SHA256SUMS` names every other member with its hash and is what is signed, so that `openssl` and `sha256sum` alone verify the file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from command.archive import keys

MANIFEST, SUMS, SIGNATURE, KEY = "manifest.json", "SHA256SUMS", "SHA256SUMS.sig", "key.pem"
STORED = frozenset({".jpg", ".pdf", ".docx"})
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path, about: dict[str, Any], directory: Path, out: Path) -> dict[str, Any]:
    """Write the ZIP of a folder, signed with the installation's key. Returns its hash, size, members and key."""
    private = keys.private(directory)
    key_id = keys.fingerprint(private.public_key())
    (folder / KEY).write_bytes(keys.pem(private.public_key()))
    listed = [{"path": name, "size": size, "sha256": sha} for name, size, sha in _hashed(folder)]
    told = {**about, "key": {"algorithm": "Ed25519", "sha256": key_id}, "members": listed}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    sums = "".join(f"{sha}  {name}\n" for name, _, sha in _hashed(folder)).encode()
    (folder / SUMS).write_bytes(sums)
    (folder / SIGNATURE).write_bytes(private.sign(sums))
    names = list(_names(folder))
    out.parent.mkdir(parents=True, exist_ok=True)
    half = out.with_suffix(".new")
    with half.open("wb") as raw:
        _zip(raw, folder, names)
        raw.flush()
        os.fsync(raw.fileno())
    half.replace(out)
    return {"sha256": _sha(out), "size": out.stat().st_size, "members": len(names), "key_id": key_id}


def _names(folder: Path) -> Iterable[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _hashed(folder: Path) -> Iterable[tuple[str, int, str]]:
    for name in _names(folder):
        yield name, (folder / name).stat().st_size, _sha(folder / name)


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _zip(raw: Any, folder: Path, names: Iterable[str]) -> None:
    with zipfile.ZipFile(raw, "w") as made:
        for name in names:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in STORED else zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as member, made.open(entry, "w") as into:
                shutil.copyfileobj(member, into, 2**20)
