"""How surely a reply that shares nothing with its review speaks of something else."""

from __future__ import annotations

import pytest

from replylint.facts.astray import SURELY, how_surely
from replylint.facts.layout import Layout
from replylint.facts.listen import Heard
from replylint.facts.said import Thing, Understood
from replylint.text.pipeline import read

NAMED = Thing(1, 0, 4)


@pytest.mark.parametrize(
    ("near", "things", "surely"),
    [
        (-0.3, (NAMED,), "surely"),
        (SURELY - 0.01, (NAMED,), "surely"),
        (SURELY, (NAMED,), "perhaps"),
        (None, (NAMED,), "perhaps"),
        (-0.3, (), "perhaps"),
    ],
)
def test_only_what_is_named_and_nothing_links_is_surely_about_something_else(
    near: float | None, things: tuple[Thing, ...], surely: str
) -> None:
    text = read("Soup.")
    reply = Heard(text, Layout(text), found=Understood(things=things))
    assert how_surely(reply, near) == surely
