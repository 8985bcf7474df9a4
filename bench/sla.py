"""Does `replylint sla` keep to its memory? Measures a log of a million events, made on the spot.

    python bench/sla.py [EVENTS]

Exits 1 when the process needs more than LIMIT_MB at its peak. A tenth of the log is measured, too, to show the growth.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

EVENTS = 1_000_000
LIMIT_MB = 250
_START = dt.datetime.fromisoformat("2026-01-05T00:00+08:00")
_RUN = """
import resource, sys
from replylint.cli.main import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss // 1024, round(used.ru_utime, 1), file=sys.__stderr__)
"""


def rows(events: int) -> Iterator[str]:
    """A year of cases of about five events each, the events of all cases mixed as they come in."""
    chance = random.Random(1)
    waiting: list[tuple[dt.datetime, str, str, str]] = []
    made = number = 0
    while made < events:
        number += 1
        arrived = _START + dt.timedelta(minutes=number * 2.5)
        level = chance.choice(("low", "normal", "normal", "serious", "critical"))
        row = {"case": f"case-{number}", "event": "arrived", "at": arrived.isoformat(), "severity": level}
        yield json.dumps(row)
        made += 1
        at = arrived
        for event in ("acknowledged", "started", "replied", "resolved"):
            at += dt.timedelta(minutes=int(chance.expovariate(1 / 300)))
            waiting.append((at, f"case-{number}", event, f"agent-{number % 40}"))
        if len(waiting) > 20_000:
            waiting.sort()
            for when, case, event, by in waiting[:10_000]:
                made += 1
                yield json.dumps({"case": case, "event": event, "at": when.isoformat(), "by": by})
            del waiting[:10_000]


def measure(events: int, folder: Path) -> tuple[int, float]:
    """Peak memory in MB and user seconds of a report on so many events."""
    log = folder / f"{events}.jsonl"
    with log.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows(events)):
            if number < events:
                file.write(row + "\n")
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "sla", str(log), "--now", "2027-02-01T00:00+08:00", "--format", "json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=False, env=dict(os.environ),
    )  # fmt: skip
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    memory, seconds = done.stderr.split()[-2:]
    print(f"{events:>10,} events  {int(memory):>6,} MB  {float(seconds):>7.1f} s user  "
          f"{time.perf_counter() - began:>7.1f} s")  # fmt: skip
    return int(memory), float(seconds)


def main() -> int:
    """Print one line for each size; 1 when memory is not bounded."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        measure(events // 10, Path(folder))
        many, _ = measure(events, Path(folder))
    return int(many > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
