"""Parts of a contract that cannot both be meant: each alone is sound, and together nobody could keep them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal

from replylint.contract.actions import REMOVING, children
from replylint.contract.entries import Entry
from replylint.contract.never import comes_to_nothing
from replylint.contract.no_effect import without_effect
from replylint.contract.own_names import check_names
from replylint.contract.readers import Ranges, every_day, hours
from replylint.contract.reckoning import exact
from replylint.contract.schema import CLOCKS, LEVELS, WEEKDAYS
from replylint.source.problems import Problem, Said, Saying
from replylint.source.values import Duration, Money

Entries = Mapping[str, Entry]

OFFERS = "authority.offers"
TIERS = "approvals.tiers"
_WHOLE_DAY = 24 * 60
_DAY: Ranges = ((0, _WHOLE_DAY),)


def contradictions(entries: Entries) -> Iterator[Problem]:
    """Every contradiction of a contract, in no particular order."""
    yield from _above_tier(entries)
    yield from _offered_by_nobody(entries)
    yield from _who_promises(entries)
    yield from _approvers_of_less(entries)
    yield from _above_approver(entries)
    yield from _tier_approvers(entries)
    yield from _statements(entries)
    yield from _removal(entries)
    yield from _cover(entries)
    yield from _slower_above(entries)
    yield from _up_to_nobody(entries)
    yield from _silent_speakers(entries)
    yield from without_effect(entries)
    yield from comes_to_nothing(entries)
    yield from check_names(entries)


def _above_tier(entries: Entries) -> Iterator[Problem]:
    """A role may not promise more by itself than the tier in which it approves."""
    tiers = _tiers(entries)
    for offer, limit in _limits(entries):
        role = limit.rpartition(".")[2]
        top = [up_to for approver, up_to in tiers if approver.value == role]
        own, most = entries[limit], top[-1] if top else None
        if most is not None and _more(own, most):
            values = {"role": role, "offer": offer, "limit": _shown(own), "tier": _shown(most)}
            yield Problem("contract.limit-above-tier", own.words, values)


def _offered_by_nobody(entries: Entries) -> Iterator[Problem]:
    """A limit for a role that may not offer the thing at all."""
    for offer, limit in _limits(entries):
        role, who = limit.rpartition(".")[2], entries.get(f"{OFFERS}.{offer}.who")
        if who is not None and role not in _texts(who):
            values = {"role": role, "offer": offer}
            yield Problem("contract.limit-without-offer", entries[limit].where, values)


def _who_promises(entries: Entries) -> Iterator[Problem]:
    """Who may offer a thing may also promise it, and the other way round."""
    for kind, promised in children(entries, "authority.promises"):
        offered = entries.get(f"{OFFERS}.{kind}.who")
        if offered is None:
            continue
        for role in dict.fromkeys((*_texts(offered), *_texts(promised))):
            if (role in _texts(offered)) is not (role in _texts(promised)):
                here, other = (promised, offered) if role in _texts(promised) else (offered, promised)
                line, _ = other.where.source.position(other.where.span.start)
                yield Problem("contract.who-differs", here.words, {"role": role, "kind": kind, "line": str(line)})


def _approvers_of_less(entries: Entries) -> Iterator[Problem]:
    """An approver whose own limit is no higher than everybody's has nothing to approve."""
    for offer, section in children(entries, OFFERS):
        approver = entries.get(f"{OFFERS}.{offer}.approver")
        limit = entries.get(f"{OFFERS}.{offer}.limit")
        own = entries.get(f"{OFFERS}.{offer}.limits.{approver.value}") if approver else None
        if section.value is None and own is not None and limit is not None and not _more(own, limit):
            values = {"role": str(approver.value if approver else ""), "offer": offer, "limit": _shown(limit)}
            yield Problem("contract.approver-of-less", own.words, values)


