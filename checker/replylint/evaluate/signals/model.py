"""Reviews as emergencies see them, and what they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from replylint.case.model import Case
from replylint.evaluate.severity import Grade
from replylint.facts.model import Fact
from replylint.source.moments import Between
from replylint.source.problems import Said
from replylint.text.model import Text


@dataclass(frozen=True)
class Seen:
    """What of a review bears on emergencies.

    at: when it arrived. stars: its rating. allegations: their kinds. worded: it has words. folded: its text for
    comparison. claims: its sentences that allege something, folded and as written. open: not answered yet. went_up:
    when it was escalated. reviews, since: how many reviews its author has written, and since when the account is there.
    """

    id: str
    at: Between | None
    stars: Decimal | None
    grade: Grade
    allegations: tuple[str, ...]
    worded: bool
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
            tuple(dict.fromkeys(str(fact.kind) for fact in alleged)), case.review is not None, press is True,
            text.folded if text else "", tuple(_claims(text, alleged)) if text else (), open_, went_up,
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


def _claims(text: Text, alleged: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """The sentences that allege something, folded and as written."""
    for sentence in text.sentences:
        place = text.original_span(sentence)
        if any(place.start <= fact.span.start < place.end for fact in alleged):
            yield text.folded[sentence.start : sentence.end], text.original[place.start : place.end]
