"""One rule on one case, row by row, through the policy folder and the case file that a user would write."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker, load_policy
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.evaluate.model import CaseVerdict
from replylint.source.messages import describe
from tests.starter import starter_contract

HERE = Path(__file__).parent
NOW = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")
ROWS = [pytest.param(row, id=row["why"]) for row in yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))]
INTO_DRAFTS = yaml.safe_load((HERE / "into_draft.yml").read_text(encoding="utf-8"))
Load = Callable[..., Checker]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads a policy of some rules, given as their clauses, with the small lexicon and the starter contract."""

    def load(*rules: str, **options: Any) -> Checker:
        (tmp_path / "rules").mkdir()
        (tmp_path / "lexicon").mkdir()
        shutil.copy(HERE / "words.rules", tmp_path / "lexicon")
        (tmp_path / "contract.yml").write_text(starter_contract(), encoding="utf-8")
        text = "\n".join(f"rule r{number} {rule}" for number, rule in enumerate(rules))
        (tmp_path / "rules" / "all.rules").write_text(text, encoding="utf-8")
        return load_policy(tmp_path, now=NOW, **options)

    return load


def case_of(row: dict[str, Any]) -> Case:
    fields: dict[str, Any] = {"reply": row["reply"]}
    if "review" in row:
        fields["review"] = {"text": row["review"]}
    if "actions" in row:
        fields["actions"] = [{name: parameters} for name, parameters in row["actions"].items()]
    for path, value in row.get("fields", {}).items():
        group, _, name = path.partition(".")
        if name:
            fields.setdefault(group, {})[name] = value
        else:
            fields[path] = value
    (case,) = read_text(json.dumps(fields), "a.json")
    assert isinstance(case, Case), case
    return case


def words(points: Any) -> list[str]:
    return [point.labels[0].where.words.strip('"') for point in points]


@pytest.mark.parametrize("row", ROWS)
def test_outcome(row: dict[str, Any], load: Load) -> None:
    verdict = load(row["rule"]).check(case_of(row))
    wanted = row.get("finding", [])
    assert words(verdict.findings) == ([wanted] if isinstance(wanted, str) else wanted)
    assert words(verdict.undecided) == ([row["undecided"]] if "undecided" in row else [])
    assert verdict.unevaluated == (("r0",) if row.get("left_out") else ())
    assert verdict.rules_evaluated == (0 if row.get("left_out") else 1)
    if "missing" in row:
        (undecided,) = verdict.undecided
        assert row["missing"] in " ".join(describe(problem, "en")[0] for problem in undecided.missing)


def judged(load: Load, *rules: str, reply: str = "We refund you.", **options: Any) -> CaseVerdict:
    return load(*rules, **options).check(case_of({"reply": reply}))


UNDECIDED = "forbid promise unless amount is at most 500 TWD"


@pytest.mark.parametrize(
    ("severity", "fail_level", "verdict"),
    [
        ("error", "error", "blocked"),
        ("warning", "error", "cleared"),
        ("warning", "warning", "blocked"),
        ("advice", "warning", "cleared"),
        ("advice", "advice", "blocked"),
    ],
)
def test_the_fail_level_decides_what_blocks(load: Load, severity: str, fail_level: str, verdict: str) -> None:
    assert judged(load, f"severity {severity} forbid promise", fail_level=fail_level).verdict == verdict


def test_what_cannot_be_decided_goes_to_a_person(load: Load) -> None:
    verdict = judged(load, UNDECIDED)
    assert verdict.verdict == "needs-person"
    assert verdict.contact is not None


def test_an_undecided_rule_below_the_fail_level_is_told_and_does_not_hold_the_draft(load: Load) -> None:
    verdict = judged(load, f"severity advice {UNDECIDED}")
    assert (verdict.verdict, len(verdict.undecided)) == ("cleared", 1)


def test_a_fault_outweighs_what_is_undecided(load: Load) -> None:
    verdict = judged(load, UNDECIDED, "forbid promise")
    assert (verdict.verdict, len(verdict.undecided), verdict.contact) == ("blocked", 1, None)


def test_findings_come_worst_first_then_in_the_order_of_the_text(load: Load) -> None:
    verdict = judged(
        load, "severity advice forbid apology", "forbid thanks", "forbid promise",
        reply="Sorry. We refund you. Thank you.",
    )  # fmt: skip
    assert words(verdict.findings) == ["refund you", "Thank you", "Sorry"]


def test_a_message_shows_the_values_it_names(load: Load) -> None:
    because = 'because "{words}: {amount} of {authority.offers.refund.limit}, {review.issues}"'
    verdict = judged(load, f"forbid promise of refund {because}", reply="We refund you NT$1,200.")
    assert verdict.findings[0].message.en == "refund you: NT$1,200 of 500 TWD, —"


def test_a_message_in_two_languages_is_told_in_the_readers(load: Load) -> None:
    texts = 'because "給了 {amount}，為期 {authority.contact.latest}" because "{authority.contact.latest} at most"'
    verdict = judged(load, f'forbid promise of refund {texts}', reply="We refund you NT$9.")
    (found,) = verdict.findings
    assert found.message.said("zh") == "給了 NT$9，為期 7 個工作天"
    assert found.message.said("en") == "7 business days at most"


@pytest.mark.parametrize("row", INTO_DRAFTS, ids=lambda row: row["name"])
def test_words_for_the_draft_are_in_its_language_and_advice_in_the_readers(row: dict[str, Any], load: Load) -> None:
    texts = 'instead "We will be in touch." instead "我們會請專責人員與您聯繫。" to do "ask first" to do "先問過"'
    verdict = judged(load, f"forbid promise of refund {texts}", reply=row["reply"])
    (found,) = verdict.findings
    assert found.instead == row["instead"]
    assert (found.to_do.en, found.to_do.zh) == ("ask first", "先問過")


def test_words_that_a_rule_has_in_one_language_only_are_told_in_it(load: Load) -> None:
    (found,) = judged(load, 'forbid promise of refund instead "請改寫"').findings
    assert found.instead == "請改寫"


def test_where_the_reply_has_no_words_those_to_write_are_in_the_language_of_the_review(load: Load) -> None:
    checker = load('forbid action refund instead "We will be in touch." instead "我們會再與您聯繫。"')
    row = {"reply": "👍", "review": "等了很久", "actions": {"refund": {"amount": "9 TWD"}}}
    (found,) = checker.check(case_of(row)).findings
    assert found.instead == "我們會再與您聯繫。"


def test_rules_left_out_are_not_evaluated(load: Load) -> None:
    checker = load("forbid promise", "forbid apology")
    assert checker.narrowed("r1").check(case_of({"reply": "We refund you."})).verdict == "cleared"
