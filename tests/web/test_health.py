"""/healthz, /readyz, /metrics: what a process says of itself, to anybody, without telling anything of the county."""

from __future__ import annotations

import re

import requests

from tests.serving import PATIENCE_S, Served


def test_it_tells_that_it_lives_is_ready_and_how_it_goes(server: Served) -> None:
    for path, words in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        answer = requests.get(server.url + path, timeout=PATIENCE_S)
        assert (answer.status_code, answer.text) == (200, words)
    figures = requests.get(server.url + "/metrics", timeout=PATIENCE_S).text
    said = dict(re.findall(r"^(fengsui_\w+)(?:\{[^}]*\})? ([\d.e+]+)$", figures, re.MULTILINE))
    assert float(said["fengsui_journal_seq"]) > 0
    assert float(said["fengsui_memory_bytes"]) > 10_000_000
    assert {"fengsui_sockets", "fengsui_hub_stalls_total", "fengsui_fanout_frames"} <= set(said)


def test_it_tells_nothing_of_the_county_to_strangers(server: Served) -> None:
    text = "".join(
        requests.get(server.url + path, timeout=PATIENCE_S).text
        for path in ("/healthz", "/readyz", "/metrics")
    )
    assert not re.search(r"[一-鿿]|1404\d\d|_duty", text)
