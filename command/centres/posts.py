"""The contact tree: a centre's own numbers, its posts, who holds each, who stands in, and how they are reached, in order.

A post is a part of its centre's record, so that every screen that shows the centre hears of it. What an office answers is
public to the county; a person's own number is sealed beside it and read through its own door (docs/decisions/private-lines.md).
"""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.centres.contract import (
    CentreEdited,
    CentreOut,
    ClosePost,
    EditCentre,
    EditPost,
    Line,
    NewPost,
    PostChanged,
    PostClosed,
    PostEvent,
    PostOpened,
)
from command.centres.models import Centre, PrivateLine, User
from command.centres.queries import CENTRES
from command.core import canonical, ids, personal, seal
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.queries import View, Wish, query

personal.standing(
    PrivateLine,
    "岗位人员私人号码：为值守登记，号码更换或岗位撤销时删除",
    "people's own numbers on posts: kept for duty, deleted when the number or the post goes",
)
WRITE = permission("post.write", "keep posts, telephone numbers and who holds them")
PRIVATE = permission("line.read", "read people's own numbers in the contact tree (each reading is logged)")
MOST_POSTS = 40


def _keep(tx: Tx, row: Centre) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if not tx.actor.manages(row.id):
        raise Forbidden(
            "Another centre's posts: its own administrator keeps them", zh="属其他单位，由其管理员维护"
        )


@action(
    "centre.edit", wish=EditCentre, needs=WRITE, target="centre", http="PATCH /centres/{id}", output=CentreOut,
    version="required",
)  # fmt: skip
def edit_centre(tx: Tx, row: Centre, wish: EditCentre) -> CentreOut:
    """Set a centre's own telephone numbers, in the order in which they are rung."""
    _keep(tx, row)
    row.phones = [one.model_dump() for one in wish.phones]
    tx.touch(row)
    shown = tx.show(CENTRES, row)
    tx.say(CentreEdited(record=shown))
    return shown


@action(
    "post.open", wish=NewPost, needs=WRITE, target="centre", http="POST /centres/{id}/posts", status=201, output=CentreOut
)  # fmt: skip
def open_post(tx: Tx, row: Centre, wish: NewPost) -> CentreOut:
    """Add a post to a centre, after those that are there."""
    _keep(tx, row)
    if len(row.posts) >= MOST_POSTS:
        raise Conflict(f"At most {MOST_POSTS} posts", zh=f"最多 {MOST_POSTS} 个岗位")
    post: dict[str, Any] = {"id": ids.new_id(), "lines": []}
    row.posts = [*row.posts, _filled(tx, row, post, wish)]
    return _told(tx, row, PostOpened, wish.title)


@action(
    "post.edit", wish=EditPost, needs=WRITE, target="centre", http="PATCH /centres/{id}/posts/{post}", output=CentreOut,
    version="required",
)  # fmt: skip
def edit_post(tx: Tx, row: Centre, wish: EditPost) -> CentreOut:
    """Change a post: title, who holds it, who stands in, its lines, its place in the list."""
    _keep(tx, row)
    before = _post(row, wish.post)
    after = _filled(tx, row, dict(before), wish)
    posts = [after if one["id"] == wish.post else one for one in row.posts]
    if wish.place is not None:
        posts.remove(after)
        posts.insert(wish.place, after)
    row.posts = [_renamed(one, after) for one in posts]
    return _told(tx, row, PostChanged, after["title"])


@action(
    "post.close", wish=ClosePost, needs=WRITE, target="centre", http="POST /centres/{id}/posts/{post}/close",
    output=CentreOut, version="required",
)  # fmt: skip
def close_post(tx: Tx, row: Centre, wish: ClosePost) -> CentreOut:
    """Close a post: it leaves the lists, its private numbers are destroyed, nobody is deputised by it any more."""
    _keep(tx, row)
    post = _post(row, wish.post)
    _destroy(tx, post["lines"])
    row.posts = [_without_deputy(one, wish.post) for one in row.posts if one["id"] != wish.post]
    return _told(tx, row, PostClosed, post["title"])


def _told(tx: Tx, row: Centre, event: type[PostEvent], title: str) -> CentreOut:
    tx.touch(row)
    shown = tx.show(CENTRES, row)
    tx.say(event(record=shown, said={"title": title}))
    return shown


