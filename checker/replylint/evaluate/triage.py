"""Reviews by what has to be done about them: how severe, what runs out when, whom to turn to, what is not known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from replylint.case.model import Case
from replylint.contract.clocks import Clock
from replylint.contract.model import Contact
from replylint.contract.terms import GRAVE, LEVELS
from replylint.evaluate.check import Judge
from replylint.evaluate.emergencies import Emergency, emergencies
from replylint.evaluate.model import Awaited, CouldNotCheck
from replylint.evaluate.own_fields import with_own_fields
from replylint.evaluate.past import all_times, arrived, first_of, went_up
from replylint.evaluate.reach import await_
from replylint.evaluate.severity import Grade
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.signals.window import horizon
from replylint.evaluate.standing import OPEN, Status, standing
from replylint.evaluate.timing import outstanding, recorded
from replylint.facts.model import Fact
from replylint.source.moments import Between, shown
from replylint.source.spans import Embedded

_URGENCY = ("overdue", "maybe_overdue", "soon", "unknown", "running", "paused", "breached", "done", "kept")


@dataclass(frozen=True)
class Row:
    """One review.

    status: unanswered, with a draft, answered before it was edited, opened again after it was closed, answered, or
    closed. arrived: None when not known.
    clocks: those that still run, the most urgent first. line: whom to reach now, then who comes next. asks: what is not
    known, as fields of a case.
    """

    case: Case
    status: Status
    grade: Grade
    arrived: Between | None
    clocks: tuple[Clock, ...]
    line: tuple[Contact, ...]
    asks: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether the case has a history; without one, nobody knows whether it went up already."""
        return "history" in self.case.fields

    @property
    def may_be_grave(self) -> bool:
        """Whether it is graded lower than grave by what is known, and might be grave by what is not."""
        level, possible = self.grade.level, self.grade.possible
        return level is not None and level not in GRAVE and any(each in GRAVE for each in possible)

    @property
    def alarms(self) -> bool:
        """Whether a clock is overdue, or might be: its beginning or the severity is not known, or it was opened again
        and the contract has no clock for that."""
        open_ = self.status in OPEN
        late = any(clock.state in ("overdue", "maybe_overdue", "unknown") for clock in self.clocks)
        unclocked = self.status == "reopened" and not self.clocks
        return late or unclocked or (open_ and (not self.grade.level or self.may_be_grave))

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """What has to be done about it until when, what is due first first."""
        found = (await_(clock, recorded(self.case, clock.name)) for clock in self.clocks)
        return tuple(sorted(found, key=lambda each: (each.before is None, each.before or dt.datetime.max)))

    @property
    def urgent(self) -> Clock | None:
        """The clock that matters most."""
        return self.clocks[0] if self.clocks else None


@dataclass(frozen=True)
class Triage:
    """A set of reviews at a moment; zone: the name of the brand's time zone.

    rows: those that are open, the most severe and most urgent first. answered: how many are done with. untold: of how
    many of these no history says what was done besides the reply. ahead: how many entries of histories are dated after
    `now`. repeated: how many came under the id of another and count once with it. ignored: names of file fields that
    nothing reads → how often. skipped: what was found and is no review, as sentence → how often. could_not_check: the
    reviews that are in none of these, because they have mistakes or have not come yet.
    """

    now: dt.datetime
    zone: str
    emergencies: tuple[Emergency, ...]
    rows: tuple[Row, ...]
    answered: int
    untold: int
    ahead: int
    repeated: int
    ignored: Mapping[str, int]
    skipped: Mapping[str, int] = field(default_factory=dict)
    could_not_check: tuple[CouldNotCheck, ...] = ()

    @property
    def days(self) -> int:
        """Of how many open reviews only the day is known on which they arrived."""
        return sum(row.arrived is not None and row.arrived.of_a_day for row in self.rows)

    @property
    def twice(self) -> int:
        """Of how many open reviews it is not known at which of two moments that a clock shows alike they came."""
        return sum(row.arrived is not None and not (row.arrived.exact or row.arrived.of_a_day) for row in self.rows)

    @property
    def alarms(self) -> bool:
        """Whether an emergency holds, something is overdue, or it cannot be told of a review whether it is."""
        return bool(self.emergencies) or any(row.alarms for row in self.rows)