def _above_approver(entries: Entries) -> Iterator[Problem]:
    """A role may not give more by itself than the role that approves what is above everybody's limit."""
    for offer, limit in _limits(entries):
        role, approver = limit.rpartition(".")[2], entries.get(f"{OFFERS}.{offer}.approver")
        most = entries.get(f"{OFFERS}.{offer}.limits.{approver.value}") if approver else None
        if approver and most and role != approver.value and _more(entries[limit], most):
            named = {"role": role, "offer": offer, "approver": str(approver.value)}
            values = {**named, "limit": _shown(entries[limit]), "most": _shown(most)}
            yield Problem("contract.limit-above-approver", entries[limit].words, values)


def _tier_approvers(entries: Entries) -> Iterator[Problem]:
    """Whoever approves more than the lowest tier has to be reachable."""
    for approver, _ in _tiers(entries)[1:]:
        if "contacts" in entries and f"contacts.{approver.value}" not in entries:
            yield Problem("contract.no-contact", approver.words, {"role": str(approver.value)})


def _statements(entries: Entries) -> Iterator[Problem]:
    """Of those who may say a thing, one at least has to be reachable: the rules send the draft to them."""
    for kind, who in children(entries, "authority.statements"):
        roles = _texts(who)
        if roles and "contacts" in entries and not any(f"contacts.{role}" in entries for role in roles):
            values: dict[str, Saying] = {"kind": kind, "roles": roles}
            yield Problem("contract.statement-without-contact", who.words, values)


def _removal(entries: Entries) -> Iterator[Problem]:
    """Removing a review is approved by the brand, not by those who reply for it."""
    paths = ["removal.approver", *(f"authority.actions.{name}.approver" for name in REMOVING)]
    for approver in (entries[path] for path in paths if path in entries):
        side = entries.get(f"roles.{approver.value}.side")
        if side is not None and side.value == "agency":
            yield Problem("contract.removal-by-agency", approver.words, {"role": str(approver.value)})


def _cover(entries: Entries) -> Iterator[Problem]:
    """In the hours of cover somebody of the role that covers is on duty."""
    role = entries.get("calendar.cover.role")
    if role is None or f"contacts.{role.value}" not in entries:
        return
    duties = [entries[path] for number, _ in children(entries, f"contacts.{role.value}")
              if (path := f"contacts.{role.value}.{number}.hours") in entries]  # fmt: skip
    stated = entries.get("calendar.cover.hours")
    for number, day in enumerate(WEEKDAYS):
        open_ = _open(entries, day, WEEKDAYS[number - 1])
        covered = _on_duty(stated, open_) if stated else _DAY
        gap = next(_without(_without_all(covered, open_), [_on_duty(duty, open_) for duty in duties]), None)
        if gap is not None:
            times = {"from": _clock(gap[0]), "to": _clock(gap[1])}
            said: dict[str, Saying] = {"role": str(role.value), "day": Said(f"contract.{day}"), **times}
            yield Problem("contract.cover-without-duty", role.words, said)
            return


def _slower_above(entries: Entries) -> Iterator[Problem]:
    """What is more severe is not dealt with more slowly."""
    for clock in (*CLOCKS, "escalate"):
        stated = [(level, entry) for level in LEVELS if (entry := entries.get(f"severity.{level}.{clock}"))]
        for (lower, before), (higher, after) in itertools.pairwise(stated):
            one, other = before.value, after.value
            if isinstance(one, Duration) and isinstance(other, Duration) and _shorter(one, other):
                values = {"clock": clock, "higher": higher, "lower": lower}
                lengths = {"after": after.words.words, "before": before.words.words}
                yield Problem("contract.slower-above", after.words, {**values, **lengths})


def _shorter(one: Duration, other: Duration) -> bool:
    """Whether a length of time is beyond doubt shorter than another; business time has no length of its own."""
    if one.unit == other.unit:
        return one.amount < other.amount
    length, longer = exact(one), exact(other)
    return length is not None and longer is not None and length < longer


