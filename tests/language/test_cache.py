"""The kept lexicon saves time and changes nothing, whatever happened to it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from replylint import load_policy
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.facts.names import FactName
from replylint.language import syntax
from replylint.language.stored import NODES
from replylint.source.problems import PolicyError
from replylint.source.resources import starter_policy

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


@pytest.mark.parametrize("kind", ["lexicon", "rules"])
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


@pytest.mark.parametrize("kind", ["weights", "counts"])
def test_a_file_that_holds_no_weights_or_counts_is_told(policy_folder: Path, kind: str) -> None:
    (policy_folder / "lexicon" / f"zh.{kind}").write_text('{"language": "zh"}')
    with pytest.raises(PolicyError) as raised:
        load_policy(policy_folder)
    assert [problem.key for problem in raised.value.problems] == [f"language.no-{kind}"]


def test_a_policy_without_weights_of_its_own_has_the_starters(policy_folder: Path) -> None:
    own, starter = load_policy(policy_folder).policy, load_policy().policy
    assert (own.weights, own.counts) == (starter.weights, starter.counts)


def test_every_part_of_a_tree_can_be_kept() -> None:
    made = (node for node in vars(syntax).values() if isinstance(node, type) and is_dataclass(node))
    parts = {node for node in made if node.__module__.startswith("replylint.language.")}
    assert set(NODES) == parts - {syntax.RuleFile}
