"""Drafts of one run that get in each other's way: two for one review, two refunds planned for one order."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from replylint.case.model import Case, Field
from replylint.contract.model import Contract
from replylint.evaluate.planned import with_actions
from replylint.evaluate.repeats import Earlier
from replylint.source.spans import Location

AHEAD = 1_000
"""Drafts that are read before the first verdict, so that also the first of two can be told of the second."""

_KEPT = 50_000

Key = tuple[str, bytes]


@dataclass(frozen=True)
class Others:
    """What other drafts of the run have to do with one.

    repeats: an earlier reply that this one nearly repeats. review: another draft for the same review.
    order: another refund planned for the same order. review_at, order_at: where this one speaks of it.
    met: the emergencies of which the review is a part together with others, each with the moment at which it passes.
    """

    repeats: Earlier | None = None
    review: Earlier | None = None
    order: Earlier | None = None
    review_at: Location | None = None
    order_at: Location | None = None
    met: tuple[tuple[str, dt.datetime | None], ...] = ()


ALONE = Others()

_T = TypeVar("_T")


def conflicts(
    cases: Iterable[Case | _T], contract: Contract, known: Known | None = None
) -> Iterator[tuple[Case | _T, Others]]:
    """Each case, or what is none, in the order given, with the other drafts that get in its way.

    contract: by which actions of the brand's own count as refunds. known: what drafts that are not judged now want. Of
    two drafts more than `AHEAD` apart only the later is told of;
    more than twice `_KEPT` apart neither is.
    """
    known = known or Known(contract)
    waiting: deque[tuple[Case | _T, tuple[_Claim, ...]]] = deque()
    for case in cases:
        claims = tuple(_claims(case, contract)) if isinstance(case, Case) else ()
        known.add_claims(claims)
        waiting.append((case, claims))
        if len(waiting) > AHEAD:
            yield _met(*waiting.popleft(), known)
    while waiting:
        yield _met(*waiting.popleft(), known)


@dataclass(frozen=True)
class _Claim:
    """What a draft wants for itself, a review or an order's refund, and where; `by` is the draft's id."""

    key: Key
    at: Location
    by: str


class Known:
    """The first two claims to each thing, among the last fifty to hundred thousand things."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._older: dict[Key, list[_Claim]] = {}
        self._newer: dict[Key, list[_Claim]] = {}

    def add(self, case: Case) -> None:
        """Remember what a draft wants."""
        self.add_claims(tuple(_claims(case, self._contract)))

    def add_claims(self, claims: tuple[_Claim, ...]) -> None:
        """Remember what is wanted by one draft."""
        if len(self._newer) >= _KEPT:
            self._older, self._newer = self._newer, {}
        for claim in claims:
            found = self._older.get(claim.key) or self._newer.setdefault(claim.key, [])
            if len(found) < 2:
                found.append(claim)

    def other(self, claim: _Claim) -> Earlier | None:
        """Who else claims the same, the first of them; None when nobody does."""
        found = self._newer.get(claim.key) or self._older.get(claim.key, [])
        return next((Earlier(other.by, other.at) for other in found if other is not claim), None)


def _met(case: Case | _T, claims: tuple[_Claim, ...], known: Known) -> tuple[Case | _T, Others]:
    if not claims:
        return case, ALONE
    met = [(claim, other) for claim in claims if (other := known.other(claim)) is not None]
    review, review_at = next(((other, claim.at) for claim, other in met if claim.key[0] == "review"), (None, None))
    order, order_at = next(((other, claim.at) for claim, other in met if claim.key[0] == "order"), (None, None))
    return case, Others(None, review, order, review_at, order_at)


def _claims(case: Case, contract: Contract) -> Iterator[_Claim]:
    """The review under each of its names, and the orders that refunds, or what counts as one, are planned for."""
    platform = _word(case.fields.get("platform"))
    for name in ("review.id", "review.url"):
        field = case.fields.get(name)
        if field is not None:
            named = (name, platform if name == "review.id" else "", _word(field))
            yield _Claim(_key("review", *named), field.where.settled, case.id)
    author, posted = case.fields.get("review.author"), case.fields.get("review.posted_at")
    # The same few words may well be two people's; with the same name or the same minute they are not.
    if case.review is not None and (author or posted):
        words = (platform, _word(author), _word(posted), case.review.text)
        yield _Claim(_key("review", *words), case.review.location.settled, case.id)
    for action in with_actions(case, contract)[0].actions if case.actions else ():
        order, schema = action.parameters.get("order"), contract.actions.get(action.name)
        if order is not None and schema is not None and schema.is_a("refund"):
            yield _Claim(_key("order", _word(order)), action.where.settled, case.id)


def _word(field: Field | None) -> str:
    return "" if field is None else str(field.value).strip().casefold()


def _key(sort: str, *words: str) -> Key:
    return sort, blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
