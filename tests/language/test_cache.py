"""The kept lexicon saves time and changes nothing, whatever happened to it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from replylint.language.book import Policy, load_policy
from replylint.source.resources import starter_policy


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


def kept(cache: Path) -> Path:
    (file,) = cache.glob("lexicon-*.json")
    return file


def same(first: Policy, second: Policy) -> bool:
    places = [[str(w.origin) + w.origin.words for w in p.lexicon.wordings] for p in (first, second)]
    return first.lexicon == second.lexicon and first.revision == second.revision and places[0] == places[1]


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
    first = load_policy(policy_folder)
    written = kept(cache_folder).stat().st_mtime_ns
    assert same(load_policy(policy_folder), first)
    assert kept(cache_folder).stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [cut, empty, altered, foreign, a_folder])
def test_a_damaged_cache_is_not_used(policy_folder: Path, cache_folder: Path, damage: Callable[[Path], None]) -> None:
    first = load_policy(policy_folder)
    damage(kept(cache_folder))
    assert same(load_policy(policy_folder), first)


def test_a_changed_lexicon_is_read_anew(policy_folder: Path) -> None:
    load_policy(policy_folder)
    file = policy_folder / "lexicon" / "words.rules"
    file.write_text(file.read_text().replace("退款單", "退款券"))
    assert load_policy(policy_folder).lexicon.wordings[2].pattern[0].text == "退款券"  # type: ignore[union-attr]


def test_a_reading_in_a_rule_file_counts(policy_folder: Path) -> None:
    first = load_policy(policy_folder)
    file = policy_folder / "rules" / "a.rules"
    file.write_text("# moved down a line\n" + file.read_text())
    moved = load_policy(policy_folder)
    assert moved.lexicon.wordings[-1].origin.words == first.lexicon.wordings[-1].origin.words


def test_a_folder_that_cannot_be_written_changes_nothing(
    policy_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_policy(policy_folder)
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    monkeypatch.setenv("REPLYLINT_CACHE", str(blocked / "cache"))
    assert same(load_policy(policy_folder), first)
    monkeypatch.setenv("REPLYLINT_CACHE", str(blocked))
    assert same(load_policy(policy_folder), first)


def test_a_broken_lexicon_is_not_kept(policy_folder: Path, cache_folder: Path) -> None:
    (policy_folder / "lexicon" / "words.rules").write_text("phrase p reads p\n")
    with pytest.raises(Exception, match="phrase-in-itself"):
        load_policy(policy_folder)
    assert list(cache_folder.glob("*")) == [] if cache_folder.exists() else True
