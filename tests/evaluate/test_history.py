"""The history operators of rules against a naive interpreter, over random histories."""

from __future__ import annotations

import datetime as dt
from functools import cache

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from replylint.case.model import Action, Case, Field
from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.evaluate.conditions import answer
from replylint.evaluate.expressions import work_out
from replylint.evaluate.situation import Situation
from replylint.facts.model import Reading
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.conditions import Resolver
from replylint.language.parse import parse
from replylint.language.scope import Scope
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Embedded, Location, Source, Span
from tests.evaluate import naive
from tests.evaluate.naive import NOW, POSTED, Entry, Truth, Wanted, World

NAMES = {
    "refund": "action refund", "voucher": "action voucher",
    "escalate": "action escalate", "escalated": "event escalated", "any": "action any",
    "refund|voucher": "action (refund or voucher)", "voucher|escalate": "action (voucher or escalate)",
}  # fmt: skip
WHENS = [
    "in all", "happened", "within", "within of", "since last", "happened since last", "within since last",
    "happened within of since last",
]  # fmt: skip
ORDERS = [None, 'is "A"', 'is not "A"', 'is one of "A", "B"', 'is one of "B"', "is present", "is missing"]
NOWHERE = Location(Source("made.yml", ""), Span(0, 0))
MANY = settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def contract() -> Contract:
    return load(starter_policy() / "contract.yml")


def entries(planned: bool) -> st.SearchStrategy[Entry]:
    name = st.sampled_from([n for n in NAMES if n != "any" and "|" not in n and (n != "escalated" or not planned)])
    hours = st.sampled_from([0, -3, -20]) if planned else st.none() | st.integers(0, 40)
    return st.builds(Entry, name, hours, st.sampled_from([None, "A", "B"]), st.just(planned))


def worlds() -> st.SearchStrategy[World]:
    history = st.none() | st.lists(entries(False), max_size=5).map(tuple)
    return st.builds(World, history, st.lists(entries(True), max_size=2).map(tuple), st.booleans())


def plain() -> st.SearchStrategy[Wanted]:
    """Names with what they are about; events are looked for in the history alone."""

    def of(name: str) -> st.SearchStrategy[Wanted]:
        order = st.none() if name in ("escalated", "any") else st.sampled_from(ORDERS)
        return st.builds(Wanted, st.just(name), order, st.just("history" if name == "escalated" else "all"))

    return st.sampled_from(sorted(NAMES)).flatmap(of)


@st.composite
def timed(draw: st.DrawFn) -> Wanted:
    """With a scope, a length of time, or since the last of something."""
    base = draw(plain())
    when = draw(st.sampled_from(WHENS))
    scope = "history" if "happened" in when else base.scope
    last = draw(plain()) if "since" in when else None
    within = draw(st.integers(1, 40)) if "within" in when else None
    marks = Wanted(last.name, last.order, "history") if last else None
    return Wanted(base.name, base.order, scope, within, "within of" in when, marks)


def words(wanted: Wanted) -> str:
    text = NAMES[wanted.name] + (f" with order {wanted.order}" if wanted.order else "")
    happened = " happened" if wanted.scope == "history" and wanted.name != "escalated" else ""
    bare = wanted.within is None and wanted.since_last is None
    if bare:
        return f"{text}{happened or ' in all'}" if wanted.name != "escalated" else text
    since = " of review.posted_at" if wanted.of_review else ""
    within = f" within {wanted.within} hours{since}" if wanted.within is not None else ""
    return f"{text}{happened}{within}" + (
        f" since last {words_of_mark(wanted.since_last)}" if wanted.since_last is not None else ""
    )


def words_of_mark(wanted: Wanted) -> str:
    return NAMES[wanted.name] + (f" with order {wanted.order}" if wanted.order else "")


def resolved(text: str) -> r.Condition:
    parsed = parse(Source("made.rules", f"rule a\n  require {text}\n"))
    assert parsed.problems == (), parsed.problems
    (rule,) = parsed.file.statements
    assert isinstance(rule, s.Rule)
    problems: list[Problem] = []
    found = Resolver(parsed.file.source, Scope({}, contract()), problems).condition(rule.clauses[0].value)  # type: ignore[arg-type]  # of `require`
    assert found is not None, problems
    return found


def situation(world: World, days: frozenset[int] = frozenset()) -> Situation:
    """days: the entries, first of the history and then of the plan, that state only the day of their time.

    -1 is the review.
    """
    posted = dt.datetime.combine(POSTED.date(), dt.time()) if -1 in days else POSTED
    fields = {"review.posted_at": Field(posted, NOWHERE)} if world.posted else {}
    history = tuple(_action(entry, number in days) for number, entry in enumerate(world.history or ()))
    if world.history is not None:
        fields["history"] = Field((), NOWHERE)
    reply = Embedded("", NOWHERE.source, 0)
    plan = tuple(_action(entry, len(history) + number in days) for number, entry in enumerate(world.plan))
    case = Case("a", NOWHERE, reply, None, fields, plan, history=history)
    return Situation(case, Reading((), (), False), contract(), NOW, work_out)


