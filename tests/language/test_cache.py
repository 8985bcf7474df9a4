"""The kept lexicon saves time and changes nothing, whatever happened to it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest

from replylint import load_policy
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.facts.names import FactName
from replylint.language import resolved, rules, syntax
from replylint.language.stored import NODES
from replylint.source.problems import PolicyError
from replylint.source.resources import starter_policy
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value

TEXT = '{"id": "a", "reply": "我們會將退貨款退款。把錢還您。這是退款單。明天重做。"}'


@pytest.fixture
def policy_folder(tmp_path: Path) -> Path:
    """A small policy with its own lexicon."""
    folder = tmp_path / "policy"
    (folder / "rules").mkdir(parents=True)
    (folder / "lexicon").mkdir()
    shutil.copy(starter_policy() / "contract.yml", folder / "contract.yml")
    (folder / "rules" / "a.rules").write_text('rule a\n  forbid promise\npromise of remedy also reads "重做" or p\n')
    (folder / "lexicon" / "words.rules").write_text(
        'phrase p reads "我們會" or maybe "將" /退.?款/\n'
        'promise of refund also reads p … 3 "退款" or ("把錢" or <money>) "還"\n'
        'promise of refund never reads "退款單"\n'
    )
    return folder


def kept(cache: Path, kind: str = "lexicon") -> Path:
    (file,) = cache.glob(f"{kind}-*.json")
    return file


def read(folder: Path) -> list[str]:
    """What a policy reads in a text, and by which lines."""
    checker = load_policy(folder)
    (case,) = read_text(TEXT.encode(), "case.json")
    assert isinstance(case, Case)
    return [f"{f.type} {f.kind} {f.quote} {f.wording} {f.wording and f.wording.words}" for f in checker.facts(case)]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def altered(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace("退款".encode(), "付款".encode()))


def foreign(file: Path) -> None:
    """Whole by its digest, but no lexicon."""
    body = b'{"phrases": {}, "wordings": [["promise", "refund", ["x"], 99, 0, 1, 0]]}'
    file.write_bytes(hashlib.sha256(body).hexdigest().encode() + body)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def test_a_second_run_reads_what_was_kept(policy_folder: Path, cache_folder: Path) -> None:
    first = read(policy_folder)
    assert len(first) > 2
    written = kept(cache_folder).stat().st_mtime_ns
    assert read(policy_folder) == first
    assert kept(cache_folder).stat().st_mtime_ns == written


@pytest.mark.parametrize("kind", ["lexicon", "rules", "policy"])
@pytest.mark.parametrize("damage", [cut, empty, altered, foreign, a_folder])
def test_a_damaged_cache_is_not_used(
    policy_folder: Path, cache_folder: Path, damage: Callable[[Path], None], kind: str
) -> None:
    first = read(policy_folder)
    damage(kept(cache_folder, kind))
    assert read(policy_folder) == first


def test_kept_trees_are_the_trees(policy_folder: Path) -> None:
    first = load_policy(policy_folder).policy
    again = load_policy(policy_folder).policy
    assert again.files == first.files
    assert [repr(file.statements) for file in again.files] == [repr(file.statements) for file in first.files]
    assert again.rules == first.rules


def test_kept_rules_are_the_rules(cache_folder: Path) -> None:
    first = load_policy().policy
    again = load_policy().policy
    assert kept(cache_folder, "policy").stat().st_size
    assert again.rules == first.rules
    # What is left out of comparisons, and how often it is one object, is the same as well.
    assert repr(again.rules) == repr(first.rules)
    assert len({id(rule.when) for rule in again.rules}) == len({id(rule.when) for rule in first.rules})


def test_a_changed_contract_resolves_rules_anew(policy_folder: Path) -> None:
    rule = "rule a\n  forbid promise of refund\n  unless amount is at most authority.offers.refund.limit\n"
    (policy_folder / "rules" / "a.rules").write_text(rule)
    contract = policy_folder / "contract.yml"
    limits = []
    for old, limit in (("TWD 500", "TWD 7"), ("TWD 7", "TWD 9")):
        text = contract.read_text(encoding="utf-8")
        contract.write_text(text.replace(f"limit: {old}\n", f"limit: {limit}\n", 1), encoding="utf-8")
        limits.append(str(load_policy(policy_folder).policy.rules[0].unless))
    assert "Decimal('7')" in limits[0]
    assert "Decimal('9')" in limits[1]


def test_a_changed_rule_is_read_anew(policy_folder: Path) -> None:
    load_policy(policy_folder)
    file = policy_folder / "rules" / "a.rules"
    file.write_text(file.read_text(encoding="utf-8").replace("forbid promise", "forbid apology"), encoding="utf-8")
    assert [rule.subjects[0] for rule in load_policy(policy_folder).policy.rules] == [FactName("apology")]


def test_a_changed_lexicon_is_read_anew(policy_folder: Path) -> None:
    first = read(policy_folder)
    file = policy_folder / "lexicon" / "words.rules"
    file.write_text(file.read_text(encoding="utf-8").replace('"退款"', '"退錢"'), encoding="utf-8")
    assert read(policy_folder) != first


def test_a_reading_in_a_rule_file_counts(policy_folder: Path) -> None:
    first = read(policy_folder)
    file = policy_folder / "rules" / "a.rules"
    file.write_text("# moved down a line\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert read(policy_folder) == [line.replace("a.rules:3:", "a.rules:4:") for line in first]
    assert read(policy_folder) != first


def test_a_folder_that_cannot_be_written_changes_nothing(
    policy_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(policy_folder)
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    for folder in (blocked / "cache", blocked):
        monkeypatch.setenv("REPLYLINT_CACHE", str(folder))
        assert read(policy_folder) == first


def test_a_broken_lexicon_is_not_kept(policy_folder: Path, cache_folder: Path) -> None:
    (policy_folder / "lexicon" / "words.rules").write_text("phrase p reads p\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="made of itself"):
        read(policy_folder)
    assert not list(cache_folder.glob("lexicon-*"))


@pytest.mark.parametrize("kind", ["weights", "counts", "vectors"])
def test_a_file_that_holds_nothing_learnt_is_told(policy_folder: Path, kind: str) -> None:
    (policy_folder / "lexicon" / f"zh.{kind}").write_text('{"language": "zh"}')
    with pytest.raises(PolicyError) as raised:
        load_policy(policy_folder)
    assert [problem.key for problem in raised.value.problems] == [f"language.no-{kind}"]


def test_a_policy_without_weights_of_its_own_has_the_starters(policy_folder: Path) -> None:
    own, starter = load_policy(policy_folder).policy, load_policy().policy
    assert (own.weights, own.counts, own.vectors) == (starter.weights, starter.counts, starter.vectors)


def test_every_part_of_a_tree_can_be_kept() -> None:
    made = (node for node in vars(syntax).values() if isinstance(node, type) and is_dataclass(node))
    parts = {node for node in made if node.__module__.startswith("replylint.language.")}
    assert set(NODES) == parts - {syntax.RuleFile}


def test_every_part_of_a_resolved_rule_can_be_kept() -> None:
    made = {node for node in vars(rules).values() if isinstance(node, type) and is_dataclass(node)}
    parts = {node for node in made if node.__module__.startswith("replylint.language.")}
    assert set(resolved.NODES) >= parts - {rules.RuleExample}
    assert set(resolved.NODES) - parts == {Money, Percent, Duration, Deadline}


class TestValues:
    """Every sort of value that a rule can hold comes back as it was."""

    at = Location(Source("a", "text"), Span(0, 4))
    values: ClassVar[tuple[Value, ...]] = (
        Money(Decimal("1.50"), "TWD"), Percent(Decimal(5)), Duration(Decimal(3), "business_day"), Stated.FULL,
        Deadline(date=(None, 2, 3), at=dt.time(9, 30)), Decimal("2E+3"), "words", True, ("a", "b"),
        dt.datetime(2026, 11, 20, 9, 0), dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC),
    )  # fmt: skip

    @pytest.mark.parametrize("value", values, ids=str)
    def test_value(self, value: Value) -> None:
        constant = rules.Constant("text", value, self.at)
        table = rules.Lookup("text", "tables.a", {"key": value}, constant, self.at)
        rule = rules.Rule("a", "policy", "error", "forbid", self.at, self.at, when=rules.Membership(table, (constant,)))
        plain = json.loads(json.dumps(resolved.to_plain([rule], [self.at.source])))
        (back,) = resolved.from_plain(plain, [self.at.source])
        assert back == rule
        assert repr(back) == repr(rule)
        assert isinstance(back.when, rules.Membership)
        assert isinstance(back.when.left, rules.Lookup)
        assert back.when.options[0] is back.when.left.key

    def test_what_no_rule_holds_is_not_kept(self) -> None:
        moment = dt.datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Taipei"))
        rule = rules.Rule("a", "policy", "error", "forbid", self.at, self.at,
                          when=rules.IsTrue(rules.Constant("datetime", moment, self.at)))  # fmt: skip
        with pytest.raises(TypeError):
            resolved.to_plain([rule], [self.at.source])
