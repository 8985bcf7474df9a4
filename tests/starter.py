"""The starter contract for policies of a few rules of their own."""

from __future__ import annotations

import re

from replylint.source.resources import starter_policy


def starter_contract() -> str:
    """The starter contract without the sections that name the starter's rules."""
    text = (starter_policy() / "contract.yml").read_text(encoding="utf-8")
    return re.sub(r"^(waivers|enforcement):\n(?:(?: .*|)\n)*", "", text, flags=re.MULTILINE)
