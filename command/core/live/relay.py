"""The relay: fleeting messages between the processes of one node, over Redis pub/sub. Without Redis each process tells its
own; a message that Redis did not take is not tried again, the next one is newer (RULES 7)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

import orjson
import redis

log = logging.getLogger(__name__)
RETRY_S = 1.0
PATIENCE_S = 2.0
MOST_WAITING = 32


class Relay:
    """One channel. `hear(message)` is called with what other processes said, never with one's own."""

    def __init__(
        self, url: str, channel: str, hear: Callable[[Any], None], *, what: str = "positions are told"
    ) -> None:
        from gevent.queue import Queue

        self.url, self.channel, self.hear, self.what = url, channel, hear, what
        self.me = secrets.token_hex(6)
        self.waiting: Any = Queue(MOST_WAITING)
        self.stopping = False
        self.broken = False

    def start(self) -> None:
        """Begin in the background."""
        import gevent

        gevent.spawn(self._kept, self._tell)
        gevent.spawn(self._kept, self._listen)

    def stop(self) -> None:
        """End."""
        self.stopping = True

    def tell(self, message: Any) -> None:
        """Say something to the other processes; it never waits, and the oldest makes room."""
        if self.waiting.full():
            self.waiting.get_nowait()
        self.waiting.put_nowait(message)

    def _kept(self, run: Callable[[redis.Redis], None]) -> None:
        import gevent

        while not self.stopping:
            client = redis.Redis.from_url(
                self.url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
            )
            try:
                run(client)
            except (redis.RedisError, OSError) as error:
                if not self.broken:
                    log.warning("%s by this process alone: Redis does not answer (%s)", self.what, error)
                self.broken = True
                gevent.sleep(RETRY_S)
            finally:
                client.close()

    def _tell(self, client: redis.Redis) -> None:
        while not self.stopping:
            client.publish(self.channel, orjson.dumps([self.me, self.waiting.get()]))
            self._well()

    def _listen(self, client: redis.Redis) -> None:
        with client.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            heard.subscribe(self.channel)
            while not self.stopping:
                message = heard.get_message(timeout=PATIENCE_S / 2)
                if message is not None:
                    self._well()
                    said_by, said = orjson.loads(message["data"])
                    if said_by != self.me:
                        self.hear(said)

    def _well(self) -> None:
        if self.broken:
            log.warning("Redis answers again: %s by all processes together", self.what)
        self.broken = False
