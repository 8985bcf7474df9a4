"""How severe a review is, and why: by the contract's definitions, unless somebody who may has set it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.contract.severity import REACH, About, Level, Met, level_of
from replylint.contract.terms import LEVELS
from replylint.evaluate.unanswered import negative
from replylint.facts.model import Fact
from replylint.facts.schema import FACT_TYPES, OTHER_LANGUAGE, POSSIBLE_ALLEGATION
from replylint.source.names import kinds, section
from replylint.source.problems import Said

# More words than these beside a reason would hide it.
_MOST_WORDS = 3
_SOUNDS_LIKE = {
    "harm": ("injury", "food_poisoning"),
    "unequal_treatment": ("discrimination",),
    "harassment": ("harassment",),
}
"""The allegations that a possible allegation of each kind may be."""


@dataclass(frozen=True)
class Grade:
    """The severity of a review.

    level: the one that counts; None when neither the case nor the definitions say. found: by the definitions alone.
    lowered: the case states a lower level than the definitions give. counts: whether what the case states counts.
    reasons: why it is this level, what weighs most first. possible: every level that it might be, as far as what is
    not stated could change it; None where there might be no level, too. may_allege: what the review may allege besides
    what was found, in words that are not understood.
    """

    level: str | None
    found: str | None
    lowered: bool
    counts: bool
    reasons: tuple[Said, ...]
    possible: tuple[str | None, ...] = ()
    may_allege: tuple[str, ...] = ()


def grade(case: Case, review: Sequence[Fact], contract: Contract) -> Grade:
    """The severity of a case's review.

    review: the facts of its text. A stated level counts when it is not lower than the definitions say; a lower one
    only when the contract lets its role set severities (`severity.set_by`; without it, every role) and a reason is
    given.
    """
    about = _about(case, review)
    by_definition = level_of(about, contract)
    found = by_definition.name if by_definition else None
    reasons = tuple(_reasons(by_definition, review)) if by_definition else ()
    field = case.fields.get("review.severity")
    if field is None:
        doubts = _doubts(case, review, contract)
        possible = _possible(case, about, found, doubts, contract)
        told, may_allege = (*reasons, *map(_told, doubts)), dict.fromkeys(chain.from_iterable(map(may_be, doubts)))
        return Grade(found, found, False, False, told, tuple(dict.fromkeys(possible)), tuple(may_allege))
    stated = str(field.value)
    lowered = found is not None and _rank(stated) < _rank(found)
    if lowered and not (_may_set(case, contract) and "review.severity_reason" in case.fields):
        return Grade(found, found, True, False, (*reasons, _refused(stated, case, contract)), (found,))
    own = Said("evaluate.severity-stated", {"by": _by(case), "reason": _reason(case)})
    same = reasons if stated == found else ()
    return Grade(stated, found, lowered, True, same or (own,), (stated,))


def _possible(
    case: Case, about: About, found: str | None, doubts: Sequence[Fact], contract: Contract
) -> Iterator[str | None]:
    """The levels that a review might be of: by each number of stars where none is stated, by all without a text either.

    Reach and press are stated where there is any. Stars without a text are a review of stars alone. found: the level
    by what is known. doubts: why it may be a higher one.
    """
    if about.rating is None and case.review is None:
        yield from (None, *(level for level in LEVELS if f"severity.{level}" in contract))
        return
    if about.rating is not None:
        yield found
    else:
        levels = (level_of(replace(about, rating=Decimal(stars)), contract) for stars in range(1, 6))
        yield from (level.name if level else None for level in levels)
    higher = LEVELS[_rank(found) + 1 :] if found else LEVELS
    if any(fact.type == OTHER_LANGUAGE for fact in doubts):
        yield from (level for level in higher if _by_words(level, contract))
        return
    for alleged in chain.from_iterable(map(may_be, doubts)):
        level = level_of(replace(about, allegations=(*about.allegations, alleged)), contract)
        if level is not None and level.name in higher:
            yield level.name


def _doubts(case: Case, review: Sequence[Fact], contract: Contract) -> tuple[Fact, ...]:
    """Why it may be of a higher level: what is in a language that is not read, or sounds like an allegation.

    Many stars are taken at their word.
    """
    if not any(fact.type in (OTHER_LANGUAGE, POSSIBLE_ALLEGATION) for fact in review) or not negative(case, contract):
        return ()
    unread = [fact for fact in review if fact.type == OTHER_LANGUAGE]
    return (*unread[:1], *sounds_alleged(case, review, contract))


def sounds_alleged(case: Case, review: Sequence[Fact], contract: Contract) -> tuple[Fact, ...]:
    """What of a review with few stars sounds as if it alleged something, the first of each kind.

    Where one of the allegations that it may be was found, that says it.
    """
    alleged = {fact.kind for fact in review if fact.type == "allegation"}
    first: dict[str | None, Fact] = {}
    for fact in review:
        if fact.type == POSSIBLE_ALLEGATION and alleged.isdisjoint(may_be(fact)):
            first.setdefault(fact.kind, fact)
    return tuple(first.values()) if first and negative(case, contract) else ()


def may_be(doubt: Fact) -> tuple[str, ...]:
    """The kinds of allegation that words which are not understood may make; in another language, any."""
    return FACT_TYPES["allegation"].kinds if doubt.type == OTHER_LANGUAGE else _SOUNDS_LIKE[doubt.kind or ""]


def sounds_like(doubt: Fact) -> str:
    """How messages name what a possible allegation sounds like."""
    return f"sounds-like-{(doubt.kind or '').replace('_', '-')}"


def _told(doubt: Fact) -> Said:
    why = "unread" if doubt.type == OTHER_LANGUAGE else sounds_like(doubt)
    return Said(f"evaluate.severity-{why}", {"words": Said("evaluate.quoted", {"words": doubt.quote})})


def _by_words(level: str, contract: Contract) -> bool:
    """Whether what a review says can make it of this level."""
    return any(f"severity.{level}.{criterion}" in contract for criterion in ("allegations", "issues"))


def _refused(stated: str, case: Case, contract: Contract) -> Said:
    """That a lower level was stated and does not count, and why."""
    name = Said("evaluate.name", {lang: section("choices").spell(stated, lang) for lang in ("en", "zh")})
    return Said(f"evaluate.severity-refused-{'reason' if _may_set(case, contract) else 'role'}", {"level": name})


def setter(case: Case) -> str | None:
    """The role that set the stated severity: as stated, else the drafter's."""
    role = case.fields.get("review.severity_role") or case.fields.get("drafter.role")
    return str(role.value) if role else None


