"""A repository made by `init` works at once and is left alone by the next run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pre_commit.clientlib import load_config

from replylint.cli.init.command import init
from replylint.contract.load import load
from replylint.source.resources import starter_policy
from replylint.source.values import Money
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
NOW = ("--now", "2026-11-20T10:00+08:00")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    brand = ("--brand", '山茶: "Cha" #1')
    assert run("init", "replies", *brand, "--refund-limit", "TWD 800", "--owners", "@tea").code == 0
    return tmp_path / "replies"


def test_it_works_at_once(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    ran = run("check", "drafts", *NOW)
    assert ran.code == 1
    assert "1 cleared, 1 blocked, 0 needing a person, 0 could not be checked" in ran.out
    assert run("policy", "check", "--quiet").code == 0
    assert run("test").code == 0


def test_answers_stand_in_the_contract_among_the_starters_comments(made: Path) -> None:
    contract = load(made / "policy" / "contract.yml")
    assert contract.value("brand.name") == '山茶: "Cha" #1'
    assert str(contract.value("authority.offers.refund.limit")) == "800 TWD"
    starter = (starter_policy() / "contract.yml").read_text(encoding="utf-8").splitlines()
    changed = [line for line in contract.source.text.splitlines() if line not in starter]
    assert len(changed) == 2


def test_hook_workflow_and_owners_are_what_their_programs_read(made: Path) -> None:
    hooks = load_config(made / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["replylint", "replylint-policy", "replylint-test"]
    workflow = yaml.safe_load((made / ".github/workflows/replies.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    assert all("@" not in step.get("uses", "") or len(step["uses"].split("@")[1].split()[0]) == 40 for step in steps)
    assert not any("${{" in step.get("run", "") for step in steps)
    assert "*.key" in (made / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in (made / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "/policy/ @tea" in (made / ".github/CODEOWNERS").read_text(encoding="utf-8")


COMMIT = "1234567890abcdef1234567890abcdef12345678"


def test_the_workflow_uses_the_action_that_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("init", "--yes", "--owners", "@acme/brand, @lin", "--action", f"acme/replylint@{COMMIT}")
    assert (ran.code, "REPLACE" in ran.out, "next, here:" in ran.out.splitlines()) == (0, False, True)
    text = (tmp_path / ".github/workflows/replies.yml").read_text(encoding="utf-8")
    shown = (ROOT / "docs/workflows/gate.yml").read_text(encoding="utf-8")
    changed = [line.strip() for line in text.splitlines() if line not in shown.splitlines()]
    assert changed == [f"uses: acme/replylint@{COMMIT}"]
    assert "/policy/ @acme/brand @lin\n" in (tmp_path / ".github/CODEOWNERS").read_text(encoding="utf-8")


def test_what_is_still_to_be_replaced_is_said_until_it_is(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert "replaced in .github/CODEOWNERS: `REPLACE-WITH-OWNER`" in run("init", "--yes").out
    owners = tmp_path / ".github/CODEOWNERS"
    owners.write_text(owners.read_text(encoding="utf-8").replace("@REPLACE-WITH-OWNER", "@lin"), encoding="utf-8")
    assert "REPLACE" not in run("init", "--yes").out


def test_the_gate_that_docs_show_is_the_one_that_init_writes() -> None:
    ours = ROOT / "checker/replylint/templates/gate.yml"
    assert (ROOT / "docs/workflows/gate.yml").read_bytes() == ours.read_bytes()
    both = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ours, ours.with_name("workflow.yml"))]
    for part in ("name", True, "permissions", "concurrency"):
        assert both[0][part] == both[1][part]
    gate, package = (each["jobs"]["check"]["steps"] for each in both)
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    base = "${{ github.event.pull_request.base.sha }}"
    assert (gate[1]["with"], inputs["policy-ref"]["default"]) == ({"base": base}, base)
    assert package[-1]["env"] == {"BASE": base}
    assert '${BASE:+--policy-ref "$BASE" --changed="$BASE"}' in package[-1]["run"]
    for steps in (gate, package):
        assert any("policy check --quiet" in step.get("run", "") for step in steps)


def test_what_is_piped_in_is_not_taken_for_answers_in_silence(run: Run, tmp_path: Path) -> None:
    assert "standard input is no terminal" in run("init", "a").err
    assert "標準輸入不是終端機" in run("init", "b", "--lang", "zh").err
    assert run("init", "c", "--yes").err == ""
    assert run("init", "a").err == ""


def test_running_it_again_changes_nothing(run: Run, made: Path) -> None:
    (made / "drafts/example-blocked.md").write_text("ours", encoding="utf-8")
    (made / "replylint.toml").unlink()
    before = contents(made)
    ran = run("init", "replies", "--brand", "other")
    assert (ran.code, ran.out.count("wrote "), "kept replies/policy/contract.yml" in ran.out) == (0, 1, True)
    assert {k: v for k, v in contents(made).items() if k != "replylint.toml"} == before
    again = run("init", "replies").out
    assert "nothing was changed" in again
    assert again.count("policy/rules") == 1, "one line for all rules"


def test_a_rule_that_is_gone_is_written_anew(run: Run, made: Path) -> None:
    (made / "policy/rules/no-blame.rules").unlink()
    out = run("init", "replies").out
    assert "wrote starter rules into replies/policy/rules (1)" in out
    assert (made / "policy/rules/no-blame.rules").is_file()


@pytest.mark.parametrize(
    ("limits", "stated"),
    [
        (["--refund-limit", "USD 20"], ["20 USD", "200 USD", "12 USD", "12 USD", "20 USD", "200 USD"]),
        (["--voucher-limit", "EUR 6"], ["10 EUR", "100 EUR", "6 EUR", "6 EUR", "10 EUR", "100 EUR"]),
        (["--refund-limit", "JPY 3,000", "--voucher-limit", "JPY 900"],
         ["3,000 JPY", "30,000 JPY", "900 JPY", "900 JPY", "3,000 JPY", "30,000 JPY"]),
        (["--refund-limit", "GBP 7.50", "--voucher-limit", "£5"],
         ["7.50 GBP", "75 GBP", "5 GBP", "5 GBP", "8 GBP", "75 GBP"]),
    ],
)  # fmt: skip
def test_another_currency_is_that_of_all_amounts_and_examples(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: list[str], stated: list[str]
) -> None:
    assert run("init", "replies", "--yes", *limits).code == 0
    contract = load(tmp_path / "replies" / "policy" / "contract.yml")
    amounts = [str(e.value) for e in contract.entries.values() if isinstance(e.value, Money)]
    assert amounts == stated
    monkeypatch.chdir(tmp_path / "replies")
    assert run("test").code == 0
    assert run("check", "drafts", *NOW).out.count("could not be checked") == 1


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--refund-limit", "lots", "no amount of money"),
        ("--time-zone", "Asia/Taipeh", "no time zone"),
        ("--country", "XX", "XX"),
        ("--owners", "acme", "no user or team"),
        ("--owners", "@acme/brand @", "no user or team"),
        ("--action", "acme/replylint@v0.1.0", "no action at a fixed commit"),
        ("--action", "acme/replylint", "no action at a fixed commit"),
    ],
)
def test_an_answer_that_does_not_fit_makes_nothing(
    run: Run, tmp_path: Path, option: str, value: str, told: str
) -> None:
    ran = run("init", "replies", option, value)
    assert (ran.code, told in ran.out + ran.err) == (2, True), ran
    assert not (tmp_path / "replies").exists()


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    assert run("init", "taken/replies").code == 3


def test_questions_are_asked_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal = type("On", (), {"stdin": type("T", (), {"isatty": lambda: True})})
    monkeypatch.setattr("replylint.cli.init.command.sys", on_a_terminal)
    words = [str(tmp_path / "r"), "--brand", "山茶", "--lang", "zh"]
    asked = CliRunner().invoke(init, words, input="\n" * 4 + "TWD 900\n\n\n\n@lin\n\n")
    assert asked.exception is None, (asked.output, sys.exc_info())
    assert "品牌名稱" not in asked.output
    assert "回覆最多可以答應退款多少 [TWD 500]" in asked.output
    assert str(load(tmp_path / "r/policy/contract.yml").value("authority.offers.refund.limit")) == "900 TWD"
    assert "@lin" in (tmp_path / "r/.github/CODEOWNERS").read_text(encoding="utf-8")
