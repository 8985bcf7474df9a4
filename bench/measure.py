"""Running programs and measuring them: wall time and peak memory of children, medians of several runs."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CLI = (sys.executable, "-c", "from replylint.cli.main import main; main()")
PYTHON = sys.executable


@dataclass(frozen=True)
class Ran:
    """One run of a child: seconds on the clock, peak resident memory in MB, exit code, what it printed."""

    seconds: float
    megabytes: float
    code: int
    output: str = ""
    errors: str = ""


def install() -> None:
    """Compile this project's modules, as installing it does: what is measured is not Python's compiler."""
    compileall.compile_dir(Path(__file__).resolve().parent.parent / "checker", quiet=1)


def run(command: Sequence[str], cache: Path, keep_output: bool = False, keep_errors: bool = False) -> Ran:
    """Run a child to its end. cache: where replylint keeps what it resolved. Output and errors are not kept both."""
    environment = {**os.environ, "REPLYLINT_CACHE": str(cache), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    out, err = (subprocess.PIPE if keep else subprocess.DEVNULL for keep in (keep_output, keep_errors))
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=out, stderr=err, env=environment, encoding="utf-8") as child:
        output = child.stdout.read() if child.stdout else ""
        errors = child.stderr.read() if child.stderr else ""
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Ran(seconds, usage.ru_maxrss / unit, child.returncode, output, errors)


def compare(runs: int, *measures: Callable[[], float]) -> tuple[float, ...]:
    """The median of each measure; they take turns, so that a busy moment of the machine falls on all alike."""
    taken = [[measure() for measure in measures] for _ in range(runs)]
    return tuple(statistics.median(column) for column in zip(*taken, strict=True))


def seconds(command: Sequence[str], cache: Path, codes: tuple[int, ...] = (0, 1)) -> float:
    """Wall time of a child that must end with one of these codes: a crash is not quick."""
    ran = run(command, cache)
    if ran.code not in codes:
        said = run(command, cache, keep_output=True).output or run(command, cache, keep_errors=True).errors
        raise SystemExit(f"bench: exit code {ran.code} from {' '.join(command[3:])}\n{said[:1000]}")
    return ran.seconds
