"""Triage: whole outputs, emergencies as a table, and what the command says and exits with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.api import Checker
from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_path, read_text
from replylint.contract.load import parse
from replylint.evaluate.check import Judge
from replylint.evaluate.repeats import groups
from replylint.evaluate.triage import triage
from replylint.language.book import load_policy
from replylint.render.options import Options
from replylint.render.schemas.triage import json_schema
from replylint.render.triage.json import triage_json
from replylint.render.triage.text import triage_text
from replylint.source.messages import Lang, say
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "corpora" / "triage"
NIGHTS = {"saturday-night": "2026-11-21T23:40", "surge-after-update": "2026-11-20T20:00"}
EMERGENCIES: list[dict[str, Any]] = yaml.load((HERE / "emergencies.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
STARTER = (starter_policy() / "contract.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Checker(load_policy(starter_policy(), "starter policy")).judge


def _at(judge: Judge, now: str) -> Judge:
    return replace(judge, now=dt.datetime.fromisoformat(now).replace(tzinfo=judge.contract.calendar.zone))


def _cases(read: Any) -> list[Case]:
    found = [each.review if isinstance(each, Skipped) else each for each in read]
    assert all(isinstance(each, Case) for each in found), found
    return found


@pytest.mark.parametrize("name", ["text", "content", "comment", "內容", "內文", "review", "評論"])
def test_a_review_alone_has_its_words_under_a_name_of_its_own(name: str) -> None:
    row = json.dumps({"id": "1", "rating": 1, name: "上吐下瀉"}, ensure_ascii=False)
    [found] = _cases(read_text(row, "rows.jsonl", reviews=True))
    assert found.review is not None
    assert (found.review.text, found.ignored) == ("上吐下瀉", ())


def test_beside_a_reply_nobody_knows_whose_words_they_are() -> None:
    row = json.dumps({"id": "1", "reply": "謝謝您", "text": "上吐下瀉"}, ensure_ascii=False)
    [found] = read_text(row, "rows.jsonl", reviews=True)
    assert isinstance(found, Unreadable)
    assert [problem.key for problem in found.problems] == ["case.whose-words"]


@pytest.mark.parametrize("name", NIGHTS)
def test_whole_outputs(name: str, judge: Judge, golden: Callable[[Path, str], None]) -> None:
    then = _at(judge, NIGHTS[name])
    found = triage(_cases(read_path(CORPUS / f"{name}.jsonl", reviews=True)), then)
    for lang in get_args(Lang):
        options = Options("0", lang, now=then.now)
        golden(HERE / "golden" / f"{name}.{lang}.txt", "".join(triage_text(found, options)))
    golden(HERE / "golden" / f"{name}.all.txt", "".join(triage_text(found, Options("0", "zh"), everything=True)))
    told = json.loads("".join(triage_json(found, Options("0", "en"))))
    jsonschema.validate(told, json_schema())
    shown = json.dumps(told, ensure_ascii=False, indent=1).replace(f"{CORPUS}/", "")
    golden(HERE / "golden" / f"{name}.json", shown + "\n")


@pytest.mark.parametrize("row", EMERGENCIES, ids=lambda row: row["why"])
def test_emergencies(row: dict[str, Any], judge: Judge) -> None:
    text = STARTER
    for old, new in row.get("contract", {}).items():
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    then = replace(_at(judge, "2026-11-21T23:40"), contract=parse(Source("contract.yml", text)))
    reviews = row.get("reviews") or [
        {"rating": 1, "posted_at": at, "text": f"第{number}次{'甲乙丙丁戊己庚辛壬癸子丑'[number] * 9}都不行"}
        for number, at in enumerate(row["times"])
    ]
    lines = [_line(number, dict(review)) for number, review in enumerate(reviews)]
    found = triage(_cases(read_text("\n".join(lines), "reviews.jsonl", reviews=True)), then)
    assert [each.name for each in found.emergencies] == row["emergencies"]
    if found.emergencies:
        assert say(found.emergencies[0].why[0].key, "zh", found.emergencies[0].why[0].values) == row["zh"]


def _line(number: int, review: dict[str, Any]) -> str:
    replied = review.pop("replied", None)
    reply = {"reply": {"text": "謝謝您告訴我們。", "posted_at": replied}} if replied else {}
    return json.dumps({"id": f"r{number}", "review": review, **reply}, ensure_ascii=False)


def _triaged(judge: Judge, *rows: dict[str, Any], now: str = "2026-11-21T23:40") -> Any:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return triage(_cases(read_text(text, "reviews.jsonl", reviews=True)), _at(judge, now))


def test_a_draft_of_the_same_review_counts_once(judge: Judge) -> None:
    review = {"rating": 2, "posted_at": "2026-11-21T10:00", "text": "等太久"}
    found = _triaged(judge, {"id": "a", "review": review}, {"id": "a", "review": review, "reply": "抱歉讓您久等。"})
    assert [(row.case.id, row.status) for row in found.rows] == [("a", "draft")]


def test_waiting_for_the_customer_stops_the_clocks(judge: Judge) -> None:
    history = [{"at": "2026-11-21T10:05", "event": "waiting"}]
    found = _triaged(
        judge, {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-21T10:00"}, "history": history}
    )
    assert {clock.state for clock in found.rows[0].clocks} == {"paused"}
    assert not any(clock.state == "overdue" for row in found.rows for clock in row.clocks)
    history.append({"at": "2026-11-21T23:00", "message": "我回來了", "from": "customer"})
    again = _triaged(
        judge, {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-21T10:00"}, "history": history}
    )
    assert {clock.state for clock in again.rows[0].clocks} == {"running"}


CLOSED = [
    {"at": "2026-11-20T10:00", "event": "arrived"},
    {"at": "2026-11-20T11:00", "event": "replied"},
    {"at": "2026-11-20T12:00", "event": "resolved"},
]


@pytest.mark.parametrize(
    ("later", "status", "update"),
    [
        ([], "", ""),
        ([{"at": "2026-11-21T12:00", "event": "resumed"}], "reopened", "2026-11-23T12:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "message": "又痛了", "from": "customer"}],
         "reopened", "2026-11-23T12:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "message": "謝謝", "from": "customer"},
          {"at": "2026-11-21T12:30", "message": "不客氣", "from": "brand"}], "", ""),
        ([{"at": "2026-11-21T12:00", "message": "又痛了", "from": "customer"},
          {"at": "2026-11-21T12:30", "event": "escalated"}], "reopened", "2026-11-23T12:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "event": "resumed"}, {"at": "2026-11-21T13:00", "event": "replied"}],
         "answered", "2026-11-23T13:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "event": "resumed"},
          {"at": "2026-11-21T13:00", "message": "好的", "from": "brand"}],
         "answered", "2026-11-23T12:00:00+08:00"),
        ([{"at": "2026-11-21T13:00", "event": "resumed"}, {"at": "2026-11-22T13:00", "event": "replied"}],
         "reopened", "2026-11-23T13:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "event": "resumed"}, {"at": "2026-11-21T13:00", "event": "resolved"}], "", ""),
        ([{"at": "2026-11-21T12:00", "event": "resumed"}, {"at": "2026-11-21T13:00", "event": "updated"}],
         "answered", "2026-11-23T13:00:00+08:00"),
        ([{"at": "2026-11-21T12:00", "event": "waiting"}, {"at": "2026-11-21T13:00", "event": "resumed"}], "", ""),
        ([{"at": "2026-11-22T12:00", "event": "resumed"}], "", ""),
    ],
)  # fmt: skip
def test_a_case_that_was_opened_again_is_open(
    judge: Judge, later: list[dict[str, str]], status: str, update: str
) -> None:
    row = {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-20T10:00"}, "history": [*CLOSED, *later]}
    found = _triaged(judge, row)
    assert [row.status for row in found.rows] == ([status] if status else [])
    assert [clock.due.isoformat() for row in found.rows for clock in row.clocks if clock.name == "next_update"] == (
        [update] if update else []
    )


def test_what_two_files_state_of_one_review_counts_together(judge: Judge) -> None:
    """An export has the review; what was done about it stands in the team's own file, whichever is read first."""
    export = {"id": "a", "review": {"rating": 1, "text": "拉肚子", "posted_at": "2026-11-21T20:00"}}
    own = {"id": "a", "history": [{"at": "2026-11-21T21:00", "event": "escalated"}], "reply": "我們會與您聯繫。"}
    for rows in ((export, own), (own, export)):
        [row] = _triaged(judge, *rows).rows
        assert (row.status, row.told, row.grade.level) == ("draft", True, "serious")
        assert "escalate" not in [clock.name for clock in row.clocks]