def _may_set(case: Case, contract: Contract) -> bool:
    allowed = contract.value("severity.set_by")
    return not isinstance(allowed, tuple) or setter(case) in allowed


def _rank(level: str) -> int:
    return LEVELS.index(level)


def _about(case: Case, review: Sequence[Fact]) -> About:
    rating, press = case.fields.get("review.rating"), case.fields.get("review.press")
    stated = ((name, case.fields.get(f"review.{name}")) for name in REACH)
    return About(
        rating.value if rating is not None and isinstance(rating.value, Decimal) else None,
        _kinds(review, "allegation"),
        _kinds(review, "issue"),
        {name: field.value for name, field in stated if field is not None and isinstance(field.value, Decimal)},
        press is not None and press.value is True,
    )


def _kinds(facts: Sequence[Fact], type_: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.kind for fact in facts if fact.type == type_ and fact.kind))


def _reasons(level: Level, review: Sequence[Fact]) -> Iterator[Said]:
    for met in level.met:
        if met.criterion in ("allegations", "issues"):
            yield from _facts(met, review)
        else:
            yield Said(f"evaluate.severity-{met.criterion}", {"number": met.values[0] if met.values else ""})


def _facts(met: Met, review: Sequence[Fact]) -> Iterator[Said]:
    fact_type = "allegation" if met.criterion == "allegations" else "issue"
    for kind in met.values:
        quotes = (fact.quote for fact in review if (fact.type, fact.kind) == (fact_type, kind))
        words = tuple(dict.fromkeys(quotes))[:_MOST_WORDS]
        name = Said("evaluate.name", {lang: kinds(fact_type).spell(kind, lang) for lang in ("en", "zh")})
        quoted = tuple(Said("evaluate.quoted", {"words": word}) for word in words)
        yield Said(f"evaluate.severity-{fact_type}", {"what": name, "words": quoted})


def _by(case: Case) -> Said | str:
    # Where a role is stated for it, the drafter did not set it.
    named = ("review.severity_by",) if "review.severity_role" in case.fields else ("review.severity_by", "drafter.name")
    names = [case.fields[name].value for name in named if name in case.fields]
    who = str(names[0]) if names else setter(case)
    return Said("evaluate.severity-by", {"who": who}) if who else ""


def _reason(case: Case) -> Said | str:
    reason = case.fields.get("review.severity_reason")
    return Said("evaluate.severity-because", {"reason": str(reason.value)}) if reason else ""
