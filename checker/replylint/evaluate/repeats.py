"""Replies that nearly repeat an earlier one.

MinHash signatures over character shingles, compared through locality-sensitive hashing (Broder, On the resemblance and
containment of documents, 1997): the time for each reply does not depend on how many came before it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any
from zlib import crc32

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
_BUCKETS = 8_192
"""For each band: twice as many as replies, so that most hold one or none."""


@dataclass(frozen=True)
class Earlier:
    """A reply that came before: its draft's id and its place."""

    id: str
    where: Location


class _Generation:
    """Up to `_KEPT` different replies under their signatures.

    Each band of a signature leads to a bucket of replies: `_first` holds the last one put into each bucket, `_next` for
    each band of each reply the one put there before it. As numbers in arrays they take a fifth of the room of objects.
    """

    def __init__(self) -> None:
        self.replies: list[tuple[bytes, Earlier]] = []
        self._known: set[bytes] = set()
        self._first = array("i", [-1]) * (_BANDS * _BUCKETS)
        self._next = array("i")

    def find(self, signature: bytes) -> Earlier | None:
        """The first of the replies that are alike."""
        for other, earlier in (self.replies[number] for number in sorted(self._candidates(signature))):
            if _likeness(other, signature) >= ALIKE:
                return earlier
        return None

    def add(self, signature: bytes, earlier: Earlier) -> None:
        """Remember a reply, unless one that reads the same is: whatever is like it is like that one."""
        if signature in self._known:
            return
        for bucket in _buckets(signature):
            self._next.append(self._first[bucket])
            self._first[bucket] = len(self.replies)
        self._known.add(signature)
        self.replies.append((signature, earlier))

    def _candidates(self, signature: bytes) -> set[int]:
        found: set[int] = set()
        for band, bucket in enumerate(_buckets(signature)):
            number = self._first[bucket]
            while number >= 0:
                found.add(number)
                number = self._next[number * _BANDS + band]
        return found


class Replies:
    """The replies seen so far: four to eight thousand of the latest different ones, so that memory is bounded."""

    def __init__(self) -> None:
        self._older = _Generation()
        self._newer = _Generation()

    def meet(self, case: Case, folded: str) -> Earlier | None:
        """The earlier reply that this one nearly repeats, if any; the reply, given as folded, is remembered."""
        signature = array("I", _signature(folded).digest()).tobytes()
        found = self._older.find(signature) or self._newer.find(signature)
        if len(self._newer.replies) >= _KEPT:
            self._older, self._newer = self._newer, _Generation()
        self._newer.add(signature, Earlier(case.id, case.reply.location.settled))
        return found


def _buckets(signature: bytes) -> list[int]:
    """The bucket of each band of a signature."""
    wide = len(signature) // _BANDS
    return [band * _BUCKETS + crc32(signature[band * wide : (band + 1) * wide]) % _BUCKETS for band in range(_BANDS)]


def _likeness(one: bytes, other: bytes) -> float:
    """The share of numbers that two signatures have in common."""
    alike: int = sum(map(eq, memoryview(one).cast("I"), memoryview(other).cast("I")))
    return alike / _PERMUTATIONS


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
