"""The starter policy against our own cases: what it must find, what it must leave alone.

What still goes wrong is kept in `golden/cases.txt`, so that every change for the better or the worse shows as a diff.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, CaseVerdict, Checker, CouldNotCheck, load_policy, read_cases
from replylint.case.read import read_text
from replylint.language.bound.walk import nodes
from replylint.language.syntax import Phrase, PhraseItem

ROOT = Path(__file__).parents[2]
RULES = ROOT / "policy" / "rules"
CASES = ROOT / "corpora" / "cases"
DEMO = sorted((ROOT / "corpora" / "demo").glob("*.md"))
OTHERWISE = "-said-otherwise"
COMPARING = ("not-repeated", "one-draft-per-review", "one-refund-per-order")
GOLDEN = Path(__file__).parent / "golden"
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@dataclass(frozen=True)
class Judged:
    """A row of our cases beside the categories that the policy finds (advice left out) or cannot decide."""

    row: dict[str, Any]
    found: frozenset[str]
    undecided: frozenset[str]

    @property
    def missed(self) -> set[str]:
        return set(self.row["violates"]) - self.found

    @property
    def alarms(self) -> set[str]:
        return set(self.found) - set(self.row["violates"]) - set(self.row.get("may_also", ()))

    @property
    def line(self) -> str:
        parts = [("misses", self.missed), ("false alarm", self.alarms), ("undecided", set(self.undecided) - self.found)]
        told = "; ".join(f"{name} {', '.join(sorted(what))}" for name, what in parts if what)
        return f"{self.row['id']}: {told}" if told else ""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(ROOT / "policy", now=NOW)


@pytest.fixture(scope="module")
def judged(checker: Checker) -> list[Judged]:
    """The cases of the rules."""
    return [each for path in sorted(RULES.glob("*.rules")) for each in _judge(checker, CASES / f"{path.stem}.jsonl")]


@pytest.fixture(scope="module")
def otherwise(checker: Checker) -> list[Judged]:
    """Whole categories, said in words that are hard to foresee; more of these are missed."""
    return [each for path in sorted(CASES.glob(f"*{OTHERWISE}.jsonl")) for each in _judge(checker, path)]


def _judge(checker: Checker, path: Path) -> Iterator[Judged]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    cases = [case for case in read_cases(path) if isinstance(case, Case)]
    for row, verdict in zip(rows, _verdicts(checker, cases, path.stem), strict=True):
        assert isinstance(verdict, CaseVerdict)
        undecided = frozenset(u.category for u in verdict.undecided if u.severity == "error")
        yield Judged(row, _categories(verdict), undecided)


def _verdicts(checker: Checker, cases: list[Case], rule: str) -> Iterator[CaseVerdict | CouldNotCheck]:
    """Each row by itself, since rows of a rule may differ in their actions alone, unless the rule compares drafts."""
    return checker.check_all(cases) if rule in COMPARING else (checker.check(case) for case in cases)


def _categories(verdict: CaseVerdict) -> frozenset[str]:
    return frozenset(f.category for f in verdict.findings if f.severity != "advice")


def test_every_rule_has_its_cases_and_every_file_of_cases_its_rule_or_category(checker: Checker) -> None:
    rules = {p.stem for p in RULES.glob("*.rules")}
    files = {p.stem for p in CASES.glob("*.jsonl")}
    assert rules <= files
    assert {f.removesuffix(OTHERWISE) for f in files - rules} <= {rule.category for rule in checker.policy.rules}


def test_a_rule_is_named_after_its_file(checker: Checker) -> None:
    assert {rule.name for rule in checker.policy.rules} == {p.stem for p in RULES.glob("*.rules")}


def test_every_phrase_is_used(checker: Checker) -> None:
    statements = tuple(statement for file in checker.policy.files for statement in file.statements)
    used = {item.name for item in nodes(statements, PhraseItem)}
    assert {s.name.name for s in statements if isinstance(s, Phrase)} - used == set()


def test_every_rule_speaks_both_languages(checker: Checker) -> None:
    rules = checker.policy.rules
    assert all(rule.instead or rule.to_do for rule in rules)
    said = [text for rule in rules for text in (rule.because, rule.instead, rule.to_do) if text]
    assert all(text.en and text.zh for text in said)
    assert not [part for text in said for part in (*text.en, *text.zh) if isinstance(part, str) and " · " in part]


def test_ids_name_the_rule_or_category_and_stand_once(judged: list[Judged], otherwise: list[Judged]) -> None:
    ids = Counter(j.row["id"] for j in (*judged, *otherwise))
    assert not [i for i, times in ids.items() if times > 1]
    assert not [i for i in ids if not list(CASES.glob(f"{i.split('.')[0]}*.jsonl"))]


@pytest.mark.parametrize("draft", DEMO, ids=lambda path: path.stem)
def test_a_demo_draft_gets_the_verdict_of_its_name(draft: Path, checker: Checker) -> None:
    [case] = read_cases(draft)
    assert isinstance(case, Case)
    assert draft.stem.startswith(checker.check(case).verdict)


def test_violations_are_found(judged: list[Judged]) -> None:
    wanted = [j for j in judged if j.row["violates"]]
    missed = [j.row["id"] for j in wanted if j.missed]
    assert len(missed) <= len(wanted) * 0.08, missed


@pytest.mark.parametrize(
    "category", ["promise-scope", "unauthorised-statement", "personal-data", "review-removal", "tone"]
)
def test_near_misses_are_left_alone(category: str, judged: list[Judged]) -> None:
    clean = [j for j in judged if category not in j.row["violates"]]
    alarms = [j.row["id"] for j in clean if category in j.alarms]
    assert len(alarms) <= len(clean) * 0.03, alarms


def test_what_goes_wrong_is_known(judged: list[Judged], golden: Any) -> None:
    golden(GOLDEN / "cases.txt", "".join(f"{j.line}\n" for j in judged if j.line))


PLAIN = [
    pytest.param(category, reply, id=reply)
    for category, replies in yaml.safe_load((Path(__file__).parent / "plain.yml").read_text("utf-8")).items()
    for reply in replies
]


@pytest.mark.parametrize(("category", "reply"), PLAIN)
def test_a_plain_violation_never_passes(category: str, reply: str, checker: Checker) -> None:
    [case] = read_text(json.dumps({"reply": reply, "rating": 1, "review": "等了很久"}), "plain.json")
    assert isinstance(case, Case)
    assert category in {finding.category for finding in checker.check(case).findings if finding.severity == "error"}
