"""Drills: what the contract asks for in an emergency and what came of it; files with mistakes; templates."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.contract.load import parse
from replylint.contract.terms import EMERGENCIES
from replylint.sla.drills.model import Drill, Played
from replylint.sla.drills.play import play
from replylint.sla.drills.read import parse_drill, read_drill
from replylint.source.spans import Source
from tests.conftest import Golden
from tests.sla.measuring import contract
from tests.starter import starter_contract

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
DRILLS = sorted(path.relative_to(ROOT) for path in (ROOT / "corpora/drills").glob("*.yml"))
BRANDS = [Path("corpora/brands") / name for name in ("hotel/clocks-go-back.yml", "bank/run-on-the-bank.yml")]
MISTAKES = yaml.safe_load((HERE / "drills.yml").read_text(encoding="utf-8"))
RUMOUR = """\
drill: a
emergency: rumour
timeline:
  - {at: 2026-11-16T20:15+08:00, event: arrived, review: r1, rating: 1}
%s
"""


def ran(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "replylint", "drill", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def played(*lines: str, expect: str = "", base: str = RUMOUR) -> Played:
    text = base % "\n".join(f"  - {{{line}}}" for line in lines) + (f"expect:\n  - {{{expect}}}\n" if expect else "")
    drill = parse_drill(Source("a.yml", text), contract())
    assert isinstance(drill, Drill), drill
    return play(drill, contract())


def outcome(of: Played, source: str) -> str:
    (check,) = [check for check in of.checks if check.source.startswith(source)]
    return check.result


@pytest.mark.parametrize("path", DRILLS, ids=lambda path: path.stem)
def test_the_drills_that_ship(golden: Golden, path: Path) -> None:
    done = ran(path.as_posix(), "--lang", "zh")
    assert done.returncode == 1, done.stderr
    golden(HERE / "golden" / f"{path.stem}.txt", done.stdout)
    counts = json.loads(ran(path.as_posix(), "--format", "json").stdout)["drills"][0]["summary"]
    assert counts["kept"] > 0 < counts["missed"], "a drill shows something kept and something missed"


@pytest.mark.parametrize("path", BRANDS, ids=lambda path: path.stem)
def test_drills_of_brands_with_contracts_of_their_own(golden: Golden, path: Path) -> None:
    done = ran(path.as_posix(), "--policy", path.parent.as_posix(), "--lang", "zh")
    assert done.returncode == 1, done.stderr
    golden(HERE / "golden" / f"{path.stem}.txt", done.stdout)


def test_a_template_begins_at_the_moment_that_was_stated() -> None:
    """Of the two that the clock shows alike, as it goes back, the one with the distance from UTC that was given."""
    for offset in ("+11:00", "+10:00"):
        begins = f"2026-04-05T02:30{offset}"
        done = ran("--template", "media_report", "--policy", "corpora/brands/hotel", "--now", begins, "--lang", "en")
        assert f"at: {begins}" in done.stdout


def test_one_of_them_in_english_and_as_json(golden: Golden) -> None:
    golden(HERE / "golden/surge-at-night.en.txt", ran("corpora/drills/surge-at-night.yml", "--lang", "en").stdout)
    done = ran("corpora/drills/media-inquiry.yml", "--lang", "zh", "--format", "json")
    golden(HERE / "golden/media-inquiry.json", done.stdout)


def test_all_six_are_there() -> None:
    drills = [parse_drill(Source(path.name, (ROOT / path).read_text(encoding="utf-8")), contract()) for path in DRILLS]
    assert len(drills) >= 6
    assert {drill.emergency for drill in drills if isinstance(drill, Drill)} == set(EMERGENCIES)


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["name"])
def test_mistakes_are_told_at_their_place(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "drill.yml"
    path.write_text(row["text"], encoding="utf-8")
    found = read_drill(path, contract())
    assert isinstance(found, tuple)
    assert [[p.key, p.where.words if p.where else ""] for p in found] == row["told"]
    done = ran(str(path), "--lang", "zh")
    assert done.returncode == 3
    assert f"{len(found)} 個錯誤" in done.stdout


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        (["at: 2026-11-16T22:15+08:00, event: escalated, to: public_relations"], "kept"),
        (["at: 2026-11-16T22:15+08:00, escalate: 公關主管"], "kept"),
        (["at: 2026-11-16T22:15+08:00, event: escalated, to: 周主管"], "kept"),
        (["at: 2026-11-16T22:16+08:00, event: escalated, to: public_relations"], "missed"),
        (["at: 2026-11-16T22:15+08:00, event: escalated, to: brand_manager",
          "at: 2026-11-16T23:00+08:00, event: seen"], "missed"),
        (["at: 2026-11-16T21:00+08:00, event: escalated", "at: 2026-11-16T23:00+08:00, event: seen"], "unknown"),
        (["at: 2026-11-16T21:00+08:00, event: seen"], "open"),
    ],
)  # fmt: skip
def test_those_whom_the_contract_names_are_told_in_time(lines: list[str], result: str) -> None:
    assert outcome(played(*lines), "emergencies.rumour.notify") == result


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("event: replied, review: r1, role: public_relations", "kept"),
        ("event: replied, review: r1, by: 周主管", "kept"),
        ("event: replied, review: r1, role: agent", "missed"),
        ("publish_statement: sorry, role: agency_lead", "missed"),
        ("event: replied, review: r1", "unknown"),
        ("event: message, review: r1, from: brand, role: agent", "kept"),
    ],
)
def test_only_the_speaker_speaks(line: str, result: str) -> None:
    assert outcome(played(f"at: 2026-11-16T21:00+08:00, {line}"), "emergencies.rumour.speaker") == result


MEDIA = RUMOUR.replace("rumour", "media_report")


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        (["at: 2026-11-16T21:00+08:00, event: replied, review: r1, by: 周主管"], "missed"),
        (["at: 2026-11-16T20:59+08:00, event: approved, by: 林經理",
          "at: 2026-11-16T21:00+08:00, event: replied, review: r1, by: 周主管"], "kept"),
        (["at: 2026-11-16T20:59+08:00, event: approved, review: r2, by: 林經理",
          "at: 2026-11-16T21:00+08:00, event: replied, review: r1, by: 周主管"], "missed"),
        (["at: 2026-11-16T20:10+08:00, event: replied, review: r0, by: 周主管"], "kept"),
    ],
)  # fmt: skip
def test_replies_wait_for_a_person(lines: list[str], result: str) -> None:
    begun = MEDIA.replace("timeline:", "begins: 2026-11-16T20:15+08:00\ntimeline:")
    assert outcome(played(*lines, base=begun), "emergencies.media_report.pause_replies") == result


@pytest.mark.parametrize(
    ("expect", "result"),
    [
        ("event: refund, within: 1 hour", "kept"),
        ("event: refund, within: 30 minutes", "missed"),
        ("event: refund, role: agent, within: 1 hour", "kept"),
        ("event: refund, role: legal, within: 1 hour", "missed"),
        ("event: refund, review: r2, within: 1 hour", "missed"),
        ("event: [voucher, refund], before: 2026-11-16T21:00+08:00", "kept"),
        ("never: refund", "missed"),
        ("never: refund, before: 2026-11-16T20:59+08:00", "kept"),
        ("never: voucher", "kept"),
        ("event: voucher, before: 2026-11-20T21:00+08:00", "open"),
    ],
)
def test_what_a_drill_asks_for_itself(expect: str, result: str) -> None:
    of = played("at: 2026-11-16T21:00+08:00, refund: TWD 100, review: r1, by: a, role: agent",
                "at: 2026-11-17T00:00+08:00, event: seen, review: r2", expect=expect)  # fmt: skip
    assert outcome(of, "a.yml:") == result


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("emergency", EMERGENCIES)
def test_templates_run_as_they_are(tmp_path: Path, emergency: str, lang: str) -> None:
    path = tmp_path / "new" / "drill.yml"
    write = ("--template", emergency, "--now", "2026-11-21T23:40", "--lang", lang, "--output", str(path))
    assert ran(*write).returncode == 0
    shown = ran("--template", emergency, "--now", "2026-11-21T23:40", "--lang", lang)
    assert shown.stdout == path.read_text(encoding="utf-8")
    assert ran(str(path)).returncode == 0  # what it plays is done as the contract asks
    path.write_text("mine", encoding="utf-8")
    refused = ran(*write)
    assert (refused.returncode, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in refused.stderr
    assert ran(*write, "--force").returncode == 0
    assert path.read_text(encoding="utf-8") == shown.stdout


def test_drills_and_templates_are_not_mixed(tmp_path: Path) -> None:
    assert ran().returncode == 2
    assert ran("corpora/drills", "--template", "surge").returncode == 2
    assert ran(str(tmp_path)).returncode == 2
    assert ran(str(tmp_path / "none.yml")).returncode == 3
    for words, known in ((("corpora/drills",), ".txt, .json"), (("--template", "surge"), ".yml, .yaml")):
        refused = ran(*words, "--output", str(tmp_path / "x.foo"))
        assert (refused.returncode, known in refused.stderr) == (2, True), refused.stderr
    assert not (tmp_path / "x.foo").exists()


def test_an_emergency_goes_up_by_the_hours_of_its_level() -> None:
    """As `triage` reckons it: four cover hours from Saturday 22:30 on, of which one and a half are left that day."""
    text = starter_contract()
    for old, new in {
        "    acknowledge: 2 hours\n": "    hours: cover hours\n    acknowledge: 2 hours\n",
        "    hours: always                      # 或": "    hours: 20:00-24:00                      # 或",
    }.items():
        assert old in text
        text = text.replace(old, new, 1)
    level = parse(Source("contract.yml", text))
    base = RUMOUR.replace("rumour", "serious_complaint").replace("2026-11-16T20:15", "2026-11-21T22:30") % ""
    drill = parse_drill(Source("a.yml", base), level)
    assert isinstance(drill, Drill), drill
    due = {check.due.isoformat() for check in play(drill, level).checks
           if check.due and check.source == "emergencies.serious_complaint.notify"}  # fmt: skip
    assert due == {"2026-11-22T22:30:00+08:00"}
