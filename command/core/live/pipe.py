"""One screen's socket: writes that never block, and what waits when the screen reads too slowly.

Everything that goes to a screen (fan-out, answers, pings, the closing frame) passes through its `Pipe`, a
whole WebSocket frame at a time, so frames keep their order and are never mixed. A frame goes to the operating
system at once; only what the kernel does not take waits here, and at most `CAP` bytes of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import socket
import struct
from collections import deque
from dataclasses import dataclass
from typing import Any

from gevent import get_hub

CAP = 1_000_000
"""Bytes that may wait behind the frame being sent; more closes the socket (durable) or drops the frame."""
KERNEL_BUFFER = 256 * 1024
"""Send buffer asked of the kernel: left to itself it takes 4 MB and hides a screen that stopped reading."""
FLAGS = socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL
_CHUNK = 64 * 1024
_WRITABLE = 2
_RESET = struct.pack("ii", 1, 0)
_NOT_NOW = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR, errno.ENOBUFS)

# The system's send() without giving up the interpreter lock, as socket.send() does: the call never waits, and
# each time the lock is given up a busy native thread (a report, a tile) may keep it for milliseconds.
send_now = ctypes.PyDLL(None, use_errno=True).send
send_now.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
send_now.restype = ctypes.c_ssize_t


@dataclass(slots=True)
class Counters:
    """What the fan-out did since the process began; `queued` counts frames that had to wait."""

    frames: int = 0
    bytes: int = 0
    queued: int = 0
    dropped: int = 0
    closed_slow: int = 0
    fallback: int = 0


class Pipe:
    """The writing side of one WebSocket; every method returns at once and none of them switches greenlets."""

    __slots__ = ("_counters", "_watcher", "fd", "open", "pending", "queued", "raw")

    def __init__(self, sock: Any, counters: Counters) -> None:
        """`sock` is gevent's socket; it must stay open until the pipe is finished or aborted."""
        self.raw: socket.socket = sock._sock
        self.fd = self.raw.fileno()
        self._counters = counters
        self._watcher: Any = None
        self.pending: deque[bytes | memoryview] = deque()
        self.queued = 0
        self.open = True
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)

    def write(self, frame: bytes | bytearray) -> None:
        """Send or queue a frame that must arrive; OSError when the socket is gone (for gevent-websocket)."""
        if not self.put(bytes(frame), durable=True) and not self.open:
            raise BrokenPipeError("the screen is gone")

    def put(self, frame: bytes, *, durable: bool) -> bool:
        """Send or queue one whole frame; False when it was dropped or the socket is closed."""
        if not self.open:
            return False
        if self.pending:
            return self.wait_behind(frame, durable=durable)
        sent = send_now(self.fd, frame, len(frame), FLAGS)
        return sent == len(frame) or self.keep(frame, sent, durable=durable)

    def keep(self, frame: bytes, sent: int, *, durable: bool) -> bool:
        """Hold what `send_now` did not send of `frame`; a frame already begun is finished whatever it is."""
        if sent < 0:
            if ctypes.get_errno() not in _NOT_NOW:
                self.abort()
                return False
            sent = 0
        if not sent and not durable:
            self._counters.dropped += 1
            return False
        self._append(memoryview(frame)[sent:])
        if self._watcher is None:
            self._watcher = get_hub().loop.io(self.fd, _WRITABLE)
        self._watcher.start(self._drain)
        return True

    def wait_behind(self, frame: bytes, *, durable: bool) -> bool:
        """Queue a frame after those that wait, or refuse it: signals always, durable ones over the cap."""
        if not durable:
            self._counters.dropped += 1
            return False
        if self.queued - len(self.pending[0]) > CAP:
            self._counters.closed_slow += 1
            self.abort()
            return False
        self._append(frame)
        return True

    def finish(self) -> None:
        """No more frames: end the connection, after the last frame if the screen has kept up."""
        if self.pending:
            self.abort()
        elif self.open:
            self._shut()

    def abort(self) -> None:
        """End the connection now and free what it holds; its reader wakes up and cleans up after it."""
        if self.open:
            with contextlib.suppress(OSError):  # the peer may have closed it first
                self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._shut()

    def _shut(self) -> None:
        self.open, self.fd = False, -1  # the number may soon be another socket's
        self.pending.clear()
        self.queued = 0
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        with contextlib.suppress(OSError):  # the peer may have closed it first
            self.raw.shutdown(socket.SHUT_RDWR)

    def _append(self, piece: bytes | memoryview) -> None:
        self.pending.append(piece)
        self.queued += len(piece)
        self._counters.queued += 1

    def _drain(self) -> None:
        """The kernel takes bytes again: give it what waits, small frames together."""
        while self.pending:
            piece = self._next_piece()
            try:
                sent = self.raw.send(piece)
            except BlockingIOError:
                sent = 0
            except OSError:
                self.abort()
                return
            self.queued -= sent
            if sent < len(piece):
                self.pending.appendleft(memoryview(piece)[sent:])
                return
        self._watcher.stop()

    def _next_piece(self) -> bytes | memoryview:
        """Take from the queue one frame, or as many small ones as fit in a chunk."""
        pieces = [self.pending.popleft()]
        size = len(pieces[0])
        while self.pending and size + len(self.pending[0]) <= _CHUNK:
            pieces.append(self.pending.popleft())
            size += len(pieces[-1])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
