"""Actions of a brand's own that count as built-in ones: promises have them, limits hold for them."""

from __future__ import annotations

import json
import shutil

import pytest

from replylint.api import Case, Checker, load_policy
from replylint.case.read import read_text
from replylint.evaluate.conflicts import conflicts
from replylint.source.resources import starter_policy

OWN = """\
  actions:
    courier_swap: {title: {en: Courier swap, zh: 宅配換新}, parameters: {item: text}, fulfils: [換貨]}
    gift_card: {title: {en: Gift card, zh: 禮物卡}, parameters: {amount: money}, fulfils: [voucher]}
    transfer: {title: {en: Bank transfer, zh: 轉帳}, parameters: {amount: money, order: text}, fulfils: [refund]}
    sticker: {title: {en: Sticker, zh: 貼紙}}
"""
PROMISE = "正確的品項會重新寄給您。"
VOUCHER = "我們會送您一張 200 元的抵用券。"


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("own") / "policy"
    shutil.copytree(starter_policy(), folder)
    contract = folder / "contract.yml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("  actions:\n", OWN, 1), encoding="utf-8")
    return load_policy(folder)


def test_what_counts_as_a_refund_conflicts_with_one(checker: Checker) -> None:
    stated = {"amount": "TWD 50", "order": "A-1"}
    plans = ({"refund": stated}, {"轉帳": {**stated, "order": "a-1"}}, {"貼紙": {}})
    rows = [json.dumps({"id": str(n), "reply": f"謝謝。{n}", "actions": [plan]}) for n, plan in enumerate(plans)]
    cases = [case for case in read_text("\n".join(rows), "a.jsonl") if isinstance(case, Case)]
    found = [others.order and others.order.id for _, others in conflicts(cases, checker.policy.contract)]
    assert found == ["1", "0", None]


@pytest.mark.parametrize(
    ("reply", "actions", "rule", "fires"),
    [
        (PROMISE, ["reply", "sticker"], "replacement-promise-has-its-action", True),
        (PROMISE, ["reply", "宅配換新"], "replacement-promise-has-its-action", False),
        (PROMISE, ["reply", "courier_swap"], "remedy-promise-has-its-action", False),
        (VOUCHER, ["reply", {"gift_card": "TWD 200"}], "compensation-promise-has-its-action", False),
        (VOUCHER, ["reply", "sticker"], "compensation-promise-has-its-action", True),
        ("很抱歉。", [{"gift_card": "TWD 200"}], "voucher-action-within-authority", False),
        ("很抱歉。", [{"gift_card": "TWD 200"}, {"voucher": "TWD 200"}], "voucher-action-within-authority", True),
        ("很抱歉。", [{"gift_card": "TWD 999"}], "voucher-action-within-authority", True),
    ],
)
def test_actions_that_count_as_others(
    reply: str, actions: list[object], rule: str, fires: bool, checker: Checker
) -> None:
    (case,) = read_text(json.dumps({"reply": reply, "actions": actions}, ensure_ascii=False), "a.json")
    assert isinstance(case, Case)
    verdict = checker.check(case)
    assert (rule in {finding.rule for finding in verdict.findings}) is fires
    assert rule not in {undecided.rule for undecided in verdict.undecided}
