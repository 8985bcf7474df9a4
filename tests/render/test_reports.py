from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Label, Summary
from replylint.render.formats import FORMATS, not_started, reporter
from replylint.render.options import Entry, Options
from replylint.render.problems import problems_text
from replylint.render.schemas.report import json_schema
from replylint.render.visible import indented, visible
from replylint.source import messages
from replylint.source.bilingual import Bilingual
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import grammar_table, message_table
from replylint.source.spans import Location, Source, Span

from . import reports

HERE = Path(__file__).parent
SUFFIX = {"text": "txt", "json": "json", "sarif": "sarif", "github": "github", "markdown": "md", "junit": "xml"}
OPTIONS = Options(version="1.2.3", now=reports.NOW, width=96)
SARIF_SCHEMA = json.loads((HERE / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
Golden = Callable[[Path, str], None]


@pytest.fixture(autouse=True)
def _sample_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = yaml.safe_load((HERE / "sample.yml").read_text(encoding="utf-8"))
    monkeypatch.setattr(messages, "message_table", lambda n: sample if n == "sample" else message_table(n))


def written(form: str, entries: Any, options: Options = OPTIONS) -> str:
    return "".join(reporter(form)(entries, options))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_is_the_golden_one(name: str, form: str, lang: messages.Lang, golden: Golden) -> None:
    text = written(form, reports.REPORTS[name], replace(OPTIONS, lang=lang))
    golden(HERE / "golden" / f"{name}.{lang}.{SUFFIX[form]}", text)


@pytest.mark.parametrize(
    ("name", "changes"), [("quiet", {"quiet": True}), ("colour", {"colour": True}), ("narrow", {"width": 50})]
)
def test_text_options(name: str, changes: dict[str, Any], golden: Golden) -> None:
    text = written("text", reports.REPORTS["mixed"], replace(OPTIONS, **changes))
    golden(HERE / "golden" / f"mixed.{name}.txt", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_problems_of_rule_files(lang: messages.Lang, golden: Golden) -> None:
    problems = (reports.MISSPELT, *reports.BROKEN.problems)
    text = "".join(problems_text(problems, replace(OPTIONS, lang=lang)))
    golden(HERE / "golden" / f"problems.{lang}.txt", text)


@pytest.mark.parametrize("form", FORMATS)
def test_policy_that_cannot_be_used(form: str, golden: Golden) -> None:
    error = PolicyError((reports.MISSPELT, Problem("sample.not-utf8")))
    text = written(form, not_started(error, "policy", reports.NOW))
    golden(HERE / "golden" / f"not-started.en.{SUFFIX[form]}", text)


@pytest.mark.parametrize("name", reports.REPORTS)
def test_json_fits_its_schema(name: str) -> None:
    report = json.loads(written("json", reports.REPORTS[name]))
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(report, json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report | {"version": 2}, json_schema())


@pytest.mark.parametrize("name", reports.REPORTS)
def test_sarif_fits_its_schema(name: str) -> None:
    log = json.loads(written("sarif", reports.REPORTS[name]))
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(log)
    for result in log["runs"][0]["results"]:
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_tells_whether_the_run_succeeded() -> None:
    def succeeded(*entries: Entry) -> bool:
        log = json.loads(written("sarif", entries))
        return bool(log["runs"][0]["invocations"][0]["executionSuccessful"])

    assert succeeded(reports.BLOCKED, reports.SUMMARY)
    assert not succeeded(reports.BLOCKED, reports.BROKEN, reports.SUMMARY)
    assert not succeeded(reports.BLOCKED)


def test_sarif_fingerprints_survive_a_move_and_tell_repeats_apart() -> None:
    moved = Source(reports.DRAFT.path, "\n\n" + reports.DRAFT.text)
    finding = replace(reports.GUARANTEE, labels=(reports.label("draft", moved, "絕對不會再發生"),))
    case = replace(reports.BLOCKED, findings=(reports.GUARANTEE, reports.GUARANTEE))
    prints = [_fingerprints(c) for c in (case, replace(reports.BLOCKED, findings=(finding,)))]
    assert prints[1] == prints[0][:1]
    assert prints[0][0] != prints[0][1]


def _fingerprints(case: CaseVerdict) -> list[dict[str, str]]:
    log = json.loads(written("sarif", (case, reports.SUMMARY)))
    return [r["partialFingerprints"] for r in log["runs"][0]["results"]]


def test_cases_are_handed_on_as_they_come() -> None:
    """Memory stays flat: a reporter never waits for the next draft before it tells about this one."""
    taken = 0

    def endless() -> Iterator[Entry]:
        nonlocal taken
        while True:
            taken += 1
            yield reports.BLOCKED

    for form in FORMATS:
        taken, pieces = 0, reporter(form)(endless(), OPTIONS)
        while "refund-within-authority" not in next(pieces):
            assert taken <= 1, form


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_a_draft_reaches_the_terminal_as_a_command(form: str) -> None:
    text = written(form, reports.REPORTS["hostile"])
    assert not {c for c in text if c != "\n" and not c.isprintable() and c != "\u3000"}
    if form == "github":
        assert [line.split("::")[1].split()[0] for line in text.splitlines()] == ["error", "error", "notice"]
    else:
        assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


def test_job_summary_stays_below_what_github_takes() -> None:
    entries = [reports.BLOCKED] * 5_000
    text = written("markdown", [*entries, reports.SUMMARY])
    assert 500_000 < len(text.encode()) < 1_048_576
    left_out = 15_000 - text.count("| blocked |")
    assert f"and {left_out:,} more" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("退款 100%", "退款 100%"),
        ("a\tb", "a    b"),
        ("a\x00\x1b\x7f\x9b", "a␀␛␡<U+009B>"),
        ("re\u200bfund \u202eabc", "re<U+200B>fund <U+202E>abc"),
        ("退\ufe0f款\u3164", "退<U+FE0F>款<U+3164>"),
        ("🙇‍♂️🙏🏻❤️", "🙇♂🙏❤"),
        ("a\u200d🙏", "a<U+200D>🙏"),
        ("\U000e0041\ud800", "<U+E0041><U+D800>"),
        ("cafe\u0301　好", "cafe\u0301　好"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


ANY_TEXT = st.text(st.characters(codec=None), min_size=1, max_size=60)


@given(ANY_TEXT, st.data())
def test_underline_stands_under_the_words(text: str, data: st.DataObject) -> None:
    line = text.replace("\n", " ").replace("\r", " ") + "款"
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    case = _case(Source("a.md", line + "\n"), Span(start, end))
    out = written("text", (case,), replace(OPTIONS, width=10_000)).splitlines()
    shown, under = (out[i].split("| ", 1)[1] for i in (4, 5))
    before, words = visible(line)[: len(visible(line[:start]))], visible(line[:end])[len(visible(line[:start])) :]
    assert shown == visible(line)
    assert len(under) - len(under.lstrip()) == cell_len(before)
    assert under.count("^") == max(cell_len(words), 1)


@given(ANY_TEXT, st.integers(40, 120))
def test_lines_are_cut_to_the_screen(text: str, width: int) -> None:
    line = text.replace("\n", " ").replace("\r", " ") * 5 + "退費"
    case = _case(Source("a.md", line), Span(len(line) - 2, len(line)))
    out = written("text", (case,), replace(OPTIONS, width=width)).splitlines()
    assert cell_len(out[4]) <= width
    assert out[4].endswith("退費")
    assert out[5].endswith("^^^^")


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_can_be_reported(words: str, message: str, name: str) -> None:
    case = _case(Source(name, words), Span(0, len(words)), message)
    for form in FORMATS:
        text = written(form, (case, reports.SUMMARY))
        assert text.encode()
        if form == "json":
            assert json.loads(text)["cases"][0]["findings"][0]["spans"][0]["text"] == words
        if form == "github":
            assert [line.split()[0] for line in text.splitlines()] == ["::error", "::notice"]


def _case(source: Source, span: Span, message: str = "m") -> CaseVerdict:
    finding = Finding("r", "c", "error", Bilingual(message), "", Bilingual(), (Label("draft", Location(source, span)),))
    return CaseVerdict("id", source.path, "blocked", (finding,), (), 1)


def test_severities_are_called_as_in_the_language() -> None:
    named = next(table for table in grammar_table("names.yml").values() if "advice" in table)
    for severity in ("error", "warning", "advice"):
        assert message_table("render")[severity] == named[severity]


def test_every_sentence_is_there_in_both_languages() -> None:
    for name, entry in message_table("render").items():
        assert set(entry) == {"en", "zh"}, name


def test_a_summary_without_drafts_says_so() -> None:
    broken = CouldNotCheck("a", "a.md", (Problem("sample.not-utf8"),))
    none = Summary(0, 0, 0, 0, 0, 1, 0, {}, "p", "r", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert "nothing was checked" in written("text", (none,))
    assert "nothing was checked" not in written("text", (broken, replace(none, could_not_check=1)))


@pytest.mark.parametrize("name", reports.REPORTS)
def test_junit_is_xml_with_one_test_a_draft(name: str) -> None:
    drafts = [entry for entry in reports.REPORTS[name] if not isinstance(entry, Summary)]
    suite = ElementTree.fromstring(written("junit", reports.REPORTS[name]))
    assert len(suite.findall(".//testcase")) == len(drafts)
    kept = [each for each in drafts if isinstance(each, CaseVerdict) and each.verdict == "cleared"]
    assert len(suite.findall(".//failure")) + len(suite.findall(".//error")) == len(drafts) - len(kept)


def test_json_over_several_lines_keeps_what_ends_lines_elsewhere() -> None:
    plain = {"agent": "a\u2028b\x85c\x0b", "times": [1, 2]}
    assert json.loads(indented(plain)) == plain
    assert "".join(indented(plain).split("\n")).isprintable()
