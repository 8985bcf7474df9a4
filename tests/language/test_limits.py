"""Reading is bounded: nothing recurses without end, and time grows with the length of the text."""

from __future__ import annotations

import time

import pytest

from replylint.language.depth import MOST_DEPTH
from replylint.language.parse import MOST_MISTAKES, parse
from replylint.source.spans import Source
from tests.language.test_properties import hold_to_the_rules

# What is repeated; `{}` stands for the repeats.
REPEATS = {
    "facts joined by or": ("rule a\n  require {}promise\n", "promise or "),
    "facts side by side": ("rule a\n  forbid {}\n", "promise "),
    "comments beside clauses": ("rule a\n{}", "  # above\n  unless amount is present  # beside\n"),
    "rules": ("{}", "rule a\n  forbid promise\n"),
    "phrases": ("{}", 'phrase a reads "x" … "y"\n'),
    "wordings": ("phrase a reads {}\"x\"\n", '"y" or '),
    "parentheses around one fact": ("rule a\n  forbid {}promise\n", "("),
    "open quotes": ("rule a\n  because {}\n", "“ "),
    "quotes": ("rule a\n  because {}\n", '"'),
    "backslashes": ('phrase a reads "{}\n', "\\"),
    "slashes": ("phrase a reads {}\n", "/"),
    "escaped quotes": ("rule a\n  because {}\n", '”\\"'),
    "escaped slashes": ("phrase a reads {}\n", "x\\/"),
    "negations": ("rule a\n  require {}promise\n", "not "),
    "misspelt clauses": ("rule a\n{}", "  forbd promise\n"),
    "Chinese run together": ("規則 甲\n  {}\n", "禁止承諾"),
    "words before no keyword": ("{}\n", "promise of "),
    "hyphens": ("{}\n", "a-"),
    "lines of one word": ("{}", "promise\n"),
    "dots": ("rule a\n  when {}b\n", "a."),
    "digits and commas": ("rule a\n  when x is {}\n", "1,"),
    "spaces": ("rule a\n{}forbid promise\n", " \u3000"),
    "carriage returns": ("rule a\n{}forbid promise\n", "\r\n"),
}  # fmt: skip


def seconds(text: str) -> float:
    """Processor time of the quicker of two readings: other programs do not count."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        parse(Source("x.rules", text))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", REPEATS)
def test_time_grows_with_length_only(name: str) -> None:
    around, piece = REPEATS[name]
    parse(Source("x.rules", ""))
    # Twenty times the text; what takes no time at all is no measure. A busy machine gets a second and a third try.
    assert any(
        seconds(around.replace("{}", piece * 4000)) < 40 * max(seconds(around.replace("{}", piece * 200)), 0.005)
        for _ in range(3)
    )


NESTED = {
    "not": "rule a\n  require " + "not " * 10_000 + "promise\n",
    "and in or": "rule a\n  require " + "promise and (promise or (" * 5_000 + "promise" + "))" * 5_000 + "\n",
    "choices": "phrase a reads " + "(" * 10_000 + '"x"' + ")" * 10_000 + "\n",
    "maybe": "phrase a reads " + "maybe " * 10_000 + '"x"\n',
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_too_deep_is_told(name: str) -> None:
    hold_to_the_rules(NESTED[name])
    (problem,) = parse(Source("x.rules", NESTED[name])).problems
    assert problem.key == "language.too-deep"


def test_parentheses_that_say_nothing_may_be_many() -> None:
    text = "rule a\n  require " + "(" * 10_000 + "promise" + ")" * 10_000 + "\n"
    hold_to_the_rules(text)
    assert parse(Source("x.rules", text)).problems == ()


def test_what_is_just_deep_enough_is_read() -> None:
    text = "rule a\n  require " + "not " * MOST_DEPTH + "promise\n"
    hold_to_the_rules(text)
    assert parse(Source("x.rules", text)).problems == ()


def test_parentheses_that_are_never_closed() -> None:
    text = "rule a\n  require " + "(" * 10_000 + "promise\n"
    hold_to_the_rules(text)
    assert [p.key for p in parse(Source("x.rules", text)).problems] == ["language.open-parenthesis"]


def test_mistakes_without_number_are_not_all_told() -> None:
    problems = parse(Source("x.rules", "rule a\n" + "  forbd promise\n" * 1000)).problems
    assert len(problems) == MOST_MISTAKES + 1
    assert problems[-1].key == "language.too-many-mistakes"
    assert problems[-1].values["line"] == str(MOST_MISTAKES + 2)


def test_it_is_said_from_which_line_on_nothing_was_read() -> None:
    mistaken = "rule a\n  forbd promise\n" * MOST_MISTAKES
    *_, last = parse(Source("x.rules", mistaken + "\n# a comment\nrule b\n  forbid promise\n")).problems
    assert last.where is not None
    assert (last.key, last.where.words) == ("language.too-many-mistakes", "rule b")


def test_nothing_is_said_to_be_unread_where_all_was_read() -> None:
    problems = parse(Source("x.rules", "rule a\n  forbd promise\n" * MOST_MISTAKES)).problems
    assert {problem.key for problem in problems} == {"language.unknown-keyword-near"}


def test_mistakes_on_one_line_cost_no_more_than_on_lines_of_their_own() -> None:
    apart = "rule a\n  forbid promise\n  when " + "\n or ".join(["review.rating is at mst 3"] * 2000) + "\n"
    together = apart.replace("\n or ", " or ")
    assert any(seconds(together) < 3 * seconds(apart) for _ in range(3))
