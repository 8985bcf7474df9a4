"""Whether a reply may be posted: its receipt, held against the policy as it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from replylint.case.model import Case, Unreadable
from replylint.evaluate.model import Severity
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import starter_policy
from replylint.waivers.authority import Enforcement

if TYPE_CHECKING:
    from replylint.receipts.keys import PublicKey


def verify(
    case: Case | Unreadable, receipts: str | Path, key: bytes | None, *, policy: str | Path | None = None,
    fail_level: Severity = "error", now: dt.datetime | None = None, components: tuple[str, ...] = (),
    enforcement: Mapping[str, Enforcement] = MappingProxyType({}),
) -> tuple[Problem, ...]:  # fmt: skip
    """Why a case must not be posted; empty when a receipt allows exactly it. `replylint verify` says the same.

    receipts: the folder that `check --receipts` wrote to. key: the public key whose signature counts, as PEM; None
    takes receipts that nobody signed, and only those. policy: the folder of the policy as it is now; None means the
    starter policy. fail_level, components, enforcement: as the checker has them. now: the moment of posting; None takes
    the clock's. Raises PolicyError when the policy, or the key, cannot be read, and ValueError for a `now` without its
    distance from UTC.
    """
    if now is not None and now.utcoffset() is None:
        raise ValueError("the moment of posting has no time zone")
    if isinstance(case, Unreadable):
        return case.placed
    # Loaded when it is asked for: most programs only check drafts.
    from replylint.receipts.envelope import opened, opened_unsigned
    from replylint.receipts.find import Open
    from replylint.receipts.posting import Gate, of_case
    from replylint.receipts.standing import read_standing
    from replylint.receipts.verify import Terms

    folder = Path(receipts)
    if not folder.is_dir():
        return (Problem("receipts.no-folder", values={"folder": folder.as_posix()}),)
    read: Open = opened_unsigned if key is None else partial(opened, keys=(_public_key(key),))
    place = Path(policy) if policy is not None else starter_policy()
    name = place.as_posix() if policy is not None else "starter policy"
    standing = read_standing(place, name, components, enforcement, own=policy is not None)
    terms = Terms(now or dt.datetime.now(dt.UTC), standing, fail_level)
    return Gate(folder, terms, read).outcome(of_case(case)).problems


def _public_key(pem: bytes) -> PublicKey:
    from replylint.receipts.keys import public_key

    found = public_key(pem, "key")
    if isinstance(found, Problem):
        raise PolicyError((found,))
    return found