def _up_to_nobody(entries: Entries) -> Iterator[Problem]:
    """A level whose reviews go up in time has somebody to whom they go."""
    steps = [number for number, _ in children(entries, "escalation")]
    levels = [entries.get(f"escalation.{number}.levels") for number in steps]
    for level in LEVELS:
        clock = entries.get(f"severity.{level}.escalate")
        if clock is not None and steps and not any(each is None or level in _texts(each) for each in levels):
            yield Problem("contract.escalates-to-nobody", clock.words, {"level": level})


def _silent_speakers(entries: Entries) -> Iterator[Problem]:
    """Who alone speaks in an emergency may also plan what is said."""
    for emergency, _ in children(entries, "emergencies"):
        speaker = entries.get(f"emergencies.{emergency}.speaker")
        for action in ("publish_statement", "contact_media"):
            who = entries.get(f"authority.actions.{action}.who")
            if speaker is not None and who is not None and str(speaker.value) not in _texts(who):
                line, _ = who.where.source.position(who.where.span.start)
                values = {"role": str(speaker.value), "action": action, "line": str(line)}
                yield Problem("contract.speaker-may-not", speaker.words, values)


def _open(entries: Entries, day: str, before: str) -> Ranges:
    """The minutes of a weekday that are open, also by the hours of the day before that run past midnight."""
    own, last = (
        hours(str(entry.value)) or () if (entry := entries.get(f"calendar.business_hours.{name}")) else ()
        for name in (day, before)
    )
    late = ((0, end - _WHOLE_DAY) for _, end in last if end > _WHOLE_DAY)
    return (*late, *((start, min(end, _WHOLE_DAY)) for start, end in own))


def _on_duty(duty: Entry, open_: Ranges) -> Ranges:
    """The minutes of a day that a duty means."""
    words = str(duty.value)
    return _DAY if words == "always" else open_ if words == "business hours" else every_day(hours(words) or ())


def _without_all(ranges: Ranges, taken: Ranges) -> Ranges:
    """What is left of periods when others are taken away."""
    for start, end in taken:
        left = [((a, min(b, start)), (max(a, end), b)) for a, b in ranges]
        ranges = tuple(part for pair in left for part in pair if part[0] < part[1])
    return ranges


def _without(ranges: Ranges, duties: list[Ranges]) -> Iterator[tuple[int, int]]:
    for duty in duties:
        ranges = _without_all(ranges, duty)
    yield from sorted(ranges)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _limits(entries: Entries) -> Iterator[tuple[str, str]]:
    """Each limit of a role, as the offer and the path."""
    for offer, _ in children(entries, OFFERS):
        for role, _ in children(entries, f"{OFFERS}.{offer}.limits"):
            yield offer, f"{OFFERS}.{offer}.limits.{role}"


def _tiers(entries: Entries) -> list[tuple[Entry, Entry | None]]:
    """The approver of each tier, and up to how much."""
    found: list[tuple[Entry, Entry | None]] = []
    while approver := entries.get(f"{TIERS}.{len(found) + 1}.approver"):
        found.append((approver, entries.get(f"{TIERS}.{len(found) + 1}.up_to")))
    return found


def _texts(entry: Entry) -> tuple[str, ...]:
    return entry.value if isinstance(entry.value, tuple) else ()


def _shown(entry: Entry) -> str:
    return entry.words.words.strip("'\"")


def _more(one: Entry, other: Entry) -> bool:
    """Whether one amount or share is more than another of its kind; not when they cannot be compared."""
    a, b = one.value, other.value
    if isinstance(a, Money) and isinstance(b, Money) and a.currency != b.currency:
        return False
    left, right = getattr(a, "amount", None), getattr(b, "amount", None)
    return type(a) is type(b) and isinstance(left, Decimal) and isinstance(right, Decimal) and left > right
