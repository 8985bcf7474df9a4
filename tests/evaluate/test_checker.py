"""The Python interface answers a script as the command line answers a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import replylint
from replylint import Case, CaseVerdict, CouldNotCheck, Unreadable, load_policy, read_cases, read_reviews, verify

NOW = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")
REVIEW = "review: {rating: 5, text: 很好吃, posted_at: 2026-11-19T10:00+08:00}\n"
MISTAKEN = {
    "action": (f"{REVIEW}actions: [refnud 9000]\n", "action"),
    "ahead": (REVIEW.replace("2026", "2027"), "dated after"),
    "yaml": ("review: [\n", "bracket"),
}


def draft(front: str, folder: Path) -> Case | Unreadable:
    path = folder / "a.md"
    path.write_text(f"---\nid: a\n{front}---\n謝謝您喜歡我們的餐點！\n", encoding="utf-8")
    (case,) = read_cases(path)
    return case


@pytest.mark.parametrize("name", MISTAKEN)
def test_what_cannot_be_checked_is_never_cleared(name: str, tmp_path: Path) -> None:
    case = draft(MISTAKEN[name][0], tmp_path)
    checker = load_policy(now=NOW)
    found = checker.check(case)
    assert isinstance(found, CouldNotCheck)
    assert [found] == list(checker.check_all([case]))
    (problem,) = found.problems
    assert MISTAKEN[name][1] in problem.said("en")
    assert problem.said("zh") != str(problem) == problem.said("en")


def test_a_sound_draft_gets_a_verdict(tmp_path: Path) -> None:
    assert isinstance(load_policy(now=NOW).check(draft(REVIEW, tmp_path)), CaseVerdict)


def test_triage_tells_what_it_could_not_look_at(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(f"---\nid: good\n{REVIEW}---\n", encoding="utf-8")
    draft(MISTAKEN["yaml"][0], tmp_path)
    (tmp_path / "b.md").write_text(f"---\nid: b\n{MISTAKEN['action'][0]}---\n", encoding="utf-8")
    found = load_policy(now=NOW).triage(read_reviews(tmp_path))
    assert [row.case.id for row in found.rows] == ["good"]
    assert [each.id for each in found.could_not_check] == ["a", "b"]


def test_a_draft_that_cannot_be_read_may_not_be_posted(tmp_path: Path) -> None:
    assert verify(draft(MISTAKEN["yaml"][0], tmp_path), tmp_path, None)


def test_a_rule_that_there_is_not_clears_nothing() -> None:
    with pytest.raises(ValueError, match="'no-such-rule'"):
        load_policy().narrowed("no-threats", "no-such-rule")


def test_a_rule_that_there_is_not_is_not_held() -> None:
    with pytest.raises(ValueError, match="'no-such-rule'"):
        load_policy(enforcement={"no-such-rule": "mandatory", "no-threats": "mandatory"})
    with pytest.raises(ValueError, match="'strict'"):
        load_policy(enforcement={"no-threats": "strict"})  # type: ignore[dict-item]  # what a script without types may say


def test_a_severity_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="'fatal'"):
        load_policy(fail_level="fatal")  # type: ignore[arg-type]  # what a script without types may say


def test_a_name_that_there_is_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="load_polcy"):
        replylint.load_polcy  # type: ignore[attr-defined]  # noqa: B018  # misspelt on purpose
    assert set(replylint.__all__) <= set(dir(replylint))
