"""An amount that states no currency is in the contract's, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.api import Case, load_policy, read_cases
from replylint.evaluate.planned import with_actions
from replylint.source.resources import starter_policy


@pytest.mark.parametrize(("wanted", "contract"), [("TWD", ("TWD", "TWD")), ("USD", ("TWD", "USD"))])
@pytest.mark.parametrize(
    "stated",
    ["refund: 300", "refund 300", "refund: {amount: 300}", "{action: refund, amount: '300'}"],
)
def test_bare_amounts(stated: str, wanted: str, contract: tuple[str, str], tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    (policy / "rules").mkdir(parents=True)
    (policy / "rules" / "one.rules").write_text(
        'rule one\n  forbid threat\n  breaks "We will sue you."\n  keeps "Thank you."\n', encoding="utf-8"
    )
    text = (starter_policy() / "contract.yml").read_text(encoding="utf-8")
    held = text.replace(*contract).split("waivers:\n", 1)[0] + text[text.index("own:\n") :]
    (policy / "contract.yml").write_text(held, encoding="utf-8")
    draft = tmp_path / "a.md"
    draft.write_text(f"---\nactions:\n  - {stated}\n  - voucher: JPY 5\n---\n很抱歉。\n", encoding="utf-8")
    (case,) = read_cases(draft)
    assert isinstance(case, Case)
    known, problems = with_actions(case, load_policy(policy).policy.contract)
    assert not problems
    assert [str(action.parameters["amount"].value) for action in known.actions] == [f"300 {wanted}", "5 JPY"]
