"""How severe a review is, and why; whether a serious case goes up, to whom and when."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.contract.load import parse
from replylint.evaluate.situation import Situation
from replylint.evaluate.timing import running
from replylint.language.book import load_policy
from replylint.language.rules import FieldRef
from replylint.source.messages import say
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

HERE = Path(__file__).parent
SEVERITY: list[dict[str, Any]] = yaml.safe_load((HERE / "severity.yml").read_text(encoding="utf-8"))
ESCALATION: list[dict[str, Any]] = yaml.load((HERE / "escalation.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
STARTER = (starter_policy() / "contract.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load_policy(starter_policy(), "starter policy"))


def _case(stated: dict[str, Any]) -> Case:
    (case,) = read_text(json.dumps({"reply": "謝謝您。", **stated}, ensure_ascii=False, default=str), "case.json")
    assert isinstance(case, Case), case
    return case


def _situation(checker: Checker, row: dict[str, Any], now: str, stated: dict[str, Any]) -> Situation:
    text = STARTER
    for old, new in row.get("contract", {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    contract = parse(Source("contract.yml", text))
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=contract.calendar.zone)
    return replace(checker.judge, contract=contract, now=moment).situation(_case(stated))


@pytest.mark.parametrize("row", SEVERITY, ids=lambda row: row["why"])
def test_severity(row: dict[str, Any], checker: Checker) -> None:
    stated = {**row.get("fields", {}), **({"review.text": row["review"]} if "review" in row else {})}
    grade = _situation(checker, row, "2026-11-20T10:00", stated).grade
    assert (grade.level, grade.lowered) == (row["level"], row.get("lowered", False))
    assert "; ".join(say(why.key, "en", why.values) for why in grade.reasons) == row.get("en", "")
    assert "；".join(say(why.key, "zh", why.values) for why in grade.reasons) == row.get("zh", "")


def test_what_sounds_like_harm_may_be_of_every_level_that_takes_one(checker: Checker) -> None:
    row = {"contract": {"[injury, food_poisoning, ": "[injury, ", "[media]": "[media, food_poisoning]"}}
    review = "清粉刺針沒換，回家整排爛瘡，醫師採樣說是金黃色葡萄球菌。"
    grade = _situation(checker, row, "2026-11-20T10:00", {"review": {"text": review, "rating": 1}}).grade
    assert grade.possible == ("normal", "serious", "critical")


def test_what_sounds_like_harm_beside_an_allegation_may_be_harm_and_nothing_else(checker: Checker) -> None:
    review = "店員摸我大腿性騷擾。清粉刺針沒換，回家整排爛瘡，醫師採樣說是金黃色葡萄球菌。"
    situation = _situation(checker, {}, "2026-11-20T10:00", {"review": {"text": review, "rating": 1}})
    path = FieldRef("texts", "review.allegations")
    known = ("harassment",)
    assert situation.possible(path) == (known, (*known, "injury"), (*known, "food_poisoning"))


@pytest.mark.parametrize("row", ESCALATION, ids=lambda row: row["why"])
def test_escalation(row: dict[str, Any], checker: Checker) -> None:
    stated = {"review": {"text": "吃完拉肚子", "posted_at": "2026-11-20T09:00"}, **row["case"]}
    situation = _situation(checker, row, row.get("now", "2026-11-20T10:00"), stated)
    found = [situation.value(FieldRef("yesno", f"review.{name}")) for name in ("escalated", "escalated_late")]
    told = {"True": "yes", "False": "no", "None": "unknown"}
    assert [told[str(value)] for value in found] == [row["escalated"], row["late"]]


ESCALATED = {"event": "escalated", "to": "duty_manager", "at": "2026-11-20T09:30"}


@pytest.mark.parametrize(
    ("history", "clocks"), [([], ["acknowledge", "escalate", "start"]), ([ESCALATED], ["acknowledge", "start"])]
)
def test_the_contact_has_the_clock_of_the_escalation_until_the_case_went_up(
    checker: Checker, history: list[dict[str, str]], clocks: list[str]
) -> None:
    review = {"text": "吃完當晚上吐下瀉，醫生說是食物中毒", "rating": 1, "posted_at": "2026-11-20T09:00"}
    now = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")
    reply = "我們會退款 999,999 元給您。"
    case = _case({"review": review, "reply": reply, "actions": [{"reply": {}}], "history": history})
    judge = replace(checker.judge, now=now)
    verdict = judge.judge(case)
    assert verdict.contact is not None
    awaited = {each.clock for each in verdict.contact.awaited}
    assert sorted(awaited - {"first_reply", "resolve"}) == clocks
    (wanted,) = [each for each in running(case, "serious", judge.contract, now) if each.name == "acknowledge"]
    due = verdict.contact.due
    assert (due.clock, due.before, due.state) == ("acknowledge", wanted.due, wanted.state)


def test_the_finding_names_the_roles_to_whom_a_case_goes_up_and_each_place_once(checker: Checker) -> None:
    review = {"text": "吃完當晚上吐下瀉，醫生說是食物中毒", "rating": 1}
    case = _case({"review": review, "actions": [{"escalate": {"to": "agency_lead"}}]})
    judge = checker.judge
    (found,) = [each for each in judge.judge(case).findings if each.rule == "serious-goes-up"]
    roles = judge.contract.escalates_to("serious")
    titles = [str(judge.contract.value(f"roles.{role}.title")) for role in roles]
    for words in (found.message, found.to_do):
        assert "、".join(titles) in words.zh
        assert ", ".join(roles) in words.en
    about = [fact.span for fact in judge.situation(case).reading.review_facts if fact.type in ("allegation", "issue")]
    assert len(about) > len(set(about))
    places = [label.where for label in found.labels if label.role == "review"]
    assert places
    assert len(places) == len(set(places))
