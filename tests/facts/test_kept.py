"""Readings kept between runs are what would be read anew, and nothing damaged or stale is trusted."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from replylint.api import Checker, load_policy, read_cases
from replylint.case.model import Case
from replylint.facts.kept import KeptReadings
from replylint.facts.model import Reading

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(ROOT / "policy")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    paths = (ROOT / "corpora/demo", *sorted((ROOT / "corpora/cases").glob("*.jsonl"))[:6])
    return [case for case in read_cases(*paths) if isinstance(case, Case)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPLYLINT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def without_wordings(reading: Reading) -> Reading:
    """The one thing that is not kept: `facts` and `eval`, which tell it, read anew."""
    sides = (reading.reply_facts, reading.review_facts)
    reply, review = (tuple(replace(fact, wording=None) for fact in side) for side in sides)
    return replace(reading, reply_facts=reply, review_facts=review)


def filled(checker: Checker, cases: list[Case]) -> None:
    kept = KeptReadings("p")
    for case in cases:
        situation = checker.judge.situation(case)
        review = case.review.text if case.review else None
        kept.keep(case.reply.text, review, True, situation.reading, situation.suspicious)
    kept.flush()


def recalled(case: Case, policy: str = "p") -> tuple[Reading, bool] | None:
    return KeptReadings(policy).recall(case.reply.text, case.review.text if case.review else None, True)


def test_what_is_kept_is_what_was_read(checker: Checker, cases: list[Case]) -> None:
    assert len(cases) > 30
    filled(checker, cases)
    for case in cases:
        situation = checker.judge.situation(case)
        assert recalled(case) == (without_wordings(situation.reading), situation.suspicious), case.id


def test_verdicts_are_the_same_from_kept_readings(checker: Checker, cases: list[Case]) -> None:
    moment = checker.moment
    fresh = replace(checker, now=moment)
    first = [fresh.check(case) for case in cases]
    for _ in range(2):
        remembering = replace(checker, now=moment, remember=True)
        assert [remembering.check(case) for case in cases] == first
        assert remembering.judge.kept is not None
        remembering.judge.kept.flush()
    assert remembering.judge.kept.missed == 0


def test_every_part_counts(checker: Checker, cases: list[Case]) -> None:
    case = next(case for case in cases if case.review)
    filled(checker, [case])
    assert case.review is not None
    kept = KeptReadings("p")
    assert kept.recall(case.reply.text, case.review.text, True)
    assert kept.recall(case.reply.text, case.review.text, False) is None
    assert kept.recall(case.reply.text + " ", case.review.text, True) is None
    assert kept.recall(case.reply.text, case.review.text + " ", True) is None
    assert kept.recall(case.reply.text, None, True) is None
    assert kept.recall(case.reply.text, "", True) is None
    assert recalled(case, "another policy") is None


DAMAGE = (
    "UPDATE readings SET body = substr(body, 1, 40)",
    "UPDATE readings SET digest = x'00'",
    "UPDATE readings SET body = 'text'",
    "DELETE FROM readings",
    "DROP TABLE readings",
)


@pytest.mark.parametrize("change", DAMAGE)
def test_a_damaged_row_is_not_used(checker: Checker, cases: list[Case], folder: Path, change: str) -> None:
    filled(checker, cases[:1])
    with sqlite3.connect(folder / "readings.sqlite") as connection:
        connection.execute(change)
    assert recalled(cases[0]) is None


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
def test_a_file_that_is_no_database_is_made_anew(
    checker: Checker, cases: list[Case], folder: Path, content: bytes
) -> None:
    folder.mkdir()
    (folder / "readings.sqlite").write_bytes(content)
    assert recalled(cases[0]) is None
    filled(checker, cases[:1])
    assert recalled(cases[0]) is not None


def test_a_file_that_is_cut_short_only_costs_time(checker: Checker, cases: list[Case], folder: Path) -> None:
    filled(checker, cases)
    path = folder / "readings.sqlite"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for case in cases:
        found = recalled(case)
        assert found is None or found[0] == without_wordings(checker.judge.situation(case).reading)


def test_no_folder_only_costs_time(checker: Checker, cases: list[Case], folder: Path) -> None:
    folder.write_text("in the way")
    filled(checker, cases[:1])
    assert recalled(cases[0]) is None


def test_several_runs_at_once(checker: Checker, cases: list[Case]) -> None:
    runs = [threading.Thread(target=filled, args=(checker, cases[:20])) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert all(recalled(case) is not None for case in cases[:20])
