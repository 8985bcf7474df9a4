"""Verdicts kept between runs: drafts that have not changed are neither read nor judged again.

The verdicts of a run are kept together, because what one says depends on the others: who repeats whom, which two
answer one review. They are kept under a digest of all that they depend on besides the drafts (the policy's files, the
settings, what was asked, the program and what is installed beside it) and hold for the very bytes of the drafts that
they were made of. A verdict that asked for the moment of the check (`source/noticing.py`) holds for that moment
alone; at any other, its draft is judged anew, and no other draft is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from replylint.case.taken import Taken, digest_of, take
from replylint.cli.check.tally import Tally, Under
from replylint.evaluate.stored import from_plain, to_plain
from replylint.language.files import policy_digest
from replylint.source.cache import keep, recall
from replylint.source.digests import plain_digest
from replylint.source.moments import of_check
from replylint.source.program import program

if TYPE_CHECKING:
    from replylint.cli.check.options import Asked
    from replylint.cli.check.revision import RunGround
    from replylint.cli.jobs import Judged
    from replylint.evaluate.conflicts import Others
    from replylint.evaluate.model import CaseVerdict, CouldNotCheck

_MOST = 5_000  # verdicts of one run; more would be held in memory only to be kept


@dataclass(frozen=True)
class Known:
    """The verdicts of a run that need not be reached again, and what the run told of besides them.

    pages: the page of each rule, by its name. open: the numbers of those entries that held for another moment, each of
    which can be judged anew by itself; beside: gives what other drafts have to do with each.
    """

    entries: Sequence[CaseVerdict | CouldNotCheck]
    under: Under
    skipped: Mapping[str, int]
    pages: Mapping[str, str]
    open: Sequence[int]
    beside: Callable[[], Sequence[Others]]

    def tally(self) -> Tally:
        """The counts of the run."""
        found = Tally(skipped=Counter(self.skipped))
        for entry in self.entries:
            found.count(entry)
        return found


@dataclass
class Keeping:
    """What the verdicts of a run are kept under, and those of this run as far as they have been reached.

    policy: the digest of its files. taken: the drafts. open: the numbers of the verdicts that asked for the moment of
    the check, with what other drafts have to do with each. bound: whether more depends on it than single verdicts, so
    that all hold for that moment alone.
    """

    key: str
    policy: str
    taken: Taken
    drafts: str
    bound: bool = False
    open: dict[int, Others] = field(default_factory=dict)
    reached: list[CaseVerdict | CouldNotCheck] = field(default_factory=list)

    def recall(self, policy: str, now: dt.datetime | None) -> Known | None:
        """The verdicts of an earlier run, if they hold; policy: its name as shown. now: as asked for."""

        def read(plain: dict[str, Any]) -> Known | None:
            zone = ZoneInfo(plain["zone"])
            moment = of_check(now, zone)
            then = plain["moment"] == moment.isoformat()
            if plain["drafts"] != self.drafts or (plain["bound"] and not then):
                return None
            under = Under(policy, plain["revision"], plain["rules"], moment)
            entries, beside = from_plain(plain["entries"])
            return Known(entries, under, plain["skipped"], plain["pages"], () if then else plain["open"], beside)

        try:
            return recall("verdicts", self.key, read)
        except ZoneInfoNotFoundError:
            return None

    def stands(self, folder: Path) -> bool:
        """Whether the policy, which has been loaded meanwhile, is still the one that the verdicts are kept under."""
        return policy_digest(folder) == self.policy

    def reach(self, judged: Judged) -> None:
        """Note a verdict of this run."""
        self.bound = self.bound or judged.bound or bool(judged.others.met)
        if len(self.reached) <= _MOST:
            if judged.asks:
                self.open[len(self.reached)] = judged.others
            self.reached.append(judged.entry)

    def keep(self, under: Under, zone: ZoneInfo, skipped: Mapping[str, int], pages: Mapping[str, str]) -> None:
        """Keep the verdicts of this run, which has come to its end; zone: the brand's."""
        if len(self.reached) > _MOST:
            return
        keep("verdicts", self.key, {
            "drafts": self.drafts, "moment": under.moment.isoformat(), "bound": self.bound, "open": [*self.open],
            "zone": zone.key, "revision": under.revision, "rules": under.rules, "skipped": dict(skipped),
            "pages": dict(pages), "entries": to_plain(self.reached, self.open.values()),
        })  # fmt: skip


def keeping_of(asked: Asked, found: RunGround) -> Keeping | None:
    """What the verdicts of a run are kept under; None for a run of which nothing is kept.

    Only what is asked for every day is kept: records and a baseline need the drafts themselves.
    """
    only = (asked.stdin_filename, asked.changed, asked.policy_ref, asked.baseline)
    if asked.no_cache or asked.keeps_records or asked.history or found.settings.get("components"):
        return None
    if any(each is not None for each in only):
        return None
    taken, policy = take(asked.paths), policy_digest(found.folder.path)
    if taken is None or policy is None:
        return None
    said = [asked.fail_level, list(asked.only), asked.no_waivers, list(asked.paths), found.lang]
    base = [policy, found.folder.shown, program(), str(Path.cwd()), _zones(), dict(found.settings), said]
    return Keeping(plain_digest(base).partition(":")[2], policy, taken, digest_of(taken))


def _zones() -> list[str]:
    """When the time zones of the system were last changed."""
    return [str(path.stat().st_mtime_ns) for path in map(Path, TZPATH) if path.is_dir()]
