"""How a play reaches the county from outside: over HTTP, with the tokens of demo-accounts.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

from command.core import ids, records
from command.core.actions import ACTIONS
from command.core.intake import INTAKES
from command.core.queries import QUERIES
from dispatch.play.hands import Refused

PREFIX = "/api/v1"
WAIT_S = 30.0


class Remote:
    """Hands of another process. `base`: the server's address, without a path."""

    def __init__(self, base: str, accounts: Path) -> None:
        self.base = base.rstrip("/") + PREFIX
        self.tokens: dict[str, str] = {
            row["username"]: row["token"] for row in json.loads(accounts.read_text())
        }
        self.session = requests.Session()

    def _send(self, who: str, http: str, wish: dict[str, Any], body: Any = None, **headers: str) -> Any:
        method, path = http.split(" ")
        named = [name for name in wish if "{" + name + "}" in path]
        for name in named:
            path = path.replace("{" + name + "}", str(wish[name]))
        if who not in self.tokens:
            raise Refused(f"there is no account {who}")
        rest = {name: value for name, value in wish.items() if name not in named}
        answer = self.session.request(
            method,
            self.base + path,
            params=rest if method == "GET" else None,
            json=None if method == "GET" else (rest if body is None else body),
            headers={"Authorization": f"Bearer {self.tokens[who]}", **headers},
            timeout=WAIT_S,
        )
        if not answer.ok:
            raise Refused(str(answer.json().get("detail", answer.status_code)))
        return answer.json()

    def do(
        self, who: str, action: str, payload: dict[str, Any], version: int | None = None
    ) -> dict[str, Any]:
        """The route of an action."""
        http = ACTIONS[action].http
        if http is None:
            raise Refused(f"{action} has no route")
        headers = {"Idempotency-Key": ids.new_id()} | (
            {"If-Match": str(version)} if version is not None else {}
        )
        made: dict[str, Any] = self._send(who, http, payload, **headers)
        return made

    def look(self, who: str, kind: str, **filters: str) -> list[dict[str, Any]]:
        """Every page of a list."""
        rows: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            wish = {**filters, "limit": "1000", **({"after": after} if after else {})}
            page = self._send(who, f"GET /{records.KINDS[kind].path}", wish)
            rows += page["items"]
            if not (after := page["next"]):
                return rows

    def ask(self, who: str, query: str, **wish: str) -> Any:
        """The route of a question."""
        return self._send(who, QUERIES[query].http or "", dict(wish))

    def place(self, who: str, rows: list[dict[str, Any]]) -> None:
        """The intake of positions."""
        self._send(who, INTAKES["positions"].http, {}, rows)
