"""A real nginx, set up as docs/decisions/cameras.md shows it, lets in what this installation signed, for as long, and nothing else."""

from __future__ import annotations

import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from command.core import clock
from command.places.cameras.addresses import key_of, signed
from tests.county import SECRET
from tests.services import free_port
from tests.serving import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
NGINX = "/usr/sbin/nginx"
WHOLE = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; user root;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""


@pytest.fixture
def media(tmp_path: Path) -> Iterator[str]:
    """nginx with the page's own words, the installation's key and a folder of this test; its address."""
    page = (ROOT / "docs" / "decisions" / "cameras.md").read_text(encoding="utf-8")
    (location,) = re.findall(r"```\n(location .*?)```", page, flags=re.S)
    location = location.replace("<key>", key_of(SECRET)).replace("/var/media", f"{tmp_path}/media")
    for camera in ("cam01", "cam02"):
        place = tmp_path / "media" / "live" / camera
        place.mkdir(parents=True)
        (place / "index.m3u8").write_text("#EXTM3U\npart1.ts\n")
        (place / "part1.ts").write_bytes(b"G")
    port = free_port()
    conf = tmp_path / "nginx.conf"
    conf.write_text(WHOLE.format(folder=tmp_path, port=port, location=location))
    running = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(conf)], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    until = time.monotonic() + PATIENCE_S
    while status(f"{base}/") is None:  # nginx says nothing when it listens
        assert running.poll() is None, (tmp_path / "error.log").read_text()
        assert time.monotonic() < until
        time.sleep(0.05)
    yield base
    running.terminate()
    running.wait()


def status(url: str) -> int | None:
    """What it answers; None while nobody listens."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)
    except urllib.error.URLError:
        return None


def test_it_lets_in_what_was_signed_with_all_its_parts_until_it_ends(media: str) -> None:
    registered = f"{media}/live/{{token}}/{{expires}}/cam01/index.m3u8"
    later, key = clock.real() + timedelta(minutes=10), key_of(SECRET)
    url = signed(registered, key, later).url
    assert status(url) == 200
    assert status(url.replace("index.m3u8", "part1.ts")) == 200, "a playlist names its parts relatively"
    assert status(url.replace("cam01", "cam02")) == 403, "one camera's signature is good for no other"
    assert status(url.replace(str(int(later.timestamp())), str(int(later.timestamp()) + 1))) == 403
    assert status(signed(registered, "another key", later).url) == 403
    assert status(signed(registered, key, clock.real() - timedelta(seconds=5)).url) in (403, 410), (
        "it has ended"
    )
    assert status(f"{media}/live/cam01/index.m3u8") == 404
