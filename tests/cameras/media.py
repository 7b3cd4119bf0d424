"""A county's media server on this machine: real streams made by ffmpeg as HLS and MJPEG, a real WebRTC peer behind WHEP. It verifies
the signature of each request as docs/decisions/cameras.md says it, written down here a second time."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import shutil
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=10")
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Location",
        "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS", "Access-Control-Allow-Headers": "Content-Type, Range"}  # fmt: skip
TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}
LIVE = re.compile(r"^/live/([\w-]+)/(\d+)(/[^/]+/)([^/]+)$")


class Media:
    """Listens on a free port of loopback. `how`: serve, refuse, hang, words (an answer that is no picture), redirect,
    flood (more than anybody takes)."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key, self.how = folder, key, "serve"
        self.asked: list[str] = []
        self.ended: list[str] = []
        self.left, self.full = threading.Semaphore(0), threading.Event()
        self.released = threading.Event()
        self.running: list[subprocess.Popen[bytes]] = []
        self.peers: Peers | None = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def host(self) -> str:
        """As the setting allows it."""
        return f"127.0.0.1:{self.port}"

    def address(self, protocol: str) -> dict[str, str]:
        """What is registered for a stream of this sort."""
        paths = {"hls": "/live/{token}/{expires}/cam01/index.m3u8", "mjpeg": "/mjpeg/cam01/stream?token={token}&expires={expires}",
                 "webrtc": "/whep/cam01/whep?token={token}&expires={expires}"}  # fmt: skip
        return {"protocol": protocol, "address": f"http://{self.host}{paths[protocol]}"}

    def start_hls(self) -> None:
        """Let ffmpeg make a live playlist, and wait for its first part."""
        where = self.folder / "live" / "cam01"
        where.mkdir(parents=True)
        made = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-f", "hls", "-hls_time", "1",
                "-hls_list_size", "5", "-hls_flags", "delete_segments", str(where / "index.m3u8"))  # fmt: skip
        self._ffmpeg(*made)
        until = time.monotonic() + 60
        while not (where / "index.m3u8").exists():  # ffmpeg says nothing when it is there
            assert time.monotonic() < until, "ffmpeg made no playlist"
            threading.Event().wait(0.1)

    def _ffmpeg(self, *out: str, **options: Any) -> subprocess.Popen[bytes]:
        command = ("nice", shutil.which("ffmpeg") or "ffmpeg", "-v", "error", "-re", *PICTURE, *out)
        self.running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, **options))
        return self.running[-1]

    def signed(self, scope: str, token: str, expires: str) -> bool:
        """What `secure_link` decides."""
        wanted = hashlib.md5(f"{expires}{scope} {self.key}".encode()).digest()
        return token == base64.urlsafe_b64encode(wanted).decode().rstrip("=") and int(expires) > time.time()

    def close(self) -> None:
        """End all streams."""
        self.released.set()
        for one in self.running:
            one.kill()
            one.wait()
        if self.peers is not None:
            self.peers.close()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        media = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._asked(self._stream)

            def do_OPTIONS(self) -> None:
                self._asked(lambda: self._answer(204, b"", **{"Accept-Post": "application/sdp"}))

            def do_POST(self) -> None:
                self._asked(self._offer)

            def do_DELETE(self) -> None:
                media.ended.append(self.path)
                if media.peers is not None:
                    media.peers.end(self.path)
                self._answer(200, b"")

            def _asked(self, serve: Any) -> None:
                media.asked.append(self.path)
                if media.how == "hang":
                    media.released.wait()
                elif media.how == "redirect":
                    self._answer(302, b"", Location=f"http://{media.host}/elsewhere")
                elif media.how == "flood":
                    self._flood()
                elif media.how == "words":
                    self._answer(200, b"<html>no picture</html>")
                elif media.how == "refuse" or not self._may():
                    self._answer(403, b"")
                else:
                    serve()

            def _may(self) -> bool:
                parts = urlsplit(self.path)
                live = LIVE.match(parts.path)
                if live:
                    return media.signed(f"/live{live[3]}", live[1], live[2])
                given = {name: values[0] for name, values in parse_qs(parts.query).items()}
                scope = parts.path.rpartition("/")[0] + "/"
                return {"token", "expires"} <= set(given) and media.signed(
                    scope, given["token"], given["expires"]
                )

            def _stream(self) -> None:
                live = LIVE.match(urlsplit(self.path).path)
                if live is None:
                    return self._mjpeg()
                file = media.folder / f"live{live[3]}{live[4]}"
                if not file.is_file():
                    return self._answer(404, b"")
                return self._answer(
                    200,
                    file.read_bytes(),
                    **{"Content-Type": TYPES[file.suffix], "Cache-Control": "no-store"},
                )

            def _flood(self) -> None:
                """`full` once the other side takes no more; `left` when it has gone."""
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=ffmpeg")
                self.end_headers()
                self.connection.settimeout(1.0)
                piece = memoryview(b"x" * 65_536)
                try:
                    while True:
                        try:
                            self.connection.send(piece)
                        except TimeoutError:
                            media.full.set()
                except OSError:
                    self.close_connection = True
                    media.left.release()

            def _mjpeg(self) -> None:
                made = media._ffmpeg("-f", "mpjpeg", "-q:v", "6", "-", stdout=subprocess.PIPE)
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=ffmpeg")
                self.end_headers()
                assert made.stdout is not None
                try:
                    while piece := made.stdout.read1(65536):
                        self.wfile.write(piece)
                except OSError:
                    self.close_connection = True  # whoever watched has gone
                finally:
                    made.kill()
                    made.stdout.close()
                    made.wait()
                    media.left.release()

            def _offer(self) -> None:
                media.peers = media.peers or Peers()
                offer = self.rfile.read(int(self.headers["Content-Length"])).decode()
                place, answer = media.peers.answer(offer)
                self._answer(201, answer.encode(), **{"Content-Type": "application/sdp", "Location": place})

            def _answer(self, status: int, content: bytes, **headers: str) -> None:
                self.send_response(status)
                for name, value in {**CORS, **headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing: `asked` remembers."""

        return Handler


class Peers:
    """The WebRTC side: each offer is answered by a peer that sends a moving picture."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.peers: dict[str, Any] = {}

    def answer(self, offer: str) -> tuple[str, str]:
        """Where the call is, and the answer to an offer."""
        return asyncio.run_coroutine_threadsafe(self._answer(offer), self.loop).result(60)

    def end(self, place: str) -> None:
        """A call was ended from the other side."""
        asyncio.run_coroutine_threadsafe(self.peers[place].close(), self.loop).result(30)

    async def _answer(self, offer: str) -> tuple[str, str]:
        from aiortc import RTCPeerConnection, RTCSessionDescription
        from aiortc.contrib.media import MediaPlayer

        peer, place = RTCPeerConnection(), f"/whep/cam01/session/{len(self.peers) + 1}"
        self.peers[place] = peer
        peer.addTrack(MediaPlayer("testsrc=size=320x240:rate=10", format="lavfi").video)
        await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await peer.setLocalDescription(await peer.createAnswer())
        return place, peer.localDescription.sdp

    def close(self) -> None:
        """End them all."""

        async def end() -> None:
            for one in self.peers.values():
                await one.close()

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
