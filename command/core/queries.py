"""Questions: named, permissioned, asked over HTTP or by another slice with ask(). They write nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError
from sqlalchemy.orm import Session

from command.core import faults
from command.core.access import Actor
from command.core.errors import Invalid, NotFound


def _within_reach(at: datetime) -> datetime:
    """A time that a calendar of people holds, so that no zone can carry it beyond what can be stored."""
    if not 1900 <= at.year <= 2200:
        raise faults.Wrong("a time between 1900 and 2200", "须为 1900 至 2200 年间的时间")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
"""A time in an input: with its zone, in a year that people mean."""


class Wish(BaseModel):
    """An input: unknown members are refused, texts are stripped, numbers finite."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Nothing(Wish):
    """An input without members."""


@dataclass(frozen=True)
class Download:
    """An answer that is a file and no JSON: its text or bytes, what it is, and the name under which a browser keeps it.

    What takes long to make (a PDF, in a process of its own) is a function: whoever asked calls it, when the read is over."""

    text: str | bytes | Callable[[], bytes]
    media: str
    name: str

    def whole(self) -> bytes:
        """Its bytes, made now if they are not made yet."""
        text = self.text() if callable(self.text) else self.text
        return text.encode() if isinstance(text, str) else text


@dataclass
class View:
    """What a question sees: the rows of one world, as this actor; `directory`: where the installation keeps its files;
    `ahead`: what the question had fetched before its transaction."""

    session: Session
    actor: Actor
    world: int
    node: str
    now: datetime
    secret: str = ""
    context: Any = None
    directory: Path | None = None
    ahead: Any = None
    reads: list[tuple[str, str]] = field(default_factory=list)

    def log_read(self, what: str, thing: str) -> None:
        """Note that personal data was read: the node writes it to the access log before it answers."""
        self.reads.append((what, thing))

    def ask(self, name: str, **wish: Any) -> Any:
        """Ask another slice, as the same actor, in the same transaction."""
        return QUERIES[name].answer(self, wish)


Answerer = Callable[..., Any]
A_ = TypeVar("A_", bound=Answerer)


@dataclass(frozen=True)
class Query:
    """A registered question."""

    name: str
    run: Answerer
    wish: type[Wish]
    needs: str | None
    http: str | None
    output: Any
    public: bool
    says: str
    ahead: Callable[..., Any] | None = None
    long: bool = False

    def answer(self, view: View, wish: dict[str, Any]) -> Any:
        """Check the permission and the input, then answer."""
        view.actor.need(self.needs)
        return self.run(view, parse(self.wish, wish))


QUERIES: dict[str, Query] = {}


def query(
    name: str,
    *,
    wish: type[Wish] = Nothing,
    needs: str | None = None,
    http: str | None = None,
    output: Any = None,
    public: bool = False,
    ahead: Callable[..., Any] | None = None,
    long: bool = False,
) -> Callable[[A_], A_]:
    """Register a question. `public`: also answered without sign-in; `ahead(node, actor, world)`: what it wants from memory, put
    into `view.ahead`; asked by another slice it has to do without. `long`: it works for milliseconds on what it reads, and so never
    on the hub (RULES 15); what has `ahead` does so anyway."""

    def bind(run: A_) -> A_:
        if name in QUERIES:
            raise TypeError(f"two queries are called {name}")
        says = (run.__doc__ or name).strip().splitlines()[0]
        QUERIES[name] = Query(
            name, run, wish, needs, http, output, public, says, ahead, long or ahead is not None
        )
        return run

    return bind


W_ = TypeVar("W_", bound=BaseModel)


def parse(model: type[W_], value: Any) -> W_:
    """The input as its model, or Invalid with a list of what is wrong and where; the input itself is never echoed."""
    if _has_null(value):
        raise Invalid("a null character is not a text", zh="文字中有空字符")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = faults.told(error)
        first = found[0]["said"]
        raise Invalid(first["en"], zh=first["zh"], errors=found) from None


def _has_null(value: Any) -> bool:
    """Whether a text in it has a null character: PostgreSQL cannot keep one, and SQLite would."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_null(key) or _has_null(one) for key, one in value.items())
    return isinstance(value, list) and any(_has_null(one) for one in value)


def find_query(name: str) -> Query:
    """The question of that name, else NotFound."""
    if name not in QUERIES:
        raise NotFound()
    return QUERIES[name]
