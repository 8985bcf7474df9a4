"""Formatting keeps every comment by what it stands by."""

from __future__ import annotations

import pytest

from replylint.language.comments import comments_in
from replylint.language.files import rule_files
from replylint.language.format import format_file
from replylint.source.resources import starter_policy
from tests.language.reading import sound, table


@pytest.mark.parametrize("case", table("comments.yml"), ids=lambda case: case["name"])
def test_comments_are_kept(case: dict[str, str]) -> None:
    assert format_file(sound(case["text"])) == case.get("becomes", case["text"])


def test_no_comment_of_the_starter_policy_is_lost() -> None:
    for path in rule_files(starter_policy()):
        text = path.read_text(encoding="utf-8")
        before, after = comments_in(text), comments_in(format_file(sound(text)))
        assert sorted(c.text.lstrip("# ") for c in before) == sorted(c.text.lstrip("# ") for c in after), path.name
