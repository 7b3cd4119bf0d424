"""What is written about the product is checked against it: links, commands, settings, and what must not be there."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import config

ROOT = Path(__file__).resolve().parents[1]
TEXT = {".css", ".html", ".md", ".py", ".sh", ".sql", ".toml", ".ts", ".vue", ".yaml", ".yml", ""}
SELF = "tests/test_docs.py"


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the project that is there, as git knows them."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.splitlines() if (ROOT / name).is_file())


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages() -> list[str]:
    return [name for name in tracked() if name.endswith(".md")]


def all_pages() -> str:
    return "\n".join(read(name) for name in pages())


def test_every_link_to_a_file_leads_somewhere() -> None:
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
            path = target.split("#")[0]
            local = path and "://" not in path and not path.startswith("mailto:")
            if local and not ((ROOT / page).parent / path).exists():
                broken.append(f"{page}: {target}")
    assert broken == []


def test_every_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*|\n)make ([a-z-]+)", all_pages()))
    assert named - targets == set()
    assert "`make run`" in all_pages() or "\nmake run" in all_pages()


def test_every_setting_is_written_down_and_every_setting_that_is_written_down_exists() -> None:
    known = set(re.findall(r'(?:value|_port)\("([A-Z_]+)"', read("config.py")))
    written = set(re.findall(r"FENGSUI_([A-Z_]*[A-Z])", all_pages()))
    assert written - known == set(), "written down, but config.py does not read it"
    assert known - written == set(), "config.py reads it, but no page says so"


def test_every_setting_is_described_beside_where_it_is_read() -> None:
    known = set(re.findall(r'(?:value|_port)\("([A-Z_]+)"', read("config.py")))
    assert set(config.SETTINGS) == known


def test_the_reference_says_what_the_registries_say() -> None:
    told = subprocess.run(
        [sys.executable, "scripts/make_reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def test_what_is_said_to_be_proved_names_tests_that_exist() -> None:
    missing = []
    for path, name in re.findall(r"`((?:tests|static/src)/[\w./-]+)(?:::(\w+))?`", read("docs/proof.md")):
        if not (ROOT / path).exists() or (name and f"def {name}(" not in read(path)):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_each_rule_that_follows_from_the_law_names_its_test_or_is_said_to_be_open() -> None:
    rows = re.findall(
        r"^\| (\d+) [^|]*\| (.*) \|$", read("docs/proof.md").split("### Rules that follow")[1], re.MULTILINE
    )
    told = {int(number): said for number, said in rows[:16]}
    assert sorted(told) == list(range(1, 17))
    for number, said in told.items():
        named = re.findall(r"`(tests/[\w./]+)::(\w+)`", said)
        assert named or said.startswith("open"), number
        if named:
            path, name = named[0]
            around = read(path).split(f"def {name}(")[1].split("\ndef ")[0]
            assert re.search(rf"(?i)design[ _]rule[ _]{number}\b", (name + around).replace("_", " ")), (
                number,
                name,
            )


def test_every_command_of_the_program_is_written_down() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("fengsui"), "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    commands = re.findall(r"^  (\w+) ", told.split("Commands:")[1], re.MULTILINE)
    assert [one for one in commands if not re.search(rf"fengsui {one}|\b{one}\b", read("CHANGELOG.md"))] == []


def test_every_picture_is_small_enough_to_be_looked_at() -> None:
    large = [
        name
        for name in tracked()
        if name.startswith("docs/pictures/") and (ROOT / name).stat().st_size > 300_000
    ]
    assert large == []


def test_both_readmes_have_the_same_sections() -> None:
    def shape(name: str) -> list[int]:
        return [len(marks) for marks in re.findall(r"^(#+) ", read(name), re.MULTILINE)]

    assert shape("README.md") == shape("README.zh.md")


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("unfinished work", r"\b(TODO|FIXME|XXX)\b|NotImplementedError|lorem ipsum"),
        ("a path of somebody's machine", r"(?<![\w.:$}])/(?:home|root|work)/[\w.]"),
        (
            "a test that is left out",
            r"pytest\.mark\.(skip|xfail)|pytest\.skip\(|\b(it|test|describe)\.skip\(",
        ),
        ("markup from a string", r"\bv-html=|\.innerHTML\s*=|\.setHTML\("),
    ],
)
def test_the_project_holds_nothing_of(what: str, pattern: str) -> None:
    found = []
    for name in tracked():
        if Path(name).suffix in TEXT and name != SELF:
            for number, line in enumerate(read(name).splitlines(), 1):
                if re.search(pattern, line):
                    found.append(f"{name}:{number}: {line.strip()[:100]}")
    assert found == [], what


def test_nothing_built_and_nothing_of_others_is_committed() -> None:
    built = [
        name
        for name in tracked()
        if re.search(r"(^|/)(dist|node_modules|__pycache__|\.venv)/|\.min\.js$", name)
    ]
    large = [name for name in tracked() if (ROOT / name).stat().st_size > 1_500_000]
    assert (built, large) == ([], [])
