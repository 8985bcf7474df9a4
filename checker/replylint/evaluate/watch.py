"""Emergencies that a set of drafts makes while they are checked one after the other: surge, attack, rumour.

Drafts are read ahead of their verdicts (`conflicts.AHEAD`), so that the first of a surge is told of it, too. What lies
further back than any emergency looks is only counted, and nothing is read of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.evaluate.holding import binding
from replylint.evaluate.past import arrived
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.signals.table import SIGNALS, SINGLE
from replylint.evaluate.signals.window import looks_back
from replylint.source.moments import Between

Met = tuple[tuple[str, dt.datetime | None], ...]
"""The names of emergencies with the moment at which each passes; None where that is not known."""

_AGAIN = 500
"""After so many more reviews it is looked again; fewer than are read ahead, so that no draft is passed over."""


_SPEAKING = frozenset({"publish_statement", "contact_media"})
_BY_STARS = frozenset({"surge"})
"""The emergencies for which nothing has to be read where the stars are stated."""

Look = Callable[[Case, Between, bool], Seen]
"""What of a review that came at a moment bears on emergencies; with its text, or by its stars alone."""


class Watch:
    """The reviews met so far, and the emergencies that they make."""

    def __init__(self, contract: Contract, now: dt.datetime, look: Look):
        self._contract, self._now, self._look = contract, now, look
        self._names = tuple(name for name in binding(contract) if name not in SINGLE)
        self._pausing = tuple(n for n in self._names if contract.value(f"emergencies.{n}.pause_replies") is True)
        self._reach = looks_back(contract)
        self._cases: dict[str, tuple[Case, Between]] = {}
        self._looked: dict[str, int] = {}
        self._passes: dict[str, tuple[frozenset[str], dt.datetime | None]] = {}

    def add(self, case: Case) -> None:
        """Take a review into account, whether it has a draft or not."""
        if not self._names or (case.review is None and "review.rating" not in case.fields):
            return
        since = arrived(case, self._contract)
        if since is not None and self._now - self._reach < since.latest and since.earliest <= self._now:
            self._cases.setdefault(case.id, (case, since))

    def met(self, case: Case) -> Met:
        """The emergencies of which a draft's review is a part; those with a speaker alone for who speaks in public."""
        if case.id not in self._cases:
            return ()
        speaks = any(action.name in _SPEAKING for action in case.actions)
        found = ((name, self._find(name)) for name in (self._names if speaks else self._pausing))
        return tuple((name, until) for name, (reviews, until) in found if case.id in reviews)

    def _find(self, name: str) -> tuple[frozenset[str], dt.datetime | None]:
        """The reviews that make an emergency, and when it passes."""
        if name not in self._looked or len(self._cases) - self._looked[name] >= _AGAIN:
            self._looked[name] = len(self._cases)
            seen = [self._look(case, since, name not in _BY_STARS) for case, since in self._cases.values()]
            signal = SIGNALS[name](seen, self._contract, self._now)
            reviews = frozenset(each.id for each in signal.reviews) if signal else frozenset[str]()
            self._passes[name] = reviews, signal.until if signal else None
        return self._passes[name]
