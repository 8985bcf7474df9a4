"""How facts are named."""

from __future__ import annotations

from typing import NamedTuple


class FactName(NamedTuple):
    """A type of fact with its kind, where the type has kinds: `promise` / `refund`."""

    type: str
    kind: str | None = None
