"""Three answers: the laws of Kleene's logic, against its truth tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.source.problems import Problem

ORDER = {False: 0, None: 1, True: 2}
answers = st.sampled_from([YES, NO, unknown(Problem("evaluate.no-review")), unknown(Problem("evaluate.other"))])
several = st.lists(answers, max_size=5)


@given(several)
def test_every_is_the_least_and_some_the_greatest(parts: list[Answer]) -> None:
    ranks = [ORDER[part.holds] for part in parts]
    assert ORDER[every(parts).holds] == min(ranks, default=2)
    assert ORDER[some(parts).holds] == max(ranks, default=0)


@given(several)
def test_de_morgan(parts: list[Answer]) -> None:
    assert (~every(parts)).holds == some(~part for part in parts).holds


@given(several)
def test_what_is_missing_is_named_once_and_only_when_it_matters(parts: list[Answer]) -> None:
    answer = every(parts)
    assert (answer.holds is None) == bool(answer.missing)
    assert len(answer.missing) == len({problem.key for problem in answer.missing})


def test_what_comes_after_a_no_is_not_asked() -> None:
    def parts():  # type: ignore[no-untyped-def]  # a generator that must not be run to its end
        yield NO
        raise AssertionError

    assert every(parts()) == NO
