"""The garbage collector, kept from interrupting work that only builds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Build many small values without the collector going through all of them again and again.

    Loading a policy makes a million objects and no garbage; with the collector on it takes twice as long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