def _action(entry: Entry, day: bool = False) -> Action:
    stated = {"order": entry.order}
    if entry.hours is not None and not (entry.planned and entry.hours == 0):
        at = NOW - dt.timedelta(hours=entry.hours)
        stated["at"] = dt.datetime.combine(at.date(), dt.time()) if day else at  # type: ignore[assignment]  # texts and a moment
    return Action(entry.name, {k: Field(v, NOWHERE) for k, v in stated.items() if v is not None}, NOWHERE)


def told(text: str, world: World, days: frozenset[int] = frozenset()) -> Truth:
    found = answer(resolved(text), situation(world, days))
    assert (found.holds is None) == bool(found.missing), found
    return found.holds


@MANY
@given(timed(), worlds())
def test_there_is_one(wanted: Wanted, world: World) -> None:
    # `action refund within …` by itself is a limit for the plan, which is another question.
    bare = wanted.order is None and wanted.since_last is None
    assume(not (wanted.within is not None and wanted.scope == "all" and bare))
    assert told(words(wanted), world) == naive.happened(world, wanted)


@MANY
@given(st.sampled_from(["at most", "at least", "exactly"]), st.integers(0, 3), timed(), worlds())
def test_counting(bound: str, number: int, wanted: Wanted, world: World) -> None:
    assert told(f"{bound} {number} {words(wanted)}", world) == naive.counted(world, bound, number, wanted)


@MANY
@given(plain(), st.sampled_from(["before", "after"]), plain(), worlds())
def test_before_and_after(first: Wanted, relation: str, second: Wanted, world: World) -> None:
    text = f"{words_of_mark(first)} {relation} {words_of_mark(second)}"
    assert told(text, world) == naive.ordered(world, first, relation, second)


@MANY
@given(plain(), worlds())
def test_never_and_once(wanted: Wanted, world: World) -> None:
    past = Wanted(wanted.name, wanted.order, "history")
    assert told(f"never {words_of_mark(wanted)}", world) == naive.counted(world, "exactly", 0, past)
    assert told(f"once {words_of_mark(wanted)}", world) == naive.counted(world, "exactly", 1, wanted)


@MANY
@given(timed(), st.sampled_from(["before", "after"]), plain(), worlds(), st.frozensets(st.integers(-1, 6)))
def test_what_is_told_of_days_holds_at_any_time_of_them(
    wanted: Wanted, relation: str, second: Wanted, world: World, days: frozenset[int]
) -> None:
    """Without a time of day, what is decided is what would be decided with it."""
    bare = wanted.order is None and wanted.since_last is None
    if not (wanted.within is not None and wanted.scope == "all" and bare):
        assert told(words(wanted), world, days) in (None, naive.happened(world, wanted))
        assert told(f"at most 1 {words(wanted)}", world, days) in (None, naive.counted(world, "at most", 1, wanted))
    first = Wanted(wanted.name, wanted.order)
    text = f"{words_of_mark(first)} {relation} {words_of_mark(second)}"
    assert told(text, world, days) in (None, naive.ordered(world, first, relation, second))


@MANY
@given(
    st.sampled_from(["at most", "at least", "more than", "less than", "is"]), st.integers(0, 60),
    st.sampled_from(["now - review.posted_at {} {} hours", "review.posted_at + {1} hours {0} now"]),
)  # fmt: skip
def test_what_is_reckoned_from_a_day_holds_at_any_time_of_it(operator: str, hours: int, text: str) -> None:
    verb = operator if operator == "is" else f"is {operator}"
    condition = resolved(text.format(verb, hours))
    begin = dt.datetime.combine(POSTED.date(), dt.time(), POSTED.tzinfo)
    each = {
        answer(condition, _posted(begin + dt.timedelta(hours=step / 2))).holds for step in range(48)
    } | {answer(condition, _posted(begin + dt.timedelta(days=1, seconds=-1))).holds}  # fmt: skip
    told_ = answer(condition, _posted(begin.replace(tzinfo=None)))
    assert told_.holds is (each.pop() if len(each) == 1 else None)
    assert (told_.holds is None) == bool(told_.missing)


def _posted(at: dt.datetime) -> Situation:
    case = Case("a", NOWHERE, Embedded("", NOWHERE.source, 0), None, {"review.posted_at": Field(at, NOWHERE)}, ())
    return Situation(case, Reading((), (), False), contract(), NOW, work_out)


def test_plans_come_in_the_order_of_their_times() -> None:
    plan = (Entry("refund", -20, None, True), Entry("voucher", -3, None, True))
    text = "action voucher before action refund"
    assert told(text, World((), plan, True)) is True
    assert told("action refund before action voucher", World((), plan, True)) is False
    assert told(text, World((), plan, True), frozenset({0, 1})) is True
    today = (Entry("refund", -5, None, True), Entry("voucher", -3, None, True))
    assert told(text, World((), today, True), frozenset({0})) is None
    assert told(text, World((), (*today[1:], Entry("refund", 0, None, True)), True), frozenset({0})) is None


def test_of_one_day_the_order_is_not_known() -> None:
    history = (Entry("escalated", 2, None), Entry("refund", 1, None))
    text = "event escalated before action refund"
    assert told(text, World(history, (), True)) is True
    assert told(text, World(history, (), True), frozenset({0})) is None
    assert told(text, World((Entry("escalated", 30, None), history[1]), (), True), frozenset({0, 1})) is True
