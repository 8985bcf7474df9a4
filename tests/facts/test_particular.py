"""What replies say in words of their own, by the starter policy."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from replylint.api import Checker, load_policy
from replylint.facts.extract import Extractor
from replylint.text.pipeline import read
from tests.facts.reading import reading, table


@cache
def starter() -> Checker:
    return load_policy()


@pytest.mark.parametrize("case", table("particular.yml"), ids=lambda case: f"{case['review']} > {case['reply']}")
def test_what_is_said_in_particular(case: dict[str, Any]) -> None:
    given = read(case["review"]) if case["review"] else None
    found = starter().extractor.extract(read(case["reply"]), given)
    # How far apart two texts are is learnt: whether it is surely or perhaps too far may change with every row.
    assert (None if given is None else found.particular is True) is case["particular"]
    assert not found.particular or found.canned is False


@pytest.mark.parametrize("case", table("canned.yml"), ids=lambda case: f"{case['review']} > {case['reply']}")
def test_whether_a_reply_would_fit_any_review(case: dict[str, Any]) -> None:
    assert starter().extractor.extract(read(case["reply"]), read(case["review"])).canned is case["canned"]


@pytest.mark.parametrize("case", table("about.yml"), ids=lambda case: str(case["review"]))
def test_whether_a_review_tells_something(case: dict[str, Any]) -> None:
    found = starter().extractor.extract(read("Thank you."), read(case["review"]))
    assert found.about is case["about"]


@pytest.mark.parametrize("case", table("things.yml"), ids=lambda case: f"{case['own']} > {case['reply']}")
def test_a_thing_is_the_same_by_any_of_its_names(case: dict[str, Any]) -> None:
    own, other = (starter().extractor.likeness(read(case["reply"]), read(case[review])) for review in ("own", "other"))
    assert own > other


@pytest.mark.parametrize("case", table("frame.yml"), ids=lambda case: f"{case['review']} > {case['reply']}")
def test_the_frame_of_a_letter_takes_nothing_up(case: dict[str, Any]) -> None:
    found = starter().extractor.extract(read(case["reply"]), read(case["review"]))
    assert [fact.quote for fact in found.reply_facts if fact.type == "acknowledge"] == case["taken_up"]


def test_a_reply_about_something_else_acknowledges_nothing() -> None:
    found = starter().extractor.extract(
        read("關於您反映的閃退問題，請更新至最新版本。"), read("會員自動續費，取消不了。")
    )
    assert found.canned
    assert not [fact for fact in found.reply_facts if fact.type == "acknowledge"]


def test_without_canned_replies_to_compare_with_nothing_is_particular() -> None:
    assert reading("插播太密集的確很掃興。", "廣告多到影片都看不完。").particular is False


def test_counts_of_one_language_say_nothing_of_another() -> None:
    policy = starter().policy
    english = Extractor(policy.matcher, counts=[counts for counts in policy.counts if counts.language == "en"])
    assert english.extract(read("插播太密集的確很掃興。"), read("廣告多到影片都看不完。")).particular is False
