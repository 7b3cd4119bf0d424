"""Set-up: says what is missing and stops, waits for its turn, rebuilds only what has changed."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
# fmt: off
TOOLS = [
    "apt-get", "basename", "bash", "cat", "cut", "dirname", "env", "flock", "make", "python3", "readlink",
    "sha256sum", "sh", "tr",
]
# fmt: on


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A fresh checkout of what set-up needs, in the hands of someone who is not root."""
    directory = Path(tempfile.mkdtemp(prefix="fengsui-setup-"))
    copy = directory / "checkout"
    copy.mkdir()
    shutil.copytree(ROOT / "scripts", copy / "scripts")
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, copy / name)
    if os.geteuid() == 0:
        for path in (directory, copy, *copy.rglob("*")):
            shutil.chown(path, "nobody")
    yield copy
    shutil.rmtree(directory)


@pytest.fixture
def path_without_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PATH that holds what set-up calls, but no redis-server and no sudo."""
    directory = Path(tempfile.mkdtemp(prefix="fengsui-path-"))
    directory.chmod(0o755)
    for tool in TOOLS:
        found = shutil.which(tool) or "/bin/true"
        (directory / tool).symlink_to(found)
    yield str(directory)
    shutil.rmtree(directory)


def start(command: list[str], directory: Path, path: str, **more: str) -> subprocess.Popen[str]:
    """Start a command as someone who is not root, with no terminal and no input."""
    return subprocess.Popen(
        command,
        cwd=directory,
        env={"PATH": path, "HOME": str(directory), "CHROMIUM": "/bin/true", **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user="nobody" if os.geteuid() == 0 else None,
    )


def test_it_prints_the_missing_line_and_leaves_nothing_half_done(
    checkout: Path, path_without_redis: str
) -> None:
    process = start(["make", "test"], checkout, path_without_redis)
    said, _ = process.communicate(timeout=300)
    assert process.returncode != 0
    assert "apt-get update && apt-get install -y --no-install-recommends redis-server" in said
    assert "Nothing was changed" in said
    assert not (checkout / ".venv").exists()


def test_it_waits_for_another_set_up_of_the_same_checkout(checkout: Path, path_without_redis: str) -> None:
    with (checkout / ".setup.lock").open("w") as lock:
        (checkout / ".setup.lock").chmod(0o666)
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(["scripts/setup", "test"], checkout, path_without_redis)
        assert process.stdout
        assert "waiting" in process.stdout.readline()
    said, _ = process.communicate(timeout=300)
    assert "redis-server" in said, "it did not go on when the other had ended"


def test_it_names_the_venv_package_of_the_python_that_was_asked_for(
    checkout: Path, path_without_redis: str
) -> None:
    python = checkout / "python3.14"
    python.write_text('#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\n')
    python.chmod(0o755)
    asked = ["bash", "-c", ". scripts/needs.sh; missing_packages run"]
    process = start(asked, checkout, path_without_redis, PYTHON=str(python))
    said, _ = process.communicate(timeout=300)
    assert "python3.14-venv" in said.split()


def test_it_refuses_a_python_that_is_too_old(checkout: Path, path_without_redis: str) -> None:
    python = checkout / "python3.9"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    process = start(["scripts/setup", "run"], checkout, path_without_redis, PYTHON=str(python))
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "3.11 or newer" in said
    assert not (checkout / ".venv").exists()


def test_it_refuses_a_word_it_does_not_know(checkout: Path, path_without_redis: str) -> None:
    process = start(["scripts/setup", "deploy"], checkout, path_without_redis)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "usage" in said


def test_it_does_nothing_the_second_time() -> None:
    command = [str(ROOT / "scripts" / "setup"), "test"]
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True, capture_output=True)
    again = subprocess.run(
        command, stdin=subprocess.DEVNULL, check=True, capture_output=True, text=True, timeout=120
    )
    assert again.stdout == ""
    assert again.stderr == ""


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`static/build.py` over a small tree of its own."""
    spec = importlib.util.spec_from_file_location("screens_build", ROOT / "static" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in (*module.LOCK_FILES, *module.CONFIGURATION):
        shutil.copy(ROOT / "static" / name, tmp_path / name)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("export const one = 1\n")
    monkeypatch.setattr(module, "HERE", tmp_path)
    return module


def test_it_knows_the_sources_by_their_content_and_not_by_their_times(
    build: ModuleType, tmp_path: Path
) -> None:
    before = build.digest(build.sources())
    os.utime(tmp_path / "src" / "main.ts", (1, 1))
    assert build.digest(build.sources()) == before
    (tmp_path / "src" / "main.ts").write_text("export const one = 2\n")
    changed = build.digest(build.sources())
    assert changed != before
    (tmp_path / "src" / "main.ts").rename(tmp_path / "src" / "other.ts")
    assert build.digest(build.sources()) not in (before, changed)


def test_it_does_not_build_again_for_a_test(build: ModuleType, tmp_path: Path) -> None:
    before = build.digest(build.sources())
    (tmp_path / "src" / "main.test.ts").write_text("import './main.ts'\n")
    assert build.digest(build.sources()) == before


def test_it_says_what_a_failing_build_said(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "broken.mjs").write_text("console.log('no such screen'); process.exit(3)\n")
    with pytest.raises(build.BuildFailed, match=r"(?s)ended with 3.*no such screen"):
        build.run_node(tmp_path / "broken.mjs")


def test_help_names_every_command() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "test-faults", "check", "bench", "help"):
        assert f"make {target} " in said
