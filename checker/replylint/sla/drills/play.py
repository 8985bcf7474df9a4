"""What the contract asks for in an emergency, what the drill asks for itself, and whether it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from replylint.contract.actions import usual
from replylint.contract.clocks import STOPS, run_out
from replylint.contract.model import Contract
from replylint.sla.course import course_of
from replylint.sla.drills.model import Check, Drill, Happening, Played, Result, Wanted
from replylint.sla.judge import Bench
from replylint.sla.model import Event, Measurement, Outcome, Place
from replylint.sla.moments import at, instant
from replylint.source.problems import Said, Saying
from replylint.source.values import Duration

_PUBLIC = ("replied", "publish_statement", "contact_media")
"""What the public sees, or the press: only a speaker does it where the contract names one."""

_RESULTS: dict[Outcome, Result] = {"kept": "kept", "breached": "missed", "unknown": "unknown", "running": "open"}


def play(drill: Drill, contract: Contract) -> Played:
    """Everything that had to happen in a drill, in the order in which it was due."""
    checks = [
        *_told_in_time(drill, contract),
        *_silence(drill, contract),
        *_speaker(drill, contract),
        *(_wanted(wanted, drill, contract) for wanted in drill.wanted),
        *_clocks(drill, contract),
    ]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return Played(drill, tuple(sorted(checks, key=lambda check: (check.due or far).astimezone(dt.UTC))))


def _told_in_time(drill: Drill, contract: Contract) -> Iterator[Check]:
    """Each role that the contract wants told of the emergency has to be, in time as `triage` has it."""
    section = f"emergencies.{drill.emergency}"
    roles, length = contract.value(f"{section}.notify"), contract.value(f"{section}.escalate")
    level = str(contract.value(f"{section}.level"))
    for role in roles if isinstance(roles, tuple) else ():
        due = run_out(contract, level, length, drill.begins) if isinstance(length, Duration) else None
        wanted = Wanted(("escalated",), contract.location(f"{section}.notify"), due, to=role)
        what = Said("sla.drill-notify", {"role": _role(role, contract)})
        yield _asked(wanted, drill, contract, what, f"{section}.notify")


def _silence(drill: Drill, contract: Contract) -> Iterator[Check]:
    """Replies wait until a person lets them go on."""
    path = f"emergencies.{drill.emergency}.pause_replies"
    if contract.value(path) is not True:
        return
    approvals = [h for h in drill.timeline if h.name == "approved" and h.at >= drill.begins]
    early = (h for h in drill.timeline if h.name == "replied" and h.at >= drill.begins
             and not any(a.at <= h.at and a.review in ("", h.review) for a in approvals))  # fmt: skip
    broken = next(early, None)
    what = Said("sla.drill-silence")
    yield Check(what, path, "missed" if broken else "kept", broken.at if broken else drill.ends, broken)


def _speaker(drill: Drill, contract: Contract) -> Iterator[Check]:
    path = f"emergencies.{drill.emergency}.speaker"
    speaker = contract.value(path)
    if not isinstance(speaker, str):
        return
    spoken = [h for h in drill.timeline if h.name in _PUBLIC and h.at >= drill.begins]
    other = next((h for h in spoken if h.role and h.role != speaker), None)
    nameless = next((h for h in spoken if not h.role), None)
    met = other or nameless
    result: Result = "missed" if other else "unknown" if nameless else "kept"
    what = Said("sla.drill-speaker", {"role": _role(speaker, contract)})
    why = "drill-no-role" if result == "unknown" else ""
    yield Check(what, path, result, met.at if met else drill.ends, met, why)


def _wanted(wanted: Wanted, drill: Drill, contract: Contract) -> Check:
    """An expectation of the drill itself."""
    names = tuple(Said("sla.drill-event", {"name": name}) for name in wanted.names)
    values: dict[str, Saying] = {
        "what": names,
        "to": Said("sla.drill-to", {"role": _role(wanted.to, contract)}) if wanted.to else "",
        "role": Said("sla.drill-by", {"role": _role(wanted.role, contract)}) if wanted.role else "",
        "review": Said("sla.drill-of", {"review": wanted.review}) if wanted.review else "",
        "because": Said("sla.drill-because", {"because": wanted.because}) if wanted.because else "",
    }
    said = Said("sla.drill-never" if wanted.never else "sla.drill-wanted", values)
    source = wanted.where.source
    place = f"{source.path}:{source.position(wanted.where.span.start)[0]}"
    if wanted.never:
        until = wanted.due or drill.ends
        broken = next((h for h in drill.timeline if _meets(h, wanted, contract) and h.at <= until), None)
        return Check(said, place, "missed" if broken else "kept", broken.at if broken else until, broken)
    return _asked(wanted, drill, contract, said, place)


def _asked(wanted: Wanted, drill: Drill, contract: Contract, what: Saying, source: str) -> Check:
    """Whether something happened by when it had to."""
    met = next((h for h in drill.timeline if _meets(h, wanted, contract)), None)
    due = wanted.due
    if met is not None and (due is None or met.at <= due):
        return Check(what, source, "kept", due, met)
    vague = next((h for h in drill.timeline if _might_meet(h, wanted) and (due is None or h.at <= due)), None)
    if vague is not None:
        return Check(what, source, "unknown", due, vague, "drill-vague")
    if due is not None and due > drill.ends:
        return Check(what, source, "open", due)
    return Check(what, source, "missed", due, met)


def _meets(happening: Happening, wanted: Wanted, contract: Contract) -> bool:
    return (
        happening.name in wanted.names
        and wanted.review in ("", happening.review)
        and wanted.role in ("", happening.role)
        and (not wanted.to or wanted.to in _addressees(happening.to, contract))
    )


def _might_meet(happening: Happening, wanted: Wanted) -> bool:
    """Whether it would meet what is wanted, if only it said to whom, or who did it."""
    lacks = (wanted.to and not happening.to) or (wanted.role and not happening.role)
    same = happening.name in wanted.names and wanted.review in ("", happening.review)
    return bool(lacks) and same and not (wanted.role and happening.role and wanted.role != happening.role)


def _addressees(to: str, contract: Contract) -> set[str]:
    """The roles that a name, a title or several of them stand for."""
    words = {usual(word) for word in to.replace("、", ",").split(",")}
    roles = contract.role_names
    people = {usual(name): role for role in set(roles.values()) for name, _ in contract.people(role)}
    return {found for word in words for found in (roles.get(word), people.get(word)) if found}


def _role(role: str, contract: Contract) -> Said:
    return Said("evaluate.name", {"en": contract.role_title(role, "en"), "zh": contract.role_title(role, "zh")})


def _clocks(drill: Drill, contract: Contract) -> Iterator[Check]:
    """The contract's clocks of each review of the drill."""
    end = instant(drill.ends, contract.calendar.zone).latest
    # A drill tells all that was done, so what it does not tell was not done.
    bench = Bench(contract, end, end, frozenset(name for names in STOPS.values() for name in names))
    level = str(contract.value(f"emergencies.{drill.emergency}.level") or "")
    for review in dict.fromkeys(h.review for h in drill.timeline if h.review):
        own = (h for h in drill.timeline if h.review == review or _about_all(h, review, drill))
        events = [_event(happening, review, level) for happening in own]
        course = course_of(review, sorted(events, key=lambda e: e.at or (0, 0)), end, lambda *_: None)
        for measurement in bench.measurements(course):
            yield _clock(measurement, drill, contract)


