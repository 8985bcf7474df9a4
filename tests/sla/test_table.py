"""Logs and what becomes of each clock, from the table in cases.yml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.contract.actions import as_done
from replylint.source.names import section
from replylint.source.resources import grammar_table
from tests.sla.measuring import NOW, measured

TABLE = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_what_becomes_of_each_clock(row: dict[str, Any], tmp_path: Path) -> None:
    log = tmp_path / ("log.csv" if "csv" in row else "log.jsonl")
    log.write_text(row.get("csv") or row["log"], encoding="utf-8")
    now = dt.datetime.fromisoformat(row["now"]) if "now" in row else NOW
    found, intake = measured(log, now)
    for case, clocks in row["want"].items():
        for clock, outcome in clocks.items():
            got = [m.why or m.outcome for m in found if (m.case, m.clock) == (case, clock)]
            assert " ".join(got) == outcome, (case, clock)
    notes = {note.key.removeprefix("sla.") for note in intake.notes.all()}
    assert notes == set(row.get("told", ())), row["name"]
    assert [problem.key for problem in intake.problems] == row.get("unread", [])


def test_every_reason_and_note_is_in_the_table() -> None:
    """What can be said about a log is said somewhere in the table, so that no sentence goes untried."""
    sentences = yaml.safe_load(
        (Path(__file__).parents[2] / "checker/replylint/messages/sla.yml").read_text(encoding="utf-8")
    )
    shown = {word for row in TABLE for clocks in row["want"].values() for words in clocks.values()
             for word in words.split()}  # fmt: skip
    assert {key.removeprefix("why-") for key in sentences if key.startswith("why-")} <= shown


def test_no_word_for_an_event_means_two() -> None:
    """What is understood means one event; what may mean several is not understood, and names those that are."""
    names = {name: section(name).canonical for name in ("actions", "events", "log_events")}
    understood: dict[str, str] = {}
    for spelt in names.values():
        for word, name in spelt.items():
            assert as_done(understood.setdefault(word, name)) == as_done(name), word
    slips = grammar_table("slips.yml")["events"]
    assert set(slips) <= set(names["events"])
    assert set(names["log_events"].values()) <= set(names["events"])
    assert not {word for words in slips.values() for word in words} & set(understood)
