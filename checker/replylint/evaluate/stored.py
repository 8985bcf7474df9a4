"""Verdicts as plain values that JSON can hold, and back.

The texts that places are of are held once each: a verdict names the draft, rules and the contract many times over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from replylint.evaluate.model import Awaited, CaseVerdict, Contact, CouldNotCheck, Finding, Label, Undecided, Waived
from replylint.source.bilingual import Bilingual
from replylint.source.moments import known_twice, twice
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span

if TYPE_CHECKING:
    from replylint.evaluate.conflicts import Others
    from replylint.evaluate.repeats import Earlier

Judgement = CaseVerdict | CouldNotCheck
Plain = list[Any]
_T = TypeVar("_T")
_TWICE = " twice"


def to_plain(entries: Iterable[Judgement], beside: Iterable[Others] = ()) -> Plain:
    """The texts that places are of, the entries, and what other drafts have to do with some of them.

    All of it is lists, texts, numbers, true, false and null. The emergencies that reviews make together are left out:
    they depend on the moment.
    """
    writer = _Writer()
    rows, more = [writer.entry(entry) for entry in entries], [writer.others(others) for others in beside]
    return [[[source.path, source.first_line, source.text] for source in writer.sources], rows, more]


def from_plain(plain: Plain) -> tuple[tuple[Judgement, ...], Callable[[], tuple[Others, ...]]]:
    """The entries that `to_plain` was given, and what gives what was beside them.

    Moments carry the offset of their time zone in its place. Raises KeyError, IndexError, TypeError or ValueError for
    anything that `to_plain` has not made.
    """
    sources, rows, beside = plain
    reader = _Reader([Source(path, text, first_line) for path, first_line, text in sources])
    return tuple([reader.entry(row) for row in rows]), lambda: tuple(map(reader.others, beside))


class _Writer:
    def __init__(self) -> None:
        self.sources: list[Source] = []
        self._numbers: dict[int, int] = {}

    def entry(self, entry: Judgement) -> Plain:
        """A verdict, or why there is none."""
        if isinstance(entry, CouldNotCheck):
            return [entry.id, entry.file, list(map(self._problem, entry.problems)), entry.rows]
        e = entry
        points = [list(map(self._finding, e.findings)), list(map(self._undecided, e.undecided))]
        waived, contact = list(map(self._waived, e.waived)), e.contact and self._contact(e.contact)
        more = [list(e.ignored), waived, e.known, e.level, list(map(self._saying, e.why)), e.unwaived]
        more.append(list(e.unevaluated))
        return [e.id, e.file, e.verdict, *points, e.rules_evaluated, contact, *more]

    def others(self, others: Others) -> Plain:
        """What other drafts have to do with one, but for emergencies."""
        drafts = [each and self._earlier(each) for each in (others.repeats, others.review, others.order)]
        return [*drafts, *(each and self._place(each) for each in (others.review_at, others.order_at))]

    def _earlier(self, earlier: Earlier) -> Plain:
        return [earlier.id, *self._place(earlier.where)]

    def _finding(self, f: Finding) -> Plain:
        said = [f.message.en, f.message.zh, f.instead, f.to_do.en, f.to_do.zh]
        asked = [self._contact(each) for each in f.approvers]
        return [f.rule, f.category, f.severity, *said, f.missing, self._labels(f.labels), asked]

    def _undecided(self, u: Undecided) -> Plain:
        said = [u.message.en, u.message.zh, list(map(self._problem, u.missing))]
        return [u.rule, u.category, u.severity, *said, self._labels(u.labels)]

    def _labels(self, labels: Iterable[Label]) -> Plain:
        return [[label.role, *self._place(label.where)] for label in labels]

    def _waived(self, waived: Waived) -> Plain:
        w, point = waived.waiver, waived.point
        words = [w.rule, w.draft, w.words, w.reason, w.by, w.role, w.until.isoformat(), self._place(w.where)]
        found = isinstance(point, Finding)
        return [found, self._finding(point) if isinstance(point, Finding) else self._undecided(point), words]

    def _contact(self, c: Contact) -> Plain:
        awaited = [[a.clock, _iso(a.before), a.state, a.recorded, _iso(a.latest)] for a in c.awaited]
        after = c.next and self._contact(c.next)
        return [c.role, c.name, c.channel, c.on_duty, awaited, after, c.title.en, c.title.zh]

    def _problem(self, problem: Problem) -> Plain:
        place = None if problem.where is None else self._place(problem.where)
        return [problem.key, place, self._values(problem.values)]

    def _values(self, values: Mapping[str, Saying]) -> dict[str, Any]:
        return {name: self._saying(value) for name, value in values.items()}

    def _saying(self, saying: Saying) -> Any:
        if isinstance(saying, Said):
            return {"key": saying.key, "values": self._values(saying.values)}
        return [self._saying(part) for part in saying] if isinstance(saying, tuple) else saying

    def _place(self, where: Location) -> Plain:
        number = self._numbers.get(id(where.source))
        if number is None:
            # Held in the list, so that no other source can come to have its identity.
            number = self._numbers[id(where.source)] = len(self.sources)
            self.sources.append(where.source)
        return [number, *where.span]


class _Reader:
    def __init__(self, sources: Sequence[Source]):
        self._sources = sources

    def entry(self, row: Plain) -> Judgement:
        """A verdict, or why there is none."""
        if len(row) == 4:
            return CouldNotCheck(row[0], row[1], self._all(self._problem, row[2]), row[3])
        id_, file, verdict, findings, undecided, rules, contact, *more = row
        ignored, waived, known, level, why, unwaived, left_out = more
        return CaseVerdict(
            id_, file, verdict, self._all(self._finding, findings), self._all(self._undecided, undecided), rules,
            contact and _contact(contact), tuple(ignored), self._all(self._waived, waived), known, level,
            tuple(map(_said, why)), unwaived, tuple(left_out),
        )  # fmt: skip

    def others(self, row: Plain) -> Others:
        """What other drafts have to do with one."""
        # Loaded late: where every verdict holds, nothing is compared.
        from replylint.evaluate.conflicts import Others
        from replylint.evaluate.repeats import Earlier

        repeats, review, order = (each and Earlier(each[0], self._place(each[1:])) for each in row[:3])
        review_at, order_at = (each and self._place(each) for each in row[3:])
        return Others(repeats, review, order, review_at, order_at)

    def _all(self, read: Callable[[Plain], _T], rows: Iterable[Plain]) -> tuple[_T, ...]:
        return tuple([read(row) for row in rows])

    def _finding(self, row: Plain) -> Finding:
        rule, category, severity, english, chinese, instead, do_english, do_chinese, missing, labels, asked = row
        message, to_do = Bilingual(english, chinese), Bilingual(do_english, do_chinese)
        approvers = self._all(_contact, asked)
        return Finding(rule, category, severity, message, instead, to_do, self._labels(labels), missing, approvers)

    def _undecided(self, row: Plain) -> Undecided:
        rule, category, severity, english, chinese, missing, labels = row
        problems = self._all(self._problem, missing)
        return Undecided(rule, category, severity, Bilingual(english, chinese), self._labels(labels), problems)

    def _labels(self, rows: Iterable[Plain]) -> tuple[Label, ...]:
        return tuple([Label(role, self._place(place)) for role, *place in rows])

    def _waived(self, row: Plain) -> Waived:
        from replylint.case.waivers import Waiver  # loaded late, with all that reads cases: few drafts are waived

        found, point, (rule, draft, words, reason, by, role, until, where) = row
        moment = dt.datetime.fromisoformat(until)
        waiver = Waiver(rule, draft, words, reason, by, role, moment, self._place(where))
        return Waived(self._finding(point) if found else self._undecided(point), waiver)

    def _problem(self, row: Plain) -> Problem:
        key, place, values = row
        return Problem(key, None if place is None else self._place(place), _values(values))

    def _place(self, row: Plain) -> Location:
        number, start, end = row
        return Location(self._sources[number], Span(start, end))


def _contact(row: Plain) -> Contact:
    role, name, channel, on_duty, awaited, after, english, chinese = row
    title = Bilingual(english, chinese)
    return Contact(role, name, channel, on_duty, tuple(map(_awaited, awaited)), after and _contact(after), title)


def _iso(at: dt.datetime | None) -> str | None:
    return f"{at.isoformat()}{_TWICE if twice(at) else ''}" if at else None


def _moment(words: str | None) -> dt.datetime | None:
    if words is None:
        return None
    at = dt.datetime.fromisoformat(words.removesuffix(_TWICE))
    return known_twice(at) if words.endswith(_TWICE) else at


def _awaited(row: Plain) -> Awaited:
    clock, before, state, recorded, latest = row
    return Awaited(clock, _moment(before), state, recorded, _moment(latest))


def _values(plain: Mapping[str, Any]) -> dict[str, Saying]:
    return {name: _saying(value) for name, value in plain.items()}


def _saying(plain: Any) -> Saying:
    if isinstance(plain, dict):
        return _said(plain)
    return tuple(map(_saying, plain)) if isinstance(plain, list) else plain


def _said(plain: Mapping[str, Any]) -> Said:
    return Said(plain["key"], _values(plain["values"]))
