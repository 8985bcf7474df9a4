"""What was worked out lately, by what it was worked out from.

Replies repeat each other, whole or sentence by sentence. Remembering changes the time that a check takes, never what it
finds: what is remembered has to depend on its key alone.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Memory(Generic[_K, _V]):
    """At most so many values; the one that was not asked for longest makes room for a new one."""

    def __init__(self, most: int):
        self._most = most
        self._held: OrderedDict[_K, _V] = OrderedDict()

    def recall(self, key: _K) -> _V | None:
        """The value that is remembered for a key, if any."""
        value = self._held.get(key)
        if value is not None:
            self._held.move_to_end(key)
        return value

    def keep(self, key: _K, value: _V) -> None:
        """Remember a value."""
        if len(self._held) >= self._most:
            self._held.popitem(last=False)
        self._held[key] = value
