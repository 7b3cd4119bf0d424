"""Whether a response file is what was signed: its members, its signature, its entries with their hashes. Needs the file and a public key;
no database, no server."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from command.archive.keys import fingerprint, read_public
from command.archive.packing import KEY, MANIFEST, SIGNATURE, SUMS
from command.core import canonical
from command.core.journal import HEADER, entry_hash

JOURNAL = "journal.jsonl"
MOST_MEMBERS, MOST_BYTES, MOST_SMALL = 20_000, 8 * 2**30, 32 * 2**20
Flaw = dict[str, str]


@dataclass
class Checked:
    """What was found: flaws (none: it is whole), its own account of itself, the hash of each entry by its number."""

    flaws: list[Flaw] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    members: int = 0
    key_id: str = ""
    known_key: bool = False

    def say(self, zh: str, en: str) -> None:
        self.flaws.append({"zh": zh, "en": en})


def verify(path: Path, trusted: Mapping[str, Ed25519PublicKey]) -> Checked:
    """Look at a file with the keys that are trusted, by fingerprint; without any, its own key shows only that it is of one piece."""
    checked = Checked()
    try:
        with zipfile.ZipFile(path) as file:
            _look(file, trusted, checked)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        RuntimeError,
    ) as error:
        checked.say(f"读不出来：{error}", f"it cannot be read: {error}")
    return checked


def _look(file: zipfile.ZipFile, trusted: Mapping[str, Ed25519PublicKey], checked: Checked) -> None:
    names = [one.filename for one in file.infolist()]
    checked.members = len(names)
    if len(names) > MOST_MEMBERS or sum(one.file_size for one in file.infolist()) > MOST_BYTES:
        checked.say("成员过多或过大", "too many members, or too large")
        return
    for name in sorted(
        {one for one in names if names.count(one) > 1} if len(set(names)) < len(names) else ()
    ):
        checked.say(f"{name} 出现两次", f"{name} is there twice")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts:
            checked.say(f"成员名不安全：{name}", f"unsafe name: {name}")
    missing = [one for one in (MANIFEST, SUMS, SIGNATURE, KEY, JOURNAL) if one not in names]
    if missing or checked.flaws:
        for one in missing:
            checked.say(f"缺少 {one}", f"{one} is missing")
        return
    sums = _small(file, SUMS)
    _signature(file, sums, trusted, checked)
    _members(file, sums, set(names), checked)
    _manifest(file, sums, checked)
    _journal(file, checked)


def _small(file: zipfile.ZipFile, name: str) -> bytes:
    with file.open(name) as member:
        raw = member.read(MOST_SMALL + 1)
    if len(raw) > MOST_SMALL:
        raise ValueError(f"{name} is too large")
    return raw


def _signature(
    file: zipfile.ZipFile, sums: bytes, trusted: Mapping[str, Ed25519PublicKey], checked: Checked
) -> None:
    own = read_public(_small(file, KEY))
    checked.key_id = fingerprint(own)
    checked.known_key = checked.key_id in trusted
    if trusted and not checked.known_key:
        checked.say("签名公钥不是所信任的", "signed with a key that is not one of those trusted")
    try:
        own.verify(_small(file, SIGNATURE), sums)
    except InvalidSignature:
        checked.say("签名不符", "the signature does not fit")


def _listed(sums: bytes) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in sums.decode().splitlines())
    return {name: sha for sha, name in rows}


def _members(file: zipfile.ZipFile, sums: bytes, names: set[str], checked: Checked) -> None:
    listed = _listed(sums)
    for name in sorted(names - set(listed) - {SUMS, SIGNATURE}):
        checked.say(f"多出 {name}", f"{name} was added")
    for name in sorted(set(listed) - names):
        checked.say(f"缺少 {name}", f"{name} is missing")
    for name in sorted(set(listed) & names):
        if _sha(file, name) != listed[name]:
            checked.say(f"{name} 被改动", f"{name} was changed")


def _sha(file: zipfile.ZipFile, name: str) -> str:
    sha = hashlib.sha256()
    with file.open(name) as member:
        while piece := member.read(2**20):
            sha.update(piece)
    return sha.hexdigest()


def _manifest(file: zipfile.ZipFile, sums: bytes, checked: Checked) -> None:
    checked.about = json.loads(_small(file, MANIFEST))
    named = {one["path"]: one["sha256"] for one in checked.about["members"]}
    others = {name: sha for name, sha in _listed(sums).items() if name != MANIFEST}
    if named != others:
        checked.say("目录与校验和不一致", "manifest and sums name different members")


def _journal(file: zipfile.ZipFile, checked: Checked) -> None:
    """Each entry's content as hashed, each hash as its header makes it, neighbours as chained, in order, as many as were said."""
    said = checked.about["journal"]
    before: dict[str, Any] | None = None
    for one in _lines(file):
        seq = int(one["seq"])
        record, text, topics = (one[name].encode() for name in ("record", "text", "topics"))
        digest = canonical.digest(record, text)
        row = {name: one[name] for name in HEADER} | {
            "prev_hash": bytes.fromhex(one["prev_hash"]),
            "topics": topics,
            "digest": digest,
        }
        if entry_hash(row).hex() != one["hash"]:
            checked.say(f"第 {seq} 条被改动", f"entry {seq} was changed")
        if before is not None and seq <= before["seq"]:
            checked.say(f"第 {seq} 条次序不对", f"entry {seq} is out of order")
        if before is not None and seq == before["seq"] + 1 and one["prev_hash"] != before["hash"]:
            checked.say(f"第 {seq} 条不接前条", f"entry {seq} does not follow the one before it")
        checked.hashes[seq] = one["hash"]
        before = one
    if len(checked.hashes) != said["count"]:
        checked.say("日志条数不符", "there are more or fewer entries than were signed")


def _lines(file: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    with file.open(JOURNAL) as member:
        for line in member:
            yield json.loads(line)
