"""What is measured inside one process; prints one number. Run by run.py, in a child of its own.

    load POLICY                     seconds to load a policy, imports not counted
    rate POLICY FILE                drafts of a JSON Lines file judged a second, the policy loaded and warm
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable


def load(policy: str) -> float:
    """Seconds to load a policy."""
    from replylint.api import load_policy

    started = time.perf_counter()
    load_policy(policy)
    return time.perf_counter() - started


def rate(policy: str, file: str) -> float:
    """Drafts a second; they are read beforehand, the first hundred are judged without being counted."""
    from replylint.api import Case, load_policy, read_cases

    gc.set_threshold(200_000, 20, 100)  # as the command line has it
    checker = load_policy(policy)
    cases = [case for case in read_cases(file) if isinstance(case, Case)]
    for case in cases[:100]:
        checker.check(case)
    gc.freeze()  # likewise
    started = time.perf_counter()
    for case in cases:
        checker.check(case)
    return len(cases) / (time.perf_counter() - started)


MEASURES: dict[str, Callable[..., float]] = {"load": load, "rate": rate}

if __name__ == "__main__":
    print(MEASURES[sys.argv[1]](*sys.argv[2:]))
