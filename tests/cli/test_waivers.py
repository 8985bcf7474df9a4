"""Waivers and the baseline through `check` and `waive`."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, CaseVerdict, PolicyError, load_policy, read_cases
from replylint.source.resources import starter_policy
from tests.cli.conftest import DRAFT, Run

HERE = Path(__file__).parent
WRITTEN = yaml.safe_load((HERE / "waivers_written.yml").read_text(encoding="utf-8"))
OF_POLICY = yaml.safe_load((HERE / "waivers_of_policy.yml").read_text(encoding="utf-8"))
ROWS = yaml.safe_load((HERE / "waivers.yml").read_text(encoding="utf-8"))
NOW = ("--now", "2026-11-20T10:00+08:00")


@pytest.fixture
def bad(drafts: Path) -> Path:
    """A draft that promises too much, by a drafter who is named."""
    text = DRAFT.format(id="bad", reply="我們會退款 900 元。").replace("platform:", "drafter: agent-07\nplatform:")
    (drafts / "bad.md").write_text(text, encoding="utf-8")
    return drafts / "bad.md"


def cases(run: Run, *words: str) -> dict[str, Any]:
    return {case["id"]: case for case in json.loads(run("check", *words, "--format", "json", *NOW).out)["cases"]}


def found(run: Run, *words: str) -> dict[str, Any]:
    return cases(run, "drafts/bad.md", *words)["bad"]  # type: ignore[no-any-return]  # JSON


def sound(run: Run) -> dict[str, Any]:
    (finding,) = found(run, "--no-waivers")["findings"]
    return {
        "rule": "no-refunds", "draft": "bad", "words": finding["words_digest"], "reason": "r", "by": "林經理",
        "role": "brand_manager", "until": "2026-12-01",
    }  # fmt: skip


def write(path: Path, *waivers: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(list(waivers), allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in ROWS])
def test_waiver(run: Run, bad: Path, policy: Path, row: dict[str, Any]) -> None:
    waiver = {k: v for k, v in (sound(run) | row.get("change", {})).items() if v is not None}
    if row.get("waived", True):
        write(policy / "waivers.yml", waiver)
    with (policy / "contract.yml").open("a", encoding="utf-8") as contract:
        contract.write(row.get("contract", "") + "\n")
    case = found(run)
    assert case["verdict"] == row["verdict"]
    told = [finding["rule"] for finding in case["findings"] if finding["category"] == "waivers"]
    assert told == ([row["told"]] if "told" in row else [])
    assert len(case["waived"]) == (row["verdict"] == "cleared" and row.get("waived", True))


def test_a_draft_carries_its_own_waiver_where_the_contract_lets_it(run: Run, bad: Path, policy: Path) -> None:
    waiver = sound(run)
    del waiver["draft"]
    front = yaml.safe_dump({"waivers": [waiver]}, allow_unicode=True)
    bad.write_text(bad.read_text(encoding="utf-8").replace("platform:", f"{front}platform:"), encoding="utf-8")
    assert found(run)["verdict"] == "cleared"
    with (policy / "contract.yml").open("a", encoding="utf-8") as contract:
        contract.write("waivers: {who: [brand_manager], in_drafts: no}\n")
    assert [f["rule"] for f in found(run)["findings"]] == ["no-refunds", "waiver-in-draft"]


def test_an_edited_reply_is_not_what_was_waived(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run))
    bad.write_text(bad.read_text(encoding="utf-8").replace("900 元", "900 元再加 5,000 元"), encoding="utf-8")
    assert {f["rule"] for f in found(run)["findings"]} == {"no-refunds", "waiver-words-changed"}


def test_a_moved_line_is_still_what_was_waived(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run))
    bad.write_text(bad.read_text(encoding="utf-8").replace("我們會退", "您好：\n\n我們會退"), encoding="utf-8")
    assert found(run)["verdict"] == "cleared"


def test_a_waiver_of_no_use_is_told(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run))
    bad.write_text(bad.read_text(encoding="utf-8").replace("退款 900 元", "改善"), encoding="utf-8")
    ran = run("check", "drafts/bad.md", *NOW)
    assert ran.code == 0
    assert "warning[waiver-unused]" in ran.out
    assert "waivers that do not hold or are of no use: 1" in ran.out


def test_no_waivers_shows_everything(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run))
    assert run("check", "drafts/bad.md", *NOW).code == 0
    declined = run("check", "drafts/bad.md", "--no-waivers", *NOW)
    assert (declined.code, "waivers were declined: 1 of what is told here" in declined.out) == (1, True)
    assert found(run, "--no-waivers")["unwaived"] == 1


def test_python_says_what_the_command_says(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run))
    now = dt.datetime.fromisoformat(NOW[1])
    for waivers, words in ((True, ()), (False, ("--no-waivers",))):
        checker = load_policy(policy, now=now, waivers=waivers)
        (case,) = read_cases("drafts/bad.md")
        assert isinstance(case, Case)
        told = found(run, *words)
        for verdict in (checker.check(case), *checker.check_all([case])):
            assert isinstance(verdict, CaseVerdict)
            assert (verdict.verdict, len(verdict.waived), verdict.unwaived) == (
                told["verdict"], len(told["waived"]), told["unwaived"]
            )  # fmt: skip
    (policy / "waivers.yml").write_text("waivers: [", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"waivers\.yml"):
        load_policy(policy)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- rule: no-refunds\n", "does not say reason, by, role, until"),
        ("- {rule: no-refnds, draft: bad, reason: r, by: b, role: legal, until: 2026-12-01}", "mean `no-refunds`"),
        ("- {rule: no-refunds, reason: r, by: b, role: legal, until: 2026-12-01}", "for which draft"),
        ("- {rule: no-refunds, untill: 2026-12-01}", "did you mean `until`"),
        ("- {rule: no-refunds, draft: bad, reason: r, by: b, role: legal, until: soon}", "date and time"),
        ("waivers: [", "bracket"),
        ("just words", "has to be a list"),
    ],
)
def test_a_broken_file_stops_the_check(run: Run, bad: Path, policy: Path, text: str, told: str) -> None:
    (policy / "waivers.yml").write_text(text, encoding="utf-8")
    ran = run("check", "drafts", *NOW)
    assert (ran.code, told in ran.out) == (3, True), ran.out


def test_waive_writes_what_check_takes(run: Run, bad: Path, policy: Path) -> None:
    (policy / "waivers.yml").write_text("# ours\n", encoding="utf-8")
    words = ("--rule", "no-refunds", "--role", "brand_manager", "--reason", "法務確認: OK", *NOW)
    ran = run("waive", "drafts/bad.md", "--by", "林經理", *words)
    assert (ran.code, "until the end of 2026-12-19" in ran.out) == (0, True)
    assert (policy / "waivers.yml").read_text(encoding="utf-8").startswith("# ours\n# ")
    assert run("check", "drafts/bad.md", *NOW).code == 0
    for by, told in (("agent-07", "wrote the draft"), ("林經理", "`agent` may not waive")):
        role = words if by == "agent-07" else ("--rule", "no-refunds", "--role", "agent", "--reason", "r", *NOW)
        refused = run("waive", "drafts/bad.md", "--by", by, *role)
        assert (refused.code, told in refused.err) == (2, True), refused.err
    assert run("waive", "drafts/good.md", "--by", "x", *words).code == 2


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in WRITTEN])
def test_waive_changes_nothing_else_in_the_file(run: Run, bad: Path, policy: Path, row: dict[str, Any]) -> None:
    path, words, encoding = policy / "waivers.yml", sound(run)["words"], row.get("encoding", "utf-8")
    if row["before"] is not None:
        path.write_bytes(row["before"].replace("{words}", words).encode(encoding))
    before = path.read_bytes() if path.exists() else None
    ran = run("waive", "drafts/bad.md", "--rule", "no-refunds", "--by", "林經理", "--role", "brand_manager", "--reason",
              "法務確認: OK", "--until", "2026-12-10", *NOW)  # fmt: skip
    if row["after"] is None:
        assert (ran.code, path.read_bytes()) == (2, before)
        assert "no safe place" in ran.err
        return
    assert (ran.code, row.get("says", "wrote a waiver") in ran.out) == (0, True), ran
    stated = ("rule: no-refunds", "draft: bad", f"words: {words}", "reason: '法務確認: OK'", "by: 林經理",
              "role: brand_manager", "until: '2026-12-10'")  # fmt: skip
    after = row["after"].replace("{words}", words)
    indent = after.partition("- {new}")[0].rpartition("\n")[2] + "  "
    lines = f"\r\n{indent}" if "\r\n" in after else f"\n{indent}"
    after = after.replace("{new}", lines.join(stated))
    quoted = ", ".join(stated).replace(words, f"'{words}'")
    after = after.replace("{flow}", f"{{{quoted}}}")
    assert path.read_bytes().decode(encoding) == after
    assert found(run)["verdict"] == "cleared"
    assert [f["rule"] for f in found(run)["findings"]] == []


def test_what_a_pattern_waives_already_is_not_waived_again(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run) | {"draft": "drafts/*"})
    before = (policy / "waivers.yml").read_bytes()
    who = ("--by", "x", "--role", "brand_manager", "--reason", "r")
    ran = run("waive", "drafts/bad.md", "--rule", "no-refunds", *who, *NOW)
    assert (ran.code, "already, by 林經理 until 2026-12-01 23:59: policy/waivers.yml:1:3" in ran.err) == (2, True)
    assert (policy / "waivers.yml").read_bytes() == before


def test_the_policy_that_ships_takes_no_waivers(run: Run, bad: Path, policy: Path) -> None:
    shutil.rmtree(policy)
    who = ("--by", "x", "--role", "brand_manager", "--reason", "r")
    ran = run("waive", "drafts/bad.md", "--rule", "no-unlimited-promises", *who, *NOW)
    assert (ran.code, "no policy folder here" in ran.err) == (2, True)
    assert not (starter_policy() / "waivers.yml").exists()


def test_of_two_waivers_for_the_same_words_one_is_told(run: Run, bad: Path, policy: Path) -> None:
    write(policy / "waivers.yml", sound(run), sound(run) | {"by": "王經理"})
    case = found(run)
    assert (case["verdict"], len(case["waived"])) == ("cleared", 1)
    (finding,) = case["findings"]
    assert (finding["rule"], [span["line"] for span in finding["spans"]]) == ("waiver-doubled", [8, 1])


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in OF_POLICY])
def test_policy_check_reads_waivers(run: Run, policy: Path, row: dict[str, Any]) -> None:
    plain = {"rule": "no-refunds", "draft": "bad", "words": "sha256:00", "reason": "r", "by": "b"}
    plain |= {"role": "brand_manager", "until": "2026-12-01"}
    changes = row["changes"] if isinstance(row["changes"], list) else [row["changes"]]
    write(policy / "waivers.yml", *({k: v for k, v in (plain | each).items() if v} for each in changes))
    with (policy / "contract.yml").open("a", encoding="utf-8") as contract:
        contract.write(row.get("contract", "") + "\n")
    ran = run("policy", "check", "--quiet", *NOW)
    assert ran.code == row["code"], ran.out
    said = row["says"] if isinstance(row["says"], list) else [row["says"]]
    assert [each for each in said if each not in ran.out] == [], ran.out
    assert ("policy/waivers.yml:" in ran.out) == (said != ["waivers: 1, of which 1 hold"])


def test_policy_check_tells_a_waiver_whose_draft_is_gone(run: Run, bad: Path, policy: Path) -> None:
    """By its new id it would mean nothing, and nobody would hear of it: no draft meets it any more."""
    write(policy / "waivers.yml", sound(run), {**sound(run), "draft": "2026-1?/*"}, {**sound(run), "draft": "go*"})
    ran = run("policy", "check", "--quiet", *NOW)
    assert (ran.code, ran.out.count("there is no draft"), "there is no draft `2026-1?/*`" in ran.out) == (0, 1, True)
    bad.write_text(bad.read_text(encoding="utf-8").replace("id: bad", "id: renamed"), encoding="utf-8")
    bad = bad.rename(bad.with_name("renamed.md"))
    ran = run("policy", "check", "--quiet", *NOW)
    assert "warning: there is no draft `bad`, which this waiver is for" in ran.out
    bad.write_text("---\nid: [", encoding="utf-8")
    assert "there is no draft" not in run("policy", "check", "--quiet", *NOW).out


def test_the_mistakes_of_a_policy_and_of_its_waivers_are_told_in_one_run(run: Run, policy: Path) -> None:
    (policy / "waivers.yml").write_text("- {rule: no-refnds}\n", encoding="utf-8")
    rule = policy / "rules" / "no-refunds.rules"
    rule.write_text(rule.read_text(encoding="utf-8").replace("severity error", "severity eror"), encoding="utf-8")
    ran = run("policy", "check", *NOW)
    assert (ran.code, "`eror`" in ran.out, "does not say reason, by, role, until" in ran.out) == (3, True, True)


def baseline(run: Run, *words: str) -> dict[str, Any]:
    report = json.loads(run("check", "drafts", "--baseline", "b.json", "--format", "json", *NOW, *words).out)
    return dict(report["summary"]["baseline"], blocked=report["summary"]["blocked"])


def test_only_what_is_new_counts(run: Run, bad: Path) -> None:
    assert run("check", "drafts", "--baseline", "b.json", *NOW).code == 2
    assert baseline(run, "--update-baseline") == {"known": 0, "fixed": 0, "blocked": 1}
    assert baseline(run) == {"known": 2, "fixed": 0, "blocked": 0}
    assert run("check", "drafts", "--baseline", "b.json", *NOW).code == 0
    text = bad.read_text(encoding="utf-8")
    bad.write_text(text.replace("我們會", "您好\n我們會"), encoding="utf-8")
    assert baseline(run) == {"known": 2, "fixed": 0, "blocked": 0}
    bad.write_text(text.replace("900", "950"), encoding="utf-8")
    assert baseline(run) == {"known": 1, "fixed": 1, "blocked": 1}


def test_a_new_finding_takes_no_fixed_ones_place(run: Run, bad: Path) -> None:
    line = "我們會退款 900 元。\n"
    text = bad.read_text(encoding="utf-8")
    bad.write_text(text + line, encoding="utf-8")
    baseline(run, "--update-baseline")
    assert baseline(run)["known"] == 3
    bad.write_text(text + line + line, encoding="utf-8")
    assert baseline(run)["blocked"] == 1
    bad.write_text(text, encoding="utf-8")
    assert baseline(run, "--update-baseline") == {"known": 2, "fixed": 1, "blocked": 0}
    bad.write_text(text + line, encoding="utf-8")
    assert baseline(run)["blocked"] == 1


@pytest.mark.parametrize(("posted", "pressing"), [("2026-11-20T09:50+08:00", False), ("2026-11-18T09:00+08:00", True)])
def test_what_is_cleared_names_nobody_to_ask(run: Run, bad: Path, policy: Path, posted: str, pressing: bool) -> None:
    front = bad.read_text(encoding="utf-8").replace("  rating: 1", f"  rating: 1\n  posted_at: {posted}")
    (bad.parent / "good.md").unlink()
    (bad.parent / "bad.md").unlink()
    draft = front.replace("id: bad", "id: open").replace("我們會退款 900 元。", "我們會退款。")
    (bad.parent / "open.md").write_text(draft, encoding="utf-8")
    assert cases(run, "drafts")["open"]["contact"]["name"] == "林經理"
    who = ("--by", "王經理", "--role", "brand_manager", "--reason", "r")
    assert run("waive", "drafts/open.md", "--rule", "no-refunds", *who, *NOW).code == 0
    run("check", "drafts", "--no-waivers", "--baseline", "b.json", "--update-baseline", *NOW)
    for words in ((), ("--no-waivers", "--baseline", "b.json")):
        case = cases(run, "drafts", *words)["open"]
        assert (case["verdict"], case["contact"] is not None) == ("cleared", pressing)
        shown = run("check", "drafts", *words, *NOW).out
        assert ("林經理" in shown, "before: " in shown) == (False, pressing)


def test_a_draft_without_an_id_is_known_however_it_is_named(
    run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad.write_text(bad.read_text(encoding="utf-8").replace("id: bad\n", ""), encoding="utf-8")
    baseline(run, "--update-baseline")
    here = bad.parent.parent
    for folder, drafts, file in ((here, "./drafts", "b.json"), (here, str(bad.parent), str(here / "b.json")),
                                 (bad.parent, ".", "../b.json"), (bad.parent, bad.name, "../b.json")):  # fmt: skip
        monkeypatch.chdir(folder)
        ran = run("check", drafts, "--policy", str(here / "policy"), "--baseline", file, *NOW)
        assert ran.code == 0, (folder, drafts, ran.out)


def test_an_update_takes_nothing_new_and_forgets_no_other_draft(run: Run, bad: Path) -> None:
    baseline(run, "--update-baseline")
    before = Path("b.json").read_text(encoding="utf-8")
    run("check", "drafts/good.md", "--baseline", "b.json", "--update-baseline", *NOW)
    assert Path("b.json").read_text(encoding="utf-8") == before
    bad.write_text(bad.read_text(encoding="utf-8") + "再退款 5,000 元。\n", encoding="utf-8")
    assert baseline(run, "--update-baseline")["blocked"] == 1
    assert baseline(run)["blocked"] == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2, "drafts": {}}', '{"version": 1, "drafts": {"a": [{}]}}']
)
def test_a_file_that_is_no_baseline_stops_the_check(run: Run, bad: Path, text: str) -> None:
    Path("b.json").write_text(text, encoding="utf-8")
    ran = run("check", "drafts", "--baseline", "b.json", *NOW)
    assert (ran.code, "is no baseline" in ran.out) == (3, True)


def test_a_misspelt_rule_in_the_contract_is_a_mistake_and_one_that_is_not_there_is_told(
    run: Run, bad: Path, policy: Path
) -> None:
    with (policy / "contract.yml").open("a", encoding="utf-8") as contract:
        contract.write("enforcement: {no-refnds: mandatory}\n")
    ran = run("check", "drafts", *NOW)
    assert (ran.code, "did you mean `no-refunds`" in ran.out) == (3, True)
    text = (policy / "contract.yml").read_text(encoding="utf-8")
    (policy / "contract.yml").write_text(text.replace("no-refnds", "no-personal-data"), encoding="utf-8")
    assert "enforcement.no-personal-data" in run("policy", "check", "policy").out