def test_what_two_files_list_of_one_review_is_of_both(judge: Judge) -> None:
    own = parse(Source("contract.yml", f"{STARTER}\nfields: {{depot: {{choices: [east, west]}}}}\n"))
    assert not isinstance(own, tuple)
    export = {"id": "a", "review": {"rating": 1}, "mood": "angry", "actions": [{"refund": {"amount": "TWD 100"}}]}
    draft = {"id": "a", "reply": "抱歉。", "mood": "calm", "weather": "rain", "depot": "west", "actions": ["reply"]}
    for rows in ((export, draft), (draft, export)):
        found = _triaged(replace(judge, contract=own), *rows)
        assert found.ignored == {"mood": 2, "weather": 1}
        assert {action.name for action in found.rows[0].case.actions} == {"refund", "reply"}


def test_one_id_on_two_platforms_is_of_two_reviews(judge: Judge) -> None:
    rows = [{"id": "7", "platform": name, "review": {"rating": 1, "text": name}} for name in ("google_maps", "yelp")]
    found = _triaged(judge, *rows, {"id": "7", "platform": "yelp", "reply": "抱歉。"}, {"id": "7", "history": []})
    assert [(row.case.review.text, row.status, row.told) for row in found.rows if row.case.review] == [
        ("google_maps", "unanswered", True), ("yelp", "draft", False),
    ]  # fmt: skip
    assert found.repeated == 2


