"""Two drafts that get in each other's way are both told, each with the other's place; far ones at least once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replylint.api import Case, CaseVerdict, Checker, load_policy
from replylint.case.read import read_text
from replylint.cli.jobs import judge_all
from replylint.contract.load import load
from replylint.evaluate import conflicts as module
from replylint.evaluate.beside import background_of
from replylint.evaluate.conflicts import Others, conflicts
from replylint.source.resources import starter_policy
from replylint.source.spans import Location

ROW = '{{"id": "{id}", "review": "{review}", "author": "{author}", "reply": "謝謝您喜歡我們的湯。{id}"{more}}}\n'


def drafts(*rows: tuple[str, str, str, str]) -> list[Case]:
    text = "".join(ROW.format(id=i, review=review, author=author, more=more) for i, review, author, more in rows)
    return [case for case in read_text(text, "a.jsonl") if isinstance(case, Case)]


def line(where: Location) -> int:
    return where.source.position(where.span.start)[0]


def refund(order: str) -> str:
    return f', "actions": [{{"action": "refund", "amount": 50, "order": "{order}"}}]'


def met(cases: list[Case]) -> Iterator[tuple[str, str | None, str | None]]:
    for case, others in conflicts(cases, load(starter_policy() / "contract.yml")):
        yield case.id, others.review and others.review.id, others.order and others.order.id


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy()


def test_both_drafts_are_told_of_each_other() -> None:
    cases = drafts(("1", "好湯", "A", ""), ("2", "好茶", "A", ""), ("3", "好湯", "A", ""))
    assert list(met(cases)) == [("1", "3", None), ("2", None, None), ("3", "1", None)]


def test_a_third_draft_is_told_of_the_first() -> None:
    cases = drafts(*((str(n), "好湯", "A", "") for n in range(1, 4)))
    assert list(met(cases)) == [("1", "2", None), ("2", "1", None), ("3", "1", None)]


def test_orders_and_reviews_are_apart() -> None:
    cases = drafts(("1", "好湯", "A", refund("x")), ("2", "好茶", "B", refund("X")), ("3", "x", "", refund("y")))
    assert list(met(cases)) == [("1", None, "2"), ("2", None, "1"), ("3", None, None)]


def test_drafts_far_apart_are_told_at_least_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AHEAD", 3)
    cases = drafts(("1", "好湯", "A", ""), *((str(n), f"x{n}", "B", "") for n in range(2, 9)), ("9", "好湯", "A", ""))
    found = list(met(cases))
    assert [name for name, *_ in found] == [case.id for case in cases]
    assert found[0] == ("1", None, None)
    assert found[-1] == ("9", "1", None)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AHEAD", 1)
    monkeypatch.setattr(module, "_KEPT", 4)
    cases = drafts(*((str(n), f"x{n}", "B", "") for n in range(1, 30)), ("30", "x1", "B", ""), ("31", "x29", "B", ""))
    found = {name: other for name, other, _ in met(cases)}
    assert found["30"] is None
    assert found["31"] == "29"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_findings_show_the_other_draft(jobs: int, checker: Checker) -> None:
    many = ((str(n), f"x{n}", "B", refund(f"o{n}")) for n in range(2, 120))
    cases = drafts(("1", "好湯", "A", refund("o5")), *many, ("last", "好湯", "A", ""))
    entries = [judged.entry for judged in judge_all(checker.judge, cases, background_of(checker.judge), jobs)]
    places = {}
    for case, entry in zip(cases, entries, strict=True):
        assert isinstance(entry, CaseVerdict)
        for finding in entry.findings:
            if finding.category == "conflict":
                (other,) = [label.where for label in finding.labels if label.role == "other"]
                places[case.id, finding.rule] = (line(other), line(finding.labels[0].where))
    assert places == {
        ("1", "one-draft-per-review"): (120, 1),
        ("1", "one-refund-per-order"): (5, 1),
        ("5", "one-refund-per-order"): (1, 5),
        ("last", "one-draft-per-review"): (1, 120),
    }


def test_alone_there_is_no_conflict(checker: Checker) -> None:
    (case,) = drafts(("1", "好湯", "A", refund("x")))
    assert checker.judge.situation(case).others == Others()


def test_a_file_read_twice_is_told(tmp_path: Path, checker: Checker) -> None:
    text = "---\nreview: {id: r-1, text: 好湯}\n---\n謝謝您喜歡我們的湯。\n"
    cases = [case for name in ("a.md", "b.md") for case in read_text(text, name) if isinstance(case, Case)]
    contract = load(starter_policy() / "contract.yml")
    assert [others.review and others.review.id for _, others in conflicts(cases, contract)] == ["b", "a"]
