"""`eval`: rows that are not understood are told all at once, and no figure is given without them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

GOOD = '{"reply": "我們會退款。", "facts": [{"type": "promise", "kind": "refund", "quote": "我們會退款"}]}\n'


def test_all_mistakes_at_once(run: Run, policy: Path, tmp_path: Path) -> None:
    rows = GOOD + '{"reply": "a", "facts": ["promise"]}\n{"reply": "a", "violates": "tone"}\n{"reply": ["a"]}\n'
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--policy", str(policy))
    assert ran.code == 3
    for line, words in ((2, "type and quote"), (3, "`violates` has to be a list"), (4, "`reply` has to be a text")):
        assert f"rows.jsonl:{line}:" in ran.out
        assert words in ran.out
    assert "F1" not in ran.out


def test_the_table_in_chinese(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(GOOD, encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--policy", str(policy), "--lang", "zh")
    assert ran.code == 0
    assert "未註明語言" in ran.out
    assert not {"presence", "spans", "facts"} & set(ran.out.split())


def test_missed_and_not_caught_in_chinese(run: Run, policy: Path, tmp_path: Path) -> None:
    row = '{"lang": "zh-Hant", "reply": "敬請期待。", '
    rows = row + '"facts": [{"type": "apology", "quote": "期待"}]}\n' + row + '"violates": ["policy"]}\n'
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--errors", "all", "--policy", str(policy), "--lang", "zh")
    assert ran.code == 0
    assert "漏讀" in ran.out
    assert "未擋下" in ran.out


def test_no_name_of_a_row_is_a_command_to_the_terminal(run: Run, policy: Path, tmp_path: Path) -> None:
    row = '{"id": "a\\u001b[2J", "lang": "zh-Hant", "reply": "敬請期待。", '
    (tmp_path / "rows.jsonl").write_text(row + '"facts": [{"type": "apology", "quote": "期待"}]}\n', encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--errors", "all", "--policy", str(policy))
    assert "a␛[2J" in ran.out
    assert "".join(ran.out.split("\n")).isprintable()


def test_files_beside_the_rows_are_no_rows(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "rows.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "rows" / "floors.yml").write_text("zh: {promise: 0.5}\n", encoding="utf-8")
    assert run("eval", "rows", "--policy", str(policy)).code == 0
    assert run("eval", "nowhere", "--policy", str(policy)).code == 3


def test_a_row_without_a_verdict_is_neither_caught_nor_clean(run: Run, policy: Path, tmp_path: Path) -> None:
    row = '{"lang": "zh-Hant", "reply": "謝謝。", "actions": [{"action": "refnd"}], "violates": [%s]}\n'
    (tmp_path / "rows.jsonl").write_text(GOOD + row % '"policy"' + row % "", encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--policy", str(policy))
    assert ran.code == 3
    assert "0 / 1" in ran.out
    assert "0 of 1 compliant drafts" in ran.out
    assert "did you mean `refund`" in ran.err


def test_replies_that_acknowledge_by_their_label_are_told_apart(run: Run, policy: Path, tmp_path: Path) -> None:
    row = '{"review": "%s", "reply": "%s", "facts": [%s], "source": "%s"}\n'
    label = '{"type": "acknowledge", "quote": "parcel"}'
    rows = [
        row % ("My parcel got wet", "The parcel, wet! Sorry.", label, "a"),
        row % ("The clerk was rude", "Thank you.", "", "a"),
        # Another source: nothing is held against it.
        row % ("A wet parcel, a wet parcel", "Thank you.", "", "b"),
    ]
    (tmp_path / "rows.jsonl").write_text("".join(rows), encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--shuffled", "--policy", str(policy))
    assert ran.code == 0
    assert "acknowledge something by their label: 1.00 (1 replies)" in ran.out
    assert "in 0.75 of the comparisons (2 replies)" in ran.out


def test_labels_that_are_not_understood_stop_the_shuffling_too(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"review": "a", "reply": "a", "facts": ["x"]}\n', encoding="utf-8")
    ran = run("eval", "rows.jsonl", "--shuffled", "--policy", str(policy))
    assert ran.code == 3
    assert "rows.jsonl:1:" in ran.out + ran.err