def _post(row: Centre, post_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((one for one in row.posts if one["id"] == post_id), None)
    if found is None:
        raise NotFound("There is no such post", zh="没有这个岗位")
    return found


def _filled(tx: Tx, row: Centre, post: dict[str, Any], wish: NewPost) -> dict[str, Any]:
    """The post with what was wished; what was not named stays as it is."""
    named = wish.model_fields_set
    if "title" in named:
        if any(one["title"] == wish.title and one["id"] != post["id"] for one in row.posts):
            raise Conflict(f"There is a post {wish.title} here", zh=f"已有岗位“{wish.title}”")
        post["title"] = wish.title
    if "holder_id" in named or "holder" not in post:
        post["holder_id"], post["holder"] = wish.holder_id, _account(tx, row, wish.holder_id)
    if {"deputy_post", "deputy_id"} & named or "deputy" not in post:
        post |= _deputy(tx, row, post, wish)
    if "lines" in named:
        post["lines"] = _lines(tx, row, post["lines"], wish.lines)
    post["numbers"] = [one["number"] for one in post["lines"] if one["number"] is not None]
    return post


def _deputy(tx: Tx, row: Centre, post: dict[str, Any], wish: NewPost) -> dict[str, Any]:
    if wish.deputy_post is None:
        return {"deputy_post": None, "deputy_id": wish.deputy_id, "deputy": _account(tx, row, wish.deputy_id)}
    if wish.deputy_post == post["id"]:
        raise Invalid("deputy_post: a post does not stand in for itself", zh="岗位不能由自己代理")
    return {
        "deputy_post": wish.deputy_post,
        "deputy_id": None,
        "deputy": _post(row, wish.deputy_post)["title"],
    }


def _account(tx: Tx, row: Centre, user_id: str | None) -> str | None:
    """The name of an account that works at this centre, as every entry of the journal shows it anyway."""
    if user_id is None:
        return None
    user = tx.session.get(User, user_id)
    if user is None or user.centre != row.id:
        raise Invalid("There is no such account at this centre", zh="该单位没有这个账号")
    return user.name


def _renamed(post: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {**post, "deputy": changed["title"]} if post.get("deputy_post") == changed["id"] else post


def _without_deputy(post: dict[str, Any], gone: str) -> dict[str, Any]:
    return {**post, "deputy_post": None, "deputy": None} if post.get("deputy_post") == gone else post


def _lines(tx: Tx, row: Centre, before: list[dict[str, Any]], wished: list[Line]) -> list[dict[str, Any]]:
    """The lines of a post in their order; private ones are sealed, those that went are destroyed."""
    known = {one["id"]: one for one in before}
    lines = [_line(tx, row, one, known) for one in wished]
    kept = {one["id"] for one in lines}
    _destroy(tx, [one for one in before if one["id"] not in kept])
    return lines


def _line(tx: Tx, row: Centre, wish: Line, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    old = known.get(wish.id) if wish.id else None
    if wish.id and old is None:
        raise Invalid("lines: there is no such line on this post", zh="该岗位没有这条线路")
    if old is not None and wish.number is None:
        return {**old, "kind": wish.kind}
    assert wish.number is not None  # the input's own check
    if old is not None:
        _destroy(tx, [old])
    if not wish.is_private:
        return {
            "id": ids.new_id(),
            "kind": wish.kind,
            "number": wish.number,
            "private": False,
            "commitment": None,
        }
    value, salt = canonical.dump({"number": wish.number, "whose": wish.whose}), os.urandom(16)
    made = PrivateLine(id=ids.new_id(), centre=row.id, salt=salt, sealed=seal.seal(tx.secret, value))
    tx.session.add(made)
    told = seal.commitment(salt, value)
    return {"id": made.id, "kind": wish.kind, "number": None, "private": True, "commitment": told}


def _destroy(tx: Tx, lines: list[dict[str, Any]]) -> None:
    gone = [one["id"] for one in lines if one["private"]]
    tx.session.execute(sa.delete(PrivateLine).where(PrivateLine.id.in_(gone)))


class OfPost(Wish):
    """A post of a centre."""

    id: str = Field(max_length=32)
    post: str = Field(max_length=36)


@query(
    "post.private", wish=OfPost, needs=PRIVATE, http="GET /centres/{id}/posts/{post}/private", output=dict[str, Any]
)  # fmt: skip
def private_lines(view: View, wish: OfPost) -> dict[str, Any]:
    """People's own numbers on a post, in the order in which they are rung; the reading is written to the access log."""
    row = view.session.get(Centre, wish.id)
    if row is None or not (view.actor.manages(row.id) or view.actor.covers(row.id)):
        raise NotFound()
    names = [one["id"] for one in _post(row, wish.post)["lines"] if one["private"]]
    rows = {
        one.id: one
        for one in view.session.execute(sa.select(PrivateLine).where(PrivateLine.id.in_(names))).scalars()
    }
    view.log_read("line", wish.post)
    items = [
        {"id": name, **canonical.load(seal.open_(view.secret, rows[name].sealed))}
        for name in names
        if name in rows
    ]
    return {"items": items}
