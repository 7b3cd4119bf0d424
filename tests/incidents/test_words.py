"""Every label of incidents, tasks and teams in both languages, and the page that maps them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from command.incidents import words as incident
from dispatch.tasks import flow as task
from dispatch.tasks.flow import TASK_FLOW
from dispatch.teams import words as team

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
TABLES = [
    incident.LEVELS,
    incident.LIFE_RISK,
    incident.CASUALTY_FIELDS,
    incident.SIZE_FIELDS,
    team.ORDER_MODES,
    team.ORDER_NEEDS,
    team.TIERS,
    team.TEAM_TYPES,
    team.SKILLS,
    team.READINESS,
    team.TEAM_STATUS,
]


@pytest.mark.parametrize("flow", [incident.INCIDENT_FLOW, TASK_FLOW], ids=lambda f: f.name)
def test_each_state_has_both_names_and_each_transition_known_ends(flow):
    assert list(flow.zh) == list(flow.en)
    assert {s for step in flow.transitions for s in step} <= set(flow.states)
    assert len(set(flow.transitions)) == len(flow.transitions)
    assert set(flow.initial) <= set(flow.states)
    assert all(HAN.search(zh) for zh in flow.zh.values())
    assert not any(HAN.search(en) for en in flow.en.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda t: next(iter(t)))
def test_each_label_is_there_in_both_languages(table):
    for word in table.values():
        assert HAN.search(word.zh)
        assert word.en
        assert not HAN.search(word.en)


def test_each_team_type_has_a_mode_and_a_tier():
    for code, kind in team.TEAM_TYPES.items():
        assert team.mode_of(code) in team.ORDER_MODES
        assert kind.tier in team.TIERS


def test_a_team_under_another_authority_says_whom_to_call():
    for mode in team.ORDER_MODES.values():
        assert 0 < mode.accept_s < mode.alarm_s
        assert set(mode.needs) <= set(team.ORDER_NEEDS)
    assert {c for c, m in team.ORDER_MODES.items() if m.via} == {"via_authority", "request"}


def test_from_every_state_of_an_incident_there_is_a_way_to_the_archive_and_back():
    flow = incident.INCIDENT_FLOW
    for state in flow.states:
        assert state == "archived" or flow.path(state, "archived")
        assert state == "responding" or flow.path(state, "responding")


def test_the_page_of_words_is_what_the_code_says():
    run = subprocess.run(
        [sys.executable, "scripts/make_words.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr


def test_the_groups_for_browsers_hold_every_label_once():
    said = [incident.groups(), team.groups(), task.groups()]
    names = [name for part in said for name in part]
    assert len(names) == len(set(names))
    assert {"states.incident", "states.task", "levels", "life_risk", "modes", "team_types", "skills"} <= set(
        names
    )
    for part in said:
        for words in part.values():
            assert all(set(w) == {"zh", "en"} and all(w.values()) for w in words.values())
