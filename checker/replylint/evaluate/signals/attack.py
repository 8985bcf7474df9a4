"""A malicious attack: bad reviews that are much the same, of one minute, or of new accounts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.evaluate.repeats import groups
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.window import SHORTEST, bad, in_window, made, several, share_of, span
from replylint.source.problems import Said


def attack(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """So many bad reviews within a time that share a sign of having been arranged; all signs that they share."""
    least, window = several("malicious_attack", contract)
    if least is None or window is None:
        return None
    recent = in_window(bad(seen, contract), window, now)
    why: list[Said] = []
    involved: set[str] = set()
    for sign, group in (
        ("alike", _alike(recent, share_of("malicious_attack", contract))),
        ("minute", _one_minute(recent)),
        ("new", _new(recent, contract)),
    ):
        if len(group) >= least:
            why.append(Said(f"evaluate.emergency-{sign}", {"number": str(len(group))}))
            involved |= {each.id for each in group}
    reviews = [each for each in recent if each.id in involved]
    return made(reviews, why, least, window, now) if why else None


def _alike(reviews: Sequence[Seen], share: float) -> list[Seen]:
    long = [each for each in reviews if len(each.folded) >= SHORTEST]
    found = max(groups([each.folded for each in long], share), key=len, default=[])
    return [long[number] for number in found]


def _one_minute(reviews: Sequence[Seen]) -> list[Seen]:
    """The most reviews of one minute; exports that know the day alone also write it as midnight sharp."""
    known = {each.id: each.at.earliest for each in reviews if each.at and each.at.exact and _timed(each.at.earliest)}
    minutes = {id_: at.replace(second=0, microsecond=0) for id_, at in known.items()}
    most = Counter(minutes.values()).most_common(1)
    return [each for each in reviews if most and minutes.get(each.id) == most[0][0]]


def _timed(at: dt.datetime) -> bool:
    return (at.hour, at.minute, at.second) != (0, 0, 0)


def _new(reviews: Sequence[Seen], contract: Contract) -> list[Seen]:
    few = contract.value("emergencies.malicious_attack.author_reviews_at_most")
    young = span(contract.value("emergencies.malicious_attack.account_younger"))
    return [
        each for each in reviews
        if (isinstance(few, Decimal) and each.reviews is not None and each.reviews <= few)
        or (young is not None and each.since is not None and each.at is not None
            and each.at.earliest - aware(each.since, contract) < young)
    ]  # fmt: skip