def _about_all(happening: Happening, review: str, drill: Drill) -> bool:
    """What names no review is about all that have come by then."""
    come = any(h.name == "arrived" and h.review == review and h.at <= happening.at for h in drill.timeline)
    return not happening.review and happening.name != "arrived" and come


def _event(happening: Happening, review: str, level: str) -> Event:
    """A line of the timeline as the event of a log; an arrival without a severity is of the emergency's level."""
    source = happening.where.source
    place = Place(source.path, source.position(happening.where.span.start)[0])
    stated = happening.level or (level if happening.name == "arrived" else "")
    return Event(
        review, happening.name, instant(happening.at, happening.at.tzinfo or dt.UTC), place, happening.by,
        happening.role, stated, happening.reason, happening.side,
    )  # fmt: skip


def _clock(measurement: Measurement, drill: Drill, contract: Contract) -> Check:
    zone = contract.calendar.zone
    path = f"severity.{measurement.level}.{measurement.clock}" if measurement.level else ""
    due = None if measurement.due is None else at(measurement.due, zone)
    met = _line(measurement.stopped, drill.timeline)
    what = Said("sla.drill-clock", {"review": measurement.case})
    return Check(
        what, path, _RESULTS[measurement.outcome], due, met, measurement.why and f"why-{measurement.why}",
        measurement.clock, measurement.level, measurement.case,
    )  # fmt: skip


def _line(event: Event | None, timeline: Sequence[Happening]) -> Happening | None:
    if event is None:
        return None
    lines = ((h, h.where.source.position(h.where.span.start)[0]) for h in timeline)
    return next((h for h, line in lines if line == event.place.line and h.name == event.name), None)
