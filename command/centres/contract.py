"""What centres and their posts say and take."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record

Code = Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
TELEPHONE = re.compile(r"[0-9+*#() -]{3,24}")
MOST_LINES = 12
Title = Annotated[str, Field(min_length=1, max_length=40)]


class CentreOut(Record):
    """A centre as everybody signed in may see it. `posts`: title, who holds it, who stands in, and the lines in the order in
    which they are rung; a private line has no number here."""

    code: str
    kind: str
    name: str
    pinyin: str
    parent: str | None
    phones: list[Any]
    posts: list[Any]
    synthetic: bool


class Phone(Wish):
    """A number of the centre itself."""

    label: Title
    kind: Literal["landline", "mobile", "satellite", "radio"] = "landline"
    number: str = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _is_a_number(self) -> Self:
        check_number(self.kind, self.number)
        return self


class Line(Wish):
    """One way to reach a post. `private`: a person's own number (a mobile is, unless it is said to be the office's): it is
    sealed, and read only through its own door. `id` keeps a line that is there, with its number when none is given."""

    id: str | None = Field(None, max_length=36)
    kind: Literal["landline", "mobile", "satellite", "radio"]
    number: str | None = Field(None, min_length=1, max_length=40)
    private: bool | None = None
    whose: str | None = Field(None, max_length=40)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.number is None and self.id is None:
            raise Wrong("a new line has a number", "新号码须写明号码")
        if self.number is not None:
            check_number(self.kind, self.number)
        if self.whose and not self.is_private:
            raise Wrong("whose it is belongs to a private line only", "只有个人号码才写明归谁")
        return self

    @property
    def is_private(self) -> bool:
        """Whether it is a person's own."""
        return self.kind == "mobile" if self.private is None else self.private


def check_number(kind: str, number: str) -> None:
    """A telephone is digits; a radio may also have a call sign."""
    if kind != "radio" and not TELEPHONE.fullmatch(number):
        raise Wrong("a telephone number is digits with + - * # ( ) between", "电话号码只含数字和 + - * # ( )")


Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]


class EditCentre(Wish):
    """The centre's own numbers, in the order in which they are rung."""

    phones: list[Phone] = Field(max_length=MOST_LINES)


class NewPost(Wish):
    """A post of a centre. `holder_id`: an account of this centre. Who stands in: another post of the centre (`deputy_post`), or
    an account of it (`deputy_id`)."""

    title: Title
    holder_id: str | None = Field(None, max_length=36)
    deputy_post: str | None = Field(None, max_length=36)
    deputy_id: str | None = Field(None, max_length=36)
    lines: Lines = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_deputy(self) -> Self:
        if self.deputy_post and self.deputy_id:
            raise Wrong("one deputy: a post or an account", "代理人只写一个：岗位或账号")
        return self


class EditPost(NewPost):
    """What is to change about a post; what is not named stays. `place`: where it stands among the posts, from 0."""

    post: str = Field(max_length=36)
    title: Title = ""
    place: int | None = Field(None, ge=0, le=100)


class ClosePost(Wish):
    """A post that is to go."""

    post: str = Field(max_length=36)


CENTRES_TOPIC = "centres"


def keeper_topics(code: str) -> frozenset[str]:
    """Who keeps a centre's registers: the county's keepers, and those of the township or department itself."""
    if len(code) <= 6:
        return frozenset({"admin"})
    return frozenset({"admin", f"admin:{code if '-' in code else code[:9]}"})


class CentreEvent(Event):
    """Something changed about a centre or its posts: heard wherever centres are shown; of a village, by its keepers alone."""

    kind: ClassVar[str] = "centre"
    record: CentreOut

    def topics(self) -> frozenset[str]:
        shown = frozenset() if self.record.kind == "village" else frozenset({CENTRES_TOPIC})
        return shown | keeper_topics(self.record.id)


class CentreEdited(CentreEvent):
    type: ClassVar[str] = "centre.edited"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"{self.record.name}修改单位电话",
            "en": f"{self.record.name}: telephone numbers changed",
        }


class PostEvent(CentreEvent):
    """Something happened to the post that `said` names."""

    says: ClassVar[tuple[str, str]]

    def text(self) -> dict[str, str]:
        zh, en = self.says
        title = self.said["title"]
        return {"zh": f"{self.record.name}{zh}“{title}”", "en": f"{self.record.name}: post {title} {en}"}


class PostOpened(PostEvent):
    type: ClassVar[str] = "post.opened"
    says: ClassVar[tuple[str, str]] = ("新设岗位", "opened")


class PostChanged(PostEvent):
    type: ClassVar[str] = "post.changed"
    says: ClassVar[tuple[str, str]] = ("修改岗位", "changed")


class PostClosed(PostEvent):
    type: ClassVar[str] = "post.closed"
    says: ClassVar[tuple[str, str]] = ("撤销岗位", "closed")
