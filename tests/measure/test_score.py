"""Scores against labels that are small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable

from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.facts.model import Fact
from replylint.measure.labels import Labels, labels_of
from replylint.measure.score import FactScores, Tally
from replylint.measure.shuffle import Pair, separation
from replylint.source.spans import Span

REPLY = "Sorry. We will refund you and call you. Thank you."


def labels(**row: object) -> Labels:
    (case,) = read_text(json.dumps({"id": "a", "lang": "en", "reply": REPLY, **row}), "a.jsonl")
    assert isinstance(case, Case)
    found = labels_of(case)
    assert isinstance(found, Labels), found
    return found


def fact(words: str, type_: str, kind: str | None = None) -> Fact:
    start = REPLY.index(words)
    return Fact(type_, kind, Span(start, start + len(words)), words)


def scored(found: Iterable[Fact], **row: object) -> FactScores:
    scores = FactScores()
    scores.add("a", REPLY, found, labels(**row))
    return scores


SORRY = {"type": "apology", "quote": "Sorry"}
REFUND = {"type": "promise", "kind": "refund", "quote": "We will refund you"}


def test_overlap_is_enough_and_type_and_kind_must_agree() -> None:
    found = [fact("refund you", "promise", "refund"), fact("call you", "promise", "contact")]
    scores = scored(found, facts=[REFUND, SORRY])
    assert scores.spans["en", "promise/refund"] == Tally(right=1)
    assert scores.spans["en", "promise/contact"] == Tally(wrong=1)
    assert scores.spans["en", "apology"] == Tally(missed=1)


def test_presence_counts_a_reply_once() -> None:
    scores = scored([fact("Sorry", "apology"), fact("Thank you", "apology")], facts=[SORRY])
    assert scores.presence["en", "apology"] == Tally(right=1)
    assert scores.spans["en", "apology"] == Tally(right=1, wrong=1)


def test_another_readers_words_count_too() -> None:
    scores = scored([fact("Thank you", "apology")], facts=[{**SORRY, "also": ["Thank you"]}])
    assert scores.spans["en", "apology"] == Tally(right=1)


def test_what_readers_dispute_counts_neither_way() -> None:
    disputed = {**SORRY, "disputed": True}
    for found in ([], [fact("Sorry", "apology")]):
        scores = scored(found, facts=[disputed])
        assert not scores.presence
        assert not scores.spans


def test_what_was_found_instead_is_told() -> None:
    scores = scored([fact("refund you", "promise", "compensation")], facts=[REFUND])
    assert scores.confusions == {("en", "promise/refund", "promise/compensation"): 1}
    told = {(miss.name, miss.found) for miss in scores.misses}
    assert told == {("promise/refund", False), ("promise/compensation", True)}


def test_figures_of_a_tally() -> None:
    tally = Tally(right=3, wrong=1, missed=2)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.6, 6 / 9)
    assert (Tally(wrong=1).recall, Tally(wrong=1).f1, Tally(missed=1).f1) == (None, None, 0)


def test_rare_types_do_not_count_in_the_mean() -> None:
    presence = {("en", "a"): Tally(right=5), ("en", "b"): Tally(missed=1), ("zh", "a"): Tally(missed=9)}
    scores = FactScores(presence=presence)
    assert scores.macro("en", 5) == 1
    assert scores.macro("en", 1) == 0.5
    assert scores.macro("fr", 1) is None


def test_a_row_without_labels_has_none() -> None:
    (case,) = read_text(json.dumps({"id": "a", "reply": REPLY}), "a.jsonl")
    assert isinstance(case, Case)
    assert labels_of(case) is None


def test_separation_counts_ties_half() -> None:
    pairs = [Pair(f"reply {n}", f"review {n}") for n in range(4)]
    same = separation(pairs, pairs, lambda reply, review: 1)
    assert same is not None
    assert (same.share, same.replies) == (0.5, 4)
    own = separation(pairs[:1], pairs, lambda reply, review: float(reply[-1] == review[-1]))
    assert own is not None
    assert (own.share, own.replies) == (1, 1)
    assert separation(pairs[:1], pairs[:1], lambda reply, review: 1) is None


def test_a_reply_is_held_against_other_reviews_of_its_source() -> None:
    pairs = [Pair("reply", "own", "a"), Pair("", "alike", "a"), Pair("", "better", "b"), Pair("", "own", "a")]
    found = separation(pairs[:1], pairs, lambda reply, review: {"own": 1, "alike": 0, "better": 2}[review])
    assert found is not None
    assert found.share == 1
