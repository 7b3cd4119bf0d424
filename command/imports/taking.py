"""Taking one row: a new thing, a changed one, the same as before, or a refusal that leaves nothing behind."""

from __future__ import annotations

from typing import Any

from command.core import records
from command.core.access import system_actor
from command.core.actions import ACTIONS, Tx
from command.core.errors import Conflict, NotFound, Problem
from command.core.importers import Importer
from command.imports.models import ImportLink
from command.imports.rows import Ready, Turned

TWICE = {
    "zh": "同一源编号在本文件中出现两次，内容不同：只收了前一行",
    "en": "the same source id twice in this file with other contents: the first was taken",
}
BY_HAND = {
    "zh": "上次导入后有人改过：已按文件更新，原值可由撤销恢复",
    "en": "somebody had changed it since the last import: now as in the file; taking this import back restores what stood",
}
Outcome = dict[str, Any]


def take_row(tx: Tx, importer: Importer, source: str, run: str, row: Ready | Turned) -> Outcome:
    """What became of the row, as it stands in the part: number, source_id, did, thing, before, said."""
    told: Outcome = {"number": row.number, "source_id": row.source_id}
    if isinstance(row, Turned):
        return {**told, "did": "refused", "said": row.said}
    link = tx.session.get(ImportLink, (importer.layer, source, row.source_id))
    digest = row.digest(tx.secret if importer.private else "")
    flagged = {"said": row.flag} if row.flag else {}
    if link is not None and link.digest == digest:
        return {**told, "did": "same", "thing": link.thing, **flagged}
    if link is not None and link.run == run:
        return {**told, "did": "refused", "said": TWICE}
    spoken = len(tx.said)
    try:
        with tx.session.begin_nested():
            done = _do(tx, importer, row, link)
    except Problem as problem:
        del tx.said[spoken:]
        return {**told, "did": "refused", "said": {"zh": problem.said, "en": problem.detail}}
    if done["did"] == "same":
        return {**told, **done, **flagged}
    was = {"was": {"run": link.run, "digest": link.digest}} if link is not None else {}
    _link(tx, importer, source, row, run, {**done, "digest": digest}, link)
    return {**told, **flagged, **done, "digest": digest, **was}


def _do(tx: Tx, importer: Importer, row: Ready, link: ImportLink | None) -> Outcome:
    thing = link.thing if link is not None else row.thing
    if thing is None:
        assert importer.make is not None
        made = tx.act(importer.make, row.payload, as_system=True)
        return {"did": "made", "thing": made.id, "version": version_of(tx, importer, made.id)}
    shown = standing(tx, importer, thing)
    may = ACTIONS[importer.change].wish.model_fields
    wish = {name: value for name, value in row.payload.items() if name in may}
    before = {name: shown[name] for name in wish}
    for name, value in row.payload.items():
        if name not in may and shown.get(name, value) != value:
            raise Conflict(f"{name}: cannot be changed by an import", zh=f"{name}：不能由导入更改")
    if wish == before:
        return {"did": "same", "thing": thing}
    version = version_of(tx, importer, thing)
    said = {"said": BY_HAND} if link is not None and link.thing_version != version else {}
    tx.act(importer.change, {"id": thing, **wish}, as_system=True)
    return {
        "did": "changed",
        "thing": thing,
        "before": before,
        "version": version_of(tx, importer, thing),
        **said,
    }


def standing(tx: Tx, importer: Importer, thing: str) -> dict[str, Any]:
    """The thing's public form as it stands now; a refusal when it was taken off its register."""
    try:
        row = records.find(tx.session, importer.record, thing, system_actor(tx.node), lock=True)
    except NotFound:
        raise Conflict(
            "It was taken off the register since; enter it there again by hand",
            zh="该项已被移出登记：请先人工恢复",
        ) from None
    shown: dict[str, Any] = records.show(tx.session, importer.record, row).model_dump()
    return shown


def row_of(tx: Tx, importer: Importer, thing: str) -> Any:
    """The thing's own row; what is state has its world before its id."""
    kind = records.of_kind(importer.record)
    return tx.session.get(kind.model, (tx.world, thing) if kind.worldly else thing)


def version_of(tx: Tx, importer: Importer, thing: str) -> int:
    """The version of the thing's own row."""
    row = row_of(tx, importer, thing)
    assert row is not None
    version: int = row.version
    return version


def _link(
    tx: Tx, importer: Importer, source: str, row: Ready, run: str, done: Outcome, link: ImportLink | None
) -> None:
    if link is None:
        link = ImportLink(layer=importer.layer, source=source, source_id=row.source_id, thing=done["thing"])
        tx.session.add(link)
    link.run, link.digest, link.thing_version = run, done["digest"], done["version"]
    tx.session.flush()
