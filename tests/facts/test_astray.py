"""How surely a reply that shares nothing with its review speaks of something else."""

from __future__ import annotations

import pytest

from replylint.facts.astray import SURELY, how_surely


@pytest.mark.parametrize(
    ("near", "surely"), [(-0.3, "surely"), (SURELY - 0.01, "surely"), (SURELY, "perhaps"), (None, "perhaps")]
)
def test_only_what_nothing_links_is_surely_about_something_else(near: float | None, surely: str) -> None:
    assert how_surely(near) == surely
