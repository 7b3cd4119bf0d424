"""A pipe under random frames and a reader of random pace: whole frames, in order, within the cap."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

import gevent
import pytest
from gevent import socket

from command.core.live.pipe import CAP, Counters, Pipe


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a TCP connection on loopback, as gevent's sockets."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        reader.connect(listener.getsockname())
        writer, _ = listener.accept()
    with reader, writer:
        yield writer, reader


def _frame(number: int, size: int) -> bytes:
    return struct.pack("!II", number, size) + bytes([number % 251]) * size


def _frames(data: bytes) -> Iterator[int]:
    """The numbers of the frames in the data; AssertionError if one is not whole or not itself."""
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("!II", data, at)
        assert data[at + 8 : at + 8 + size] == bytes([number % 251]) * size
        yield number
        at += 8 + size


@pytest.mark.parametrize("seed", range(4))
def test_it_writes_whole_frames_in_order_whatever_the_reader_does(
    ends: tuple[socket.socket, socket.socket], seed: int
) -> None:
    chance = random.Random(seed)
    writer, reader = ends
    counters = Counters()
    pipe = Pipe(writer, counters)
    data, taken = bytearray(), []

    def read() -> None:
        while piece := reader.recv(chance.choice([100, 5000, 200_000])):
            data.extend(piece)
            gevent.sleep(chance.choice([0, 0, 0.001]))

    reading = gevent.spawn(read)
    for number in range(400):
        durable = chance.random() < 0.6
        if pipe.put(_frame(number, chance.choice([0, 300, 3000, 40_000])), durable=durable):
            taken.append(number)
        else:
            assert not durable
        if chance.random() < 0.2 or pipe.queued > CAP // 2:
            gevent.sleep(chance.choice([0, 0.005, 0.02]))
    while pipe.pending:
        gevent.sleep(0.005)
    pipe.finish()
    reading.join(timeout=30)
    assert reading.ready()
    assert list(_frames(bytes(data))) == taken
    assert (pipe.queued, counters.closed_slow) == (0, 0)
    assert counters.dropped == 400 - len(taken)


def test_it_ends_the_connection_when_more_than_the_cap_waits(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    writer, reader = ends
    counters = Counters()
    pipe = Pipe(writer, counters)
    most = 0
    for number in range(1000):
        if not pipe.put(_frame(number, 10_000), durable=True):
            break
        most = max(most, pipe.queued)
    assert CAP < most <= CAP + 3 * 10_008
    assert (pipe.open, pipe.queued, counters.closed_slow) == (False, 0, 1)
    with pytest.raises(BrokenPipeError):
        pipe.write(b"more")
    writer.close()  # as its handler does at once
    with pytest.raises(ConnectionResetError):
        list(iter(lambda: reader.recv(100_000), b""))


def test_it_notices_that_the_other_end_has_gone(ends: tuple[socket.socket, socket.socket]) -> None:
    writer, reader = ends
    pipe = Pipe(writer, Counters())
    reader.close()
    with gevent.Timeout(30):
        while pipe.put(b"x", durable=True):
            gevent.sleep(0.001)
    assert not pipe.open
