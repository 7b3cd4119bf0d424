"""The outside servers that tests use, started by the tests: PostgreSQL with PostGIS, Redis, Chromium.

Nothing of the machine's own services is touched. Every server listens on a free port of the loopback, keeps
its files in a temporary directory, and dies with the test process even when that is killed (`setpriv
--pdeathsig`). Each worker of a parallel run has servers of its own. What is missing fails the test that asked
for it; no test is left out silently. `make test` installs what is missing.
"""

from __future__ import annotations

import itertools
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

START_LIMIT_S = 120
MEMORY_WANTED = 6 * 2**30


class Server:
    """One server process with its directory and log. It is killed when this process ends, however it ends."""

    def __init__(self, name: str, account: pwd.struct_passwd | None, inside: Path | None = None) -> None:
        self.name = name
        self.account = account
        self.directory = Path(tempfile.mkdtemp(prefix=f"fengsui-{name}-", dir=inside))
        self.log = self.directory / "log"
        self.process: subprocess.Popen[bytes] | None = None
        if account:
            os.chown(self.directory, account.pw_uid, account.pw_gid)

    def as_account(self, command: list[str]) -> list[str]:
        """The command as the server's own account: PostgreSQL refuses to run as root."""
        if not self.account:
            return command
        who = [f"--reuid={self.account.pw_uid}", f"--regid={self.account.pw_gid}", "--clear-groups"]
        return ["setpriv", *who, *command]

    def run(self, *command: str) -> None:
        """Run a command to its end as the server's account; its words are shown if it fails."""
        done = subprocess.run(
            self.as_account(list(command)),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"{' '.join(command)}\n{done.stdout}", pytrace=False)

    def start(self, *command: str, answers: Callable[[], bool]) -> None:
        """Start the server and wait until it answers."""
        guarded = ["setpriv", "--pdeathsig", "KILL", *command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.as_account(guarded),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        give_up = time.monotonic() + START_LIMIT_S
        while not answers():
            try:
                self.process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                if time.monotonic() < give_up:
                    continue
            words = self.log.read_text(errors="replace")[-3000:]
            self.stop(signal.SIGKILL)
            pytest.fail(f"{self.name} did not start:\n{words}", pytrace=False)

    def stop(self, how: signal.Signals) -> None:
        """End the server and wait for its end."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def remove(self) -> None:
        """End the server at once and remove its files."""
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.directory, ignore_errors=True)


class PostgresCluster:
    """A PostgreSQL cluster with PostGIS. `new_database()` copies a template, so that it is quick."""

    TEMPLATE = "with_postgis"

    def __init__(self, bin_directory: Path, *, durable: bool = True) -> None:
        self.bin, self.durable = bin_directory, durable
        self.server = Server("postgres", unprivileged_account("postgres"), None if durable else in_memory())
        self.data = self.server.directory / "data"
        self.port = free_port()
        self._numbers = itertools.count(1)

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database of this cluster."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A plain connection in autocommit."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def create(self) -> None:
        """Make the cluster, start it, and put PostGIS into the template."""
        initdb = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self.server.run(str(self.bin / "initdb"), "--pgdata", str(self.data), *initdb)
        self.start()
        with self.connect() as connection:
            connection.execute(f"create database {self.TEMPLATE}")
        with self.connect(self.TEMPLATE) as connection:
            connection.execute("create extension postgis")
            # a third of its bytes, copied for each test: systems of the whole world, of which we use our own few
            connection.execute("delete from spatial_ref_sys where srid not in (3857, 4326, 4490)")
            connection.execute("vacuum full spatial_ref_sys")

    def start(self) -> None:
        """Start the server on its port (again, after `kill`); with fsync, as in earnest, where it is durable."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.server.directory),
            "max_connections": "200",
            "shared_buffers": "64MB",
            "jit": "off",
            "fsync": "on" if self.durable else "off",
            "max_wal_size": "1GB" if self.durable else "256MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.server.start(str(self.bin / "postgres"), "-D", str(self.data), *options, answers=self._answers)

    def kill(self) -> None:
        """End the server as a failing machine would: nothing is written any more. `start()` recovers."""
        process = self.server.process
        children = children_of(process.pid) if process else []
        self.server.stop(signal.SIGKILL)
        for child in children:
            kill_if_there(child)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def new_database(self, template: str = TEMPLATE) -> str:
        """A database of one's own, copied from a template that nobody is connected to. Returns its name."""
        name = f"fengsui_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(
                sql.SQL("create database {} template {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, cutting off whoever is still connected."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            )

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


class RedisServer:
    """A Redis that keeps nothing. `stop()` and `start()` let a test take it away and give it back."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.server = Server("redis", None)
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.server.start(self.program, *options, "--dir", str(self.server.directory), answers=self._answers)

    def stop(self) -> None:
        self.server.stop(signal.SIGKILL)

    def empty(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def _answers(self) -> bool:
        with redis.Redis(port=self.port, socket_timeout=5) as client:
            try:
                return bool(client.ping())
            except (redis.ConnectionError, redis.TimeoutError):
                return False


def in_memory() -> Path | None:
    """Where files cost no disk, if there is room for them in it and in memory; None: where all temporary files are."""
    shared = Path("/dev/shm")
    if not shared.is_dir() or shutil.disk_usage(shared).free < MEMORY_WANTED:
        return None
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return shared if int(told["MemAvailable"].split()[0]) * 1024 > MEMORY_WANTED else None


def free_port() -> int:
    """A TCP port of the loopback for this process alone, until it ends.

    It lies outside the range from which the system takes ports for outgoing connections, so that a server that
    is killed finds its port free when it comes back; other test processes leave it alone while our mark stands.
    """
    for port in random.sample(_own_ports(), 200):
        mark = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            mark.bind(f"\0fengsui-tests-port-{port}")
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        mark.detach()  # the mark ends with this process, however it ends
        return port
    raise RuntimeError("no free port")


def _own_ports() -> range:
    """Ports that the system gives to nobody by itself."""
    first, last = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    below, above = range(10_000, int(first)), range(int(last) + 1, 65_536)
    return max(below, above, key=len)


def unprivileged_account(preferred: str) -> pwd.struct_passwd | None:
    """The account that a server runs under when we are root; none when we are not."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(preferred)
    except KeyError:
        return pwd.getpwnam("nobody")


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_if_there(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def postgis_programs() -> Path:
    """The programs of the newest PostgreSQL here that has PostGIS."""

    def version(path: Path) -> float:
        return float(path.parent.name)

    for programs in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True):
        control = Path("/usr/share/postgresql") / programs.parent.name / "extension" / "postgis.control"
        if (programs / "initdb").exists() and control.exists():
            return programs
    pytest.fail(
        "PostgreSQL with PostGIS is missing: `make test` installs it (postgresql-postgis).", pytrace=False
    )


LONG = (
    "tests/journeys",
    "tests/parity/test_parity.py",
    "tests/web/test_openapi.py",
    "tests/rebuild/test_rebuild.py",
    "tests/dangers/test_processes.py",
    "tests/faults/test_kill.py",
    "tests/faults/test_backup.py",
    "tests/play/test_stage.py",
    "tests/contact/test_processes.py",
    "tests/core/test_terminal.py",
    "tests/gateways/test_served.py",
    "tests/faults/test_processes.py",
    "tests/play/test_turn.py",
)
"""What takes longest though it has few tests. It is dealt out first: at the end one worker would be left alone with it."""


class OneWorkerForTheBrowser(LoadScopeScheduling):
    """Each file of tests goes to one worker, and all journeys to the same: browsers fight for the processor."""

    def _assign_work_unit(self, node: Any) -> None:
        if long := next((one for one in LONG if one in self.workqueue), None):
            self.workqueue.move_to_end(long, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        file: str = nodeid.split("::")[0]
        return "tests/journeys" if file.startswith("tests/journeys/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How a parallel run (`-n 2`) deals out the tests. (xdist's own groups do nothing under pytest 9.2.)"""
    return OneWorkerForTheBrowser(config, log)


def _clustered(*, durable: bool) -> Iterator[PostgresCluster]:
    cluster = PostgresCluster(postgis_programs(), durable=durable)
    try:
        cluster.create()
        yield cluster
    finally:
        cluster.server.stop(signal.SIGINT)
        cluster.server.remove()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """The cluster of this worker. It waits for no disk: a database is copied and dropped for each test."""
    yield from _clustered(durable=False)


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[PostgresCluster]:
    """A cluster that writes every commit to the disk, for what is killed."""
    yield from _clustered(durable=True)


@pytest.fixture
def postgres_url(postgres: PostgresCluster) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database with PostGIS, for this test alone."""
    name = postgres.new_database()
    try:
        yield postgres.url(name)
    finally:
        postgres.drop_database(name)


@pytest.fixture(scope="module")
def module_postgres_url(postgres: PostgresCluster) -> Iterator[str]:
    """The same, for all tests of a file."""
    name = postgres.new_database()
    try:
        yield postgres.url(name)
    finally:
        postgres.drop_database(name)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """The Redis of this worker."""
    program = shutil.which("redis-server")
    if not program:
        pytest.fail("redis-server is missing: `make test` installs it.", pytrace=False)
    server = RedisServer(program)
    try:
        server.start()
        yield server
    finally:
        server.server.remove()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The URL of an empty Redis."""
    redis_server.empty()
    return redis_server.url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser: `$CHROMIUM`, else what is installed."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else shutil.which("chromium")
    if not found:
        pytest.fail(
            f"No browser ({named or 'chromium'}): `make test` installs one on Debian; else CHROMIUM=/path.",
            pytrace=False,
        )
    return found
