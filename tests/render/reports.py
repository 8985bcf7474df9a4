"""Reports built by hand, so that the reporters are tested without an engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from replylint.evaluate.model import (
    Awaited,
    CaseVerdict,
    Contact,
    CouldNotCheck,
    Finding,
    Label,
    Role,
    Summary,
    Undecided,
)
from replylint.render.options import Entry
from replylint.source.bilingual import Bilingual
from replylint.source.problems import Problem, Said
from replylint.source.spans import Location, Source, Span

TAIPEI = dt.timezone(dt.timedelta(hours=8), "CST")
NOW = dt.datetime(2026, 11, 19, 9, 30, tzinfo=TAIPEI)

DRAFT = Source(
    "drafts/0042.md",
    "---\n"
    "review:\n"
    "  rating: 1\n"
    "  text: 排了好久才入座,鍋物端來只剩微溫\n"
    "---\n"
    "您好,讓您久候我們很抱歉。我們會全額退費並賠償 5,000 元,絕對不會再發生。\n"
    "We'll call you tomorrow.\n",
)
RULE = Source(
    "policy/rules/refund-within-authority.rules",
    "## Refunds stay within authority.\n"
    "rule refund-within-authority\n"
    "  severity error\n"
    "  forbid   promise of refund\n"
    "  unless   amount is at most authority.offers.refund.limit\n",
)
CONTRACT = Source("policy/contract.yml", "authority:\n  offers:\n    refund:\n      limit: TWD 500\n")


def at(source: Source, words: str) -> Location:
    """The place of words that stand once in a source."""
    assert source.text.count(words) == 1, words
    start = source.text.index(words)
    return Location(source, Span(start, start + len(words)))


def label(role: Role, source: Source, words: str) -> Label:
    return Label(role, at(source, words))


REFUND = Finding(
    "refund-within-authority",
    "promise-scope",
    "error",
    Bilingual("a refund above 500 TWD needs the brand's approval", "單案退款超過 500 元要先經品牌核准"),
    "我們已將您的情況轉交專責人員,\n將於三個工作天內與您聯繫。",
    Bilingual("ask the brand first", "先問過品牌"),
    (
        label("draft", DRAFT, "我們會全額退費"),
        label("draft", DRAFT, "5,000 元"),
        label("rule", RULE, "forbid   promise of refund"),
        label("contract", CONTRACT, "limit: TWD 500"),
        label("review", DRAFT, "只剩微溫"),
    ),
    approvers=(
        Contact("legal", "Lee", "02-2345-6789", True),
        Contact("brand_manager", "王小明", "LINE @brand", False),
    ),
)
GUARANTEE = Finding(
    "no-guarantees",
    "promise-scope",
    "warning",
    Bilingual("nobody can promise that it never happens again"),
    "",
    Bilingual(),
    (label("draft", DRAFT, "絕對不會再發生"),),
)
NEXT_STEP = Finding(
    "next-step",
    "substance",
    "advice",
    Bilingual("an unhappy customer is offered no next step", "沒有告訴顧客接下來會怎麼做"),
    "",
    Bilingual(),
    (label("draft", DRAFT, DRAFT.text[DRAFT.text.index("您好") :].rstrip("\n")),),
    missing=True,
)
BLOCKED = CaseVerdict("0042", DRAFT.path, "blocked", (REFUND, GUARANTEE, NEXT_STEP), (), 30)
CLEARED = CaseVerdict("gmaps-7", "drafts/0043.md", "cleared", (), (), 30, ignored=("mood",))
WORDLESS = CaseVerdict(
    "r-9", "drafts/0044.md", "cleared", (), (), 26, unevaluated=("acknowledge", "no-blame", "no-threats", "thank"),
)  # fmt: skip

ROW = Source("drafts/all.jsonl", '{"id": "a1", "reply": "We will refund you."}', first_line=1234)
UNSURE = CaseVerdict(
    "a1",
    ROW.path,
    "needs-person",
    (),
    (
        Undecided(
            "refund-within-authority",
            "promise-scope",
            "error",
            Bilingual("a refund above 500 TWD needs the brand's approval"),
            (label("draft", ROW, "refund you"), label("rule", RULE, "unless   amount is at most")),
            (
                Problem("sample.no-amount", at(ROW, "refund you"), {"quote": "refund you"}),
                Problem("sample.no-rating"),
            ),
        ),
    ),
    30,
    Contact(
        "brand_manager", "王小明", "LINE @brand", False,
        (
            Awaited("acknowledge", NOW - dt.timedelta(hours=1), "overdue", recorded=False),
            Awaited("start", NOW - dt.timedelta(minutes=20), "overdue", recorded=False),
            Awaited("escalate", NOW + dt.timedelta(hours=3, minutes=5), "soon"),
            Awaited("first_reply", NOW + dt.timedelta(hours=23), "running"),
        ),
        Contact("duty_manager", "值班手機", "0900-000-001", True),
    ),
    level="serious",
    why=(Said("evaluate.severity-rating", {"number": "1"}), Said("evaluate.severity-press")),
)  # fmt: skip
OVERDUE = replace(
    UNSURE,
    id="a2",
    contact=Contact(
        "legal",
        "Lee",
        "02-2345-6789",
        True,
        (Awaited("first_reply", NOW - dt.timedelta(days=2, minutes=1), "overdue"),),
    ),
)
BROKEN = CouldNotCheck("big5", "drafts/big5.md", (Problem("sample.not-utf8"),))
MISSPELT_FILE = Source("policy/rules/x.rules", "rule x\n  forbid promise off refnd, 退款 的 承落\n")
MISSPELT = Problem("sample.unknown-fact", at(MISSPELT_FILE, "承落"), {"name": "承落", "near": "承諾"})

SUMMARY = Summary(
    drafts=4,
    cleared=1,
    blocked=1,
    needs_person=2,
    could_not_check=1,
    rules=30,
    evaluations=120,
    findings={"error": 1, "warning": 1, "advice": 1},
    policy="policy/",
    revision="3fa94c1d2b7e8f90",
    now=NOW,
    skipped={"review without a reply": 1203},
    ignored={"mood": 1, "店別": 2},
)
NOTHING = Summary(0, 0, 0, 0, 0, 30, 0, {}, "starter policy", "3fa94c1d2b7e8f90", NOW)

ESCAPES = Source(
    "drafts/a,b:c%.md",
    "ok\r\n"
    "x\x1b]8;;http://e.vil\x07 refund\u202e DNUFER \u200b100%\r\n"
    "::error file=a::owned\n"
    "##[warning]owned\u2028::notice::owned 🙇‍♂️ 🙏🏻 done\n",
)
_OWNED = Bilingual("says \x9b2J\n::error::owned [x](http://y) {0}")
HOSTILE = CaseVerdict(
    "id\x1b[31m\n::error::owned",
    ESCAPES.path,
    "blocked",
    (
        Finding("no-guarantees", "", "error", _OWNED, "a\r\n::error::b", _OWNED, (
            Label("draft", at(ESCAPES, "refund\u202e DNUFER \u200b100%")),
            Label("review", at(ESCAPES, "::error file=a::owned")),
        )),
        Finding("joined", "", "error", Bilingual("a"), "", Bilingual(), (label("draft", ESCAPES, "done"),)),
    ),
    (),
    2,
)  # fmt: skip

_LONG = "我們一直非常重視每一位貴賓的用餐感受，" * 12
LONG_SOURCE = Source("long.md", f"{_LONG}並將全額退費給您。{_LONG}\n{_LONG}\n第三行\n第四行\n第五行 end\n")
LONG = CaseVerdict(
    "long",
    LONG_SOURCE.path,
    "blocked",
    (
        Finding("one-line", "", "error", Bilingual("cut around the words"), "", Bilingual(), (
            label("draft", LONG_SOURCE, "全額退費"), label("review", LONG_SOURCE, "第四行"),
        )),
        Finding("many-lines", "", "warning", Bilingual("more lines than are shown"), "", Bilingual(), (
            label("draft", LONG_SOURCE, LONG_SOURCE.text[LONG_SOURCE.text.index("全額退費") :].rstrip(" end\n")),
        )),
        Finding("three-lines", "", "warning", Bilingual("few lines are all shown"), "", Bilingual(), (
            label("draft", LONG_SOURCE, "三行\n第四行\n第五"),
        )),
        Finding("empty", "", "advice", Bilingual("an empty place has one sign"), "", Bilingual(), (
            Label("draft", Location(LONG_SOURCE, Span(len(LONG_SOURCE.text), len(LONG_SOURCE.text)))),
        )),
    ),
    (),
    3,
)  # fmt: skip

CALLS = Source("calls.md", "很抱歉讓您久等。我們會打電話給您，店長也會聯繫您。\n明天我們再致電說明。\n謝謝您。\n")
_CALL = Finding(
    "contact-has-its-action", "", "error", Bilingual("a call is promised, none is planned"), "",
    Bilingual("plan the call"),
    (label("draft", CALLS, "我們會打電話給您"), label("rule", RULE, "forbid   promise of refund")),
)  # fmt: skip


def _elsewhere(finding: Finding, words: str) -> Finding:
    return replace(finding, labels=(label("draft", CALLS, words), *finding.labels[1:]))


# What says the same of three places is told once; another sentence of the same rule and what is missing are not joined.
REPEATED = CaseVerdict(
    "calls",
    CALLS.path,
    "blocked",
    (
        _CALL,
        replace(NEXT_STEP, labels=(label("draft", CALLS, CALLS.text.rstrip("\n")),)),
        _elsewhere(_CALL, "店長也會聯繫您"),
        _elsewhere(replace(_CALL, message=Bilingual("too soon")), "明天我們再致電說明"),
        _elsewhere(_CALL, "明天我們再致電說明"),
    ),
    (),
    4,
)

REPORTS: dict[str, tuple[Entry, ...]] = {
    "mixed": (CLEARED, BLOCKED, BROKEN, UNSURE, OVERDUE, SUMMARY),
    "cleared": (CLEARED, WORDLESS, SUMMARY),
    "nothing": (NOTHING,),
    "hostile": (HOSTILE, SUMMARY),
    "long": (LONG, SUMMARY),
    "repeated": (REPEATED, SUMMARY),
}
