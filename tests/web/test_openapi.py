"""The description is OpenAPI 3.1, names every route, needs nothing from outside; and no route falls over whatever it is sent."""

from __future__ import annotations

import base64
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from PIL import Image
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

import wsgi
from tests.county import TOWN, County
from tests.doors import Doors

EXAMPLES = 4
ASKED_AS = ("county_duty", "town_duty", "town_team", "admin", "security", "wall")
REACHED_NOTHING = {401, 404, 405, 501}
NOT_HERE = {"POST /demo/play", "DELETE /demo/play"}  # there only while the data is the demo's: tests/play


pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def described(running: wsgi.Running) -> dict[str, Any]:
    """The description as a reader gets it, without signing in."""
    answer = running.app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200, answer.text
    plain: dict[str, Any] = answer.json
    return plain


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_it_is_valid_and_self_contained(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(described).validate()
    for reference in set(_references(described)):
        found: Any = described
        assert reference.startswith("#/"), reference
        for part in reference.removeprefix("#/").split("/"):
            assert part in found, f"{reference} leads nowhere"
            found = found[part]
    names = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)


def test_it_names_every_route(described: dict[str, Any], running: wsgi.Running) -> None:
    told = {(method.upper(), path) for path, one in described["paths"].items() for method in one}
    there = set()
    for rule in running.app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
            there |= {(method, path) for method in rule.methods or () if method not in ("HEAD", "OPTIONS")}
    assert there - told == set()
    assert told - there == set()


def _picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


class Routes:
    """Every described route, tried by several people with real and invented targets; what each answered is counted."""

    def __init__(self, running: wsgi.Running, cast: County, described: dict[str, Any]) -> None:
        self.running, self.cast = running, cast
        self.schema = schemathesis.openapi.from_dict(described)
        self.real = self._things()
        self.answers: dict[str, Counter[int]] = {}
        self.fallen: list[str] = []

    def _things(self) -> dict[str, list[str]]:
        """Things that are there, by the first word of their path. The account that is fuzzed is nobody's who asks."""
        incident = self.cast.open("county_duty", centre=TOWN, casualties={"missing": 1})["id"]
        self.cast.order("county_duty", incident, "town_team")
        body = {
            "username": "fuzzed",
            "name": "靶",
            "role": "planner",
            "centre": TOWN,
            "password": "right horse battery",
        }
        self.fuzzed = self.cast.do("admin", "user.create", body)["id"]
        doors = Doors(self.running.app, self.cast.tokens)
        photo = doors.post("county_duty", f"/incidents/{incident}/photos", {"picture": _picture()}).json[
            "photo"
        ]
        found = {"users": [self.fuzzed], "files": [photo], "exports": ["places", "teams"]}
        for path in (
            "incidents",
            "teams",
            "tasks",
            "alarms",
            "centres",
            "figures",
            "reports",
            "links",
            "settings",
        ):
            items = doors.get("county_duty", f"/{path}?limit=5").json["items"]
            found[path] = [one["id"] for one in items]
        found["incidents"].insert(0, incident)
        return found

    def try_all(self) -> None:
        """Try each route with what fits its description and with what does not."""
        for result in self.schema.get_all_operations():
            operation = result.ok()
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._try(operation, mode)

    def _try(self, operation: Any, mode: GenerationMode) -> None:
        things = self.real.get(operation.path.split("/")[1]) or ["-"]

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(
            case=operation.as_strategy(generation_mode=mode),
            who=st.sampled_from(ASKED_AS),
            thing=st.sampled_from(things),
        )
        def attempt(case: Any, who: str, thing: str) -> None:
            self._send(operation.label, case, who, thing)

        try:
            attempt()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, (
                f"{operation.label} cannot be asked"
            )  # nothing of it can be wrong

    def _send(self, label: str, case: Any, who: str, thing: str) -> None:
        path = "/api/v1" + case.path
        for name, value in (case.path_parameters or {}).items():
            path = path.replace(f"{{{name}}}", quote(str(thing if thing != "-" else value), safe=""))
        headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
        ends = label == "DELETE /session"  # it ends the pass that it came with
        token = self.running.auth.issue_token(self.fuzzed, "tests") if ends else self.cast.tokens[who]
        headers["Authorization"] = f"Bearer {token}"
        body = None if case.body is NOT_SET else case.body
        body = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        query = {name: value for name, value in (case.query or {}).items() if value is not None}
        answer = self.running.app.test_client().open(
            path, method=case.method, headers=headers, query_string=query, data=body,
            content_type="application/json" if body is not None else None,
        )  # fmt: skip
        self.answers.setdefault(label, Counter())[answer.status_code] += 1
        if answer.status_code >= 500:
            self.fallen.append(f"{label} as {who}: {answer.status_code} {query} {(body or b'')[:300]!r}")


def test_no_route_falls_over_and_every_one_is_really_tried(
    running: wsgi.Running, cast: County, described: dict[str, Any]
) -> None:
    routes = Routes(running, cast, described)
    routes.try_all()
    assert routes.fallen == [], "\n".join(routes.fallen[:20])
    all_labels = {f"{method.upper()} {path}" for path, one in described["paths"].items() for method in one}
    assert set(routes.answers) == all_labels
    untried = {
        label: dict(seen)
        for label, seen in routes.answers.items()
        if label not in NOT_HERE and set(seen) <= REACHED_NOTHING
    }
    assert untried == {}, "nothing but refusals before the route was reached"
    assert cast.flaws() == []
