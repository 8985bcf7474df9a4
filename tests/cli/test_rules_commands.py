"""Commands for those who own the rules: policy check, fmt, test, explain, new-rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from replylint.source.resources import starter_policy
from tests.cli.conftest import RULE, Run

ONE = "rule one\n  forbid   promise\n"
LOOSE = "rule one\n\n  forbid  promises # why\n"
TIDY = "rule one\n  forbid   promise  # why\n"
CHINESE = "規則 one\n  禁止 承諾  # why\n"


def rule_file(policy: Path) -> Path:
    return policy / "rules" / "no-refunds.rules"


def test_a_sound_policy_is_told_in_plain_words(run: Run, policy: Path) -> None:
    ran = run("policy", "check", str(policy))
    assert ran.code == 0
    assert "no-refunds\n  A reply is at fault when it contains `promise of refund`." in ran.out
    assert "It is allowed if its amount is at most 500 TWD (the contract's authority.offers.refund.limit)." in ran.out
    assert "1 rules are sound; 4 wordings are known\n" in ran.out


def test_what_no_rule_uses_is_told_at_the_end(run: Run, policy: Path) -> None:
    last = run("policy", "check", str(policy)).out.splitlines()[-1]
    assert "no rule uses" in last
    assert "authority.contact (line " in last
    assert "platforms (line " in last
    assert "severity" not in last
    assert "authority.offers.refund.limit " not in last
    rule = RULE.replace("amount is at most authority.offers.refund.limit", "amount is at most 500 TWD")
    rule_file(policy).write_text(rule.replace("{authority.offers.refund.limit}", "500"), encoding="utf-8")
    # A clause alone is no limit that is looked at.
    assert "authority.offers.*.limit (line " in run("policy", "check", str(policy)).out.splitlines()[-1]


def test_in_chinese_too(run: Run, policy: Path) -> None:
    ran = run("policy", "check", str(policy), "--lang", "zh")
    assert ran.code == 0
    assert "回覆裡有「承諾：退款」，就是違規。" in ran.out
    assert "不超過 500 元（合約的 權限.給付.退款.上限）" in ran.out
    assert "依據合約的「權限.給付.退款」。" in ran.out
    rule_file(policy).write_text("rule r\n  forbid promise\n  where certainty is definite\n", encoding="utf-8")
    assert "只算這種：它的確定程度是「確定」。" in run("policy", "check", str(policy), "--lang", "zh").out


def test_quiet_says_only_that_it_is_sound(run: Run, policy: Path) -> None:
    assert len(run("policy", "check", "-q", str(policy)).out.splitlines()) == 1


def test_a_broken_policy_tells_every_mistake_in_its_own_language(run: Run, policy: Path) -> None:
    (policy / "rules" / "b.rules").write_text("rule b\n  forbd promise\n", encoding="utf-8")
    (policy / "rules" / "c.rules").write_text("規則 丙\n  禁止 香蕉\n", encoding="utf-8")
    contract = policy / "contract.yml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("time_zone:", "time_zome:"), encoding="utf-8")
    ran = run("policy", "check", str(policy))
    assert ran.code == 3
    assert "there is no keyword `forbd`" in ran.out
    assert "沒有「香蕉」這種事實" in ran.out
    assert "time_zome" in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_a_rule_file_that_is_not_read_is_told(run: Run, policy: Path) -> None:
    (policy / "rules" / "notes.md").write_text("x")
    (policy / "rules" / ".hidden").write_text("x")
    (policy / "rules" / "README").write_text("x")
    (policy / "rules" / "later.rules").write_text("# nothing yet\n")
    ran = run("policy", "check", "-q", str(policy), "--lang", "zh")
    assert ran.code == 0
    assert ran.out.splitlines()[:-1] == [
        f"沒有讀取，因為副檔名不是 .rules：{policy}/rules/notes.md",
        f"檔案裡只有空白或註解：{policy}/rules/later.rules",
    ]
    (policy / "rules" / "乙.rules.txt").write_text(RULE, encoding="utf-8")
    ran = run("policy", "check", "-q", str(policy), "--lang", "zh")
    assert ran.code == 3
    assert "「乙.rules.txt」看起來是規則檔，但副檔名不是 .rules" in ran.out
    assert "請把檔名改成「乙.rules」" in ran.out
    assert ran.out.splitlines()[-1] == "共 1 個錯誤，改好再執行一次"


def test_a_rule_file_in_big5_is_told(run: Run, policy: Path) -> None:
    (policy / "rules" / "c.rules").write_bytes("規則 丙\n  禁止 承諾\n".encode("cp950"))
    assert "看起來是 Big5" in run("policy", "check", str(policy), "--lang", "zh").out


@pytest.mark.parametrize("text", ['承諾 補償 也讀做 "free tea"\n', "請檢查回覆有沒有道歉\n"])
def test_a_chinese_file_without_a_known_keyword_is_answered_in_chinese(run: Run, policy: Path, text: str) -> None:
    (policy / "rules" / "c.rules").write_text(text, encoding="utf-8")
    assert "關鍵字" in run("policy", "check", str(policy)).out


def test_a_chosen_language_overrides(run: Run, policy: Path) -> None:
    (policy / "rules" / "c.rules").write_text("規則 丙\n  禁止 香蕉\n", encoding="utf-8")
    assert "there is no fact called `香蕉`" in run("policy", "check", str(policy), "--lang", "en").out


def test_the_starter_policy_is_sound(run: Run) -> None:
    assert run("policy", "check", "-q", str(starter_policy())).code == 0


def test_fmt_writes_the_canonical_form(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.rules"
    file.write_text(LOOSE)
    assert run("fmt", "one.rules").code == 0
    assert file.read_text() == TIDY
    again = run("fmt", "one.rules")
    assert (again.code, again.out) == (0, "")


def test_fmt_check_and_diff_change_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.rules"
    file.write_text(LOOSE)
    assert run("fmt", "--check", "one.rules").code == 1
    shown = run("fmt", "--diff", "one.rules")
    assert shown.code == 1
    assert "-  forbid  promises # why\n+  forbid   promise  # why\n" in shown.out
    assert file.read_text() == LOOSE
    file.write_text(TIDY)
    assert run("fmt", "--check", "one.rules").code == 0


def test_fmt_diff_spells_out_what_cannot_be_seen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.rules").write_text(LOOSE.replace("# why", "# w\x1b[31mh\u202ey"))
    shown = run("fmt", "--diff", "one.rules").out
    assert "w␛[31mh<U+202E>y" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("rule a\n  forbid “promise”\n".encode("cp1252"), "a.rules:2:10"),
        ("rule a\n".encode("utf-16"), "looks like UTF-16"),
        (b"# later\n", "every draft would be cleared"),
    ],
)
def test_files_that_hold_no_rule(run: Run, policy: Path, raw: bytes, told: str) -> None:
    for file in (policy / "rules").iterdir():
        file.unlink()
    (policy / "rules" / "a.rules").write_bytes(raw)
    shown = run("policy", "check", str(policy), "--lang", "en")
    assert shown.code == 3
    assert told in shown.out
    assert "mistakes found: 1" in shown.out


def test_fmt_turns_keywords_into_chinese_and_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.rules"
    file.write_text(TIDY)
    assert run("fmt", "one.rules", "--keywords", "zh").code == 0
    assert file.read_text(encoding="utf-8") == CHINESE
    assert run("fmt", "one.rules", "--keywords", "en").code == 0
    assert file.read_text() == TIDY


def test_fmt_without_a_path_writes_the_policy_that_is_found(run: Run, policy: Path) -> None:
    file = policy / "rules" / "one.rules"
    file.write_text(LOOSE)
    before = {path: path.read_bytes() for path in starter_policy().rglob("*.rules")}
    assert run("fmt").code == 0
    assert file.read_text() == TIDY
    file.unlink()
    (policy / "contract.yml").rename(policy / "old.yml")
    (policy / "rules").rename(policy / "old")
    assert run("fmt").code == 2
    assert {path: path.read_bytes() for path in before} == before


def test_fmt_says_what_it_does_not_write(run: Run, policy: Path) -> None:
    before = (policy / "contract.yml").read_bytes()
    ran = run("fmt", str(policy / "contract.yml"))
    assert (ran.code, ran.out) == (2, "")
    assert "is the contract: fmt writes rule files (.rules) alone" in ran.err
    (policy / "notes.txt").write_text("rule one\n")
    assert "is no rule file" in run("fmt", str(policy / "notes.txt")).err
    assert (policy / "contract.yml").read_bytes() == before


def test_fmt_leaves_a_broken_file_alone_and_does_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.rules").write_text("rule a\n  forbd promise\n")
    (tmp_path / "b.rules").write_text(LOOSE)
    assert run("fmt", ".").code == 3
    assert (tmp_path / "a.rules").read_text() == "rule a\n  forbd promise\n"
    assert (tmp_path / "b.rules").read_text() == TIDY


def test_a_write_that_fails_leaves_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "one.rules"
    file.write_text(LOOSE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    assert run("fmt", "one.rules").code == 3
    assert file.read_text() == LOOSE
    assert [p.name for p in tmp_path.iterdir()] == ["one.rules"]


def test_fmt_keeps_permissions(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.rules"
    file.write_text(LOOSE)
    file.chmod(0o640)
    run("fmt", "one.rules")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("words", "code"), [(["nowhere.rules"], 2), (["."], 3), ([], 2)])
def test_fmt_with_nothing_to_do(run: Run, words: list[str], code: int) -> None:
    assert run("fmt", *words).code == code


def test_the_examples_of_rules_are_run(run: Run, policy: Path) -> None:
    ran = run("test", str(policy), "--coverage")
    assert ran.code == 0
    assert "no-refunds: fires on 1, silent on 1" in ran.out
    assert "2 examples of 1 rules: 0 came out wrong, 0 rules lack an example" in ran.out


def test_an_example_that_comes_out_wrong(run: Run, policy: Path) -> None:
    rule_file(policy).write_text(RULE.replace("我們會退款 900 元。", "我們會退款 400 元。"), encoding="utf-8")
    ran = run("test", str(policy))
    assert ran.code == 1
    assert "no-refunds.rules:9:3: must break `no-refunds`" in ran.out


def test_a_rule_without_any_example_is_counted_once(run: Run, policy: Path) -> None:
    rule_file(policy).write_text("rule no-refunds\n  forbid promise of refund\n", encoding="utf-8")
    ran = run("test", str(policy))
    assert ran.code == 1
    assert "0 examples of 1 rules: 0 came out wrong, 1 rules lack an example" in ran.out


def test_quiet_tells_each_failure_in_a_line(run: Run, policy: Path) -> None:
    assert len(run("test", "-q", str(policy)).out.splitlines()) == 1
    rule_file(policy).write_text(RULE.replace("我們會退款 900 元。", "我們會退款 400 元。"), encoding="utf-8")
    ran = run("test", "-q", str(policy))
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 2
    assert "no-refunds.rules:9:3: must break `no-refunds`" in ran.out


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ('"我們會退款 400 元。"', "→ 讀到「退款」，但例外成立：它的金額不超過 500 元"),
        ('"我們會退款 400 元。"', "policy/contract.yml:"),
        ('"我們會改善。"', "→ 不成立：回覆裡有「承諾：退款」"),
        ('"我們會改善。"\n    given review.rating 2', "     假設 評論.星等 2\n"),
        ('given action refund amount 800 TWD', "     假設 動作 退款 金額 800 元\n"),
    ],
)
def test_why_an_example_comes_out_wrong(run: Run, policy: Path, example: str, told: str) -> None:
    rule = RULE.replace('"我們會退款 900 元。"', example)
    rule_file(policy).write_text(rule, encoding="utf-8")
    ran = run("test", str(policy), "--lang", "zh")
    assert ran.code == 1
    assert "不符 " in ran.out
    assert told in ran.out


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ('  when review.rating is at most 2\n', "→ 規則不適用，因為「當」不成立：評論的星等不超過 2"),
        ('  where amount is missing\n', "→ 讀到「退款」，但「其中」不成立：沒有寫明它的金額"),
    ],
)
def test_which_clause_let_it_pass(run: Run, policy: Path, clauses: str, told: str) -> None:
    text = f'rule r\n{clauses}  forbid promise of refund\n  breaks "我們會退款 900 元。"\n    given review.rating 4\n'
    rule_file(policy).write_text(text, encoding="utf-8")
    assert told in run("test", str(policy), "--lang", "zh").out


def test_a_rule_that_nothing_makes_fire(run: Run, policy: Path) -> None:
    rule_file(policy).write_text(RULE.replace('  breaks   "我們會退款 900 元。"\n', ""), encoding="utf-8")
    ran = run("test", str(policy))
    assert ran.code == 1
    assert "nothing shows that it can fire" in ran.out
    assert "no-refunds: fires on 0, silent on 1" in run("test", str(policy), "--coverage").out


def test_a_rule_that_nothing_shows_to_stay_silent(run: Run, policy: Path) -> None:
    rule_file(policy).write_text(RULE.replace('  keeps    "我們會改善。"\n', ""), encoding="utf-8")
    assert run("test", str(policy)).code == 1


def test_a_broken_policy_is_not_tested(run: Run, policy: Path) -> None:
    rule_file(policy).write_text("rule a\n  forbd promise\n")
    assert run("test", str(policy)).code == 3


@pytest.mark.parametrize(
    ("lang", "shown", "left_out"),
    [("en", "85折 is 15 % off.", "折扣不超過"), ("zh", "用 `replylint approve` 核准。", "is 15 % off")],
)
def test_explain_shows_a_page_in_its_readers_language(
    run: Run, policy: Path, lang: str, shown: str, left_out: str
) -> None:
    page = "## 折扣不超過合約。用 `replylint approve` 核准。\n##\n## Within the contract. 85折 is 15 % off.\n"
    rule_file(policy).write_text(page + re.sub(r"(?m)^##.*\n", "", RULE), encoding="utf-8")
    ran = run("explain", "no-refunds", "--policy", str(policy), "--lang", lang)
    assert shown in ran.out
    assert left_out not in ran.out


def test_explain_gives_the_whole_page(run: Run, policy: Path) -> None:
    ran = run("explain", "no-refunds", "--policy", str(policy))
    assert ran.code == 0
    for piece in (
        "# no-refunds",
        "A promised refund needs the brand's word.",
        "It enforces the contract's `authority.offers.refund`",
        "> more than 500 TWD",
        "> 我們已轉交專責人員。",
        "- 我們會退款 900 元。",
        "- 我們會改善。",
    ):
        assert piece in ran.out


def test_no_words_of_a_rule_are_a_command_to_the_terminal(run: Run, policy: Path) -> None:
    odd = policy / "rules" / "odd.rules"
    odd.write_text('rule odd\n  forbid promise\n  because "a\x9b2J\u202eb"\n', encoding="utf-8")
    for command in (("explain", "odd"), ("policy", "check")):
        ran = run(*command, *(("--policy", str(policy)) if command[0] == "explain" else (str(policy),)))
        assert "".join(ran.out.split("\n")).isprintable()


def test_explain_a_rule_that_is_not_there(run: Run, policy: Path) -> None:
    ran = run("explain", "no-refund", "--policy", str(policy))
    assert ran.code == 2
    assert "did you mean `no-refunds`?" in ran.err


@pytest.mark.parametrize("keywords", ["en", "zh"])
def test_a_new_rule_passes_its_own_test(run: Run, tmp_path: Path, keywords: str) -> None:
    (tmp_path / "policy" / "rules").mkdir(parents=True)
    (tmp_path / "policy" / "contract.yml").write_bytes((starter_policy() / "contract.yml").read_bytes())
    assert run("new-rule", "無免費停車", "--keywords", keywords).code == 0
    written = tmp_path / "policy" / "rules" / "無免費停車.rules"
    page = "## Say here" if keywords == "en" else "## 請在這裡"
    assert written.read_text(encoding="utf-8").startswith(page)
    assert ("rule " if keywords == "en" else "規則 ") in written.read_text(encoding="utf-8")
    assert run("fmt", "--check", str(written)).code == 0
    assert run("test", "policy").code == 0


def test_a_new_rule_is_named_as_seen_from_here(
    run: Run, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "wrote policy/rules/no-parking.rules;" in run("new-rule", "no-parking").out
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path / "drafts")
    assert "wrote ../policy/rules/no-pets.rules;" in run("new-rule", "no-pets").out
    assert "`../policy/rules/no-pets.rules` is already there" in run("new-rule", "no-pets").err


def test_new_rule_replaces_nothing(run: Run, policy: Path) -> None:
    assert run("new-rule", "no-refunds", "--policy", str(policy)).code == 2
    assert rule_file(policy).read_text(encoding="utf-8") == RULE


@pytest.mark.parametrize("name", ["../up", "two words", "9lives", "a/b", "", "rule"])
def test_new_rule_wants_a_name(run: Run, policy: Path, name: str) -> None:
    assert run("new-rule", name, "--policy", str(policy)).code == 2
    assert len(list(policy.rglob("*.rules"))) == 2


def test_new_rule_needs_a_policy_of_ones_own(run: Run) -> None:
    assert run("new-rule", "no-parking").code == 2


@pytest.mark.parametrize("command", [("policy", "check"), ("test",), ("explain",)])
def test_a_rule_file_is_judged_with_the_folder_that_holds_it(run: Run, policy: Path, command: tuple[str, ...]) -> None:
    other = policy / "rules" / "other.rules"
    other.write_text("rule other\n  forbid thanks\n  breaks \"there is no such word\"\n", encoding="utf-8")
    ran = run(*command, str(rule_file(policy)))
    assert (ran.code, "other" in ran.out, ran.err) == (0, False, "")
    assert run("test", str(other)).code == 1


@pytest.mark.parametrize("command", [("policy", "check"), ("test",), ("explain",), ("check", ".", "--policy")])
def test_a_rule_file_outside_of_any_policy_is_not_checked(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    loose = tmp_path / "loose.rules"
    loose.write_text(ONE, encoding="utf-8")
    ran = run(*command, str(loose))
    assert ran.code == 2
    assert "is a file, and lies in no policy folder" in ran.err


def test_a_file_of_a_policy_without_rules_has_none_to_test(run: Run, policy: Path) -> None:
    empty = policy / "rules" / "phrases.rules"
    empty.write_text('phrase money-back reads "money back"\n', encoding="utf-8")
    ran = run("test", str(empty))
    assert ran.code == 2
    assert "holds no rule" in ran.err
    assert run("policy", "check", str(policy / "contract.yml")).code == 0
