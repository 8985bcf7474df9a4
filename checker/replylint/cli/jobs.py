"""Verdicts on many drafts by several processes, in the order of the drafts."""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from replylint.case.model import Case, Unreadable
from replylint.evaluate.beside import Background, together
from replylint.evaluate.check import Judge
from replylint.evaluate.conflicts import ALONE, Others
from replylint.evaluate.model import CaseVerdict, CouldNotCheck
from replylint.source.noticing import noticed
from replylint.source.spans import Source

if TYPE_CHECKING:
    from concurrent.futures import Future

Readable = Case | Unreadable


class Judged(NamedTuple):
    """A case, or what could not be read as one, and what was found about it.

    asks: whether that may depend on the moment of the check. others: what other drafts have to do with the case.
    bound: whether that, or more, may depend on the moment, too.
    """

    case: Readable
    entry: CaseVerdict | CouldNotCheck
    asks: bool = True
    others: Others = ALONE
    bound: bool = True


_Found = tuple[CaseVerdict | CouldNotCheck, bool]
_Together = tuple[Readable, Others]
_Chunk = tuple[Sequence[_Together], "Future[bytes]"]

# Fewer drafts are done before other processes have started.
FEW = 80
_FIRST = 20
_CHUNK = 20
_LOOK = 0.5  # seconds between looks at whether the parent is still there, which may have been killed
_AHEAD = 3  # chunks a worker may have waiting: enough to stay busy, little enough for memory to stay flat

_judge: Judge | None = None  # what the workers inherit when they are forked


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def judge_all(judge: Judge, cases: Iterable[Readable], background: Background, jobs: int) -> Iterator[Judged]:
    """A verdict for each case, or why there is none, in the order given; background: what they are compared with.

    With one job, few cases, or on a system that cannot fork, everything is done in this process.
    """
    waiting = iter(cases)
    few = list(islice(waiting, FEW))
    # What drafts have to do with one another depends on their order, so that is found here.
    met = together(judge, chain(few, waiting), background)
    # What the first drafts need, dictionaries and patterns, is made here once and not by every worker.
    yield from _alone(judge, islice(met, _FIRST))
    # It stays: looking for garbage in it takes time, and would copy its memory into every worker.
    gc.freeze()
    try:
        # What was read before is judged more quickly than it is sent to others.
        known = judge.kept is not None and not judge.kept.missed
        alone = jobs < 2 or len(few) < FEW or known or not _forks()
        yield from _alone(judge, met) if alone else _shared(judge, met, jobs)
    finally:
        gc.unfreeze()


def _forks() -> bool:
    """Whether a process can be copied as it is; on a Mac, what it holds of the system's libraries would break."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def _alone(judge: Judge, cases: Iterable[_Together]) -> Iterator[Judged]:
    for case, others in cases:
        others_ask = noticed(judge.now)
        entry = judge.entry(case, others)
        yield Judged(case, entry, noticed(judge.now), others, others_ask)
    _flush(judge)


def _flush(judge: Judge) -> None:
    if judge.kept is not None:
        judge.kept.flush()


def _shared(judge: Judge, waiting: Iterator[_Together], jobs: int) -> Iterator[Judged]:
    # Loaded late: most runs have too few drafts for several processes.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    global _judge
    _judge = judge
    pending: deque[_Chunk] = deque()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(os.getpid(),)) as pool:
        try:
            while True:
                while len(pending) < jobs * _AHEAD and (chunk := list(islice(waiting, _CHUNK))):
                    pending.append((chunk, pool.submit(_work, chunk)))
                if not pending:
                    return
                done, packed = pending.popleft()
                found: list[_Found] = _Receiver(packed.result(), _sources(judge, done)).load()
                others_ask = noticed(judge.now)
                for (case, others), (entry, asks) in zip(done, found, strict=True):
                    yield Judged(case, entry, asks, others, others_ask)
        finally:
            # To be waited for: what ends after the program has begun to end complains of closed pipes.
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int) -> None:
    """What a worker does first: leave stopping to its parent, and see to it that it does not outlive that one."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def _work(chunk: Sequence[_Together]) -> bytes:
    assert _judge is not None
    found = [(_judge.entry(case, others), noticed(_judge.now)) for case, others in chunk]
    _flush(_judge)
    return _sent(found, _sources(_judge, chunk))


def _sources(judge: Judge, cases: Iterable[_Together]) -> list[Source]:
    """The texts that places in verdicts may be of and both sides have: rule files, the contract, the drafts."""
    places = [rule.verb_at for rule in judge.rules] + [rule.clause[1] for rule in judge.rules if rule.clause]
    places += [case.source for case, _ in cases if isinstance(case, Case)]
    return [place.source for place in places]


def _sent(found: Sequence[_Found], sources: Sequence[Source]) -> bytes:
    """Verdicts as bytes, in which a text that both sides have is a number: the contract is longer than all verdicts."""
    number = {id(source): index for index, source in enumerate(sources)}

    def reduce(source: Source) -> Any:
        known = number.get(id(source))
        return source.__reduce_ex__(pickle.HIGHEST_PROTOCOL) if known is None else (_known, (known,))

    sent = io.BytesIO()
    pickler = pickle.Pickler(sent, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {Source: reduce}
    pickler.dump(found)
    return sent.getvalue()


def _known(number: int) -> Source:
    raise AssertionError(f"source {number} is to be put back by the receiver")


class _Receiver(pickle.Unpickler):
    """Reads what a worker sent, with the texts that this side has put back in their places."""

    def __init__(self, sent: bytes, sources: Sequence[Source]):
        super().__init__(io.BytesIO(sent))
        self._known = sources.__getitem__

    def find_class(self, module: str, name: str) -> Any:
        """The receiver's own texts where the worker named one by its number."""
        return self._known if name == _known.__name__ and module == __name__ else super().find_class(module, name)
