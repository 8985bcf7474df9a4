"""Every disguise of every sentence is either read as what it is, or reported as disguised; it never passes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
import yaml

from replylint.api import Checker, load_policy
from replylint.case.model import Case
from replylint.source.spans import plain
from tests.evasions.transformations import TRANSFORMATIONS, changed

SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8"))
KNOWN = {tuple(pair) for pair in yaml.safe_load(Path(__file__).with_name("known.yml").read_text(encoding="utf-8"))}
DISGUISED = "no-suspicious-text"
ROWS = [
    pytest.param(row["rule"], row["reply"].replace(words, new), (words, name) in KNOWN, id=f"{words}: {name}")
    for row in SENTENCES
    for words in [row["words"]]
    for name, new in changed(words).items()
]


@cache
def checker() -> Checker:
    return load_policy(now=dt.datetime.fromisoformat("2026-11-20T10:00+08:00"))


def found(reply: str) -> set[str]:
    text = plain(reply)
    verdict = checker().check(Case(id="a", source=text.location, reply=text))
    return {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize(("rule", "reply", "known"), ROWS)
def test_a_disguise_never_passes(rule: str, reply: str, known: bool) -> None:
    """Those that are known to pass must pass: what is mended has to leave the list."""
    assert bool(found(reply) & {rule, DISGUISED}) != known


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["words"])
def test_undisguised_it_breaks_the_rule_alone(row: dict[str, str]) -> None:
    rules = found(row["reply"])
    assert row["rule"] in rules
    assert DISGUISED not in rules


def test_there_are_enough_disguises() -> None:
    assert len(TRANSFORMATIONS) >= 25
    used = {name for row in SENTENCES for name in changed(row["words"])}
    assert used == set(TRANSFORMATIONS)
