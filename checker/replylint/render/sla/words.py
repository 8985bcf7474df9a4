"""Names, times and reasons of a report on an event log, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from replylint.contract.clocks import STOPS
from replylint.language.show import show
from replylint.render.times import day_time
from replylint.sla.model import OUTCOMES, Clause, Event, Figures, Group, Note, Reason, Report
from replylint.sla.moments import at
from replylint.source.messages import Lang, say
from replylint.source.names import section

_DAY = 24 * 60


def level_name(level: str, lang: Lang) -> str:
    """A severity level; one that is not known has words, too."""
    return section("choices").spell(level, lang) if level else say("sla.level-unknown", lang)


def clock_name(clock: str, lang: Lang) -> str:
    """A clock as people say it."""
    return section("fields").spell(clock, lang).replace("_", " ")


def field_name(name: str, lang: Lang) -> str:
    """A name of the contract, such as that of an emergency."""
    return section("fields").spell(name, lang).replace("_", " ")


def event_name(name: str, lang: Lang) -> str:
    """An event or an action as people say it."""
    of = "events" if name in section("events").spellings else "actions"
    return section(of).spell(name, lang).replace("_", " ")


def clause_name(level: str, clock: str, lang: Lang) -> str:
    """A clock of a level."""
    return f"{level_name(level, lang)} · {clock_name(clock, lang)}"


def target(clause: Clause, lang: Lang) -> str:
    """The time that the contract gives."""
    return show(clause.target, lang) if clause.target is not None else "–"


def took(seconds: int | None, lang: Lang, is_open: bool = False) -> str:
    """A length of time in its two largest units; open time is never told in days, which have another length there."""
    if seconds is None:
        return "–"
    minutes = seconds // 60
    if minutes >= 2 * _DAY and not is_open:
        return say("sla.days", lang, {"days": f"{minutes // _DAY:,}", "hours": str(minutes % _DAY // 60)})
    if minutes >= 60:
        return say("sla.hours", lang, {"hours": f"{minutes // 60:,}", "minutes": str(minutes % 60)})
    if minutes:
        return say("sla.minutes", lang, {"minutes": str(minutes)})
    return say("sla.seconds", lang, {"seconds": str(seconds)})


def share(figures: Figures) -> str:
    """The part kept, in whole percent; never 100% while anything was breached, never 0% while anything was kept."""
    part = figures.share
    if part is None:
        return "–"
    return f"{min(max(round(100 * part), figures.kept > 0), 100 - (figures.breached > 0))}%"


def moment(seconds: int, zone: dt.tzinfo | None) -> str:
    """A moment in the brand's time zone, to the minute."""
    return day_time(at(seconds, zone or dt.UTC))


def happened(event: Event, zone: dt.tzinfo | None) -> str:
    """When an event happened, a range where it is not known exactly."""
    if event.at is None:
        return "–"
    if event.at.exact:
        return moment(event.at.earliest, zone)
    return f"{moment(event.at.earliest, zone)}–{moment(event.at.latest, zone)}"


def own_event(clock: str, lang: Lang) -> str:
    """The event that stops a clock."""
    return event_name(STOPS[clock][0], lang)


def group_name(group: Group, lang: Lang) -> str:
    """The shift, agent or week of a group."""
    if group.by == "shift" or not group.value:
        return say(f"sla.{group.by}-{group.value}", lang)
    return group.value


def foremost(groups: Sequence[Group], most: int) -> Sequence[Group]:
    """So many groups at most: the latest weeks, or those with the most clocks; in their order."""
    if len(groups) <= most or groups[0].by == "week":
        return groups[-most:]
    largest = sorted(groups, key=lambda g: sum(getattr(g.figures, outcome) for outcome in OUTCOMES))[-most:]
    return [group for group in groups if group in largest]


def why(reason: Reason, lang: Lang) -> str:
    """Why clocks cannot be told."""
    return say(reason.key, lang)


def about(note: Note, lang: Lang) -> str:
    """What a note says."""
    return say(note.key, lang, note.values)


def title(report: Report, lang: Lang) -> str:
    """The heading of a report."""
    return say("sla.title", lang, {"brand": report.brand or say("sla.no-brand", lang)})


def span(report: Report, lang: Lang) -> str:
    """From when to when the log tells."""
    if report.first is None or report.last is None:
        return "–"
    values = {"first": day_time(report.first), "last": day_time(report.last), "zone": report.zone}
    return say("sla.span", lang, values)
