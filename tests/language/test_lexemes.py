"""What looks for texts and comments without parsing finds what the grammar calls so."""

from __future__ import annotations

import re

import pytest

from replylint.language.lexemes import COMMENT, PASSED_OVER, TEXT
from replylint.source.resources import grammar_text

_NOT_BEHIND_A_BACKSLASH = r"(?<!\\)"


def terminal(name: str) -> str:
    """A terminal of the grammar as a pattern."""
    (found,) = re.findall(rf"^{name}: /(.*)/$", grammar_text("rules.lark"), re.MULTILINE)
    return str(found).replace(r"\/", "/")


@pytest.mark.parametrize(("name", "pattern"), [("STRING", TEXT), ("COMMENT", COMMENT), ("EXPRESSION", PASSED_OVER)])
def test_the_grammar_has_the_same_pattern(name: str, pattern: str) -> None:
    assert terminal(name) in pattern.replace(_NOT_BEHIND_A_BACKSLASH, "")
