"""What a receipt rests on besides the draft: waivers, baselines, approvals, settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from replylint.case.model import Case
from replylint.case.read import read_all
from replylint.receipts.bound import bound
from tests.cli.conftest import Ran
from tests.cli.receipts.conftest import DRAFT, NOW, Desk, statement_of

WAIVE = ("--rule", "no-refunds", "--by", "林經理", "--role", "brand_manager", "--reason", "店長同意", "--now", NOW)


@pytest.fixture
def refund(desk: Desk) -> Desk:
    """A draft that promises more than it may."""
    desk.receipt.unlink()
    desk.edit("我們會改善。", "我們會退款 900 元。")
    assert desk.check().code == 1
    assert not list((desk.folder / "receipts").iterdir())
    return desk


def waive(desk: Desk, *words: str) -> Ran:
    ran = desk.run("waive", "drafts/0042.md", *WAIVE, *words)
    assert ran.code == 0, ran.err
    return ran


def predicate(desk: Desk) -> Any:
    return statement_of(desk.receipt)["predicate"]


def test_a_waiver_is_named_and_ends_the_receipt_with_itself(refund: Desk) -> None:
    waive(refund, "--until", "2026-11-21")
    assert refund.check("--valid-for", "7d").code == 0
    (waiver,) = predicate(refund)["waivers"]
    assert (waiver["rule"], waiver["by"], waiver["role"]) == ("no-refunds", "林經理", "brand_manager")
    assert waiver["reason"] == "店長同意"
    assert predicate(refund)["expiresAt"] == "2026-11-22T00:00:00+08:00"
    ran = refund.verify()
    assert (ran.code, "no-refunds, waived by 林經理 (brand_manager)" in ran.out) == (0, True)
    ran = refund.verify(now="2026-11-22T00:00+08:00")
    assert (ran.code, "held until 2026-11-22T00:00+08:00" in ran.out) == (1, True)


def test_without_its_waiver_the_draft_loses_its_receipt(refund: Desk) -> None:
    waive(refund)
    assert refund.check().code == 0
    assert refund.check("--no-waivers").code == 1
    assert not list((refund.folder / "receipts").iterdir())


def test_the_audit_log_names_waivers_without_their_reasons(refund: Desk) -> None:
    waive(refund)
    assert refund.check("--audit", "audit.log").code == 0
    entry = json.loads(Path("audit.log").read_text(encoding="utf-8").splitlines()[-1])["entry"]
    (waiver,) = entry["waived"]
    assert (waiver["by"], waiver["rule"], waiver["until"]) == ("林經理", "no-refunds", "2026-12-20T00:00:00")
    assert "店長同意" not in Path("audit.log").read_text(encoding="utf-8")


def test_what_a_baseline_holds_is_counted_and_said(refund: Desk) -> None:
    refund.run("check", "drafts", "--baseline", "base.json", "--update-baseline", "--now", NOW)
    assert refund.check("--baseline", "base.json").code == 0
    assert predicate(refund)["check"]["known"] == 1
    assert "1 that the baseline holds" in refund.verify().out
    assert "基準檔已列的 1 項" in refund.verify("--lang", "zh").out


def test_settings_that_bear_on_verdicts_must_be_the_same(desk: Desk) -> None:
    (desk.folder / "replylint.toml").write_text('[enforcement]\nno-refunds = "advisory"\n', encoding="utf-8")
    ran = desk.verify()
    assert (ran.code, "settings that bear on verdicts" in ran.out) == (1, True)
    assert desk.check().code == 0
    assert desk.verify().code == 0
    (desk.folder / "replylint.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "影響檢查結果的設定" in desk.verify().out


def test_the_level_that_is_set_is_asked_for(desk: Desk) -> None:
    (desk.folder / "replylint.toml").write_text('fail-level = "advice"\n', encoding="utf-8")
    ran = desk.verify()
    assert (ran.code, "only findings of `error` block" in ran.out) == (1, True)
    assert desk.check().code == 0
    assert desk.verify().code == 0


def test_many_drafts_of_one_file(desk: Desk) -> None:
    rows = [{"id": f"r{n}", "platform": "google_maps", "review": "等很久", "reply": "讓您久等，我們會改善" + "。" * n}
            for n in range(1, 4)]  # fmt: skip
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    Path("many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert desk.check("many.jsonl").code == 0
    ran = desk.verify("--case", "many.jsonl")
    assert (ran.code, ran.out.count("verified:")) == (0, 3)
    Path("many.jsonl").write_text("\n".join([*lines[:2], lines[2].replace("改善", "改變")]), encoding="utf-8")
    ran = desk.verify("--case", "many.jsonl")
    assert (ran.code, ran.out.count("verified:"), ran.out.count("refused:")) == (1, 2, 1)
    assert desk.verify("--case", "many.jsonl", "--draft", "r2").code == 0
    ran = desk.verify("--case", "many.jsonl", "--draft", "r9")
    assert (ran.code, "there is no draft `r9` in `many.jsonl`" in ran.err) == (3, True)
    assert "name one with --draft ID" in desk.verify("--case", "many.jsonl", "--print").err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_verified(desk: Desk, lang: str) -> None:
    Path("broken.md").write_text("---\nid: [\n---\nx\n", encoding="utf-8")
    for words in (("--case", "broken.md"), ("--case", "nowhere.md"), ("--text", "nowhere.txt"), ("--text", ".")):
        assert desk.verify(*words, "--lang", lang).code == 3, words
    assert desk.verify("--policy", "drafts", "--lang", lang).code == 3
    ran = desk.run("verify", "--receipts", "nowhere", "--case", "drafts/0042.md", "--unsigned", "--lang", lang)
    assert (ran.code, "nowhere" in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: "\ufeff" + text, "begins with a byte order mark"),
        (lambda text: text + "\n", "ends with a line break"),
        (lambda text: text + "\r\n", "ends with a line break"),
        (lambda text: text.replace("\n", "\r\n"), "its lines end in CR LF"),
        (lambda text: "\ufeff" + text.replace("\n", "\r\n") + "\r\n", "but not byte by byte"),
        (lambda text: " " + text, "but not byte by byte"),
        (lambda text: text.replace("。", "."), "no receipt in `receipts` is for exactly this text"),
        (lambda text: "", "no receipt in `receipts` is for exactly this text"),
    ],
)
def test_texts_that_look_the_same_are_told_apart(desk: Desk, change: object, says: str) -> None:
    text = DRAFT.split("---\n")[2].strip()
    Path("reply.txt").write_bytes(text.encode())
    assert desk.verify("--text", "reply.txt").code == 0
    assert callable(change)
    Path("reply.txt").write_bytes(change(text).encode())
    ran = desk.verify("--text", "reply.txt")
    assert (ran.code, says in ran.out) == (1, True)


@pytest.mark.parametrize("codec", ["utf-16", "big5"])
def test_a_text_in_another_encoding_is_told(desk: Desk, codec: str) -> None:
    Path("reply.txt").write_bytes(DRAFT.split("---\n")[2].strip().encode(codec))
    ran = desk.verify("--text", "reply.txt")
    assert (ran.code, "but in another encoding" in ran.out) == (1, True)


def test_drafts_that_come_with_bom_and_crlf_are_posted_as_they_were_checked(desk: Desk) -> None:
    """The mark belongs to the file; line ends inside the reply belong to the reply."""
    desk.receipt.unlink()
    Path("drafts/0042.md").write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
    assert desk.check().code == 0
    Path("reply.txt").write_bytes(DRAFT.split("---\n")[2].strip().replace("\n", "\r\n").encode())
    assert desk.verify("--text", "reply.txt").code == 0
    Path("reply.txt").write_bytes(DRAFT.split("---\n")[2].strip().encode())
    ran = desk.verify("--text", "reply.txt")
    assert (ran.code, "in what was checked in CR LF" in ran.out) == (1, True)


def test_an_approval_is_named_and_ends_the_receipt_with_itself(desk: Desk) -> None:
    desk.receipt.unlink()
    ran = desk.run("approve", "drafts/0042.md", "--role", "brand_manager", "--by", "林經理", "--until",
                   "2026-11-20T15:00+08:00", "--now", "2026-11-20T09:00+08:00")  # fmt: skip
    assert ran.code == 0, ran.err
    assert desk.check("--audit", "audit.log").code == 0
    (approval,) = predicate(desk)["approvals"]
    assert (approval["role"], approval["by"], approval["state"]) == ("brand_manager", "林經理", "valid")
    assert predicate(desk)["expiresAt"] == "2026-11-20T15:00:00+08:00"
    assert desk.verify().code == 0
    assert desk.verify(now="2026-11-20T15:00+08:00").code == 1
    entry = json.loads(Path("audit.log").read_text(encoding="utf-8").splitlines()[-1])["entry"]
    assert entry["approvals"] == [approval]


def test_an_approval_of_something_else_is_no_ground(desk: Desk) -> None:
    desk.receipt.unlink()
    words = ("--role", "brand_manager", "--by", "林經理", "--now", "2026-11-20T09:00+08:00")
    assert desk.run("approve", "drafts/0042.md", *words).code == 0
    desk.edit("改善", "改進")
    assert desk.check("--audit", "audit.log").code == 0
    assert predicate(desk)["approvals"] == []
    entry = json.loads(Path("audit.log").read_text(encoding="utf-8").splitlines()[-1])["entry"]
    assert [approval["state"] for approval in entry["approvals"]] == ["edited"]


@pytest.mark.parametrize("folder", ["cases", "demo", "waivers"])
def test_everything_that_a_draft_can_state_has_a_digest(folder: str) -> None:
    """Two readings of one file agree, and no draft of ours states a value that cannot be bound."""
    root = Path(__file__).resolve().parents[3] / "corpora" / folder
    pairs = list(zip(read_all([root]), read_all([root]), strict=True))
    assert len(pairs) > 1
    for one, other in pairs:
        if isinstance(one, Case) and isinstance(other, Case):
            assert bound(one) == bound(other)


@pytest.mark.parametrize(
    "name", ["../../evil\x1b[31m\u202e/0042", "--help", "", "." * 300, "草稿" * 100, "a\nb", "CON:*?"]
)
def test_an_id_never_leads_out_of_the_folder_nor_commands_a_terminal(desk: Desk, name: str) -> None:
    desk.receipt.unlink()
    desk.edit("id: 東區/0042", f"id: {json.dumps(name)}")
    assert desk.check().code == 0
    assert desk.receipt.parent == desk.folder / "receipts"
    assert len(desk.receipt.name.encode()) < 120
    ran = desk.verify()
    assert (ran.code, "\x1b" in ran.out, "\u202e" in ran.out) == (0, False, False)
    desk.edit("改善", "改進")
    ran = desk.verify()
    assert (ran.code, "\x1b" in ran.out, "\u202e" in ran.out) == (1, False, False)
