"""The report over a log: golden outputs of the sample log, and figures against a naive count."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replylint.contract.clocks import due
from replylint.contract.pace import Pause
from replylint.sla.model import Times
from tests.conftest import Golden
from tests.sla.measuring import NOW, contract, reported

ROOT = Path(__file__).resolve().parents[2]
LOG = "corpora/sla/fortnight.jsonl"
GOLDEN = Path(__file__).parent / "golden"
START = dt.datetime.fromisoformat("2026-10-01T00:00+08:00")
STAGES = ("acknowledged", "started", "replied", "updated", "escalated", "resolved")


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "replylint", "sla", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_sample_log(golden: Golden, form: str, lang: str) -> None:
    done = ran(LOG, "--now", "2026-10-19T09:00", "--format", form, "--lang", lang)
    assert done.returncode == 1, done.stderr
    # Where a clause stands in the contract changes with every line above it.
    shown = re.sub(r"(policy/contract.yml):\d+:\d+", r"\1:…", done.stdout)
    golden(GOLDEN / f"fortnight.{lang}.{'txt' if form == 'text' else 'json'}", shown)


@pytest.mark.parametrize(
    ("log", "now", "lang"),
    [
        ("hotel/easter.jsonl", "2026-05-01T09:00+10:00", "en"),
        ("bank/year-end.csv", "2027-01-07T09:00+08:00", "zh"),
    ],
)
def test_logs_of_brands_with_contracts_of_their_own(golden: Golden, log: str, now: str, lang: str) -> None:
    """Every figure of these pages was reckoned by hand: shifts past midnight, holidays, and clocks that go back."""
    path = ROOT / "corpora/brands" / log
    done = ran(path.relative_to(ROOT).as_posix(), "--policy", path.parent.as_posix(), "--now", now, "--lang", lang)
    assert done.returncode == 1, done.stderr
    golden(GOLDEN / f"{path.stem}.{lang}.txt", done.stdout)


@pytest.mark.parametrize("name", ["report.foo", "report", "report.html.gz"])
def test_an_ending_that_says_nothing_is_refused(tmp_path: Path, name: str) -> None:
    done = ran(LOG, "--now", "2026-10-19T09:00", "--output", str(tmp_path / name))
    assert (done.returncode, ".txt, .json, .html, .htm" in done.stderr) == (2, True), done.stderr
    assert not list(tmp_path.iterdir())
    chosen = ran(LOG, "--now", "2026-10-19T09:00", "--output", str(tmp_path / name), "--format", "text")
    assert (chosen.returncode, [path.name for path in tmp_path.iterdir()]) == (1, [name])


def test_json_holds_every_breach_and_adds_up() -> None:
    found = json.loads(ran(LOG, "--now", "2026-10-19T09:00", "--format", "json").stdout)
    assert len(found["breaches"]) == found["total"]["breached"] > 0
    outcomes = ("kept", "breached", "cannot_tell", "running")
    for outcome in outcomes:
        assert sum(clause[outcome] for clause in found["clauses"]) == found["total"][outcome]
        for by in ("shift", "agent", "week"):
            groups = [g for g in found["groups"] if g["by"] == by and g["clock"] is None]
            assert sum(group[outcome] for group in groups) == found["total"][outcome]


def test_a_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "report.json"
    done = ran(LOG, "--now", "2026-10-19T09:00", "--format", "json", "--output", str(output))
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(output.read_text(encoding="utf-8"))["cases"] > 0
    assert [path.name for path in output.parent.iterdir()] == ["report.json"]


@pytest.mark.parametrize(
    ("log", "code"),
    [
        (('{"case": "a", "event": "arrived", "at": "2026-11-19T09:00+08:00", "severity": "low"}\n'
         '{"case": "a", "event": "replied", "at": "2026-11-19T09:10+08:00"}\n'), 0),
        (('{"case": "a", "event": "arrived", "at": "2026-11-07T23:40+08:00", "severity": "low"}\n'
         '{"case": "a", "event": "replied", "at": "2026-11-19T23:50+08:00"}\n'), 1),
        ('{"case": "a", "event": "arrived", "at": "2026-11-07T23:40+08:00"}\n', 1),
        ('{"case": "a", "event": "arived", "at": "2026-11-07T23:40+08:00"}\n', 3),
        ("\n", 3),
        ("case,event\na,seen\n", 1),
    ],
)  # fmt: skip
def test_exit_codes(tmp_path: Path, log: str, code: int) -> None:
    path = tmp_path / ("log.csv" if log.startswith("case,") else "log.jsonl")
    path.write_text(log, encoding="utf-8")
    done = ran(str(path), "--now", "2026-11-20T10:00+08:00")
    assert done.returncode == code, done.stdout + done.stderr


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (ROOT / LOG).read_text(encoding="utf-8").splitlines()]
    columns = ["case", "event", "at", "by", "role", "severity", "rating", "reason", "from", "to"]
    lines = [",".join(columns), *(",".join(str(row.get(name, "")) for name in columns) for row in rows)]
    path = tmp_path / "fortnight.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    now = dt.datetime.fromisoformat("2026-10-19T09:00+08:00")
    one, other = reported(path, now), reported(ROOT / LOG, now)
    assert one.clauses == other.clauses
    assert one.groups == other.groups
    assert [(b.case, b.clock, b.late) for b in one.worst] == [(b.case, b.clock, b.late) for b in other.worst]


Course = tuple[str, int, dict[str, int], tuple[int, int] | None]
minutes = st.integers(0, 20 * 24 * 60)
histories = st.lists(
    st.tuples(
        st.sampled_from(["low", "normal", "serious", "critical"]),
        minutes,
        st.dictionaries(st.sampled_from(STAGES), minutes, max_size=5),
        st.one_of(st.none(), st.tuples(minutes, st.integers(1, 4000))),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(histories, st.randoms())
def test_figures_equal_a_naive_count(cases: list[Course], random: Random) -> None:
    """Exact times, one event of a kind a case: what each clock must be follows from the contract in a few lines."""
    rows: list[dict[str, str]] = []
    counts: Counter[tuple[str, str, str]] = Counter()
    waits: dict[tuple[str, str], list[int]] = defaultdict(list)
    recorded = {name for _, _, stages, _ in cases for name in stages}
    end_of_log = START + dt.timedelta(minutes=max(
        at + after for _, at, stages, pause in cases
        for after in (0, *stages.values(), *((pause[0], sum(pause)) if pause else ()))
    ))  # fmt: skip
    for number, (level, arrived, stages, pause) in enumerate(cases):
        since = START + dt.timedelta(minutes=arrived)
        done = {name: since + dt.timedelta(minutes=after) for name, after in stages.items()}
        rows.append({"case": f"c{number}", "event": "arrived", "at": since.isoformat(), "severity": level})
        rows += [{"case": f"c{number}", "event": name, "at": at.isoformat()} for name, at in done.items()]
        pauses = []
        if pause is not None:
            start = since + dt.timedelta(minutes=pause[0])
            end = start + dt.timedelta(minutes=pause[1])
            assume(done.get("resolved") not in (start, end))  # which of the two came first nobody knows
            if "resolved" in done and start < done["resolved"] < end:
                del done["resolved"]  # it was opened again
            pauses = [Pause(start, end)]
            ends = {"waiting": start, "resumed": start + dt.timedelta(minutes=pause[1])}
            rows += [{"case": f"c{number}", "event": name, "at": at.isoformat()} for name, at in ends.items()]
        for clock, stops in (("first_reply", ("replied",)), ("resolve", ("resolved",))):
            over = due(contract(), level, clock, since, pauses)
            if over is None:
                continue
            stop = min((done[s] for s in stops if s in done), default=None)
            counts[level, clock, _naive(over, stop, end_of_log, stops[0] in recorded)] += 1
            if stop is not None:
                waits[level, clock].append(int((stop - since).total_seconds()))
    random.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        report = reported(path, NOW, ("first_reply", "resolve"))
    figures = {(c.level, c.clock): c.figures for c in report.clauses}
    for (level, clock), found in figures.items():
        for outcome in ("kept", "breached", "unknown", "running"):
            assert getattr(found, outcome) == counts[level, clock, outcome], (level, clock, outcome)
    assert sum(counts.values()) == sum(getattr(report.total, o) for o in ("kept", "breached", "unknown", "running"))
    replies = sorted(w for (_, clock), found in waits.items() if clock == "first_reply" for w in found)
    whole = [g for g in report.groups if (g.by, g.clock, g.level) == ("week", "first_reply", "")]
    assert sum(g.figures.times.count for g in whole) == len(replies)
    if len(whole) == 1 and replies:
        assert whole[0].figures.times == Times(len(replies), *(_rank(replies, p) for p in (50, 90, 95)))


def _naive(over: dt.datetime, stop: dt.datetime | None, end: dt.datetime, recorded: bool) -> str:
    if stop is not None:
        return "kept" if stop <= over else "breached"
    if over >= NOW:
        return "running"
    return "breached" if recorded and over <= end else "unknown"


def _rank(values: list[int], percent: int) -> int:
    return values[math.ceil(len(values) * percent / 100) - 1]