def test_what_is_dated_later_has_not_happened_and_is_told(judge: Judge) -> None:
    """With a year mistyped a case looks as if nobody had done anything."""
    history = [{"at": "2026-11-21T21:00", "event": "acknowledged"}, {"at": "2027-11-21T21:00", "event": "escalated"}]
    row = {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-21T20:00"}, "history": history}
    found = _triaged(judge, row)
    assert "escalate" in [clock.name for clock in found.rows[0].clocks]
    assert "歷程中時間晚於此刻、還沒發生的項目：1 筆" in "".join(triage_text(found, Options("0", "zh")))


def test_an_emergency_of_a_day_began_between_two_moments(judge: Judge) -> None:
    found = _triaged(judge, {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-20"}})
    [emergency] = json.loads("".join(triage_json(found, Options("0", "zh"))))["emergencies"]
    assert (emergency["since"], emergency["since_latest"]) == ("2026-11-20T00:00:00+08:00", "2026-11-20T23:59:59+08:00")


def test_fields_of_the_brand_are_read(judge: Judge) -> None:
    row = {"id": "a", "review": {"rating": 1}, "depot": "west", "weather": "rain"}
    own = parse(Source("contract.yml", f"{STARTER}\nfields: {{depot: {{choices: [east, west]}}}}\n"))
    assert not isinstance(own, tuple)
    assert _triaged(replace(judge, contract=own), row).ignored == {"weather": 1}


@pytest.mark.parametrize(
    ("posted", "states", "shown"),
    [
        ("2026-10-25T02:10+02:00", {"overdue"}, "10-25 02:40+02:00  逾期 30 分鐘"),
        ("2026-10-25T02:10+01:00", {"running"}, "10-25 02:40+01:00  剩 30 分鐘"),
        ("2026-10-25T02:10", {"maybe_overdue"}, "10-25 02:40+02:00 至 10-25 02:40+01:00 之間  可能已逾期"),
        ("2026-10-25T01:50", {"overdue"}, "10-25 02:20+02:00  逾期 50 分鐘"),
    ],
)
def test_the_hour_that_comes_twice(judge: Judge, posted: str, states: set[str], shown: str) -> None:
    """At the second 02:10 of the night in which the clocks of Berlin go back."""
    text = STARTER.replace("Asia/Taipei", "Europe/Berlin").replace("acknowledge: 2 hours", "acknowledge: 30 minutes")
    berlin = parse(Source("contract.yml", text))
    assert not isinstance(berlin, tuple)
    now = replace(judge, contract=berlin, now=dt.datetime.fromisoformat("2026-10-25T02:10+01:00"))
    row = json.dumps({"id": "a", "review": {"text": "拉肚子", "posted_at": posted}}, ensure_ascii=False)
    found = triage(_cases(read_text(row, "reviews.jsonl", reviews=True)), now)
    clocks = [clock for row in found.rows for clock in row.clocks if clock.name == "acknowledge"]
    assert {clock.state for clock in clocks} == states
    page = "".join(triage_text(found, Options("0", "zh")))
    assert shown in page
    assert "時間以 2026-10-25 02:10+01:00（Europe/Berlin）計" in page
    assert ("重複的那一小時：1 則" in page) == (posted == "2026-10-25T02:10")


def test_what_went_up_no_longer_has_to(judge: Judge) -> None:
    case = {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-21T20:00"}}
    before = _triaged(judge, {**case, "history": []})
    after = _triaged(judge, {**case, "history": [{"at": "2026-11-21T21:00", "event": "escalated"}]})
    assert "escalate" in [clock.name for clock in before.rows[0].clocks]
    assert "escalate" not in [clock.name for clock in after.rows[0].clocks]
    assert [each.state for each in (*before.emergencies, *after.emergencies)] == ["running", "kept"]


def test_what_went_up_to_somebody_else_still_has_to(judge: Judge) -> None:
    history = [{"at": "2026-11-21T21:00", "event": "escalated", "to": "agency_lead"}]
    case = {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-21T20:00"}, "history": history}
    found = _triaged(judge, case)
    assert "escalate" in [clock.name for clock in found.rows[0].clocks]
    assert [each.state for each in found.emergencies] == ["running"]


def test_what_comes_twice_under_one_id_counts_once_and_is_told(judge: Judge) -> None:
    found = _triaged(judge, {"id": "a", "review": {"rating": 2}}, {"id": "a", "review": {"rating": 1}})
    assert (len(found.rows), found.repeated) == (1, 1)
    assert "編號重複，併為一則：1 則" in "".join(triage_text(found, Options("0", "zh")))


_CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40)
_TEXTS = st.lists(st.text(_CHARACTERS, min_size=12, max_size=40), max_size=8)


@settings(deadline=None)
@given(_TEXTS, st.integers(0, 3))
def test_equal_texts_are_of_one_group_and_strangers_of_none(texts: list[str], copies: int) -> None:
    texts = [*texts, *texts[:1] * copies, "完全不相干的另一段文字內容在這裡喔喔"]
    found = groups(texts, 0.7)
    together = [number for group in found for number in group]
    assert len(together) == len(set(together))
    for number, text in enumerate(texts):
        equal = {other for other, same in enumerate(texts) if same == text}
        mine = next((set(group) for group in found if number in group), {number})
        assert equal <= mine
    assert len(texts) - 1 not in together


def test_an_answered_case_waits_for_its_next_update(judge: Judge) -> None:
    history = [{"at": "2026-11-19T10:00", "event": "escalated"}, {"at": "2026-11-19T11:00", "event": "replied"}]
    found = _triaged(
        judge, {"id": "a", "review": {"text": "拉肚子", "posted_at": "2026-11-19T09:00"}, "history": history}
    )
    (row,) = found.rows
    assert (row.status, [(clock.name, clock.state) for clock in row.clocks]) == (
        "answered", [("next_update", "overdue"), ("resolve", "running")]
    )  # fmt: skip
    assert found.alarms


def test_an_answer_that_is_older_than_the_review_does_not_close_it(judge: Judge) -> None:
    review = {"rating": 1, "posted_at": "2026-11-20T10:00", "text": "等太久"}
    found = _triaged(
        judge,
        {"id": "edited", "review": review, "reply": {"text": "謝謝您。", "posted_at": "2026-11-19"}},
        {"id": "that day", "review": review, "reply": {"text": "謝謝您。", "posted_at": "2026-11-20"}},
        {"id": "again", "review": review, "reply": {"text": "謝謝您。", "posted_at": "2026-11-19T10:00"},
         "history": [{"event": "replied", "at": "2026-11-20T11:00"}]},
    )  # fmt: skip
    assert {row.case.id: row.status for row in found.rows if row.status == "edited"} == {"edited": "edited"}


def test_severe_and_urgent_ones_come_first(judge: Judge) -> None:
    found = _triaged(
        judge,
        {"id": "good", "review": {"rating": 5, "posted_at": "2026-11-20T10:00"}},
        {"id": "late", "review": {"rating": 2, "posted_at": "2026-11-16T10:00"}},
        {"id": "fresh", "review": {"rating": 2, "posted_at": "2026-11-21T10:00"}},
        {"id": "ill", "review": {"text": "拉肚子", "posted_at": "2026-11-21T23:00"}},
        {"id": "odd", "review": {"rating": 1, "text": "Mein Sohn ist krank", "posted_at": "2026-11-21T22:00"}},
        {"id": "bare"},
    )  # fmt: skip
    assert [row.case.id for row in found.rows] == ["ill", "odd", "late", "fresh", "good", "bare"]
    assert [row.case.id for row in found.rows if row.may_be_grave] == ["odd"]
    assert found.rows[-1].asks == ("review.posted_at", "review.rating", "review.text")


Command = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `replylint` in a folder of its own, with the starter policy."""
    from replylint.cli.main import main

    def go(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["replylint", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(str(ended.value.code)), capsys.readouterr().out

    monkeypatch.chdir(tmp_path)
    return go


def _export(*reviews: tuple[str, str, str, str]) -> str:
    names = ("reviewId", "starRating", "comment", "createTime")
    return json.dumps({"reviews": [dict(zip(names, review, strict=True)) for review in reviews]}, ensure_ascii=False)


def test_check_tells_of_bad_reviews_that_nobody_answers(run: Command) -> None:
    late = ("r1", "ONE", "等了一個小時，餐點是冷的", "2026-11-10T10:00:00Z")
    reviews = (late, ("r2", "FIVE", "好喝", "2026-11-10T10:00:00Z"), ("r3", "TWO", "太鹹", "2026-11-21T10:00:00Z"))
    Path("export.json").write_text(_export(*reviews), encoding="utf-8")
    Path("draft.md").write_text("---\nid: d\nreview: {rating: 5, text: 茶很香}\n---\n謝謝您喜歡我們的茶香。\n", "utf-8")
    now = ("--now", "2026-11-21T23:40", "--lang", "zh")
    code, out = run("check", "export.json", "draft.md", *now)
    assert code == 1
    assert "no-review-left-unanswered" in out
    assert "許專案" in out
    assert "下一位：值班手機" in out
    assert "已逾期 8 天" in out
    assert "尚未回覆的評論（2）" in out
    # A draft of the same review is a reply in the making.
    Path("r1.md").write_text("---\nid: r1\nreview: {rating: 1}\n---\n讓您等了一個小時，餐點又冷了，抱歉。\n", "utf-8")
    _, out = run("check", "export.json", "draft.md", "r1.md", *now)
    assert "no-review-left-unanswered" not in out
    assert "回覆在另一個檔案的評論（1）" in out


@pytest.mark.parametrize(
    ("now", "shown"), [("2026-11-18T12:00", False), ("2026-11-20T09:00", True), ("2026-11-20T12:00", True)]
)
def test_whom_to_reach_when_time_runs_out_and_for_a_cleared_draft_only_the_time(
    run: Command, now: str, shown: bool
) -> None:
    Path("draft.md").write_text(
        "---\nreview: {rating: 3, text: 茶有點淡, posted_at: 2026-11-18T10:00}\n---\n"
        "茶喝起來有點淡，讓您失望了，抱歉。謝謝您告訴我們，我們會調整沖泡的濃度。\n", "utf-8",
    )  # fmt: skip
    code, out = run("check", "draft.md", "--now", now, "--lang", "zh")
    assert (code, "請洽：" in out, "期限：2026-11-20 10:00" in out) == (0, False, shown)
    draft = Path("draft.md").read_text("utf-8")
    Path("draft.md").write_text(draft.replace("濃度。", "濃度，並全額退費。"), "utf-8")
    code, out = run("check", "draft.md", "--now", now, "--lang", "zh")
    assert (code, "請洽：" in out, "期限：2026-11-20 10:00" in out) == (1, shown, shown)


def test_the_command(run: Command) -> None:
    Path("calm.csv").write_text("id,rating,review,posted_at\na,5,茶很好喝,2026-11-21T10:00\n", encoding="utf-8")
    Path("late.csv").write_text("id,rating,review,posted_at\nb,2,等太久,2026-11-10T10:00\n", encoding="utf-8")
    Path("wrong.csv").write_text("id,rating,review,posted_at\nc,9,等太久,2026-11-10T10:00\n", encoding="utf-8")
    Path("empty.csv").write_text("id,rating,review,posted_at\n", encoding="utf-8")
    now = ("--now", "2026-11-21T23:40", "--lang", "zh")
    assert run("triage", "calm.csv", *now)[0] == 0
    code, out = run("triage", "calm.csv", "late.csv", *now)
    assert (code, "逾期" in out) == (1, True)
    code, out = run("triage", "late.csv", "wrong.csv", *now)
    assert (code, "逾期" in out, "1 到 5" in out) == (3, True, True)
    Path("folder").mkdir()
    Path("folder/notes.docx").write_bytes(b"")
    Path("folder/calm.csv").write_bytes(Path("calm.csv").read_bytes())
    code, out = run("triage", "folder", *now)
    assert (code, "未檢查：" in out) == (0, True)
    Path("bare.csv").write_text("id,rating,review,mood\nd,2,等太久,angry\n", encoding="utf-8")
    code, out = run("triage", "bare.csv", *now)
    assert (code, "請補：review.posted_at" in out, "mood（1）" in out) == (1, True, True)
    assert run("triage", "empty.csv", *now)[0] == 3
    assert run("triage", "nowhere.csv", *now)[0] == 3
    assert run("triage", *now)[0] == 2
    code, out = run("triage", "late.csv", "wrong.csv", "--format", "json", *now)
    jsonschema.validate(json.loads(out), json_schema())
    assert (code, [each["key"] for each in json.loads(out)["errors"]]) == (3, ["case.rating-range"])
