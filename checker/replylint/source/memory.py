"""What was worked out lately, by what it was worked out from.

Replies repeat each other, whole or sentence by sentence. Remembering changes the time that a check takes, never what it
finds: what is remembered has to depend on its key alone.
"""

from __future__ import annotations

from typing import Generic, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Memory(Generic[_K, _V]):
    """At most so many values; the one that was not asked for longest makes room for a new one."""

    def __init__(self, most: int):
        self._most = most
        self._held: dict[_K, _V] = {}

    def recall(self, key: _K) -> _V | None:
        """The value that is remembered for a key, if any."""
        value = self._held.pop(key, None)
        if value is not None:
            self._held[key] = value
        return value

    def keep(self, key: _K, value: _V) -> None:
        """Remember a value."""
        if len(self._held) >= self._most:
            del self._held[next(iter(self._held))]
        self._held[key] = value