def triage(cases: Iterable[Case], judge: Judge) -> Triage:
    """The open ones of some reviews in the order in which to work on them, and the emergencies that they make.

    A review that comes twice under one stated id counts once, with all that is stated of it. What `Judge.refused`
    tells of a review is told before: here each of them can be judged.
    """
    zone = judge.contract.calendar.zone
    judge = replace(judge, now=shown(judge.now, zone))
    back = horizon(judge.contract)
    rows: list[Row] = []
    seen: list[Seen] = []
    done = untold = ahead = 0
    ignored: Counter[str] = Counter()
    once, repeated = _once(with_own_fields(case, judge.contract)[0] for case in cases)
    for case in once:
        ignored.update(case.ignored)
        since = arrived(case, judge.contract)
        ahead += sum(at.earliest > judge.now for at in all_times(case, judge.contract))
        row, facts = _row(case, since, judge)
        seen.append(_seen(row, facts, judge, back))
        if row.status == "closed" or (row.status == "answered" and not row.clocks):
            done += 1
            untold += not row.told
        else:
            rows.append(row)
    found = emergencies(seen, judge.contract, judge.now)
    rows.sort(key=_order)
    return Triage(judge.now, str(zone), found, tuple(rows), done, untold, ahead, repeated, dict(ignored))


def _once(cases: Iterable[Case]) -> tuple[list[Case], int]:
    """Each review once, and how many came again."""
    found: dict[str, Case] = {}
    number = -1
    for number, case in enumerate(cases):
        key = case.id if "id" in case.fields else f"{number} {case.id}"
        while key in found and _elsewhere(found[key], case):
            key += " "
        found[key] = _together(found[key], case) if key in found else case
    return list(found.values()), number + 1 - len(found)


def _elsewhere(one: Case, other: Case) -> bool:
    """Whether two reviews stand on different platforms, where one name may mean another review."""
    return len({str(case.fields["platform"].value) for case in (one, other) if "platform" in case.fields}) > 1


def _together(one: Case, other: Case) -> Case:
    """Two files about one review: the one with a reply counts, with what only the other states, such as a history.

    What each lists, such as actions planned and fields that nothing reads, is of both.
    """
    kept, more = (other, one) if other.reply.text and not one.reply.text else (one, other)
    fields, review = {**more.fields, **kept.fields}, kept.review if kept.review is not None else more.review
    return replace(
        kept, fields=fields, review=review, more={**more.more, **kept.more}, records={**more.records, **kept.records},
        history=(*kept.history, *more.history), actions=(*kept.actions, *more.actions),
        approvals=(*kept.approvals, *more.approvals), ignored=(*kept.ignored, *more.ignored),
        vague={name: where for name, where in {**more.vague, **kept.vague}.items() if name not in fields},
        stars_alone=review is None and (one.stars_alone or other.stars_alone),
    )  # fmt: skip


def _row(case: Case, since: Between | None, judge: Judge) -> tuple[Row, tuple[Fact, ...]]:
    contract, now = judge.contract, judge.now
    # What the reply says makes no review more severe, and reading it takes as long as reading the review.
    situation = judge.situation(replace(case, reply=Embedded("", case.reply.source, case.reply.location.span.start)))
    level = situation.severity
    status = standing(case, contract, now)
    clocks = [] if level is None or status == "closed" else outstanding(case, level, contract, now)
    row = Row(
        case, status, situation.grade, since,
        tuple(sorted(clocks, key=lambda clock: (_URGENCY.index(clock.state), clock.due or now))),
        contract.line(level, now), _asks(case, since),
    )  # fmt: skip
    return row, situation.reading.review_facts


def _asks(case: Case, since: Between | None) -> tuple[str, ...]:
    missing = [] if since is not None else ["review.posted_at"]
    missing += [] if "review.rating" in case.fields else ["review.rating"]
    return tuple(missing if case.review is not None or case.stars_alone else [*missing, "review.text"])


def _seen(row: Row, facts: tuple[Fact, ...], judge: Judge, back: dt.timedelta) -> Seen:
    """What bears on emergencies; the text only of reviews that do not lie further back than any emergency looks."""
    review = row.case.review
    recent = row.arrived is not None and judge.now - row.arrived.latest <= back
    text = judge.read(review.text) if review is not None and recent else None
    up = first_of(went_up(row.case, row.grade.level, judge.contract, judge.now))
    return Seen.of(row.case, row.grade, facts, row.arrived, text, row.status in OPEN, up)


def _order(row: Row) -> tuple[int, int, float, str]:
    """Severe ones first, then what might be; among these overdue before soon, then by what runs out first."""
    rank = -2 * LEVELS.index(row.grade.level) if row.grade.level else 1
    if row.may_be_grave:
        rank = 1 - 2 * min(map(LEVELS.index, GRAVE))
    urgent = row.urgent
    state = _URGENCY.index(urgent.state) if urgent else len(_URGENCY)
    due = urgent.due.timestamp() if urgent and urgent.due else 0.0
    return rank, state, due, row.case.id
