"""Statements given straight to libpq, inside a pipeline of psycopg: on the hottest paths its cursors cost more than what they carry.

psycopg still knows how a value becomes bytes and back, keeps the pipeline, and raises what the database says; a statement that is
sent here stands in its queue of answers like any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus

_FAILED, _GIVEN_UP = ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED


class Wanted:
    """The answer of a statement that was sent on. psycopg's pipeline hands it over by the names that it uses for its cursors."""

    __slots__ = ("_encoding", "result")

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self.result: Any = None

    def _check_results(self, results: Sequence[Any]) -> None:
        for result in results:
            if result.status == _FAILED:
                raise errors.error_from_result(result, encoding=self._encoding)
            if result.status == _GIVEN_UP:
                raise errors.PipelineAborted("pipeline aborted")

    def _set_results(self, results: Sequence[Any]) -> None:
        self.result = results[-1]


class Straight:
    """The statements of one connection, each prepared when it comes for the first time."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._pgconn = connection, connection.pgconn
        self._encoding: str = connection.info.encoding
        self._binding, self._loading = Transformer(connection), Transformer(connection)
        self._names: dict[tuple[bytes, tuple[int, ...]], tuple[bytes, Wanted]] = {}
        self._number = 0
        self._drop_with(connection._prepared)

    def send(self, query: bytes, values: Sequence[Any]) -> Wanted:
        """Send a statement on, with its parameters as `$1`, `$2`, …: it is on its way with whatever is asked next."""
        binding = self._binding
        given = binding.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types = tuple(binding.types or ())
        self._connection.send_held_back()  # which may drop what is prepared
        queue = self._connection._pipeline.result_queue
        known = self._names.get((query, types))
        if known is None:
            self._number += 1
            known = self._names[query, types] = (f"s{self._number}".encode(), Wanted(self._encoding))
            self._pgconn.send_prepare(known[0], query, types)
            queue.append((known[1], None))
        self._pgconn.send_query_prepared(known[0], given, param_formats=binding.formats)
        wanted = Wanted(self._encoding)
        queue.append((wanted, None))
        return wanted

    def rows(self, wanted: Wanted) -> list[Any]:
        """The rows of an answer; waits for it if it is not there yet."""
        if wanted.result is None:
            self._connection._fetch_pipeline_now()
        result, loading = wanted.result, self._loading
        loading.set_pgresult(result)
        rows: list[Any] = loading.load_rows(0, result.ntuples, tuple)
        loading.set_pgresult(None)
        return rows

    def forget(self) -> None:
        """A transaction was undone: what it was about to prepare may not be there."""
        self._names = {key: known for key, known in self._names.items() if known[1].result is not None}

    def _drop_with(self, prepared: Any) -> None:
        """psycopg drops all prepared statements of a connection together, ours too: after a rollback, also to a savepoint."""
        drop_all = prepared.clear

        def clear() -> bool:
            dropped: bool = drop_all()
            if dropped:
                self._names.clear()
            return dropped

        prepared.clear = clear
