"""Measures speed and size and prints one table: medians of several runs, each against a baseline of the same run.

    make bench                                    with drafts made from corpora/
    make bench TEXTS="path/to/*.jsonl"            with the replies of other JSON Lines files
    python bench/run.py --runs 3 --only cold,rate
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from measure import CLI, PYTHON, compare, install, run, seconds
from texts import ROOT, policy_with, write_files, write_lines

PROSELINT = "proselint==0.16.*"
POLICY = ROOT / "policy"
DRAFT = ROOT / "corpora/demo/cleared-cold-noodles.md"


@dataclass(frozen=True)
class Line:
    """One line of the table. met: whether the aim is reached; None where there is no aim or no measure."""

    what: str
    value: str
    baseline: str
    ratio: str
    aim: str = ""
    met: bool | None = None


@dataclass
class Bench:
    """Where to measure, with what, and how often."""

    folder: Path
    files: Sequence[Path]
    runs: int

    @cached_property
    def cache(self) -> Path:
        """A folder of caches in which the starter policy is already kept."""
        cache = self.folder / "cache"
        run([*CLI, "policy", "check", str(POLICY), "--quiet"], cache)
        return cache

    @cached_property
    def drafts(self) -> Path:
        """Five hundred drafts, a file each."""
        return write_files(self.folder / "drafts", self.files, 500)

    def timed(self, *command: str) -> Callable[[], float]:
        """What takes the time of a child from its start to its end."""
        return lambda: seconds(command, self.cache)

    def inside(self, *arguments: str, cache: Path | None = None) -> float:
        """A number measured inside a child of its own."""
        ran = run([PYTHON, str(ROOT / "bench/inside.py"), *arguments], cache or self.cache, keep_output=True)
        if ran.code:
            raise SystemExit(f"bench: exit code {ran.code} from inside.py {arguments[0]}")
        return float(ran.output)


def version(bench: Bench) -> Iterator[Line]:
    """Starting up."""
    own, bare = compare(
        2 * bench.runs + 1, bench.timed(*CLI, "--version"), bench.timed(PYTHON, "-c", "pass")
    )  # fmt: skip
    more = own - bare
    yield Line("replylint --version", s(own), f"python -c pass {s(bare)}", f"+{s(more)}", "within 0.15 s", more <= 0.15)


def one(bench: Bench) -> Iterator[Line]:
    """One draft, from cold."""
    empty = (bench.folder / f"empty-{number}" for number in range(99))
    command = [*CLI, "check", str(DRAFT), "--policy", str(POLICY), "--no-cache"]
    bare, imports, kept, first = compare(
        bench.runs,
        bench.timed(PYTHON, "-c", "pass"),
        bench.timed(PYTHON, "-c", "import replylint.cli.check.judging"),
        bench.timed(*command),
        lambda: seconds(command, next(empty)),
    )
    base = f"its imports {s(imports)}"
    yield Line("one draft from cold", s(kept), base, x(kept / imports), "under 1.5 s", kept < 1.5)
    yield Line("one draft, the very first run", s(first), base, x(first / imports))
    yield Line("the imports of a check", s(imports), f"python -c pass {s(bare)}", x(imports / bare))


def cold(bench: Bench) -> Iterator[Line]:
    """Five hundred drafts from cold, against proselint."""
    command = [*CLI, "check", str(bench.drafts), "--policy", str(POLICY)]
    own_run = bench.timed(*command, "--no-cache")
    what, aim = "500 drafts from cold", "less than proselint"
    program = _proselint(bench.folder)
    if program is None:
        yield Line(what, s(*compare(bench.runs, own_run)), f"{PROSELINT} cannot be installed here", "", aim)
        return
    own, theirs = compare(bench.runs, own_run, bench.timed(str(program), "check", str(bench.drafts)))
    yield Line(what, s(own), f"proselint {s(theirs)}", x(own / theirs), aim, own < theirs)
    bench.timed(*command)()
    again, anew = compare(bench.runs, bench.timed(*command), own_run)
    yield Line("500 drafts again, none changed", s(again), f"every draft judged anew {s(anew)}", x(again / anew),
               "under 0.5 s", again < 0.5)  # fmt: skip


def rate(bench: Bench) -> Iterator[Line]:
    """Drafts a second in one process, and with ten times the rules."""
    lines = str(write_lines(bench.folder / "rate.jsonl", bench.files, 2000))
    many = str(policy_with(bench.folder / "tenfold", 10))
    own, tenfold = compare(
        bench.runs,
        lambda: bench.inside("rate", str(POLICY), lines),
        lambda: bench.inside("rate", many, lines),
    )
    once, often = f"{1000 / own:.2f} ms", f"{1000 / tenfold:.2f} ms"
    yield Line("drafts a second, one process", f"{own:,.0f}", "", "", "at least 1,000", own >= 1000)
    yield Line("a draft, ten times the rules", often, f"the rules once {once}", x(own / tenfold), "at most 2×",
               own <= 2 * tenfold)  # fmt: skip


def jobs(bench: Bench) -> Iterator[Line]:
    """Many drafts by as many processes as there are processors, and by one."""
    lines = str(write_lines(bench.folder / "jobs.jsonl", bench.files, 4000))
    command = [*CLI, "check", "--policy", str(POLICY), "--format", "json", "--no-cache", lines]
    all_, one_ = compare(min(bench.runs, 3), bench.timed(*command), bench.timed(*command, "--jobs", "1"))
    yield Line("4,000 drafts, all processors", s(all_), f"--jobs 1 {s(one_)}", x(all_ / one_), "less", all_ < one_)


def memory(bench: Bench) -> Iterator[Line]:
    """Peak memory against the number of drafts read."""
    few = write_lines(bench.folder / "few.jsonl", bench.files, 1000)
    many = write_lines(bench.folder / "many.jsonl", bench.files, 10_000)

    def peak(file: Path) -> float:
        # One process: what several use together cannot be told from outside.
        command = [*CLI, "check", "--policy", str(POLICY), "--format", "json", "--no-cache", "--jobs", "1", str(file)]
        return run(command, bench.cache).megabytes

    small, large = compare(min(bench.runs, 3), lambda: peak(few), lambda: peak(many))
    yield Line("peak memory, 10,000 drafts", f"{large:.0f} MB", f"1,000 drafts {small:.0f} MB", x(large / small),
               "flat (at most 1.1×)", large <= 1.1 * small)  # fmt: skip


def loading(bench: Bench) -> Iterator[Line]:
    """Loading the starter policy."""
    empty = (bench.folder / f"unkept-{number}" for number in range(99))
    kept, first = compare(
        bench.runs,
        lambda: bench.inside("load", str(POLICY)),
        lambda: bench.inside("load", str(POLICY), cache=next(empty)),
    )
    yield Line("loading the starter policy", s(kept), f"nothing kept {s(first)}", x(kept / first), "under 0.3 s",
               kept < 0.3)  # fmt: skip


def spacy(bench: Bench) -> Iterator[Line]:
    """Which commands import spaCy."""
    for arguments in (["policy", "check", str(POLICY)], ["fmt", "--check", str(POLICY)]):
        ended = run([PYTHON, "-X", "importtime", *CLI[1:], *arguments], bench.cache, keep_errors=True)
        loaded = "spacy" in ended.errors
        name = " ".join(word for word in arguments if word.isalpha())
        yield Line(f"{name} imports spaCy", "yes" if loaded else "no", "", "", "no", not loaded)


PARTS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "version": version, "one": one, "cold": cold, "rate": rate, "jobs": jobs, "memory": memory,
    "loading": loading, "spacy": spacy,
}  # fmt: skip


def s(value: float) -> str:
    """Seconds as text."""
    return f"{value:.2f} s" if value >= 0.1 else f"{value:.3f} s"


def x(value: float) -> str:
    """A ratio as text."""
    return f"{value:.2f}×"


def _proselint(folder: Path) -> Path | None:
    """Proselint's program in an environment of its own; None when it cannot be installed."""
    place = folder / "proselint"
    venv.create(place, with_pip=True)
    bin_folder = place / ("Scripts" if os.name == "nt" else "bin")
    command = [str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PROSELINT]
    installed = subprocess.run(command, capture_output=True, check=False).returncode == 0
    return bin_folder / "proselint" if installed else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure speed and size.")
    parser.add_argument("files", nargs="*", type=Path, help="JSON Lines with `reply`, `review`, `rating`")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, joined by commas")
    chosen = parser.parse_args()
    install()
    source = f"{len(chosen.files)} files given" if chosen.files else "corpora/cases, with variation"
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"{machine}, medians of {chosen.runs} runs, drafts: {source}\n")
    print("| what | measured | baseline | ratio | aim | met |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="replylint-bench-") as folder:
        bench = Bench(Path(folder), chosen.files, chosen.runs)
        for part in chosen.only.split(","):
            for line in PARTS[part](bench):
                met = {None: "", True: "yes", False: "NO"}[line.met]
                row = (line.what, line.value, line.baseline, line.ratio, line.aim, met)
                print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
