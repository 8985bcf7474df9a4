"""An amount that states no currency is in the contract's, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.api import Case, load_policy, read_cases
from replylint.evaluate.planned import with_actions
from replylint.source.resources import starter_policy
from replylint.text.pipeline import read

CURRENCIES = [("TWD", ("TWD", "TWD")), ("USD", ("TWD", "USD")), ("CNY", ("TWD", "CNY"))]


def policy_in(contract: tuple[str, str], tmp_path: Path) -> Path:
    """The starter's contract with other currencies, and one rule."""
    policy = tmp_path / "policy"
    (policy / "rules").mkdir(parents=True)
    (policy / "rules" / "one.rules").write_text(
        'rule one\n  forbid threat\n  breaks "We will sue you."\n  keeps "Thank you."\n', encoding="utf-8"
    )
    text = (starter_policy() / "contract.yml").read_text(encoding="utf-8")
    held = text.replace(*contract).split("waivers:\n", 1)[0] + text[text.index("own:\n") :]
    (policy / "contract.yml").write_text(held, encoding="utf-8")
    return policy


@pytest.mark.parametrize(("wanted", "contract"), CURRENCIES)
@pytest.mark.parametrize("reply", ["We will refund you $300.", "我們會退款 300 元給您。", "我们会退款300块给您。"])
def test_amounts_of_replies(reply: str, wanted: str, contract: tuple[str, str], tmp_path: Path) -> None:
    checker = load_policy(policy_in(contract, tmp_path))
    facts = checker.extractor.extract(read(reply)).reply_facts
    assert [str(fact.attributes["amount"].value) for fact in facts if fact.kind == "refund"] == [f"300 {wanted}"]


@pytest.mark.parametrize(("wanted", "contract"), CURRENCIES)
@pytest.mark.parametrize(
    "stated",
    ["refund: 300", "refund 300", "refund: {amount: 300}", "{action: refund, amount: '300'}", "refund 300 元",
     "refund: $300"],
)  # fmt: skip
def test_bare_amounts(stated: str, wanted: str, contract: tuple[str, str], tmp_path: Path) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(f"---\nactions:\n  - {stated}\n  - voucher: JPY 5\n---\n很抱歉。\n", encoding="utf-8")
    (case,) = read_cases(draft)
    assert isinstance(case, Case)
    known, problems = with_actions(case, load_policy(policy_in(contract, tmp_path)).policy.contract)
    assert not problems
    assert [str(action.parameters["amount"].value) for action in known.actions] == [f"300 {wanted}", "5 JPY"]
