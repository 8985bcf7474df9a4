"""A log as text in, what becomes of its clocks out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from replylint.case.model import Case
from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.evaluate.planned import with_actions
from replylint.sla.course import course_of
from replylint.sla.judge import Bench
from replylint.sla.model import Measurement, Report
from replylint.sla.read import Known, read_events
from replylint.sla.report import Intake, Notes, report_on
from replylint.sla.rows import Context
from replylint.sla.store import Store
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy

NOW = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")


@cache
def contract() -> Contract:
    return load(starter_policy() / "contract.yml", "policy/contract.yml")


def taken(path: Path, store: Store, notes: Notes) -> Intake:
    context = Context(contract().calendar.zone, lambda stars: contract().severity_for(stars) or "", {}, notes.told)
    intake = Intake(store, notes)
    intake.take(read_events([path], context, known, "TWD"))
    return intake


def known(case: Case) -> Known | tuple[Problem, ...]:
    found, problems = with_actions(case, contract())
    return problems or Known(found, level_of(found))


def level_of(case: Case) -> str:
    stated, stars = case.fields.get("review.severity"), case.fields.get("review.rating")
    if stated is not None:
        return str(stated.value)
    return contract().severity_for(int(str(stars.value))) or "" if stars is not None else ""


def measured(path: Path, now: dt.datetime = NOW) -> tuple[list[Measurement], Intake]:
    """Every clock of every case of a log."""
    store, notes = Store(), Notes()
    intake = taken(path, store, notes)
    seconds = int(now.timestamp())
    bounds = store.bounds(seconds)
    bench = Bench(contract(), seconds, bounds[1] if bounds else seconds, store.recorded())
    found = [m for case, events, _ in store.cases()
             for m in bench.measurements(course_of(case, events, seconds, notes.told))]  # fmt: skip
    store.close()
    return found, intake


def reported(path: Path, now: dt.datetime = NOW, only: Sequence[str] = ()) -> Report:
    store = Store()
    report = report_on(taken(path, store, Notes()), contract(), now, only)
    store.close()
    return report
