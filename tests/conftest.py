"""What all tests share: a county on either database, doors of HTTP, real servers, screens, a browser."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import config
import wsgi
from command.core.node import Node
from tests.county import SECRET, County, found_county, open_node
from tests.doors import Doors
from tests.promptness import Heart
from tests.services import PostgresCluster
from tests.serving import PATIENCE_S, Live, Served
from tests.statements import remember_for_all_engines

BOTH = ("sqlite", "postgres")
remember_for_all_engines()

# how long one example takes says nothing on a machine that is busy with other tests
_PATIENT = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# the same examples in each run, so that what is red here is red everywhere; HYPOTHESIS_PROFILE=search looks for new ones
hypothesis.settings.register_profile("steady", hypothesis.settings(_PATIENT, derandomize=True))
hypothesis.settings.register_profile("search", hypothesis.settings(_PATIENT, max_examples=1_000))
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """The sort of database; `@pytest.mark.parametrize("kind", ["postgres"], indirect=True)` narrows it."""
    found: str = request.param
    return found


class Templates:
    """A founded county for each sort of database, made once, copied for each test."""

    def __init__(self, directory: Path, cluster: Callable[[], PostgresCluster]) -> None:
        self.directory, self.cluster = directory, cluster
        self.facts: dict[str, Any] = {}
        self.broken: dict[str, str] = {}
        self.postgres = ""

    def copy(self, kind: str, directory: Path) -> tuple[str, dict[str, Any]]:
        """(URL of a copy, who and what is in it)."""
        if kind in self.broken:
            pytest.fail(f"the county could not be founded: {self.broken[kind]}", pytrace=False)
        try:
            return self._copy(kind, directory)
        except Exception as error:
            self.broken[kind] = repr(error)[:300]
            raise

    def _copy(self, kind: str, directory: Path) -> tuple[str, dict[str, Any]]:
        if kind == "sqlite":
            file = self.directory / "county.db"
            if kind not in self.facts:
                self.facts[kind] = found_county(f"sqlite:///{file}", self.directory)
            shutil.copy(file, directory / "fengsui.db")
            return f"sqlite:///{directory / 'fengsui.db'}", self.facts[kind]
        cluster = self.cluster()
        if kind not in self.facts:
            self.postgres = cluster.new_database()
            self.facts[kind] = found_county(cluster.url(self.postgres), self.directory)
        return cluster.url(cluster.new_database(self.postgres)), self.facts[kind]


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """The templates of this worker."""
    return Templates(tmp_path_factory.mktemp("county"), lambda: request.getfixturevalue("postgres"))


@pytest.fixture
def county_url(
    kind: str, templates: Templates, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a founded county of this test's own."""
    cluster: PostgresCluster | None = request.getfixturevalue("postgres") if kind == "postgres" else None
    url, _ = templates.copy(kind, tmp_path)
    yield url
    if cluster is not None:
        cluster.drop_database(url.rsplit("/", 1)[1])


@pytest.fixture
def cast(kind: str, county_url: str, templates: Templates, tmp_path: Path) -> Iterator[County]:
    """The county with its people, teams and noise, on each of both databases."""
    found = County(open_node(county_url, tmp_path), templates.facts[kind])
    yield found
    found.close()


@pytest.fixture
def node(cast: County) -> Node:
    """The node of the county."""
    return cast.node


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Give an empty database of either sort: `empty_url("postgres")`."""
    made: list[tuple[PostgresCluster, str]] = []
    numbers = itertools.count(1)

    def give(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'empty{next(numbers)}.db'}"
        cluster: PostgresCluster = request.getfixturevalue("postgres")
        made.append((cluster, cluster.new_database()))
        return cluster.url(made[-1][1])

    yield give
    for cluster, name in made:
        cluster.drop_database(name)


@pytest.fixture
def running(county_url: str, tmp_path: Path) -> Iterator[wsgi.Running]:
    """The whole application on the county, in this process."""
    settings = config.load(
        {
            "FENGSUI_DATA_DIR": str(tmp_path),
            "FENGSUI_DATABASE_URL": county_url.replace("sqlite:///", "sqlite:////", 1).replace(
                "/////", "////"
            ),
            "FENGSUI_SECRET_KEY": SECRET,
        }
    )
    found = wsgi.create_app(settings, cooperative=False)
    yield found
    found.node.database.close()


@pytest.fixture
def client(running: wsgi.Running, cast: County) -> Doors:
    """The doors of HTTP: `client.post("town_duty", "/incidents", {…})`."""
    return Doors(running.app, cast.tokens)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start servers of this test's own: `serve(DATABASE_URL=…)`, `serve(demo=False)`, `serve(data_dir=…)`."""
    started: list[Served] = []

    def start(*, data_dir: Path | None = None, demo: bool = True, **env: str) -> Served:
        directory = data_dir or tmp_path / f"data{len(started)}"
        directory.mkdir(exist_ok=True)
        started.append(Served(directory, demo=demo, **env))
        return started[-1].start()

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def fresh_server(serve: Callable[..., Served]) -> Served:
    """A server with the demo county, of this test's own."""
    return serve()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server with the demo county that all tests of this worker share: tests add to it, and end nothing."""
    shared = Served(tmp_path_factory.mktemp("served")).start()
    yield shared
    shared.stop()


@pytest.fixture(scope="session")
def heart() -> Iterator[Heart]:
    """What tells the machine's own stalls from ours: `heart.held(began, 1.0)`."""
    beating = Heart().start()
    yield beating
    beating.stop()


@pytest.fixture
def live() -> Iterator[Callable[..., Live]]:
    """Connect screens: `live(server, "county_duty")`."""
    connected: list[Live] = []

    def connect(served: Served, username: str) -> Live:
        connected.append(Live(served.url, {"token": served.tokens[username]}))
        return connected[-1]

    yield connect
    for one in connected:
        one.close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """Chromium, driven by Playwright: `browser.new_context()`."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page_of(browser: Any) -> Iterator[Callable[..., Any]]:
    """A page that somebody has signed in to: `page_of(server, "county_duty", "/desk", viewport=…)`."""
    contexts: list[Any] = []

    def open_page(served: Served, username: str, path: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        context.set_default_timeout(2 * PATIENCE_S * 1000)
        contexts.append(context)
        account = served.account(username)
        body = {"username": username, "password": account["password"]}
        answer = context.request.post(f"{served.url}/api/v1/session", data=body)
        assert answer.ok, answer.text()
        page = context.new_page()
        page.goto(served.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
