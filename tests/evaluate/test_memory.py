"""What a policy holds is large: it is gone as soon as nobody uses it, not when the garbage collector comes."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from replylint.api import load_policy, read_cases

DRAFT = "---\nreview:\n  rating: 1\n  text: 湯是冷的\n---\n很抱歉湯是冷的，我們會退款 900 元。\n"


def test_a_policy_is_gone_with_the_last_who_used_it(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT, encoding="utf-8")
    gc.disable()
    try:
        checker = load_policy()
        assert [entry.verdict for entry in checker.check_all(read_cases(draft))] == ["blocked"]
        held = weakref.ref(checker.extractor)
        del checker
        assert held() is None
    finally:
        gc.enable()
