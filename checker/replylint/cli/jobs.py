"""Verdicts on many drafts by several processes, in the order of the drafts."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import NamedTuple

from replylint.case.model import Case, Unreadable
from replylint.evaluate.check import Judge
from replylint.evaluate.model import CaseVerdict, CouldNotCheck
from replylint.evaluate.repeats import Earlier, Replies

Readable = Case | Unreadable


class Judged(NamedTuple):
    """A case, or what could not be read as one, and what was found about it."""

    case: Readable
    entry: CaseVerdict | CouldNotCheck


_Chunk = tuple[Sequence[Readable], Future[list[CaseVerdict | CouldNotCheck]]]

# Fewer drafts are done before other processes have started.
FEW = 80
_CHUNK = 20
_AHEAD = 3  # chunks a worker may have waiting: enough to stay busy, little enough for memory to stay flat

_judge: Judge | None = None  # what the workers inherit when they are forked


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def judge_all(judge: Judge, cases: Iterable[Readable], history: Iterable[Case], jobs: int) -> Iterator[Judged]:
    """A verdict for each case, or why there is none, in the order given.

    With one job, few cases, or on a system that cannot fork, everything is done in this process.
    """
    waiting = iter(cases)
    few = list(islice(waiting, FEW))
    if jobs < 2 or len(few) < FEW or sys.platform in ("win32", "darwin"):
        yield from _alone(judge, chain(few, waiting), judge.replies(history))
    else:
        yield from _shared(judge, chain(few, waiting), judge.replies(history), jobs)


def _alone(judge: Judge, cases: Iterable[Readable], replies: Replies) -> Iterator[Judged]:
    return (Judged(case, judge.entry(case, _repeats(judge, case, replies))) for case in cases)


def _shared(judge: Judge, cases: Iterable[Readable], replies: Replies, jobs: int) -> Iterator[Judged]:
    global _judge
    _judge = judge
    waiting = iter(cases)
    pending: deque[_Chunk] = deque()
    # Which replies repeat earlier ones depends on their order, so that is found here.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        try:
            while True:
                while len(pending) < jobs * _AHEAD and (chunk := list(islice(waiting, _CHUNK))):
                    work = [(case, _repeats(judge, case, replies)) for case in chunk]
                    pending.append((chunk, pool.submit(_work, work)))
                if not pending:
                    return
                done, entries = pending.popleft()
                yield from map(Judged, done, entries.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _repeats(judge: Judge, case: Readable, replies: Replies) -> Earlier | None:
    return replies.meet(case, judge.read(case.reply.text)) if isinstance(case, Case) else None


def _work(chunk: Sequence[tuple[Readable, Earlier | None]]) -> list[CaseVerdict | CouldNotCheck]:
    assert _judge is not None
    return [_judge.entry(case, repeats) for case, repeats in chunk]
