"""Drafts that a script has as values are read as a JSON file of them would be."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from replylint import Case, CaseVerdict, CouldNotCheck, Unreadable, load_policy, read_cases, read_reviews, verify
from tests.case.reading import keys, read

DATA = Path(__file__).parent / "data"
NOW = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")
REPLY = "王先生您好，讓您久等非常抱歉。\n我們會全額退費，再麻煩您把評論改成五星。"
REVIEW = {"rating": 1, "text": "等了一個半小時"}
DRAFT = {"reply": REPLY, "review": REVIEW, "actions": ["reply", {"refund": "TWD 4200"}]}
# Each with the place of its only problem.
MISTAKEN = {
    "action": ({"reply": "好", "actions": ["refnud 9000"]}, "actions[0]:1:1"),
    "ahead": ({"reply": "好", "review": {"posted_at": dt.date(2027, 1, 1)}}, "review.posted_at:1:1"),
    "field": ({"reply": "好", "review": {"ratng": 1}}, "review.ratng:1:1"),
    "no number": ({"reply": "好", "rating": float("nan")}, "draft:3:13"),
    "half a character": ({"reply": "好\ud83d"}, "draft:2:14"),
    "no reply": ({"review": {"text": "等很久"}}, "draft:1:1"),
    "no reply yet": ({"reply": "", "review": {"text": "等很久"}}, "None"),
    "too deep": ({"reply": "好", "note": json.loads("[" * 60 + "]" * 60)}, "draft:52:101"),
    "too long": ({"reply": "好" * 7_000_000}, "None"),
}


def _in_json() -> Iterator[Any]:
    """The rows of the tables whose text is a JSON object."""
    for table in ("cases.yml", "problems.yml"):
        for row in yaml.safe_load((DATA / table).read_text(encoding="utf-8")):
            try:
                fields = json.loads(row["text"])
                written = json.dumps(fields, ensure_ascii=False)
            except ValueError:
                continue
            if row["file"].endswith(".json") and isinstance(fields, dict) and written == row["text"].strip():
                yield pytest.param(fields, row["text"], id=row["title"].replace(" ", "-"))


@pytest.mark.parametrize(("fields", "text"), tuple(_in_json()))
def test_a_mapping_reads_as_its_file(fields: dict[str, Any], text: str) -> None:
    in_file = [each for each in read(text, "draft.json") if isinstance(each, Case | Unreadable)]
    if len(in_file) != 1:  # an answer of an interface that wraps several
        return
    (found,) = read_cases(fields)
    assert _content(found) == _content(in_file[0])


def _content(each: Case | Unreadable) -> Any:
    if isinstance(each, Unreadable):
        # Where the reply is missing, the line is told in which the case begins.
        return [(p.key, p.where and p.where.words.strip('"').partition("{")[0]) for p in each.problems]
    fields = {name: field.value for name, field in each.fields.items()}
    return each.id, each.reply.text, each.review and each.review.text, fields, [a.name for a in each.actions]


def test_places_are_in_the_texts_that_were_given() -> None:
    verdict = load_policy(now=NOW).check(DRAFT)
    assert isinstance(verdict, CaseVerdict)
    assert (verdict.verdict, verdict.id, verdict.file) == ("blocked", "draft", "draft")
    places = {finding.rule: finding.labels[0].where for finding in verdict.findings}
    asked = places["no-request-to-remove-or-change-review"]
    assert str(asked) == "reply:2:10"
    assert REPLY[asked.span.start : asked.span.end] == asked.words == "麻煩您把評論改成"
    assert str(places["refund-action-within-authority"]) == "actions[1].refund:1:1"


@pytest.mark.parametrize("name", MISTAKEN)
def test_what_is_wrong_is_told_at_its_place(name: str) -> None:
    fields, place = MISTAKEN[name]
    checker = load_policy(now=NOW)
    found = checker.check(fields)
    assert isinstance(found, CouldNotCheck)
    assert [str(problem.where) for problem in found.problems] == [place]
    assert [found] == list(checker.check_all(read_cases(fields)))


def test_values_may_be_those_of_python() -> None:
    posted = dt.datetime.fromisoformat("2026-11-19T10:00+08:00")
    refund = MappingProxyType({"refund": {"amount": Decimal("300.50"), "currency": "USD"}})
    (case,) = read_cases(MappingProxyType({"reply": "好", "posted_at": posted, "actions": ("reply", refund)}))
    assert isinstance(case, Case)
    assert case.fields["review.posted_at"].value == posted
    assert str(case.actions[1].parameters["amount"].value) == "300.50 USD"


def test_what_no_file_can_hold_is_no_draft() -> None:
    with pytest.raises(TypeError, match="b'x'"):
        list(read_cases({"reply": b"x"}))


def test_files_and_mappings_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"id": "a", "reply": "好"}', encoding="utf-8")
    found = list(read_cases({"id": "a", "reply": "好"}, tmp_path, {"reply": "好"}))
    assert [each.id for each in found] == ["a", "a", "draft#2"]
    twice = found[1]
    assert isinstance(twice, Unreadable)
    assert (keys(twice), twice.path) == (["case.duplicate-id"], "draft#1")


def test_a_review_that_awaits_a_reply_is_one_for_triage() -> None:
    (review,) = read_reviews({"text": "吃完拉肚子", "rating": 1})
    found = load_policy(now=NOW).triage([review])
    assert [row.case.review.text for row in found.rows if row.case.review] == ["吃完拉肚子"]


def test_a_draft_without_a_file_needs_a_receipt_too(tmp_path: Path) -> None:
    (case,) = read_cases(DRAFT)
    assert verify(case, tmp_path, None)
