"""A rumour: several reviews that claim the same, or one of the claims that the contract lists as false."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from replylint.contract.model import Contract
from replylint.evaluate.repeats import groups
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.window import SHORTEST, in_window, made, several, share_of
from replylint.source.problems import Said


def rumour(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """Any review within a time that tells a claim known to be false; else so many that claim the same."""
    least, window = several("rumour", contract)
    if least is None or window is None:
        return None
    recent = in_window(seen, window, now)
    share = share_of("rumour", contract)
    if (known := _known(recent, share, contract)) is not None:
        telling, why = known
        return made(telling, [why], 1, window, now)
    for telling, words in _alike(recent, share):
        if len(telling) >= least:
            why = Said("evaluate.emergency-claim", {"number": str(len(telling)), "words": words})
            return made(telling, [why], least, window, now)
    return None


def _known(recent: Sequence[Seen], share: float, contract: Contract) -> tuple[list[Seen], Said] | None:
    """The reviews that tell the first false claim of the contract that any tells, and the sentence that says so."""
    # Loaded here, as all that reads texts is: nothing of it is needed where every reading is kept.
    from replylint.text.pipeline import read

    claims = contract.value("emergencies.rumour.known")
    for claim in claims if isinstance(claims, tuple) else ():
        telling = [each for each in recent if _tells(each.folded, read(claim).folded, share)]
        if telling:
            return telling, Said("evaluate.emergency-known", {"number": str(len(telling)), "words": claim})
    return None


def _alike(recent: Sequence[Seen], share: float) -> Iterator[tuple[list[Seen], str]]:
    """The reviews of each group of claims that are alike, with the words of one; the largest group first."""
    claims = [(each, *claim) for each in recent for claim in each.claims if len(claim[0]) >= SHORTEST]
    for group in sorted(groups([folded for _, folded, _ in claims], share), key=len, reverse=True):
        telling = [each for each in recent if any(claims[number][0] is each for number in group)]
        yield telling, claims[group[0]][2]


def _tells(folded: str, claim: str, share: float) -> bool:
    """Whether so much of a claim stands in a text, by pairs of characters that follow one another."""
    pairs = {claim[i : i + 2] for i in range(len(claim) - 1)}
    return bool(pairs) and sum(pair in folded for pair in pairs) >= max(share, 0.5) * len(pairs)
