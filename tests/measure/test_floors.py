"""The reading of our own labelled replies must not get worse: a floor for each type, a little below what it reaches."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from replylint.api import Case, Checker, load_policy, read_cases
from replylint.measure.labels import Labels, labels_of
from replylint.measure.score import FactScores

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpora" / "facts"
FLOORS = yaml.safe_load((ROOT / "corpora" / "floors.yml").read_text(encoding="utf-8"))
ROWS = [(lang, name) for lang, floors in FLOORS.items() for name in floors]


def score(checker: Checker) -> FactScores:
    scores = FactScores()
    for case in read_cases(CORPUS):
        assert isinstance(case, Case)
        labels = labels_of(case)
        assert isinstance(labels, Labels), labels
        scores.add(case.id, case.reply.text, checker.facts(case), labels)
    return scores


@pytest.fixture(scope="module")
def scores() -> FactScores:
    return score(load_policy(ROOT / "policy"))


@pytest.mark.parametrize(("lang", "name"), ROWS)
def test_floor(lang: str, name: str, scores: FactScores) -> None:
    reached = scores.presence[lang, name].f1
    assert reached is not None
    assert reached >= FLOORS[lang][name]


def test_every_type_has_a_floor(scores: FactScores) -> None:
    labelled = {(lang, name) for (lang, name), tally in scores.presence.items() if tally.right + tally.missed}
    assert labelled == set(ROWS)


def test_quotes_stand_in_their_replies() -> None:
    for case in read_cases(CORPUS):
        assert isinstance(case, Case)
        labels = labels_of(case)
        assert isinstance(labels, Labels), labels
        assert all(fact.places for fact in (*labels.facts, *labels.not_facts)), case.id
