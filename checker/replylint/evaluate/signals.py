"""What in a set of reviews makes an emergency of the contract: one function for each, from reviews to a signal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from replylint.case.model import Case
from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.contract.schema import LEVELS
from replylint.evaluate.repeats import groups
from replylint.evaluate.severity import Grade
from replylint.evaluate.timing import first_of
from replylint.facts.model import Fact
from replylint.language.show import show
from replylint.source.moments import Between
from replylint.source.problems import Said, Saying
from replylint.source.values import Duration, Percent
from replylint.text.model import Text

_SHORTEST = 12
"""Characters from which on two texts can be alike by more than chance: many reviews say 「難吃」 and nothing else."""

_USUAL_FROM = 4
"""How many times `within` has to lie before a surge for what is usual to be known."""

_MOST_REASONS = 3
_BAD = Decimal(2)
_MINUTES = {"minute": 1, "hour": 60, "business_hour": 60, "day": 1440, "business_day": 1440, "week": 10080,
            "month": 43200, "year": 525600}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What of a review bears on emergencies.

    at: when it arrived. stars: its rating. allegations: their kinds. folded: its text for comparison. claims: its
    sentences that allege something, folded and as written. open: not answered yet. went_up: when it was escalated.
    reviews, since: how many reviews its author has written, and since when the account is there.
    """

    id: str
    at: Between | None
    stars: Decimal | None
    grade: Grade
    allegations: tuple[str, ...]
    press: bool
    folded: str
    claims: tuple[tuple[str, str], ...]
    open: bool
    went_up: Between | None
    reviews: Decimal | None
    since: dt.datetime | None

    @staticmethod
    def of(
        case: Case, grade: Grade, facts: Sequence[Fact], at: Between | None, text: Text | None, open_: bool,
        went_up: Between | None,
    ) -> Seen:  # fmt: skip
        """What a case says about it."""
        stars, press, reviews, since = (
            field.value if (field := case.fields.get(f"review.{name}")) else None
            for name in ("rating", "press", "author_reviews", "author_since")
        )
        alleged = [fact for fact in facts if fact.type == "allegation" and fact.kind]
        return Seen(
            case.id, at, stars if isinstance(stars, Decimal) else None, grade,
            tuple(dict.fromkeys(str(fact.kind) for fact in alleged)), press is True, text.folded if text else "",
            tuple(_claims(text, alleged)) if text else (), open_, went_up,
            reviews if isinstance(reviews, Decimal) else None, since if isinstance(since, dt.datetime) else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Signal:
    """Why an emergency holds: the reviews that make it, in order of time, the reasons, and from when it holds.

    until: when too few of the reviews are left for it to hold; None where only an answer ends it.
    """

    reviews: Sequence[Seen]
    why: tuple[Said, ...]
    since: Between | None
    until: dt.datetime | None = None


def horizon(contract: Contract) -> dt.timedelta:
    """How far back the emergencies look that compare texts."""
    windows = (_several(name, contract)[1] for name in ("malicious_attack", "rumour"))
    return max((window for window in windows if window is not None), default=dt.timedelta())


def looks_back(contract: Contract) -> dt.timedelta:
    """How far back any emergency looks, with the time before a surge in which its usual number is counted."""
    surge = _several("surge", contract)[1]
    usual = surge * 2 * _USUAL_FROM if surge is not None else dt.timedelta()
    return max(horizon(contract), usual)


def _surge(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    least, window = _several("surge", contract)
    if least is None or window is None:
        return None
    recent = _recent(_bad(seen, contract), window, now)
    usual = _usual(seen, window, contract, now)
    times = contract.value("emergencies.surge.times_usual")
    if len(recent) < least or (usual is not None and isinstance(times, Decimal) and len(recent) < times * usual):
        return None
    within = contract.value("emergencies.surge.within")
    known = Said("evaluate.usual-unknown") if usual is None else Said("evaluate.usual", {"number": f"{usual:.1f}"})
    values: dict[str, Saying] = {"number": str(len(recent)), "least": str(least), "usual": known}
    why = Said("evaluate.emergency-surge", {**values, "within": _length(within)})
    return _made(recent, [why], least, window, now)


def _usual(seen: Sequence[Seen], window: dt.timedelta, contract: Contract, now: dt.datetime) -> Decimal | None:
    """How many bad reviews came in such a time before; None when the reviews do not reach back far enough."""
    start = now - window
    earlier = [each for each in seen if each.at is not None and each.at.latest <= start]
    first = min((each.at.latest for each in earlier if each.at is not None), default=start)
    if start - first < _USUAL_FROM * window:
        return None
    return Decimal(len(_bad(earlier, contract))) * Decimal(window / (start - first))


def _serious(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    wanted = contract.value("emergencies.serious_complaint.allegations")
    level = contract.value("emergencies.serious_complaint.level")
    kinds = wanted if isinstance(wanted, tuple) else None
    return _single(
        each for each in seen
        if (kinds is None and each.grade.level == level) or (kinds is not None and set(kinds) & set(each.allegations))
    )  # fmt: skip


def _media(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    return _single(each for each in seen if each.press or "media" in each.allegations)


def _single(reviews: Iterator[Seen]) -> Signal | None:
    """Reviews of which each is an emergency until it is answered; the one that did not go up is the reason to hurry."""
    found = _in_time([each for each in reviews if each.open])
    if not found:
        return None
    waiting = [each for each in found if each.went_up is None] or found
    reasons = [reason for each in waiting for reason in each.grade.reasons[:1]]
    why = tuple(reason for number, reason in enumerate(reasons) if reason not in reasons[:number])
    return Signal(found, why[:_MOST_REASONS], first_of(each.at for each in waiting if each.at))


def _attack(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    least, window = _several("malicious_attack", contract)
    if least is None or window is None:
        return None
    recent = _recent(_bad(seen, contract), window, now)
    why: list[Said] = []
    involved: set[str] = set()
    for sign, group in (
        ("alike", _alike(recent, _share("malicious_attack", contract))),
        ("minute", _one_minute(recent)),
        ("new", _new(recent, contract)),
    ):
        if len(group) >= least:
            why.append(Said(f"evaluate.emergency-{sign}", {"number": str(len(group))}))
            involved |= {each.id for each in group}
    reviews = [each for each in recent if each.id in involved]
    return _made(reviews, why, least, window, now) if why else None


def _alike(reviews: Sequence[Seen], share: float) -> list[Seen]:
    long = [each for each in reviews if len(each.folded) >= _SHORTEST]
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
    young = _span(contract.value("emergencies.malicious_attack.account_younger"))
    return [
        each for each in reviews
        if (isinstance(few, Decimal) and each.reviews is not None and each.reviews <= few)
        or (young is not None and each.since is not None and each.at is not None
            and each.at.earliest - aware(each.since, contract) < young)
    ]  # fmt: skip


def _rumour(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    least, window = _several("rumour", contract)
    if least is None or window is None:
        return None
    # Loaded here, as all that reads texts is: nothing of it is needed where every reading is kept.
    from replylint.text.pipeline import read

    recent = _recent(list(seen), window, now)
    share = _share("rumour", contract)
    known = contract.value("emergencies.rumour.known")
    for claim in known if isinstance(known, tuple) else ():
        telling = [each for each in recent if _tells(each.folded, read(claim).folded, share)]
        if telling:
            why = Said("evaluate.emergency-known", {"number": str(len(telling)), "words": claim})
            return _made(telling, [why], 1, window, now)
    claims = [(each, *claim) for each in recent for claim in each.claims if len(claim[0]) >= _SHORTEST]
    for group in sorted(groups([folded for _, folded, _ in claims], share), key=len, reverse=True):
        telling = [each for each in recent if any(claims[number][0] is each for number in group)]
        if len(telling) >= least:
            why = Said("evaluate.emergency-claim", {"number": str(len(telling)), "words": claims[group[0]][2]})
            return _made(telling, [why], least, window, now)
    return None


def _tells(folded: str, claim: str, share: float) -> bool:
    """Whether so much of a claim stands in a text, by pairs of characters that follow one another."""
    pairs = {claim[i : i + 2] for i in range(len(claim) - 1)}
    return bool(pairs) and sum(pair in folded for pair in pairs) >= max(share, 0.5) * len(pairs)


SINGLE = frozenset({"serious_complaint", "media_report"})
"""The emergencies that a single review makes."""

SIGNALS: Mapping[str, Callable[[Sequence[Seen], Contract, dt.datetime], Signal | None]] = {
    "surge": _surge,
    "serious_complaint": _serious,
    "malicious_attack": _attack,
    "media_report": _media,
    "rumour": _rumour,
}


def _claims(text: Text, alleged: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """The sentences that allege something, folded and as written."""
    for sentence in text.sentences:
        place = text.original_span(sentence)
        if any(place.start <= fact.span.start < place.end for fact in alleged):
            yield text.folded[sentence.start : sentence.end], text.original[place.start : place.end]


def _bad(seen: Sequence[Seen], contract: Contract) -> list[Seen]:
    """Reviews with few stars; without stars, those that the contract takes for a complaint."""
    stated = contract.value("emergencies.surge.rating_at_most")
    most = stated if isinstance(stated, Decimal) else _BAD
    return [each for each in seen if (each.stars <= most if each.stars is not None else _complains(each))]


def _complains(each: Seen) -> bool:
    return each.grade.level in LEVELS[1:]


def _recent(reviews: Sequence[Seen], window: dt.timedelta, now: dt.datetime) -> list[Seen]:
    """Those that came within a time before now, or may have."""
    return _in_time([r for r in reviews if r.at is not None and now - window < r.at.latest and r.at.earliest <= now])


def _made(
    reviews: Sequence[Seen], why: Sequence[Said], least: int, window: dt.timedelta, now: dt.datetime
) -> Signal:
    """What so many reviews within a time make.

    It is not certain where it takes reviews of which only the day is known to make the number full.
    """
    unsure = sum(each.at is not None and each.at.earliest <= now - window for each in reviews)
    days = () if len(reviews) - unsure >= least else (Said("evaluate.emergency-days", {"number": str(unsure)}),)
    return Signal(reviews, (*why, *days), reviews[least - 1].at, _passes(reviews, least, window))


def _passes(reviews: Sequence[Seen], least: int, window: dt.timedelta) -> dt.datetime | None:
    """When fewer than so many of some reviews, in order of time, will lie in the window."""
    at = reviews[len(reviews) - least].at
    return at.latest + window if at is not None else None


def _in_time(reviews: Sequence[Seen]) -> list[Seen]:
    return sorted(reviews, key=lambda each: (each.at.earliest.timestamp() if each.at else 0.0, each.id))


def _several(name: str, contract: Contract) -> tuple[int | None, dt.timedelta | None]:
    least = contract.value(f"emergencies.{name}.reviews")
    return int(least) if isinstance(least, Decimal) else None, _span(contract.value(f"emergencies.{name}.within"))


def _share(name: str, contract: Contract) -> float:
    share = contract.value(f"emergencies.{name}.alike")
    return float(share.amount) / 100 if isinstance(share, Percent) else 0.7


def _span(length: object) -> dt.timedelta | None:
    """A length of time that looks back, business time taken as plain time."""
    return dt.timedelta(minutes=float(length.amount) * _MINUTES[length.unit]) if isinstance(length, Duration) else None


def _length(length: object) -> Said:
    shown = ("", "") if not isinstance(length, Duration) else (show(length, "en"), show(length, "zh"))
    return Said("evaluate.name", {"en": shown[0], "zh": shown[1]})
