"""What is said outright has to be blocked by a rule of its category, whatever the verb."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from replylint.api import CaseVerdict, Checker, load_policy
from replylint.case.read import read_text
from replylint.source.bilingual import language_of

POLICY = Path(__file__).parents[2] / "policy"
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
HARMED = yaml.safe_load(Path(__file__).with_name("said_to_the_harmed.yml").read_text(encoding="utf-8"))
SAID = yaml.safe_load(Path(__file__).with_name("said_plainly.yml").read_text(encoding="utf-8"))
SOUND = {
    "en": ("Waited forty minutes and the soup was cold.", "Forty minutes and a cold soup: we are sorry. {}"),
    "harmed": ("My daughter broke her wrist on your stairs.", "A broken wrist: we are so sorry. {}"),
    "harmed zh": ("吃完上吐下瀉，半夜送急診，醫師說是食物中毒。", "吃完上吐下瀉還送急診，讓您受苦了，非常抱歉。{}"),
    "zh": ("等了四十分鐘，湯是冷的。", "讓您等了四十分鐘，湯也涼了，真的很抱歉。{}"),
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(POLICY, now=NOW)


def _blocked_as(sentence: str, checker: Checker, answering: str = "") -> set[str]:
    review, reply = SOUND[answering or language_of(sentence) or "en"]
    row = {"id": "a", "rating": 2, "review": review, "reply": reply.format(sentence), "actions": [{"action": "reply"}]}
    [case] = read_text(json.dumps(row), "case.json")
    verdict = checker.check(case)
    assert isinstance(verdict, CaseVerdict)
    return {finding.category for finding in verdict.findings if finding.severity == "error"}


@pytest.mark.parametrize("category", SAID)
def test_what_is_said_outright(category: str, checker: Checker) -> None:
    found = {sentence: _blocked_as(sentence, checker) for sentence in SAID[category]}
    right = {sentence: not kinds if category == "none" else category in kinds for sentence, kinds in found.items()}
    assert [(sentence, found[sentence]) for sentence, held in right.items() if not held] == []


@pytest.mark.parametrize("sound", [False, True])
def test_what_is_said_to_somebody_harmed(sound: bool, checker: Checker) -> None:
    table = HARMED["none" if sound else "unauthorised-statement"]
    found = {said: _blocked_as(said, checker, "harmed zh" if language_of(said) == "zh" else "harmed") for said in table}
    assert [said for said, kinds in found.items() if ("unauthorised-statement" in kinds) is sound] == []
