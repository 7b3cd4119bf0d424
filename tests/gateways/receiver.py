"""A gateway on this machine, as bad as real ones are: slow, failing, hanging, dripping, redirecting; plain or with TLS."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Receiver:
    """Listens on a free port. `how` is what it does with the next requests; `taken` what it was handed."""

    def __init__(self, how: str = "take", tls: Path | None = None) -> None:
        self.how = how
        self.taken: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.asked = 0
        self.changed = threading.Condition()
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls / "gateway.crt", tls / "gateway.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port: int = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Where it is handed messages."""
        return f"{scheme}://{host}:{self.port}/sms"

    def wait(self, count: int, seconds: float = 30.0) -> list[dict[str, Any]]:
        """What it was handed, once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.taken) >= count, seconds), f"only {len(self.taken)}"
            return list(self.taken)

    def close(self) -> None:
        """End; whoever hangs is let go."""
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.changed:
                    receiver.asked += 1
                    receiver.taken.append(json.loads(body))
                    receiver.bodies.append(body)
                    receiver.headers.append(dict(self.headers.items()))
                    receiver.changed.notify_all()
                getattr(self, f"_{receiver.how}")()

            def _answer(self, status: int, told: Any = None, **headers: str) -> None:
                raw = json.dumps(told).encode() if told is not None else b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def _take(self) -> None:
                self._answer(200, {"id": f"g{receiver.asked}"})

            def _deliver(self) -> None:
                self._answer(200, {"id": "g", "state": "delivered"})

            def _words(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"OK, taken")

            def _fail(self) -> None:
                self._answer(500)

            def _busy(self) -> None:
                self._answer(429)

            def _refuse(self) -> None:
                self._answer(400)

            def _redirect(self) -> None:
                self._answer(307, Location=receiver.url() + "/elsewhere")

            def _hang(self) -> None:
                receiver.released.wait(60)

            def _drip(self) -> None:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not receiver.released.wait(0.1):
                    self.wfile.write(b"x")

            def _flood(self) -> None:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                while not receiver.released.is_set():
                    self.wfile.write(b"x" * 65536)

            def handle(self) -> None:
                try:
                    super().handle()
                except (ConnectionError, ssl.SSLError):
                    self.close_connection = True  # whoever asked has had enough

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


def certificate(directory: Path, name: str) -> Path:
    """A certificate for a name, signed by itself."""
    directory.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-keyout", str(directory / "gateway.key"), "-out", str(directory / "gateway.crt"), "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    return directory
