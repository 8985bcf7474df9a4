"""Replies that nearly repeat an earlier one.

MinHash signatures over character shingles, compared through locality-sensitive hashing (Broder, On the resemblance and
containment of documents, 1997): the time for each reply does not depend on how many came before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rensa

from replylint.case.model import Case
from replylint.source.spans import Location

ALIKE = 0.8
"""The share of shingles that two replies must have in common to count as nearly the same."""

_SHINGLE = 4
_PERMUTATIONS = 64
_BANDS = 16
_SEED = 20_261_101  # any fixed number: the same replies must be alike on every machine
_KEPT = 4_000


@dataclass(frozen=True)
class Earlier:
    """A reply that came before: its draft's id and its place."""

    id: str
    where: Location


class _Generation:
    """Up to `_KEPT` replies under their signatures."""

    def __init__(self) -> None:
        self.replies: list[tuple[Any, Earlier]] = []
        self._index = rensa.RMinHashLSH(ALIKE, _PERMUTATIONS, _BANDS)

    def find(self, signature: Any) -> Earlier | None:
        """The first of the replies that are alike."""
        candidates: list[int] = sorted(self._index.query(signature))
        for other, earlier in (self.replies[number] for number in candidates):
            if other.jaccard(signature) >= ALIKE:
                return earlier
        return None

    def add(self, signature: Any, earlier: Earlier) -> None:
        """Remember a reply."""
        self._index.insert(len(self.replies), signature)
        self.replies.append((signature, earlier))


class Replies:
    """The replies seen so far: between four and eight thousand of the latest, so that memory is bounded."""

    def __init__(self) -> None:
        self._older = _Generation()
        self._newer = _Generation()

    def meet(self, case: Case, folded: str) -> Earlier | None:
        """The earlier reply that this one nearly repeats, if any; the reply, given as folded, is remembered."""
        signature = _signature(folded)
        found = self._older.find(signature) or self._newer.find(signature)
        if len(self._newer.replies) >= _KEPT:
            self._older, self._newer = self._newer, _Generation()
        self._newer.add(signature, Earlier(case.id, case.reply.location.settled))
        return found


def groups(texts: Sequence[str], alike: float) -> list[list[int]]:
    """Texts, already folded, that are much the same, as lists of their places; texts that are like no other are left
    out.

    alike: the share of shingles that two have in common, from 0 to 1. Who is like one of a group is of the group.
    """
    index = rensa.RMinHashLSH(alike, _PERMUTATIONS, _BANDS)
    signatures = [_signature(text) for text in texts]
    leader = list(range(len(texts)))
    for number, signature in enumerate(signatures):
        for other in sorted(index.query(signature)):
            if signatures[other].jaccard(signature) >= alike:
                leader[_leader(leader, number)] = _leader(leader, other)
        index.insert(number, signature)
    found: dict[int, list[int]] = {}
    for number in range(len(texts)):
        found.setdefault(_leader(leader, number), []).append(number)
    return [group for group in found.values() if len(group) > 1]


def _leader(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _signature(folded: str) -> Any:
    signature = rensa.RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    signature.update([folded[i : i + _SHINGLE] for i in range(max(1, len(folded) - _SHINGLE + 1))])
    return signature
