"""Runs again whenever a draft or the policy changes."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from replylint.case.find import find_files
from replylint.cli import printing
from replylint.source.messages import Lang, say

_SECONDS = 0.4

_State = Mapping[Path, tuple[int, int]]


def watch(run: Callable[[], int], drafts: Iterable[str], policy: Path, lang: Lang) -> int:
    """Run, wait for a change, run again, until the user stops it; how the last run ended."""
    drafts = tuple(drafts)
    ended = 3
    # A job in the background of a script is begun with interrupts ignored, and could only be killed.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            seen = _state(drafts, policy)
            ended = run()
            printing.line(say("cli.watching", lang), aside=True)
            while _state(drafts, policy) == seen:
                time.sleep(_SECONDS)
    except KeyboardInterrupt:
        return ended


def _state(drafts: Iterable[str], policy: Path) -> _State:
    """When each file was last written, and its size."""
    found: dict[Path, tuple[int, int]] = {}
    files = (path for path in find_files(drafts) if isinstance(path, Path))
    for path in (*files, *policy.rglob("*.yml"), *policy.rglob("*.rules")):
        try:
            now = path.stat()
        except OSError:
            continue  # gone between the two looks: that it is missing shows in the next state
        found[path] = (now.st_mtime_ns, now.st_size)
    return found
